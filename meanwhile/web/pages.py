"""Addresses of the pages that mix rooms."""

from django.urls import path

from meanwhile.web.views import imports, learn, margin, preview, teach, today

app_name = "web"
urlpatterns = [
    path("", today.today, name="today"),
    path("courses/", learn.courses, name="courses"),
    path("courses/import/", imports.import_course, name="import"),
    path("courses/<int:course>/lessons/<slug:lesson>/", preview.lesson, name="preview"),
    path(
        "courses/<int:course>/writing/lessons/<slug:lesson>/view/", preview.written, name="written"
    ),
    path(
        "courses/<int:course>/writing/lessons/<slug:lesson>/margin/", margin.margin, name="margin"
    ),
    path("courses/<int:course>/units/<slug:unit>/paper/", preview.pack, name="pack"),
    path("learn/<int:offering>/", learn.course, name="course"),
    path("learn/<int:offering>/start/", learn.start, name="start"),
    path("classes/", teach.class_list, name="classes"),
    path("classes/<int:offering>/", teach.class_page, name="class"),
    path("classes/<int:offering>/people.csv", teach.class_csv, name="class_csv"),
    path("classes/<int:offering>/note/", teach.note, name="note"),
    path("classes/<int:offering>/people/<int:person>/", teach.learner, name="learner"),
]
