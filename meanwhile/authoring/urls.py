"""Addresses of the room: where courses are written."""

from django.urls import path

from meanwhile.authoring.views import (
    captions,
    copies,
    files,
    films,
    lessons,
    outlines,
    publishing,
    versions,
)

app_name = "authoring"
COURSE = "courses/<int:course>/writing/"
LESSON = f"{COURSE}lessons/<slug:lesson>/"
urlpatterns = [
    path("courses/<int:course>/publishing/", publishing.publishing, name="publishing"),
    path("courses/new/", outlines.start, name="start"),
    path(COURSE, outlines.outline, name="outline"),
    path(f"{COURSE}export/", outlines.export, name="export"),
    path(f"{COURSE}order/", outlines.order, name="order"),
    path(f"{COURSE}copies/", copies.copies, name="copies"),
    path(f"{COURSE}files/", files.files, name="files"),
    path(f"{COURSE}files/<path:path>", files.file, name="file"),
    path(f"{COURSE}films/<path:path>", films.film, name="film"),
    path(LESSON, lessons.lesson, name="lesson"),
    path(f"{LESSON}front/", lessons.front, name="front"),
    path(f"{LESSON}versions/", versions.versions, name="versions"),
    path(f"{LESSON}arrangement/", lessons.arrangement, name="arrangement"),
    path(f"{LESSON}parts/<slug:part>/", lessons.words, name="words"),
    path(f"{LESSON}parts/<slug:part>/look/", lessons.look, name="look"),
    path(f"{LESSON}parts/<slug:part>/captions/", captions.captions, name="captions"),
]
