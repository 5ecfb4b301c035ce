"""Addresses of the room."""

from django.urls import path

from meanwhile.assessment import views
from meanwhile.assessment.views import dates, more_time

app_name = "assessment"
TASK = "learn/<int:offering>/<slug:lesson>/<slug:block>/task/"
CLASS = "classes/<int:offering>/tasks/"
DATES = "classes/<int:offering>/task-dates/"
HAND_IN = "hand-ins/<int:submission>/"
urlpatterns = [
    path(TASK, views.task, name="task"),
    path(f"{TASK}draft/", views.draft, name="draft"),
    path(f"{TASK}marks/<slug:of>/", views.marks, name="marks"),
    path(f"{TASK}files/", views.files, name="files"),
    path(f"{TASK}files/<slug:uid>/", views.own_file, name="own_file"),
    path(f"{TASK}files/<slug:uid>/arrival/", views.arrival, name="arrival"),
    path(f"{TASK}files/<slug:uid>/removal/", views.file_removal, name="file_removal"),
    path(f"{TASK}files/<slug:uid>/place/", views.file_place, name="file_place"),
    path(f"{TASK}hand-ins/", views.hand_ins, name="hand_ins"),
    path(HAND_IN, views.submission, name="submission"),
    path(f"{HAND_IN}taking-back/", views.taking_back, name="taking_back"),
    path(f"{HAND_IN}photos/", views.photos, name="photos"),
    path(f"{HAND_IN}files/<int:file>/", views.file, name="file"),
    path("receipts/", views.receipt, name="receipt"),
    path(CLASS, views.tasks, name="tasks"),
    path(f"{CLASS}<slug:lesson>/<slug:block>/", views.submissions, name="submissions"),
    path(f"{TASK}more-time/", more_time.extension, name="extension"),
    path(DATES, dates.dates, name="dates"),
    path(f"{DATES}<int:date>/", dates.task_date, name="task_date"),
    path(f"{DATES}<slug:lesson>/<slug:block>/", dates.task_dates, name="task_dates"),
    path("classes/<int:offering>/more-time/", more_time.extensions, name="extensions"),
    path("more-time/<int:extension>/", more_time.extension_answer, name="extension_answer"),
    path("school/<int:school>/more-time/", more_time.extension_policy, name="extension_policy"),
]
