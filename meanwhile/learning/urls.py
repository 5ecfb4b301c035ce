"""Addresses of the room."""

from django.urls import path

from meanwhile.learning import views

app_name = "learning"
LESSON = "learn/<int:offering>/<slug:lesson>/"
PART = f"{LESSON}<slug:block>/"
urlpatterns = [
    path("progress/", views.progress, name="progress"),
    path("notebook/", views.notebook, name="notebook"),
    path("notebook/print/", views.notebook_print, name="notebook_print"),
    path("notebook/export/", views.notebook_export, name="notebook_export"),
    path("notebook/notes/<slug:uid>/", views.note, name="note"),
    path("notebook/notes/<slug:uid>/removal/", views.note_removal, name="note_removal"),
    path("notebook/notes/<slug:uid>/return/", views.note_return, name="note_return"),
    path("learn/ways/", views.wish, name="wish"),
    path("teach/<int:offering>/ways/", views.starts, name="starts"),
    path("learn/<int:offering>/units/<slug:unit>/paper/", views.pack, name="pack"),
    path(LESSON, views.lesson, name="lesson"),
    path(f"{LESSON}reading/", views.reading, name="reading"),
    path(f"{LESSON}paper/", views.paper, name="paper"),
    path(f"{LESSON}notes/", views.lesson_notes, name="lesson_notes"),
    path(f"{PART}film/", views.film, name="film"),
    path(f"{PART}answer/", views.answer, name="answer"),
    path(f"{PART}hints/<int:number>/", views.hint, name="hint"),
    path(f"{PART}reason/", views.reason, name="reason"),
    path(f"{PART}draft/", views.draft, name="draft"),
    path(f"{PART}ways/<slug:way>/", views.way, name="way"),
]
