"""Addresses of the room."""

from django.urls import path

from meanwhile.assessment import views

app_name = "assessment"
TASK = "learn/<int:offering>/<slug:lesson>/<slug:block>/task/"
CLASS = "classes/<int:offering>/tasks/"
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
]
