"""The files of a course, one by one, to those who may see the course."""

from pathlib import PurePosixPath

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from meanwhile.core.rules import get
from meanwhile.courses.models import Asset
from meanwhile.media.queries import asked_for
from meanwhile.media.serving import serve


@require_safe
def asset(request: HttpRequest, course: int, path: str) -> HttpResponseBase:
    """One file of a course; `?version=` one of the versions of a film. `?keep` hands it out to be
    kept instead of shown."""
    found = get(request.who, "see", Asset, course=course, path=path)
    wanted = asked_for(found.blob, request.GET.get("version", ""))
    return serve(request, wanted, PurePosixPath(path).name, download="keep" in request.GET)
