"""Addresses of the room: files on their way. What is kept has its address in the room that shows it."""

from django.urls import path

from meanwhile.media import views

app_name = "media"
urlpatterns = [
    path("uploads/", views.uploads, name="uploads"),
    path("uploads/<slug:word>/", views.upload, name="upload"),
]
