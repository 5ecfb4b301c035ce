"""Pages are packed; what is asked for in ranges is not."""

import gzip

from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from meanwhile.web.compression import PageCompression


def answer(response, **headers):
    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip, br", **headers})
    return PageCompression(lambda _request: response)(request)


def test_a_page_is_packed():
    reply = answer(HttpResponse("<p>light</p>" * 100))
    assert reply.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in reply.headers["Vary"]
    assert gzip.decompress(reply.content).startswith(b"<p>light")


def test_each_reply_has_another_length_although_the_page_is_the_same():
    lengths = {len(answer(HttpResponse("<p>light</p>" * 100)).content) for _ in range(40)}
    assert len(lengths) > 5


def test_a_part_of_a_film_is_not_packed(tmp_path):
    film = tmp_path / "film.mp4"
    film.write_bytes(b"0" * 1000)
    reply = answer(FileResponse(film.open("rb"), status=206, content_type="video/mp4"))
    assert "Content-Encoding" not in reply.headers
    part = HttpResponse(b"0" * 500, status=206, content_type="text/vtt")
    part.headers["Content-Range"] = "bytes 0-499/1000"
    assert "Content-Encoding" not in answer(part).headers
