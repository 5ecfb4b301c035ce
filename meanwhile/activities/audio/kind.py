"""A sound: with its words beside it."""

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

ENDS = (".mp3", ".m4a", ".ogg", ".wav", ".webm")


class AudioData(FilmData):
    src: str


class Audio(Kind[AudioData]):
    """`src`, `title` (required), `captions`, `transcript`, `seconds`, `chapters` and `questions` as
    of a *video*"""

    name = "audio"
    label = _("Sound")
    icon = "sound"
    Data = AudioData
    prints = False

    def sample(self) -> tuple[dict[str, Any], str]:
        return {
            "src": "media/thunder.mp3",
            "title": "Thunder, far away",
            "transcript": "A flash. Then, after six seconds, a low rumble.",
            "seconds": 12,
        }, "Count the seconds between the flash and the thunder."

    def check(self, data: AudioData, body: str) -> Iterator[Problem]:
        yield from film_problems(data, ENDS)
        if not data.src:
            yield Problem(say("Which sound? Expected its path, like “media/rain.mp3”."), "src")

    def check_files(self, data: AudioData, files: Files) -> Iterator[Problem]:
        yield from caption_problems(data, files)

    def files(self, data: AudioData) -> list[str]:
        return [path for path in (data.src, data.captions) if path]

    def plays(self, data: AudioData) -> str:
        return data.src

    def stops(self, data: AudioData) -> list[Stop]:
        return film_stops(data)

    def texts(self, data: AudioData) -> dict[str, str]:
        return {"transcript": data.transcript} if data.transcript else {}

    def pieces(self, data: AudioData, files: Files) -> dict[str, str]:
        return film_pieces(data, files)

    def minutes(self, data: AudioData, body: str) -> float:
        return film_minutes(data) + reading_minutes(body)

    def view(self, data: AudioData, rendered: Mapping[str, str], seed: str) -> dict[str, Any]:
        return film_view(data) | {
            "title": data.title,
            "seconds": data.seconds,
            "bytes": int(rendered.get("bytes", 0)),
        }


kind = Audio()
