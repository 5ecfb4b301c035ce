"""A file to keep."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.activity import Data, Files, Kind, Problem


class FileData(Data):
    src: str
    title: str


class File(Kind[FileData]):
    """`src`, `title` (required)"""

    name = "file"
    label = _("File")
    icon = "file"
    Data = FileData
    prints = False

    def sample(self) -> tuple[dict[str, Any], str]:
        return {"src": "media/bend.csv", "title": "Results of last year"}, "Compare with yours."

    def check(self, data: FileData, body: str) -> Iterator[Problem]:
        if not data.title.strip():
            yield Problem(say("It needs a title."), "title")
        if not data.src.strip():
            yield Problem(say("Which file? Expected its path, like “media/results.csv”."), "src")

    def files(self, data: FileData) -> list[str]:
        return [data.src]

    def pieces(self, data: FileData, files: Files) -> dict[str, str]:
        url = files.url(data.src)
        return {"url": url, "bytes": str(files.size(data.src))} if url else {}

    def view(self, data: FileData, rendered: Mapping[str, str], seed: str) -> dict[str, Any]:
        return {
            "title": data.title,
            "ending": PurePosixPath(data.src).suffix.lstrip(".").upper(),
            "bytes": int(rendered.get("bytes", 0)),
        }


kind = File()
