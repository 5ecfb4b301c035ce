"""The words of a PDF or a Word file, page by page, read by another process under limits.

Whoever wrote the file may mean harm: the reader has little memory and time, can open no further
file, and gives back nothing but words. What it does not survive costs a search its words, no more.
"""

import json
import subprocess
import sys
from pathlib import Path

from django.utils.translation import gettext_noop as _

from meanwhile.media.models import Blob
from meanwhile.media.store import path_of
from meanwhile.media.types import OFFICE, PDF

READS = {PDF: "pdf", OFFICE["docx"]: "docx"}
LARGEST = 50 * 2**20
SECONDS = 20
MOST_ANSWER = 8 * 2**20
READER = Path(__file__).parent / "reader.py"

TOO_LARGE = _("larger than 50 MB")
UNREADABLE = _("its words could not be read")


def pages_of(blob: Blob) -> tuple[list[str], str]:
    """The pages of a file and, where it has none, why. Takes seconds."""
    if blob.size > LARGEST:
        return [], TOO_LARGE
    try:
        pages = words_of_file(path_of(blob.sha256), READS[blob.type])
    except (OSError, ValueError, subprocess.SubprocessError):
        return [], UNREADABLE
    return pages, ""


def words_of_file(path: Path, kind: str) -> list[str]:
    """The pages of a file; a Word file is one page.

    Raises:
        ValueError: it cannot be read, or not within the limits.
        subprocess.TimeoutExpired: nor within the time.
    """
    with path.open("rb") as file:
        # -I: nothing of the folder or the environment is read by it
        done = subprocess.run(
            [sys.executable, "-I", str(READER), kind],
            stdin=file,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={},
            cwd="/",
        )
    if done.returncode or len(done.stdout) > MOST_ANSWER:
        raise ValueError("unreadable")
    return [str(page) for page in json.loads(done.stdout)]
