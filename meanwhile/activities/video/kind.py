"""A film: with captions and its words beside it; or a link to one elsewhere."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.activities.films import (
    FilmData,
    caption_problems,
    film_minutes,
    film_pieces,
    film_problems,
    film_stops,
    film_view,
)
from meanwhile.courses.activity import Files, Kind, Problem, Stop
from meanwhile.courses.minutes import reading_minutes

LINK = re.compile(r"https://[^\s/\"'<>]+[^\s\"'<>]*")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
ENDS = (".mp4", ".webm", ".m4v")


class VideoData(FilmData):
    link: str = ""
    captions_language: str = ""
    poster: str = ""


class Video(Kind[VideoData]):
    """`src` (a file in `media/`), or `link` (https) instead; `title` (required), `captions` (a
    `.vtt`), `transcript` (Markdown, where there are no captions), `seconds`, `captions_language`,
    `poster`, `chapters` (list of `at`, like `1:23`, and `title`), `questions` (list of `at` and
    `block`: the id of a question of the same lesson; the film stops there and asks it)"""

    name = "video"
    label = _("Film")
    icon = "play"
    Data = VideoData
    prints = False

    def sample(self) -> tuple[dict[str, Any], str]:
        return {
            "src": "media/beam.mp4",
            "title": "A beam meets water",
            "captions": "media/beam.en.vtt",
            "captions_language": "en",
            "seconds": 160,
        }, "Watch which side of the beam slows down first."

    def check(self, data: VideoData, body: str) -> Iterator[Problem]:
        yield from film_problems(data, ENDS)
        if bool(data.src) == bool(data.link):
            yield Problem(say("A film has either “src” (a file in media/) or “link”."), "src")
        if data.link and not LINK.fullmatch(data.link):
            yield Problem(say("A link begins with https:// and has no gaps."), "link")
        if data.captions_language and not LANGUAGE.fullmatch(data.captions_language):
            yield Problem(say("Not a language. Expected one like “en”."), "captions_language")

    def check_files(self, data: VideoData, files: Files) -> Iterator[Problem]:
        yield from caption_problems(data, files)

    def files(self, data: VideoData) -> list[str]:
        return [path for path in (data.src, data.captions, data.poster) if path]

    def plays(self, data: VideoData) -> str:
        return data.src

    def stops(self, data: VideoData) -> list[Stop]:
        return film_stops(data)

    def texts(self, data: VideoData) -> dict[str, str]:
        return {"transcript": data.transcript} if data.transcript else {}

    def pieces(self, data: VideoData, files: Files) -> dict[str, str]:
        poster = files.url(data.poster) if data.poster else ""
        return film_pieces(data, files) | ({"poster": poster} if poster else {})

    def minutes(self, data: VideoData, body: str) -> float:
        return film_minutes(data) + reading_minutes(body)

    def view(self, data: VideoData, rendered: Mapping[str, str], seed: str) -> dict[str, Any]:
        return film_view(data) | {
            "title": data.title,
            "link": data.link if LINK.fullmatch(data.link) else "",
            "host": data.link.removeprefix("https://").split("/")[0],
            "seconds": data.seconds,
            "bytes": int(rendered.get("bytes", 0)),
            "language": data.captions_language,
        }


kind = Video()
