"""A film is made ready in the background: versions that browsers play, nothing of its maker."""

import json
import subprocess

import pytest
from PIL import Image

from meanwhile.core import jobs
from meanwhile.core.models import Job
from meanwhile.media import ffmpeg, recipes, store
from meanwhile.media.actions import prepare_film, prepare_films
from meanwhile.media.ffmpeg import Found, Runner, found_in
from meanwhile.media.models import Blob, Film, Version
from meanwhile.media.queries import states_of
from meanwhile.media.tests.films import film, needs_ffmpeg, ran

pytestmark = pytest.mark.django_db
CHAPTERS = """;FFMETADATA1
title=SECRETTITLE
[CHAPTER]
TIMEBASE=1/1000
START=0
END=1000
title=The beam
[CHAPTER]
TIMEBASE=1/1000
START=1000
END=2000
title=Water\\; and glass
"""


def ready(blob: Blob) -> Film:
    prepare_film(blob)
    assert jobs.do_next()
    job = Job.objects.get()
    assert (job.problem, job.error) == ("", "")
    assert job.done_at
    return Film.objects.get(blob=blob)


def versions(film: Film) -> dict[str, Version]:
    return {each.name: each for each in film.versions.all()}


def inside(version: Version) -> str:
    """What ffmpeg says of a version."""
    where = [ffmpeg.program(), "-hide_banner", "-i", str(store.place_of(version))]
    return subprocess.run(where, capture_output=True, text=True, check=False).stderr


@needs_ffmpeg
def test_a_film_gets_three_sizes_its_sound_a_picture_and_its_loudness(keep, media_folder):
    found = ready(keep(film(size="1280x720"), "a.mp4"))
    made = versions(found)
    assert {n: (v.width, v.height) for n, v in made.items() if v.type == "video/mp4"} == {
        "high": (1280, 720),
        "middle": (854, 480),
        "low": (426, 240),
    }
    assert found.seconds == pytest.approx(2, abs=0.1)
    assert (found.width, found.height, found.sounds) == (1280, 720, True)
    for name in ("high", "middle", "low"):
        says = inside(made[name])
        assert "Video: h264" in says
        assert "Audio: aac" in says
        assert f"{made[name].width}x{made[name].height}" in says
    assert "Video:" not in inside(made["sound"])
    data = store.place_of(made["high"]).read_bytes()
    assert data.index(b"moov") < data.index(b"mdat"), "it plays only once all of it is there"
    assert made["low"].size < made["middle"].size < made["high"].size
    with Image.open(store.place_of(made["poster"])) as picture:
        assert (picture.format, picture.size) == ("WEBP", (1280, 720))
    assert not list(store.work_folder().iterdir()), "something was left behind"


@needs_ffmpeg
def test_loudness_follows_the_sound(keep):
    tone = "volume='if(lt(t,1),0,0.8)':eval=frame"
    found = ready(keep(film(more=f"-af {tone}"), "a.mp4"))
    waves = json.loads(store.place_of(versions(found)["waves"]).read_bytes())
    assert waves["perSecond"] == 20
    assert len(waves["peaks"]) == pytest.approx(40, abs=3)
    assert max(waves["peaks"][:18]) < 3 < 5 < min(waves["peaks"][22:38])


@needs_ffmpeg
def test_nothing_of_who_made_it_is_in_a_version(keep):
    where = "-metadata location=+51.5074-000.1278/ -metadata artist=SECRETMAKER -movflags use_metadata_tags"
    data = film(more=where)
    assert b"SECRETMAKER" in data
    for version in versions(ready(keep(data, "a.mp4"))).values():
        made = store.place_of(version).read_bytes()
        assert b"SECRETMAKER" not in made
        assert b"+51.5" not in made


