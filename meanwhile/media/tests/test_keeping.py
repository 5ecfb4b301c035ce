"""Keeping files: what is taken in, what is taken off, what is refused."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from meanwhile.media import store
from meanwhile.media.models import Blob
from meanwhile.media.types import NotTaken


def picture(kind: str, size=(40, 30), **more) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **more)
    return out.getvalue()


def camera(turned: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010F] = "SECRETMAKER"
    exif[0x8825] = {1: "N", 2: (51.0, 30.0, 0.0)}
    return exif


def stored(blob: Blob) -> bytes:
    with store.open_blob(blob) as file:
        return file.read()


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (picture("PNG"), "a.png", "image/png"),
        (picture("JPEG"), "a.JPG", "image/jpeg"),
        (picture("WEBP"), "a.webp", "image/webp"),
        (picture("GIF"), "a.gif", "image/gif"),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 30'/>",
            "a.svg",
            "image/svg+xml",
        ),
        (b"\0\0\0\x18ftypmp42", "a.mp4", "video/mp4"),
        (b"\x1aE\xdf\xa3", "a.webm", "video/webm"),
        (b"ID3\4", "a.mp3", "audio/mpeg"),
        (b"\xff\xfb\x90", "b.mp3", "audio/mpeg"),
        (b"\0\0\0\x18ftypM4A ", "a.m4a", "audio/mp4"),
        (b"OggS", "a.ogg", "audio/ogg"),
        (b"RIFF\0\0\0\0WAVE", "a.wav", "audio/wav"),
        (b"WEBVTT\n", "a.vtt", "text/vtt"),
        (b"%PDF-1.4", "a.pdf", "application/pdf"),
        ("é,b\n".encode(), "a.csv", "text/csv"),
        (b"print(1)", "a.py", "text/plain"),
        (b"PK\x03\x04", "a.zip", "application/zip"),
    ],
)
def test_it_finds_out_what_a_file_is(keep, data, name, kind):
    blob = keep(data, name)
    assert blob.type == kind
    if kind.startswith("image/"):
        assert (blob.width, blob.height) == (40, 30)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"MZ\x90", "a.exe"),
        (b"x", "a"),
        (b"x", "a.docm"),
        (b"<html>", "a.html"),
        (b"<html>", "a.png"),
        (b"GIF89a", "a.png"),
        (picture("PNG"), "a.svg"),
        (b"\0\1\2", "a.txt"),
        (b"\xff\xfe\xfd", "a.csv"),
        (b"%PDF-1.4", "a.jpg"),
        (b"\x89PNG\r\n\x1a\nbroken", "a.png"),
        (b"GIF89a<script>", "a.gif"),
    ],
)
def test_it_refuses_what_is_not_what_it_says(keep, data, name, media_folder):
    with pytest.raises(NotTaken) as refused:
        keep(data, name)
    assert name in str(refused.value)
    assert not [file for file in media_folder.rglob("*") if file.is_file()]
    assert not Blob.objects.exists()


def test_a_picture_of_a_hundred_million_pixels_is_refused(keep):
    header = struct.pack(">IIBBBBB", 10_000, 10_000, 1, 0, 0, 0, 0)
    chunk = b"IHDR" + header
    data = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk
    data += struct.pack(">I", zlib.crc32(chunk)) + b"\0\0\0\0IDAT" + b"\0" * 4
    with pytest.raises(NotTaken, match="50 million"):
        keep(data, "bomb.png")


@pytest.mark.parametrize(
    ("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")]
)
def test_place_and_device_are_taken_off_and_the_picture_stays(keep, kind, name):
    data = picture(kind, exif=camera())
    assert b"SECRETMAKER" in data
    kept = stored(keep(data, name))
    assert b"SECRETMAKER" not in kept
    with Image.open(BytesIO(kept)) as after, Image.open(BytesIO(data)) as before:
        assert not after.getexif().get_ifd(0x8825)
        assert after.tobytes() == before.tobytes()


def test_which_way_up_stays(keep):
    blob = keep(picture("JPEG", exif=camera(6)), "a.jpg")
    with Image.open(BytesIO(stored(blob))) as after:
        assert dict(after.getexif()) == {0x0112: 6}
    assert (blob.width, blob.height) == (30, 40)


@pytest.mark.parametrize(
    ("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")]
)
def test_taking_it_off_twice_changes_nothing(keep, kind, name):
    once = keep(picture(kind, exif=camera(6)), name)
    assert keep(stored(once), name) == once


def test_the_same_bytes_are_kept_once(keep, media_folder):
    assert keep(b"hello", "a.txt") == keep(b"hello", "b.txt")
    assert len([file for file in media_folder.rglob("*") if file.is_file()]) == 1


def test_bytes_first_kept_as_text_become_what_a_better_name_says(keep):
    drawing = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    keep(drawing, "a.txt")
    assert keep(drawing, "a.svg").type == "image/svg+xml"
    assert keep(drawing, "a.txt").type == "image/svg+xml"
