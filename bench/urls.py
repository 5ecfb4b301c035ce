"""The site's addresses, and the bare page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path


def bare(request: HttpRequest) -> HttpResponse:
    """A signed-in page with the frame that every page has, and one heading."""
    return render(request, "bench/bare.html")


urlpatterns = [
    path("bench/bare/", bare, name="bare"),
    path("", include("meanwhile.web.urls")),
]
