"""A film goes on where the worker that was killed stopped, and leaves nothing running."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from meanwhile.media.tests.films import film, needs_ffmpeg
from tests.crash.run import ROOT

VERSIONS = (
    "import json; from meanwhile.media.models import Version; "
    "print(json.dumps(dict(Version.objects.values_list('word', 'name'))))"
)
RUN = [sys.executable, "-m", "meanwhile"]


@needs_ffmpeg
@pytest.mark.slow
def test_a_worker_that_is_killed_leaves_no_ffmpeg_and_another_goes_on(place: dict[str, str]):
    """A worker of its own process, killed in the middle of a film: ffmpeg goes with it, what was
    made stays, and when the lease is over the next worker makes the rest."""

    def shell(code: str) -> str:
        asks = [*RUN, "shell", "-v", "0", "-c", code]
        done = subprocess.run(
            asks, env=place, cwd=ROOT, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    subprocess.run([*RUN, "migrate", "-v", "0"], env=place, cwd=ROOT, check=True, timeout=300)
    sent = Path(place["MEANWHILE_DATA"]) / "sent.mp4"
    sent.write_bytes(film(size="640x360", seconds=40.0))
    shell(
        "from meanwhile.media.actions import keep_blob, prepare_film\n"
        f"prepare_film(keep_blob(open({str(sent)!r}, 'rb'), 'sent.mp4'))"
    )
    worker = subprocess.Popen([*RUN, "work"], env=place, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        versions = Path(place["MEANWHILE_DATA"]) / "media" / "blobs" / "versions"
        until(lambda: len([p for p in versions.rglob("*") if p.is_file()]) >= 2)
        until(lambda: ffmpegs(place["MEANWHILE_DATA"]))
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    until(lambda: not ffmpegs(place["MEANWHILE_DATA"]))
    assert (
        shell("from meanwhile.core.models import Job; print(Job.objects.get().done_at)") == "None"
    )
    kept = json.loads(shell(VERSIONS))
    assert len(kept) >= 2
    shell("from meanwhile.core.models import Job; Job.objects.update(held_until=None)")
    again = subprocess.run(
        [*RUN, "work", "--once"], env=place, cwd=ROOT, capture_output=True, text=True, timeout=280
    )
    assert "Done: 1." in again.stdout, again.stderr
    made = json.loads(shell(VERSIONS))
    assert kept.items() <= made.items(), "what was made was made again"
    assert sorted(made.values()) == ["high", "low", "poster", "sound", "waves"]
    assert not list((Path(place["MEANWHILE_DATA"]) / "media" / "work").iterdir())


def until(true: Callable[[], object], seconds: float = 120.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.1)


def ffmpegs(folder: str) -> list[str]:
    """Processes that work on a film below this folder."""
    found = []
    for each in Path("/proc").iterdir():
        if each.name.isdigit():
            try:
                words = (each / "cmdline").read_bytes().decode(errors="replace")
            except OSError:
                continue
            if folder in words and "-nostdin" in words:
                found.append(each.name)
    return found