@needs_ffmpeg
def test_a_recording_of_a_browser_without_its_length_gets_one(keep):
    live = film("webm", more="-live 1")
    assert "Duration: N/A" in _says(live)
    found = ready(keep(live, "a.webm"))
    assert found.seconds == pytest.approx(2, abs=0.1)
    assert "Duration: 00:00:02" in inside(versions(found)["high"])


def _says(data: bytes) -> str:
    asks = [ffmpeg.program(), "-hide_banner", "-i", "pipe:0"]
    return subprocess.run(asks, input=data, capture_output=True, check=False).stderr.decode()


@needs_ffmpeg
def test_a_film_is_never_made_larger(keep):
    made = versions(ready(keep(film(size="160x120"), "a.mp4")))
    assert {n for n in made if made[n].type == "video/mp4"} == {"high"}
    assert (made["high"].width, made["high"].height) == (160, 120)


@needs_ffmpeg
def test_a_film_held_upright_stays_upright(keep):
    turned = ran(
        ["-display_rotation", "90", "-i", "a.mp4", "-c", "copy", "-f", "mp4"]
        if "-display_rotation" in _help()
        else ["-i", "a.mp4", "-c", "copy", "-metadata:s:v:0", "rotate=90", "-f", "mp4"],
        "mp4",
        {"a.mp4": film(size="640x360")},
    )
    found = ready(keep(turned, "a.mp4"))
    made = versions(found)
    assert (found.width, found.height) == (360, 640)
    assert (made["low"].width, made["low"].height) == (240, 426)
    assert "240x426" in inside(made["low"])


def _help() -> str:
    asks = [ffmpeg.program(), "-hide_banner", "-h", "full"]
    return subprocess.run(asks, capture_output=True, text=True, check=False).stdout


@needs_ffmpeg
def test_chapters_in_the_file_are_found(keep):
    asks = ["-i", "a.mp4", "-i", "c.txt", "-map_metadata", "1", "-c", "copy", "-f", "mp4"]
    data = ran(asks, "mp4", {"a.mp4": film(), "c.txt": CHAPTERS.encode()})
    assert ready(keep(data, "a.mp4")).chapters == [
        {"at": 0.0, "title": "The beam"},
        {"at": 1.0, "title": "Water; and glass"},
    ]


@needs_ffmpeg
@pytest.mark.parametrize("ending", ["mp3", "m4a", "ogg", "wav"])
def test_a_sound_gets_its_loudness_and_a_small_version(keep, ending):
    found = ready(keep(film(ending, picture=False), f"a.{ending}"))
    assert set(versions(found)) == {"sound", "waves"}
    assert (found.height, found.sounds) == (0, True)


@needs_ffmpeg
def test_a_film_without_sound_has_no_sound_version(keep):
    found = ready(keep(film(sound=False), "a.mp4"))
    assert set(versions(found)) == {"high", "poster"}
    assert not found.sounds


@needs_ffmpeg
def test_it_is_done_once_whatever_number_of_courses_show_it(keep):
    blob = keep(film(), "a.mp4")
    for _ in range(3):
        prepare_films([blob, keep(film(), "b.mp4"), keep(b"words", "a.txt")])
    assert Job.objects.count() == 1
    assert jobs.do_next()
    prepare_film(blob)
    assert not jobs.do_next()


@needs_ffmpeg
def test_what_is_made_already_is_not_made_again(keep, monkeypatch):
    """A server is killed between two versions: the next one goes on from there."""
    blob = keep(film(size="640x360"), "a.mp4")
    prepare_film(blob)
    run, killed = Runner.run, []

    def dies(self, asks, *more, **rest):
        if "low.mp4" in asks and not killed:
            killed.append(True)
            raise KeyboardInterrupt  # nothing of ours catches it, as nothing catches a kill
        return run(self, asks, *more, **rest)

    monkeypatch.setattr(Runner, "run", dies)
    with pytest.raises(KeyboardInterrupt):
        jobs.do_next()
    before = {v.name: v.word for v in Version.objects.all()}
    assert set(before) == {"sound", "waves", "poster"}
    assert not jobs.do_next(), "somebody else is at it, as far as anybody knows"
    Job.objects.update(held_until=None)  # the lease runs out
    assert jobs.do_next()
    after = {v.name: v.word for v in Version.objects.all()}
    assert set(after) == {"sound", "waves", "poster", "low", "high"}
    assert {n: after[n] for n in before} == before


