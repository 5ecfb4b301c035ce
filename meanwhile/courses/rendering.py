"""What is worked out once, when a block is saved: safe HTML, its line in the outline, minutes.

A page only joins what is kept here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from meanwhile.courses import markdown
from meanwhile.courses.activity import Data, Kind, data_of, kind_of
from meanwhile.courses.models import Course
from meanwhile.media.models import Blob
from meanwhile.media.store import words_of

LONGEST_HEADING = 200


@dataclass
class Shelf:
    """The files of a course as its blocks ask for them. Called, it gives a file's address."""

    address: Callable[[str], str]
    blobs: Mapping[str, Blob] = field(default_factory=dict)
    language: str = "en"

    def __call__(self, path: str) -> str:
        return self.address(path) if path in self.blobs else ""

    def url(self, path: str) -> str:
        return self(path)

    def pixels(self, path: str) -> tuple[int, int] | None:
        blob = self.blobs.get(path)
        return (blob.width, blob.height) if blob and blob.width and blob.height else None

    def size(self, path: str) -> int:
        return self.blobs[path].size if path in self.blobs else 0

    def words(self, path: str) -> str:
        return words_of(self.blobs[path]) if path in self.blobs else ""


def shelf_of(course: Course) -> Shelf:
    """All files of a course, in one query."""
    assets = course.assets.select_related("blob")
    return Shelf(
        lambda path: reverse("courses:asset", args=[course.pk, path]),
        {asset.path: asset.blob for asset in assets},
        course.language,
    )


class _Plain:
    """Files for those who only gave a function from path to address."""

    def __init__(self, asset_url: markdown.AssetUrl) -> None:
        self.url = asset_url

    def size(self, path: str) -> int:
        return 0

    def words(self, path: str) -> str:
        return ""


def rendered_of(
    kind: str, data: dict[str, Any], body: str, uid: str, asset_url: markdown.AssetUrl | Shelf
) -> dict[str, str]:
    """`Block.rendered`: "body", every text of the kind, and its pieces, all safe to show.

    Words that are ours ("Note", "back to the text") are in the language of the block: its own, or
    that of the course.
    """
    known, of = kind_of(kind), data_of(kind, data)
    files = asset_url if isinstance(asset_url, Shelf) else _Plain(asset_url)
    with override(of.language or getattr(asset_url, "language", "en")):
        asks = known.answers
        made = markdown.render_block(body, uid, question=asks, asset_url=asset_url)
        rendered = {"body": made}
        for key, text in known.texts(of).items():
            rendered[key] = _text(known, key, text, uid, asset_url)
        return rendered | known.pieces(of, files)


def _text(known: Kind[Any], key: str, text: str, uid: str, asset_url: markdown.AssetUrl) -> str:
    if key.partition(".")[0] in known.phrases:
        return markdown.render_phrase(text, asset_url=asset_url)
    name = key.replace(".", "-")
    return markdown.render_block(text, uid, key=name, question=True, asset_url=asset_url)


def heading_of(kind: str, data: dict[str, Any], body: str) -> str:
    """Its line in the outline: the heading it begins with, else its title; or nothing."""
    first = next(iter(body.strip().splitlines()), "")
    if first.startswith("#"):
        tokens = markdown.parser().parse(first, {})
        if tokens and tokens[0].type == "heading_open":
            return markdown.words(first)[:LONGEST_HEADING]
    return str(data.get("title", ""))[:LONGEST_HEADING]


def minutes_of(kind: str, data: dict[str, Any], body: str) -> float:
    """How long it takes: what its author says, or what its contents say."""
    of = data_of(kind, data)
    return float(of.minutes) if of.minutes is not None else kind_of(kind).minutes(of, body)


def block_fields(
    kind: str, data: dict[str, Any], body: str, uid: str, asset_url: markdown.AssetUrl | Shelf
) -> dict[str, Any]:
    """Every column of a Block that follows from its kind, its YAML and its Markdown."""
    of: Data = data_of(kind, data)
    return {
        "rendered": rendered_of(kind, data, body, uid, asset_url),
        "heading": heading_of(kind, data, body),
        "answers": kind_of(kind).answers,
        "way": of.way,
        "language": of.language,
        "minutes_set": of.minutes,
        "minutes": minutes_of(kind, data, body),
    }
