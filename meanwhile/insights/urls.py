"""Addresses of the room: the check of a course, and what is done about its remarks."""

from django.urls import path

from meanwhile.insights import views

app_name = "insights"
urlpatterns = [
    path("courses/<int:course>/check/", views.check, name="check"),
    path("courses/<int:course>/check/mends/", views.mends, name="mends"),
    path("courses/<int:course>/check/not-here/", views.not_here, name="not_here"),
    path("courses/<int:course>/check/links/", views.links, name="links"),
    path("courses/<int:course>/check/heard/", views.heard, name="heard"),
]
