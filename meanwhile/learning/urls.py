"""Addresses of the room."""

from django.urls import path

from meanwhile.learning import views

app_name = "learning"
LESSON = "learn/<int:offering>/<slug:lesson>/"
PART = f"{LESSON}<slug:block>/"
urlpatterns = [
    path("progress/", views.progress, name="progress"),
    path(LESSON, views.lesson, name="lesson"),
    path(f"{LESSON}reading/", views.reading, name="reading"),
    path(f"{PART}film/", views.film, name="film"),
    path(f"{PART}answer/", views.answer, name="answer"),
    path(f"{PART}hints/<int:number>/", views.hint, name="hint"),
    path(f"{PART}reason/", views.reason, name="reason"),
    path(f"{PART}draft/", views.draft, name="draft"),
]
