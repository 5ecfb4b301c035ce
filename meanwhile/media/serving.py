"""Handing out bytes: one range, conditional, in a sandbox.

The caller has made sure that this person may have them (`courses/asset_views.py`); nothing here
asks. A copy in a browser's cache is asked about again each time (`no-cache`), so leaving a class
holds for its files too; the answer is then mostly "304, you have it".
"""

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header, http_date

from meanwhile.media import store, types
from meanwhile.media.models import Blob, Version

CHUNK = 64 * 1024
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
_RANGE = re.compile(r"bytes=\s*(\d*)\s*-\s*(\d*)\s*$", re.IGNORECASE)
_MOST_DIGITS = 18


class Unsatisfiable(ValueError):
    """A range that lies outside the file."""


def parse_range(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte asked for; None where the whole file is to be sent.

    What is not a single, well-formed byte range is passed over, as RFC 9110 (14.2) allows.

    Raises:
        Unsatisfiable: it begins after the end of the file.
    """
    found = _RANGE.match(header)
    if not found or not any(found.groups()) or max(map(len, found.groups())) > _MOST_DIGITS:
        return None
    first, last = found.groups()
    if not first:  # the last so many bytes
        length = min(int(last), size)
        if length == 0:
            raise Unsatisfiable
        return size - length, size - 1
    begin, end = int(first), int(last) if last else size - 1
    if last and end < begin:
        return None
    if begin >= size:
        raise Unsatisfiable
    return begin, min(end, size - 1)


def serve(
    request: HttpRequest, blob: Blob | Version, filename: str, download: bool = False
) -> HttpResponseBase:
    """A blob, or a version of it, as the answer to a GET or HEAD. `download`: to be kept, not shown.

    Raises:
        Http404: the bytes of a version are gone; it is being made again.
    """
    if isinstance(blob, Version) and not store.place_of(blob).exists():
        raise Http404
    etag = f'"{blob.sha256}"'
    if _same(request.headers.get("If-None-Match", ""), etag):
        return _dressed(HttpResponse(status=304), blob, filename, download)
    try:
        part = _part(request, blob, etag)
    except Unsatisfiable:
        refused = HttpResponse(status=416, headers={"Content-Range": f"bytes */{blob.size}"})
        return _dressed(refused, blob, filename, download)
    begin, end = part or (0, blob.size - 1)
    response = _body(request, blob, begin, end - begin + 1)
    if part:
        response.status_code = 206
        response["Content-Range"] = f"bytes {begin}-{end}/{blob.size}"
    return _dressed(response, blob, filename, download)


def _part(request: HttpRequest, blob: Blob | Version, etag: str) -> tuple[int, int] | None:
    header = request.headers.get("Range", "")
    if not header or request.method != "GET" or accelerated():
        return None
    if not _still_the_same(request.headers.get("If-Range", ""), blob, etag):
        return None
    return parse_range(header, blob.size)


def _still_the_same(condition: str, blob: Blob | Version, etag: str) -> bool:
    """If-Range: a strong tag, or the very date (RFC 9110, 13.1.5)."""
    if not condition or condition == etag:
        return True
    try:
        moment = parsedate_to_datetime(condition)
    except (TypeError, ValueError):
        return False
    return moment == blob.made_at.replace(microsecond=0)


def accelerated() -> str:
    """Where the server in front finds the blobs (setting MEDIA_ACCEL, "/blobs"); or nothing.
    It then answers ranges by itself."""
    return str(getattr(settings, "MEDIA_ACCEL", ""))


def _same(condition: str, etag: str) -> bool:
    tags = {tag.strip().removeprefix("W/") for tag in condition.split(",")}
    return etag in tags or "*" in tags


def _body(request: HttpRequest, blob: Blob | Version, begin: int, length: int) -> HttpResponseBase:
    """The bytes; for HEAD none. With MEDIA_ACCEL the server in front reads the file itself."""
    response: HttpResponseBase
    if accelerated():
        response = HttpResponse()
        place = store.place_of(blob).relative_to(store.blobs_folder()).as_posix()
        response["X-Accel-Redirect"] = quote(f"{accelerated()}/{place}")
        return response
    if request.method == "HEAD" or length <= 0:
        response = HttpResponse()
    else:
        response = StreamingHttpResponse(_read(store.place_of(blob), begin, length))
    response["Content-Length"] = str(max(length, 0))
    return response


def _read(path: Path, begin: int, length: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(begin)
        while length > 0 and (chunk := file.read(min(CHUNK, length))):
            length -= len(chunk)
            yield chunk


def _dressed(
    response: HttpResponseBase, blob: Blob | Version, filename: str, download: bool
) -> HttpResponseBase:
    # a PDF is kept, not shown: browsers do not show one in a sandbox
    shown = types.is_shown(blob.type) and blob.type != types.PDF and not download
    kind = f"{blob.type}; charset=utf-8" if blob.type.startswith("text/") else blob.type
    # captions are read by the player, not shown as a page
    inline = shown or (blob.type == types.VTT and not download)
    if response.status_code in (200, 206):
        response["Content-Type"] = kind
        response["Content-Disposition"] = content_disposition_header(not inline, filename) or ""
        response["Accept-Ranges"] = "bytes"
        response["Last-Modified"] = http_date(blob.made_at.timestamp())
    else:
        del response["Content-Type"]
    response["ETag"] = f'"{blob.sha256}"'
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
