"""Words of PDF and Word files; a hostile one costs a search its words and no more."""

import io
import time
import zipfile
from pathlib import Path

import pytest

from meanwhile.search import papers

DOCUMENT = (
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/'
    '2006/main"><w:body>{}</w:body></w:document>'
)


def pdf(*pages: str) -> bytes:
    """A PDF by hand: one page a text."""
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in range(len(pages)))
    objects = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        3: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }
    for n, words in enumerate(pages):
        drawn = f"BT /F1 12 Tf 72 700 Td ({words}) Tj ET"
        objects[10 + 2 * n] = (
            f"<</Type/Page/Parent 2 0 R/Resources<</Font<</F1 3 0 R>>>>/Contents {11 + 2 * n} 0 R>>"
        )
        objects[11 + 2 * n] = f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream"
    written = "%PDF-1.4\n" + "".join(f"{n} 0 obj\n{o}\nendobj\n" for n, o in objects.items())
    return (written + "trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF").encode("latin-1")


def docx(body: str, raw: bytes | None = None) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", raw or DOCUMENT.format(body))
    return kept.getvalue()


def read(tmp_path: Path, contents: bytes, kind: str) -> list[str]:
    path = tmp_path / "file"
    path.write_bytes(contents)
    return papers.words_of_file(path, kind)


def test_a_pdf_is_read_page_by_page(tmp_path):
    pages = read(tmp_path, pdf("Light bends", "Shadows grow"), "pdf")
    assert [page.strip() for page in pages] == ["Light bends", "Shadows grow"]


def test_a_word_file_is_read_by_its_paragraphs(tmp_path):
    body = (
        "<w:p><w:r><w:t>Light </w:t></w:r><w:r><w:t>bends.</w:t><w:tab/></w:r></w:p>"
        "<w:p><w:r><w:t>Été</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
    )
    assert read(tmp_path, docx(body), "docx") == ["Light bends. \nÉté"]


LAUGHS = (
    b'<!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(9))
    + b"]><l>&j;</l>"
)
LOOP = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[2 0 R]/Count 9>>\nendobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"
OUTSIDE = b'<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><l>&a;</l>'


@pytest.mark.parametrize(
    ("contents", "kind"),
    [
        (b"%PDF-1.4 nothing of the kind", "pdf"),
        (b"", "pdf"),
        (LOOP, "pdf"),
        (b"PK\x03\x04 not a zip", "docx"),
        (docx("", b" " * (41 * 2**20)), "docx"),
        (docx("", LAUGHS), "docx"),
        (docx("", OUTSIDE), "docx"),
        (docx("", b"<a>" * 2_000_000), "docx"),
    ],
    ids=["broken", "empty", "loop", "no zip", "bomb", "laughs", "outside", "deep"],
)
def test_a_hostile_file_has_no_words_and_harms_nothing(tmp_path, contents, kind):
    started = time.monotonic()
    try:
        pages = read(tmp_path, contents, kind)
    except (ValueError, papers.subprocess.TimeoutExpired):
        pages = []
    assert not "".join(pages).strip()
    assert time.monotonic() - started < papers.SECONDS + 5


def test_it_does_not_take_long(tmp_path, monkeypatch):
    monkeypatch.setattr(papers, "SECONDS", 0.01)
    with pytest.raises(papers.subprocess.TimeoutExpired):
        read(tmp_path, pdf("Light bends"), "pdf")


def test_a_file_that_cannot_be_read_says_so_and_is_not_tried_again_and_again(settings, tmp_path):
    from meanwhile.media.models import Blob
    from meanwhile.media.store import path_of

    settings.MEDIA_ROOT = tmp_path
    blob = Blob(sha256="c" * 64, size=7, type="application/pdf")
    path_of(blob.sha256).parent.mkdir(parents=True)
    path_of(blob.sha256).write_bytes(b"%PDF-no")
    assert papers.pages_of(blob) == ([], papers.UNREADABLE)
    blob.size = papers.LARGEST + 1
    assert papers.pages_of(blob) == ([], papers.TOO_LARGE)
