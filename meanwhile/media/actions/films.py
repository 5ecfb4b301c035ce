"""Films and sounds made ready in the background: looked into, made smaller, cut."""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from PIL import Image

from meanwhile.core import clock, jobs
from meanwhile.core.events import record, writing
from meanwhile.core.jobs import Doing, Refusal
from meanwhile.core.models import Job
from meanwhile.media import ffmpeg, pictures, recipes, store
from meanwhile.media.actions.keeping import keep_blob
from meanwhile.media.actions.uploads import SPARE
from meanwhile.media.actions.versions import clear_files, keep_version
from meanwhile.media.events import FilmCut
from meanwhile.media.ffmpeg import Found, Runner, Stopped
from meanwhile.media.models import Blob, Film, VersionName
from meanwhile.media.queries import CUT, PREPARE, plays
from meanwhile.media.types import NotTaken
from meanwhile.media.waves import RATE, Waves

SHORTEST = 0.2
"""Seconds that are left at least when a film is cut."""


class NotCut(ValueError):
    """It cannot be cut; `problem` is a word that `film_words.py` has a sentence for."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


# --- asking ---------------------------------------------------------------------------------


def prepare_film(blob: Blob) -> None:
    """Have a film or sound made ready for pages, once whatever number of courses show it. In the
    transaction of the caller; of other files nothing is asked."""
    prepare_films([blob])


def prepare_films(blobs: Iterable[Blob]) -> None:
    """The same for several. One query where all of them were asked for before."""
    films = {str(blob.pk): blob for blob in blobs if plays(blob)}
    if films:
        for key in films.keys() - jobs.jobs_of(PREPARE, films).keys():
            jobs.ask(PREPARE, key)


def prepare_again(blob: Blob) -> None:
    """Somebody wants it tried once more."""
    with writing():
        jobs.ask_again(jobs.ask(PREPARE, blob.pk))


def cut_film(actor: int | None, school: int | None, blob: Blob, place: str, cut: "Cut") -> None:
    """Have all of a film but a part taken away, in the background. Then `FilmCut` says so, and the
    row that shows the film at `place` shows the part.

    place: the name the asking room knows its row by again; one cut at a time each.

    Raises:
        NotCut: there is no ffmpeg, or the part is none.
    """
    if not ffmpeg.there():
        raise NotCut("no-ffmpeg")
    if not plays(blob) or not 0 <= cut.start < cut.end or cut.end - cut.start < SHORTEST:
        raise NotCut("no-part")
    film = Film.objects.filter(blob=blob).first()
    if film and cut.start > film.seconds - SHORTEST:
        raise NotCut("no-part")
    facts = {"blob": blob.pk, "actor": actor, "school": school, "start": cut.start, "end": cut.end}
    with writing():
        jobs.drop(CUT, [place])
        jobs.ask(CUT, place, **facts)


def drop_cut(place: str) -> None:
    """It stays whole after all."""
    with writing():
        jobs.drop(CUT, [place])


def cut_again(place: str) -> None:
    """Somebody wants a cut that stopped tried once more."""
    job = jobs.jobs_of(CUT, [place]).get(place)
    if job is not None and job.problem:
        jobs.ask_again(job)


@dataclass(frozen=True)
class Cut:
    """The part that stays, in seconds from the beginning."""

    start: float
    end: float


# --- doing ----------------------------------------------------------------------------------


@contextmanager
def workplace(job: Doing) -> Iterator[Path]:
    """A folder of the job's own, gone afterwards, and with it what a server that was killed in the
    middle of it left."""
    around = store.work_folder()
    around.mkdir(parents=True, exist_ok=True)
    name = f"job-{job.row}-"
    for left in around.glob(f"{name}*"):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=name, dir=around, ignore_cleanup_errors=True) as made:
        yield Path(made)


def make_versions(job: Doing) -> None:
    """Look into a film and make its versions, the least data first; each is there as soon as it is
    made, and is not made again should this one be stopped."""
    blob = Blob.objects.filter(pk=int(job.key)).first()
    if blob is None or not plays(blob):
        return
    with workplace(job) as folder:
        _Making(job, blob, folder).run()


class _Making:
    """One film being made ready. Steps and how far each goes, in per cent of the whole."""

    def __init__(self, job: Doing, blob: Blob, folder: Path) -> None:
        self.job, self.blob, self.folder = job, blob, folder
        self.path = store.path_of(blob.sha256)
        self.step, self.begins, self.ends = "looking", 0.0, 4.0
        self.found = Found(0.0)
        self.runner = Runner(folder, self.tick)

    def run(self) -> None:
        self.job.tell(self.step)
        room_for(self.blob)
        self.found = look(self.runner, self.path, self.blob)
        film = self.keep_film()
        there = set(film.versions.values_list("name", flat=True))
        recipe = recipes.recipe(ffmpeg.encoders())
        if recipe is None:
            raise Refusal("no-encoder")
        todo = list(self.to_make(recipe))
        weights = [weight for _name, weight, _make in todo]
        for at, (name, weight, make) in enumerate(todo):
            self.step = name
            self.begins = 4 + 96 * sum(weights[:at]) / sum(weights)
            self.ends = self.begins + 96 * weight / sum(weights)
            if name not in there:
                self.job.tell(name, self.begins)
                self.make(film, name, make)

    def to_make(
        self, recipe: recipes.Recipe
    ) -> Iterator[tuple[VersionName, float, Callable[[], tuple[Path, str, tuple[int, int]]]]]:
        """What there is to make, how much work each is, and how."""
        if self.found.sounds:
            yield VersionName.SOUND, 10, lambda: self.sound(recipe)
            yield VersionName.WAVES, 5, self.waves
        if self.found.short:
            yield VersionName.POSTER, 5, self.poster
        for size in recipes.sizes_of(self.found):
            weight = 20 + size.short**2 / 4000
            yield size.name, weight, lambda size=size: self.size(recipe, size)  # type: ignore[misc]

    def make(
        self, film: Film, name: VersionName, how: Callable[[], tuple[Path, str, tuple[int, int]]]
    ) -> None:
        """One version; what cannot be made of a film that can be read stops no other."""
        try:
            made, kind, size = how()
        except Stopped as stopped:
            if name not in (VersionName.POSTER, VersionName.WAVES):
                raise _refused(stopped) from stopped
            return
        self.job.got_on()  # and it is still ours to keep
        keep_version(film, name, made, kind, size)

    def tick(self, seconds: float) -> None:
        share = min(1.0, seconds / self.found.seconds) if self.found.seconds else 0.0
        self.job.tell(self.step, self.begins + share * (self.ends - self.begins))

    def keep_film(self) -> Film:
        found = self.found
        facts = {
            "seconds": found.seconds,
            "width": found.width,
            "height": found.height,
            "sounds": found.sounds,
            "chapters": [{"at": at, "title": title} for at, title in found.chapters],
            "made_at": clock.now(),
        }
        with writing():
            return Film.objects.update_or_create(blob=self.blob, defaults=facts)[0]

    def ffmpeg(self, asks: list[str], before: tuple[str, ...] = ()) -> None:
        self.runner.run([*self.source(before), *asks], patience(self.found.seconds))

    def source(self, before: tuple[str, ...] = ()) -> list[str]:
        return ffmpeg.source(self.path, self.blob.type, before)

    def sound(self, recipe: recipes.Recipe) -> tuple[Path, str, tuple[int, int]]:
        made = self.folder / f"sound.{recipe.sound_ending}"
        self.ffmpeg([*recipes.sound_arguments(recipe, self.found), made.name])
        return whole(made), recipe.sound_type, (0, 0)

    def size(self, recipe: recipes.Recipe, size: recipes.Size) -> tuple[Path, str, tuple[int, int]]:
        made = self.folder / f"{size.name}.{recipe.ending}"
        self.ffmpeg([*recipes.picture_arguments(recipe, self.found, size), made.name])
        return whole(made), recipe.type, recipes.pixels(self.found, size.short)

    def poster(self) -> tuple[Path, str, tuple[int, int]]:
        seen = self.folder / "poster.png"
        begin = f"{min(10.0, self.found.seconds / 10):.3f}"
        asks = [*recipes.poster_arguments(self.found), "-f", "image2", "-update", "1", seen.name]
        self.ffmpeg(asks, ("-ss", begin))
        made = self.folder / "poster.webp"
        try:
            with Image.open(whole(seen)) as picture:
                if picture.width * picture.height > pictures.MOST_PIXELS:
                    raise Stopped("too-many-pixels")
                picture.convert("RGB").save(made, "WEBP", quality=80)
                return made, "image/webp", picture.size
        except pictures.UNREADABLE as broken:
            raise Stopped("unreadable", repr(broken)) from broken

    def waves(self) -> tuple[Path, str, tuple[int, int]]:
        waves = Waves(self.found.seconds)
        asks = ["-map", "0:a:0", "-vn", *recipes.within(self.found), "-ac", "1", "-ar", str(RATE)]
        asks += ["-c:a", "pcm_s16le", "-f", "s16le", "pipe:1"]
        within = patience(self.found.seconds)
        self.runner.run([*self.source(), *asks], within, take=waves.take)
        made = self.folder / "waves.json"
        made.write_text(waves.written(), encoding="ascii")
        return made, "application/json", (0, 0)


def make_cut(job: Doing) -> None:
    """Keep a part of a film as a blob of its own, and say so."""
    facts = job.facts
    whole_film = Blob.objects.filter(pk=facts["blob"]).first()
    if whole_film is None:
        return
    with workplace(job) as folder:
        part = _cut(job, whole_film, folder, Cut(facts["start"], facts["end"]))
    with writing():
        # the row stays until the reaction has put the part in its place: until then it is under way
        if not job.mine.update(done_at=clock.now(), held_until=None, step="", percent=100):
            raise jobs.Lost
        prepare_film(part)
        record(
            FilmCut(
                actor=facts["actor"],
                school=facts["school"],
                whole=whole_film.pk,
                part=part.pk,
                place=job.key,
            )
        )


def _cut(job: Doing, blob: Blob, folder: Path, cut: Cut) -> Blob:
    with_ = recipes.recipe(ffmpeg.encoders(), recipes.SAME[blob.type])
    if with_ is None:
        raise Refusal("no-encoder")
    room_for(blob)
    job.tell("looking")
    path = store.path_of(blob.sha256)
    found = look(Runner(folder, lambda seconds: job.tell("looking")), path, blob)
    end = min(cut.end, found.seconds)
    if end - cut.start < SHORTEST:
        raise Refusal("no-part")
    length = end - cut.start
    runner = Runner(folder, lambda seconds: job.tell("cutting", 100 * seconds / length))
    made = folder / f"part.{with_.ending}"
    asks = [*recipes.cut_arguments(with_, found, length), made.name]
    before = ("-ss", f"{cut.start:.3f}")
    try:
        runner.run([*ffmpeg.source(path, blob.type, before), *asks], patience(found.seconds))
        with whole(made).open("rb") as stream:
            return keep_blob(stream, made.name)
    except Stopped as stopped:
        raise _refused(stopped) from stopped
    except NotTaken as refused:
        raise Refusal("unreadable") from refused


def look(runner: Runner, path: Path, blob: Blob) -> Found:
    """What is in a film.

    Raises:
        Refusal: it cannot be read, or is none.
    """
    try:
        return ffmpeg.look(runner, path, blob)
    except Stopped as stopped:
        raise _refused(stopped) from stopped


def _refused(stopped: Stopped) -> Exception:
    """What to say of it: what may be the machine's fault is tried again."""
    if stopped.problem == ffmpeg.KILLED:
        return stopped
    return Refusal(stopped.problem, stopped.says)