@needs_ffmpeg
def test_how_far_it_is_can_be_seen_meanwhile(keep, monkeypatch):
    monkeypatch.setattr(jobs, "TELLS_EVERY", 0.0)
    blob = keep(film(size="640x360"), "a.mp4")
    prepare_film(blob)
    seen = []
    tell = jobs.Doing.tell

    def telling(self, step="", percent=0.0):
        tell(self, step, percent)
        state = states_of({"here": blob})["here"]
        seen.append((state.percent, state.step, state.working, state.ready))

    monkeypatch.setattr(jobs.Doing, "tell", telling)
    assert states_of({"here": blob})["here"].step == "waiting for its turn"
    jobs.do_next()
    percents = [each[0] for each in seen]
    assert percents == sorted(percents)
    assert "making the small version" in [each[1] for each in seen]
    assert {each[2:] for each in seen} == {(True, False)}
    state = states_of({"here": blob})["here"]
    assert (state.percent, state.ready, state.working, state.problem) == (100, True, False, "")


def test_without_ffmpeg_a_film_waits_and_says_so(keep, settings):
    settings.FFMPEG = "none"
    blob = keep(b"\0\0\0\x18ftypmp42", "a.mp4")
    prepare_film(blob)
    assert not jobs.do_next()
    state = states_of({"here": blob})["here"]
    assert (state.possible, state.working, state.ready) == (False, False, False)


@pytest.mark.parametrize(
    ("short", "sizes"),
    [
        (2160, {"high": 1080, "middle": 480, "low": 240}),
        (1080, {"high": 1080, "middle": 480, "low": 240}),
        (720, {"high": 720, "middle": 480, "low": 240}),
        (540, {"high": 540, "low": 240}),
        (360, {"high": 360, "low": 240}),
        (240, {"high": 240}),
        (2, {"high": 2}),
    ],
)
def test_sizes_go_by_the_shorter_side(short, sizes):
    for found in (Found(1, short * 2, short), Found(1, short, short * 2)):
        assert {s.name: s.short for s in recipes.sizes_of(found)} == sizes
        for size in recipes.sizes_of(found):
            assert all(side % 2 == 0 and side for side in recipes.pixels(found, size.short))


def test_where_h264_cannot_be_written_it_is_vp9():
    assert recipes.recipe({"libvpx-vp9", "libopus", "aac"}).type == "video/webm"
    assert recipes.recipe({"libx264", "aac", "libvpx-vp9", "libopus"}).type == "video/mp4"
    assert recipes.recipe({"libx264"}) is None


def test_what_ffmpeg_says_is_read():
    says = (
        "Input #0, mov,mp4, from 'file:/x':\n  Stream #0:0[0x1](und): Video: h264 (High) (avc1 / "
        "0x31637661), yuv420p(tv), 720x576 [SAR 16:15 DAR 4:3], 837 kb/s, 25 fps, 25 tbr\n"
        "    displaymatrix: rotation of -90.00 degrees\n"
        "  Stream #0:1[0x2](und): Audio: aac (LC)\nOutput #0, null, to 'pipe:':\n"
    )
    assert found_in(says, 3.0, "video/mp4") == Found(3.0, 576, 768, 25.0, True)
    assert found_in(says, 3.0, "audio/mp4") == Found(3.0, sounds=True)
    cover = "Stream #0:0: Video: mjpeg, yuvj420p, 600x600, 90k tbr (attached pic)"
    assert found_in(cover, 3.0, "video/mp4").short == 0
