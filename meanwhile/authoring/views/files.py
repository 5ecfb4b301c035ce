"""Files chosen while writing: taken in, and shown to those who write."""

from functools import partial
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meanwhile.authoring.actions.files import add_file, add_sent_file
from meanwhile.authoring.models import NewFile
from meanwhile.core.receipts import once
from meanwhile.core.rules import get
from meanwhile.courses.models import Course
from meanwhile.media.actions import Unfinished
from meanwhile.media.models import Upload
from meanwhile.media.serving import serve
from meanwhile.media.types import NotTaken


@require_POST
def files(request: HttpRequest, course: int) -> HttpResponse:
    """Take in one file, with the form or sent bit by bit before it (`upload`). Where it is from
    now on, as JSON: `{"path": "media/prism.png"}`."""
    found = get(request.who, "change", Course, pk=course)
    upload = request.FILES.get("file")
    if word := request.POST.get("upload"):
        sent = get(request.who, "send", Upload, word=word)
        add = partial(add_sent_file, request.who.pk, found, sent)
    elif upload is not None and upload.name and upload.file is not None:
        stream = cast(BinaryIO, upload.file)
        add = partial(add_file, request.who.pk, found, stream, upload.name)
    else:
        return JsonResponse({"says": _("Choose a file first.")}, status=422)
    try:
        kept = once(request, "authoring.files", lambda: {"path": add()})
    except Unfinished:
        return JsonResponse(
            {"says": _("The file did not arrive whole. Choose it again.")}, status=422
        )
    except NotTaken as refused:
        return JsonResponse({"says": str(refused)}, status=422)
    return JsonResponse(kept.result)


@require_safe
def file(request: HttpRequest, course: int, path: str) -> HttpResponseBase:
    """A file that is not published yet, for those who may change the course."""
    found = get(request.who, "see", NewFile, course=course, path=path)
    return serve(request, found.blob, PurePosixPath(path).name, download="keep" in request.GET)
