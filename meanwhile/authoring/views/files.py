"""Files chosen while writing: taken in, and shown to those who write."""

from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meanwhile.authoring.actions.files import add_file
from meanwhile.authoring.models import NewFile
from meanwhile.core.receipts import once
from meanwhile.core.rules import get
from meanwhile.courses.models import Course
from meanwhile.media import types
from meanwhile.media.actions import Unfinished, keep_blob, keep_upload
from meanwhile.media.captions import LARGEST, BrokenCaptions, captions_of
from meanwhile.media.models import Blob, Upload
from meanwhile.media.queries import asked_for
from meanwhile.media.serving import serve
from meanwhile.media.types import NotTaken

CAPTIONS = ("vtt", "srt")


@require_POST
def files(request: HttpRequest, course: int) -> HttpResponse:
    """Take in one file, with the form or sent bit by bit before it (`upload`). Where it is from
    now on, as JSON: `{"path": "media/prism.png"}`."""
    found = get(request.who, "change", Course, pk=course)
    try:
        blob, name = _kept(request)
    except (NotTaken, Unfinished) as refused:
        return JsonResponse({"says": str(refused)}, status=422)
    kept = once(
        request,
        "authoring.files",
        lambda: {"path": add_file(request.who.pk, found, blob, name)},
    )
    return JsonResponse(kept.result)


def _kept(request: HttpRequest) -> tuple[Blob, str]:
    """The bytes that came, kept, and what their file was called.

    Raises:
        NotTaken: there is no file, or lessons do not use such files.
        Unfinished: some of it has not come yet.
    """
    if word := request.POST.get("upload"):
        sent = get(request.who, "send", Upload, word=word)
        try:
            return keep_upload(sent), sent.name
        except Unfinished:
            raise Unfinished(_("The file did not arrive whole. Choose it again.")) from None
    upload = request.FILES.get("file")
    if upload is None or not upload.name or upload.file is None:
        raise NotTaken(_("Choose a file first."))
    if types.ending(upload.name) in CAPTIONS:
        return _captions(upload.read(LARGEST + 1), upload.name)
    return keep_blob(cast(BinaryIO, upload.file), upload.name), upload.name


def _captions(data: bytes, name: str) -> tuple[Blob, str]:
    """A file of captions, as WebVTT whatever it was.

    Raises:
        NotTaken: a player would not show it; with the line.
    """
    try:
        words = captions_of(data)
    except BrokenCaptions as broken:
        place = _("%(name)s, line %(line)d") % {"name": name, "line": broken.line}
        raise NotTaken(f"{place if broken.line else name}: {broken.says}") from None
    vtt = f"{name.rpartition('.')[0]}.vtt"
    return keep_blob(BytesIO(words.encode()), vtt), vtt


@require_safe
def file(request: HttpRequest, course: int, path: str) -> HttpResponseBase:
    """A file that is not published yet, or a version of it, for those who may change the course."""
    found = get(request.who, "see", NewFile, course=course, path=path)
    wanted = asked_for(found.blob, request.GET.get("version", ""))
    return serve(request, wanted, PurePosixPath(path).name, download="keep" in request.GET)
