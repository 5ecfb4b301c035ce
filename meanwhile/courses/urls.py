"""Addresses of the room: courses for those who write and offer them, and their files."""

from django.urls import path

from meanwhile.courses import asset_views
from meanwhile.courses.views import offerings, staff

app_name = "courses"
urlpatterns = [
    path("courses/all/", staff.course_list, name="list"),
    path("courses/<int:course>/", staff.course, name="course"),
    path("courses/<int:course>/publication/", staff.publication, name="publication"),
    path("courses/<int:course>/archive/", staff.archive, name="archive"),
    path("courses/<int:course>/export/", staff.export, name="export"),
    path("courses/<int:course>/files/<path:path>", asset_views.asset, name="asset"),
    path("courses/<int:course>/offer/", offerings.offer, name="offer"),
    path("offerings/<int:offering>/", offerings.offering, name="offering"),
    path("offerings/<int:offering>/dates/", offerings.dates, name="dates"),
    path("offerings/<int:offering>/promise/", offerings.promise, name="promise"),
    path("offerings/<int:offering>/closing/", offerings.closing, name="closing"),
    path("school/<int:school>/offerings.csv", offerings.offerings_csv, name="offerings_csv"),
]
