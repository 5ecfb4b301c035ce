"""Files sent bit by bit: the tus protocol 1.0 (https://tus.io/protocols/resumable-upload), with
its extensions creation, expiration and termination."""

import base64
import binascii

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.http import require_http_methods, require_POST

from meanwhile.core.rules import get
from meanwhile.media import actions, store
from meanwhile.media.actions.uploads import KEPT_FOR
from meanwhile.media.models import Upload
from meanwhile.media.rules import may_send
from meanwhile.media.types import NotTaken

VERSION = "1.0.0"
PART = "application/offset+octet-stream"
EXTENSIONS = "creation,expiration,termination"


@require_POST
def uploads(request: HttpRequest) -> HttpResponse:
    """Say that a file comes: its length and its name. Who writes courses may, and who learns."""
    if not may_send(request.who):
        raise Http404
    if refused := _other_version(request):
        return refused
    try:
        size = int(request.headers.get("Upload-Length", ""))
        name = _metadata(request.headers.get("Upload-Metadata", "")).get("filename", "")
    except ValueError:
        return _says(400, "Upload-Length, Upload-Metadata")
    try:
        upload = actions.begin_upload(request.who, name, size)
    except NotTaken as refusal:
        return _says(422, str(refusal))
    response = _answer(upload, 201)
    response["Location"] = reverse("media:upload", args=[upload.word])
    return response


@require_http_methods(["HEAD", "PATCH", "DELETE"])
def upload(request: HttpRequest, word: str) -> HttpResponse:
    """How much is here; the next part; not wanted after all."""
    found = get(request.who, "send", Upload, word=word)
    if refused := _other_version(request):
        return refused
    if request.method == "HEAD":
        return _answer(found, 200)
    if request.method == "DELETE":
        actions.drop_upload(found)
        return _tus(HttpResponse(status=204))
    return _part(request, found)


def _part(request: HttpRequest, found: Upload) -> HttpResponse:
    if request.headers.get("Content-Type") != PART:
        return _says(415, PART)
    try:
        offset = int(request.headers.get("Upload-Offset", ""))
    except ValueError:
        return _says(400, "Upload-Offset")
    try:
        actions.take_part(found, offset, request)
    except actions.WrongPlace:
        return _answer(found, 409)
    except NotTaken as refusal:
        return _says(422, str(refusal))
    return _answer(found, 204)


def _metadata(header: str) -> dict[str, str]:
    """`filename cmFpbi5tcDM=,type …`: names and values, the values in base64.

    Raises:
        ValueError: a value is not base64 of UTF-8.
    """
    pairs = (each.split() for each in header.split(",") if each.strip())
    try:
        return {
            name: base64.b64decode("".join(value), validate=True).decode("utf-8")
            for name, *value in pairs
        }
    except binascii.Error as broken:
        raise ValueError(header) from broken


def _other_version(request: HttpRequest) -> HttpResponse | None:
    if request.headers.get("Tus-Resumable") == VERSION:
        return None
    response = _tus(HttpResponse(status=412))
    response["Tus-Version"] = VERSION
    response["Tus-Extension"] = EXTENSIONS
    response["Tus-Max-Size"] = str(actions.LARGEST)
    return response


def _answer(upload: Upload, status: int) -> HttpResponse:
    response = _tus(HttpResponse(status=status))
    response["Upload-Offset"] = str(store.received(upload))
    response["Upload-Length"] = str(upload.size)
    response["Upload-Expires"] = http_date((upload.begun_at + KEPT_FOR).timestamp())
    return response


def _says(status: int, sentence: str) -> HttpResponse:
    return _tus(HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8"))


def _tus(response: HttpResponse) -> HttpResponse:
    response["Tus-Resumable"] = VERSION
    response["Cache-Control"] = "no-store"
    return response
