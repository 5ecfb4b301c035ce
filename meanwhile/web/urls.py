"""Every address of the site, room by room. Nouns; a new verb becomes a new noun."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("meanwhile.web.pages")),
    path("", include("meanwhile.people.urls")),
    path("", include("meanwhile.media.urls")),
    path("", include("meanwhile.courses.urls")),
    path("", include("meanwhile.authoring.urls")),
    path("", include("meanwhile.learning.urls")),
    path("", include("meanwhile.assessment.urls")),
    path("", include("meanwhile.feedback.urls")),
    path("", include("meanwhile.insights.urls")),
    path("", include("meanwhile.search.urls")),
    path("", include("meanwhile.ui.urls")),
    path("account/", include("allauth.urls")),
    path("site-admin/", admin.site.urls),
]
