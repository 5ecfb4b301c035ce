"""Run by papers.py as a process of its own: a file on stdin, its pages as JSON on stdout.

    python -I reader.py pdf < some.pdf

It imports nothing of the house.
"""

import io
import json
import logging
import sys
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

MEMORY = 768 * 2**20
CPU_SECONDS = 15
MOST_PAGES = 500
MOST_SIGNS = 2_000_000
LARGEST_XML = 40 * 2**20
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def limit() -> None:
    """Little memory, little time, no file written: where the system knows such limits."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def pdf_pages(file: io.BytesIO) -> Iterator[str]:
    import pypdf

    logging.disable(logging.CRITICAL)
    for number, page in enumerate(pypdf.PdfReader(file).pages):
        if number >= MOST_PAGES:
            return
        yield page.extract_text()


def docx_pages(file: io.BytesIO) -> Iterator[str]:
    """The paragraphs of the document itself, without headers, comments and what was deleted."""
    with zipfile.ZipFile(file) as parts, parts.open("word/document.xml") as xml:
        read = xml.read(LARGEST_XML + 1)
    if len(read) > LARGEST_XML or b"<!DOCTYPE" in read or b"<!ENTITY" in read:
        raise ValueError("not a document of words")
    paragraphs = []
    for paragraph in ElementTree.fromstring(read).iter(f"{WORD}p"):
        words = (_word(node) for node in paragraph.iter())
        paragraphs.append("".join(words))
    yield "\n".join(paragraphs)


def _word(node: ElementTree.Element) -> str:
    if node.tag == f"{WORD}t":
        return node.text or ""
    return " " if node.tag in (f"{WORD}tab", f"{WORD}br") else ""


def tidy(pages: Iterator[str]) -> list[str]:
    """Pages without half letters and control signs, and no more of them than are asked for."""
    found, room = [], MOST_SIGNS
    for page in pages:
        words = "".join(sign if sign.isprintable() or sign.isspace() else " " for sign in page)
        found.append(words.encode("utf-8", "ignore").decode()[:room])
        room -= len(found[-1])
        if room <= 0:
            break
    return found


def main() -> int:
    file = io.BytesIO(sys.stdin.buffer.read())
    limit()
    pages = {"pdf": pdf_pages, "docx": docx_pages}[sys.argv[1]]
    try:
        found = tidy(pages(file))
    except (Exception, RecursionError, MemoryError):  # whatever a broken file does
        return 1
    sys.stdout.write(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
