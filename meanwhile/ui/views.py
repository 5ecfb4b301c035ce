"""The gallery of components, and the page that says a form was not received."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meanwhile.ui.gallery import everything


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for builders and for the accessibility check."""
    if not (settings.DEBUG or getattr(settings, "GALLERY", False)):
        raise Http404
    return render(request, "ui/gallery.html", everything())


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its token: an old page, or cookies switched off."""
    return render(request, "403_csrf.html", status=403)
