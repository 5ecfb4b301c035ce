"""Ranges, conditions and the sandbox. RFC 9110, sections 13 and 14."""

import pytest
from django.http import HttpResponseBase
from django.test import RequestFactory

from meanwhile.media.serving import Unsatisfiable, parse_range, serve

DATA = bytes(range(256)) * 4  # 1024 bytes
WHOLE = None
OUTSIDE = "outside"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-0", (0, 0)),
        ("bytes=0-1023", (0, 1023)),
        ("bytes=0-", (0, 1023)),
        ("bytes=1023-", (1023, 1023)),
        ("bytes=1023-1023", (1023, 1023)),
        ("bytes=500-4000", (500, 1023)),
        ("bytes=-1", (1023, 1023)),
        ("bytes=-1024", (0, 1023)),
        ("bytes=-5000", (0, 1023)),
        ("bytes= 0 - 9 ", (0, 9)),
        ("BYTES=0-9", (0, 9)),
        ("bytes=1024-", OUTSIDE),
        ("bytes=1024-2000", OUTSIDE),
        ("bytes=-0", OUTSIDE),
        ("bytes=9-5", WHOLE),
        ("bytes=", WHOLE),
        ("bytes=-", WHOLE),
        ("bytes", WHOLE),
        ("bytes=a-b", WHOLE),
        ("bytes=0-9,20-29", WHOLE),
        ("bytes=0x1-9", WHOLE),
        ("bytes=1.5-9", WHOLE),
        ("items=0-9", WHOLE),
        ("bytes=--9", WHOLE),
        ("bytes=0-9-", WHOLE),
        ("bytes=" + "9" * 400 + "-", WHOLE),
        ("bytes=-" + "9" * 400, WHOLE),
        ("", WHOLE),
    ],
)
def test_it_reads_one_range_and_passes_over_the_rest(header, expected):
    if expected == OUTSIDE:
        with pytest.raises(Unsatisfiable):
            parse_range(header, len(DATA))
    else:
        assert parse_range(header, len(DATA)) == expected


def body(response: HttpResponseBase) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def asked(blob, method="get", **headers):
    request = getattr(RequestFactory(), method)("/", headers=headers)
    return serve(request, blob, "film.mp4")


@pytest.fixture
def film(keep):
    data = b"\0\0\0\x18ftypmp42" + DATA
    return keep(data, "film.mp4"), data


def test_it_sends_the_whole_file(film):
    blob, data = film
    response = asked(blob)
    assert (response.status_code, body(response)) == (200, data)
    assert response["Content-Length"] == str(len(data))
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Type"] == "video/mp4"


def test_it_sends_a_part(film):
    blob, data = film
    response = asked(blob, Range="bytes=10-19")
    assert (response.status_code, body(response)) == (206, data[10:20])
    assert response["Content-Range"] == f"bytes 10-19/{len(data)}"
    assert response["Content-Length"] == "10"


def test_parts_put_together_are_the_file(film):
    blob, data = film
    parts = [body(asked(blob, Range=f"bytes={n}-{n + 99}")) for n in range(0, len(data), 100)]
    assert b"".join(parts) == data


def test_a_range_outside_is_416_with_the_size(film):
    blob, data = film
    response = asked(blob, Range="bytes=99999-")
    assert (response.status_code, body(response)) == (416, b"")
    assert response["Content-Range"] == f"bytes */{len(data)}"


def test_head_gives_the_headers_without_the_bytes(film):
    blob, data = film
    response = asked(blob, "head", Range="bytes=0-9")
    assert (response.status_code, body(response)) == (200, b"")
    assert response["Content-Length"] == str(len(data))


def test_a_range_is_only_for_the_same_file(film):
    blob, _ = film
    same = asked(blob, Range="bytes=0-3", **{"If-Range": f'"{blob.sha256}"'})
    other = asked(blob, Range="bytes=0-3", **{"If-Range": '"another"'})
    weak = asked(blob, Range="bytes=0-3", **{"If-Range": f'W/"{blob.sha256}"'})
    dated = asked(blob, Range="bytes=0-3", **{"If-Range": asked(blob)["Last-Modified"]})
    nonsense = asked(blob, Range="bytes=0-3", **{"If-Range": "yesterday"})
    found = [r.status_code for r in (same, other, weak, dated, nonsense)]
    assert found == [206, 200, 200, 206, 200]


@pytest.mark.parametrize("condition", ['"{}"', 'W/"{}"', '"x", "{}"', "*"])
def test_what_the_browser_has_is_not_sent_again(film, condition):
    blob, _ = film
    response = asked(blob, **{"If-None-Match": condition.format(blob.sha256)})
    assert (response.status_code, body(response)) == (304, b"")
    assert response["ETag"] == f'"{blob.sha256}"'
    assert response["Cache-Control"] == "private, no-cache"


def test_another_tag_gets_the_file(film):
    blob, _ = film
    assert asked(blob, **{"If-None-Match": '"old"'}).status_code == 200


@pytest.mark.parametrize(
    ("data", "name", "kind", "shown"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "image/svg+xml", True),
        (b"<script>alert(1)</script>", "a.txt", "text/plain; charset=utf-8", False),
        (b"alert(1)", "a.py", "text/plain; charset=utf-8", False),
        (b"%PDF-1.7 x", "a.pdf", "application/pdf", False),
        (b"PK\x03\x04x", "a.zip", "application/zip", False),
        (b"a,b\n", "a.csv", "text/csv; charset=utf-8", False),
        (b"WEBVTT\n", "a.vtt", "text/vtt; charset=utf-8", True),
    ],
)
def test_nothing_it_hands_out_can_act(keep, data, name, kind, shown):
    response = serve(RequestFactory().get("/"), keep(data, name), name)
    assert response["Content-Type"] == kind
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Content-Disposition"].startswith("inline" if shown else "attachment")


def test_a_name_cannot_break_out_of_its_header(keep):
    response = serve(RequestFactory().get("/"), keep(b"x", "a.txt"), 'a"; x=\u202e "b.txt')
    assert "\n" not in response["Content-Disposition"]
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")


def test_the_server_in_front_may_send_it(keep, settings):
    settings.MEDIA_ACCEL = "/blobs"
    blob = keep(b"x", "a.txt")
    response = serve(RequestFactory().get("/", headers={"Range": "bytes=0-0"}), blob, "a.txt")
    assert response["X-Accel-Redirect"] == f"/blobs/{blob.sha256[:2]}/{blob.sha256}"
    assert response.status_code == 200
    assert "Content-Length" not in response