def patience(seconds: float) -> float:
    """How long a run over a film may take, in seconds: a slow machine that has other things to do
    needs about its length for the largest size."""
    return 180 + 15 * seconds


def room_for(blob: Blob) -> None:
    """Raises: Refusal, where what is made of a film might fill the disk."""
    if shutil.disk_usage(store.work_folder()).free < SPARE + 2 * blob.size:
        raise Refusal("no-room")


def whole(made: Path) -> Path:
    """The same file.

    Raises:
        Stopped: there is nothing in it.
    """
    if not made.is_file() or not made.stat().st_size:
        raise Stopped("unreadable")
    return made


# --- clearing away --------------------------------------------------------------------------


def waiting_films() -> int:
    """Ask for the films that somebody shows and that nobody asked for yet: those of before there
    was this, and those of a room that forgot. How many."""
    asked = Job.objects.filter(name=PREPARE, key=Cast(OuterRef("pk"), CharField()))
    films = list(Blob.objects.shown().playing().filter(~Exists(asked)))
    prepare_films(films)
    return len(films)


def forget_old_versions() -> int:
    """Take away what was made of films that nobody shows any more. The files go a round after
    their rows, so that none goes from under who has just been sent to it. How many films."""
    gone = clear_files()
    unshown = Film.objects.exclude(blob__in=Blob.objects.shown()).values_list("blob", flat=True)
    keys = list(unshown)
    for key in keys:
        with writing():
            jobs.drop(PREPARE, [key])
            Film.objects.filter(blob=key).delete()
    return len(keys) + gone
