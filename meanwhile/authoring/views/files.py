"""Files chosen while writing: taken in, and shown to those who write."""

from io import BytesIO
from math import isfinite
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meanwhile.authoring.actions.files import add_file
from meanwhile.authoring.actions.films import cut_file
from meanwhile.authoring.models import NewFile
from meanwhile.core.receipts import once
from meanwhile.core.rules import get
from meanwhile.courses.models import Course
from meanwhile.media import film_words, types
from meanwhile.media.actions import Cut, NotCut, Unfinished, keep_blob, keep_upload
from meanwhile.media.captions import LARGEST, BrokenCaptions, captions_of
from meanwhile.media.models import Blob, Upload
from meanwhile.media.queries import asked_for
from meanwhile.media.serving import serve
from meanwhile.media.types import NotTaken

CAPTIONS = ("vtt", "srt")


@require_POST
def files(request: HttpRequest, course: int) -> HttpResponse:
    """Take in one file, with the form or sent bit by bit before it (`upload`). Where it is from
    now on, as JSON: `{"path": "media/prism.png"}`. `start` and `end`, in seconds: what stays of a
    film made here; the rest is taken away in the background, before it can be published."""
    found = get(request.who, "change", Course, pk=course)
    try:
        stays = _stays(request)
        blob, name = _kept(request)
        kept = once(request, "authoring.files", lambda: _added(request, found, blob, name, stays))
    except (NotTaken, Unfinished) as refused:
        return JsonResponse({"says": str(refused)}, status=422)
    except NotCut as refused:
        return JsonResponse({"says": film_words.problem(refused.problem)}, status=422)
    return JsonResponse(kept.result)


def _added(
    request: HttpRequest, course: Course, blob: Blob, name: str, stays: Cut | None
) -> dict[str, str]:
    path = add_file(request.who.pk or 0, course, blob, name)
    if stays:
        cut_file(request.who.pk or 0, course, path, blob, stays)
    return {"path": path}


def _stays(request: HttpRequest) -> Cut | None:
    """The part of it that stays, where not all of it does.

    Raises:
        NotCut: it is no part.
    """
    start, end = request.POST.get("start", ""), request.POST.get("end", "")
    if not start and not end:
        return None
    try:
        cut = Cut(float(start), float(end))
    except ValueError:
        raise NotCut("no-part") from None
    if not (isfinite(cut.start) and isfinite(cut.end)):
        raise NotCut("no-part")
    return cut


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
