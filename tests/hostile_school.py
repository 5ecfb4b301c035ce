"""The demo school, with something that wants to act in every place where people's words go in.

Run as `python -m tests.hostile_school`, in the environment of the server. Prints what it planted
and where as JSON: the names of the columns, the ids of the course.
"""

import io
import json
import os
import zipfile
from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meanwhile.settings")
django.setup()

from django.db import models  # noqa: E402

from meanwhile.assessment.models import Extension, ExtensionState, Submission, Work, WorkFile  # noqa: E402
from meanwhile.authoring.lines import write  # noqa: E402
from meanwhile.authoring.models import CaptionCopy, LessonCopy, LessonVersion, NewFile  # noqa: E402
from meanwhile.core import clock  # noqa: E402
from meanwhile.courses.actions import import_course  # noqa: E402
from meanwhile.courses.activity import KINDS  # noqa: E402
from meanwhile.courses.files.blocks import join, split  # noqa: E402
from meanwhile.courses.models import Block, Course, Offering  # noqa: E402
from meanwhile.courses.not_here import NotHere  # noqa: E402
from meanwhile.courses.queries.source import source_of  # noqa: E402
from meanwhile.courses.source import (  # noqa: E402
    BlockSource,
    CourseSource,
    FileSource,
    LessonSource,
    ObjectiveSource,
    UnitSource,
)
from meanwhile.feedback.models import (  # noqa: E402
    BankComment,
    Feedback,
    Promise,
    PromiseMove,
    Reply,
    StaffNote,
    Uptake,
)
from meanwhile.insights.models import LinkTrial  # noqa: E402
from meanwhile.learning.models import Answer, Draft, LessonNote, Participation  # noqa: E402
from meanwhile.media.models import Blob, Film, Upload  # noqa: E402
from meanwhile.people.models import (  # noqa: E402
    Accommodation,
    AccommodationReason,
    Cohort,
    Enrolment,
    Group,
    Holiday,
    Membership,
    Note,
    Notice,
    Person,
    Role,
    Roster,
    School,
    Term,
)
from meanwhile.search.actions import index_everything, read_papers  # noqa: E402
from tests.payloads import LINES, PAYLOADS  # noqa: E402
from tests.sinks import filled_columns  # noqa: E402

LOOKERS = ("amina", "okafor", "haddad", "reyes", "farouk")
KEEP_NAME = {*LOOKERS, "site"}  # their user names: they have to sign in
PLACES = (
    "{}", "a {} b", "### {}", "> {}", "- {}\n- [ ] {}", "| a |\n|---|\n| {} |", "**{}** *{}*", "`{}`", "```{}\n{}\n```",
    "[{}](https://a.example)", "[x]({})", "[x](<{}>)", "[x](https://a.example \"{}\")", "![{}](media/a.svg)", "<{}>",
    "::: note {}\n{}\n:::", "x[^1]\n\n[^1]: {}", "${}$", "$$\n{}\n$$", "<!-- id: {} -->", "1. {}",
)  # fmt: skip
AT_ONCE = 10
"""Payloads that stand in one field of a question."""


# ── The course ─────────────────────────────────────────────────────────────────────────────────


def hostile_course() -> CourseSource:
    lines = cycle(LINES)
    files = {file.path: file for file in hostile_files()}
    units = [
        UnitSource("words", next(lines), next(lines), "\n\n".join(PAYLOADS), texts(files)),
        UnitSource("kinds", next(lines), next(lines), "", kinds(files, lines)),
        *(UnitSource(f"unit-{n}", next(lines), next(lines), next(lines), [named(f"l-{n}", lines)]) for n in range(12)),
    ]  # fmt: skip
    aims = [ObjectiveSource(f"aim-{n}", each[:300]) for n, each in enumerate(LINES)]
    return CourseSource(
        uid="tricks", title=next(lines), summary=next(lines), description="\n\n".join(PAYLOADS),
        licence=next(lines)[:120], authors=list(LINES), ages=next(lines)[:20], objectives=aims,
        units=units, files=files, not_here=[NotHere("", "rereading", next(lines)[:300])],
    )  # fmt: skip


def texts(files: dict[str, FileSource]) -> list[LessonSource]:
    """Every payload in every place that Markdown has for words."""
    lines, lessons = cycle(LINES), []
    for at in range(0, len(PAYLOADS), 70):
        some = PAYLOADS[at : at + 70]
        lesson = named(f"words-{at}", lines)
        for n, each in enumerate(some):
            pieces = [words for place in PLACES if stands("text", {}, words := put(place, each))]
            whole = "\n\n".join(pieces)
            bodies = [whole] if stands("text", {}, whole) else pieces
            lesson.blocks += [
                BlockSource("text", f"t-{at + n}-{m}", body=body) for m, body in enumerate(bodies)
            ]
        lessons.append(lesson)
    return lessons


def put(place: str, payload: str) -> str:
    """In a place of one line only the line is put in."""
    words = payload if place == "{}" else " ".join(payload.split("\n"))
    return place.replace("{}", words)


def stands(kind: str, data: dict[str, Any], body: str) -> bool:
    """Whether a file holds it as it is: not a second block, a heading that begins one, a key twice."""
    try:
        found, remarks = split(join([BlockSource(kind, "x", data, body)]), "x.md")
        written = [write(each.kind, each.data, each.body) for each in found]
    except (AssertionError, ValueError):
        return False
    return len(written) == 1 and not remarks and (found[0].data, found[0].body) == (data, body)


def named(uid: str, lines: Iterator[str]) -> LessonSource:
    block = BlockSource("text", f"{uid}-text", body=next(lines))
    remark = NotHere("", "rereading", next(lines)[:300])
    return LessonSource(
        uid, next(lines)[:200], next(lines), ["aim-1"], blocks=[block], not_here=[remark]
    )


def kinds(files: dict[str, FileSource], lines: Iterator[str]) -> list[LessonSource]:
    """Of every kind as many blocks as it takes to have each payload in each of its texts."""
    lessons = []
    for name, kind in KINDS.items():
        raw, first = kind.sample()
        blocks = []
        for at in range(0, len(LINES), AT_ONCE):
            some = list(LINES[at : at + AT_ONCE])
            data = soaked(kind, raw, some, files)
            said = "\n\n".join(each for each in some if stands(name, data, each))
            body = f"{first}\n\n{said}"
            blocks.append(
                BlockSource(name, f"{name}-{at}", data, body if stands(name, data, body) else first)
            )
        lesson = named(f"kind-{name}", lines)
        lesson.blocks += blocks
        lessons.append(lesson)
    return lessons


def soaked(kind: Any, raw: dict[str, Any], some: list[str], files: dict[str, FileSource]) -> dict:
    """The sample with payloads in each text that takes them; what is refused stays as it was."""
    data = file_paths(json.loads(json.dumps(raw)), files)
    for holder, key in list(strings(data)):
        before = holder[key]
        if before.startswith("media/") or key == "id":
            continue
        for words in (f"{before} " + " ".join(some), f"{before} {some[0]}"):
            holder[key] = words
            if not refused(kind, data):
                break
            holder[key] = before
    return data


def refused(kind: Any, data: dict[str, Any]) -> bool:
    try:
        read = kind.Data.model_validate(data)
        return any(kind.check(read, "A body."))
    except ValueError:
        return True


def strings(data: Any) -> Iterator[tuple[Any, Any]]:
    pairs = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in pairs:
        if isinstance(value, str):
            yield data, key
        elif isinstance(value, dict | list):
            yield from strings(value)


def file_paths(data: dict[str, Any], files: dict[str, FileSource]) -> dict[str, Any]:
    """The files of the sample, by one of the same kind that there is."""
    for holder, key in list(strings(data)):
        if holder[key].startswith("media/"):
            end = holder[key].rpartition(".")[2]
            there = [path for path in files if path.endswith(f".{end}")]
            holder[key] = there[0] if there else next(iter(files))
    return data


# ── Files ──────────────────────────────────────────────────────────────────────────────────────


def hostile_files() -> Iterator[FileSource]:
    """Captions, tables, papers and names full of them, beside the films of the demo."""
    demo = source_of(Course.objects.get(uid="light-and-colour"))
    film = next(file for path, file in demo.files.items() if path.endswith(".mp4"))
    yield file_of("media/a.vtt", captions())
    yield FileSource("media/a.mp4", film.size, film.open, film.kept)
    yield file_of("media/a.mp3", b"ID3" + b"\0" * 500)
    yield file_of("media/a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>")
    yield file_of("media/a.csv", "\n".join(f'"{each}",x' for each in LINES).encode())
    yield file_of("media/a.txt", "\n".join(PAYLOADS).encode())
    yield file_of("media/a.docx", word())
    yield file_of("media/a.pdf", paper())
    for each in LINES[::4]:
        name = "".join(sign for sign in each if sign not in '/\\:*?"<>|').strip(" .")[:80]
        yield file_of(f"media/{name or 'x'} onerror=canary(1).txt", b"canary")


def file_of(path: str, data: bytes) -> FileSource:
    return FileSource(path, len(data), lambda: io.BytesIO(data))


def captions() -> bytes:
    cues = [
        f"00:{n // 60:02}:{n % 60:02}.000 --> 00:{n // 60:02}:{n % 60:02}.900\n{each}"
        for n, each in enumerate(line for line in LINES if "-->" not in line)
    ]
    return ("WEBVTT\n\n" + "\n\n".join(cues)).encode()


def word() -> bytes:
    """A Word file: its words, escaped as XML wants them."""
    from xml.sax.saxutils import escape

    words = "".join(f"<w:p><w:r><w:t>{escape(each)}</w:t></w:r></w:p>" for each in LINES)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as folder:
        folder.writestr("[Content_Types].xml", "<Types/>")
        folder.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{words}</w:body></w:document>')  # fmt: skip
    return file.getvalue()


def paper() -> bytes:
    """A PDF whose one page says them all, one under the other."""

    def plain(words: str) -> str:
        kept = words.encode("latin-1", "replace").decode("latin-1")
        return kept.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")

    said = "".join(f"({plain(each)}) Tj 0 -12 Td " for each in LINES)
    stream = f"BT /F1 9 Tf 20 800 Td {said}ET".encode("latin-1")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (table, len(out))  # fmt: skip


# ── Rows ───────────────────────────────────────────────────────────────────────────────────────


def rows(offering: Offering) -> None:
    """One row at least of everything that has a text; of what stands in lists, one a payload."""
    cohort, school, now = offering.cohort, offering.cohort.school, clock.now()
    crowd = Person.objects.bulk_create(
        Person(username=f"crowd-{n}", name="x", password="!", zone="Europe/London") for n in range(60)
    )  # fmt: skip
    Membership.objects.bulk_create(
        Membership(person=each, school=school, role=Role.LEARNER) for each in crowd
    )
    Enrolment.objects.bulk_create(
        Enrolment(person=each, cohort=cohort, role=Role.LEARNER, joined_at=now) for each in crowd
    )
    Group.objects.bulk_create(Group(cohort=cohort, name=f"g{n}") for n in range(40))
    Cohort.objects.bulk_create(
        Cohort(school=school, name=f"c{n}", code=f"C{n:07}") for n in range(20)
    )
    today = now.date()
    Term.objects.create(school=school, name="x", starts_on=today, ends_on=today)
    Holiday.objects.create(school=school, name="x", first_day=today, last_day=today)
    for key in LOOKERS:
        person = Person.objects.get(username=key)
        Notice.objects.bulk_create(
            Notice(person=person, kind="x", words="x", made_at=now) for _ in range(20)
        )
    teacher = Person.objects.get(username="okafor")
    Note.objects.bulk_create(
        Note(cohort=cohort, author=teacher, words="x", sent_at=now) for _ in range(10)
    )
    cells = [dict.fromkeys(("name", "username", "email", "called", "class", "guardian"), each) for each in LINES]  # fmt: skip
    Roster.objects.create(
        school=school, cohort=cohort, made_by=teacher, made_at=now, rows=cells[:60]
    )
    learner = Person.objects.get(username="amina")
    work(offering, learner)
    hand_in(offering, learner)
    agree(school, learner)
    LinkTrial.objects.create(
        course=offering.course, asked_at=now, asked_by=teacher, language="en", done_at=now,
        tried={f"https://a.example/{n}": each for n, each in enumerate(LINES)},
    )  # fmt: skip
    blob = Blob.objects.order_by("pk")[0]
    for film in Blob.objects.filter(type__startswith="video/"):
        chapters = [{"at": n, "title": each} for n, each in enumerate(LINES[:30])]
        Film.objects.update_or_create(blob=film, defaults={"seconds": 30, "chapters": chapters, "made_at": now})  # fmt: skip
    for n in range(10):
        Upload.objects.create(word=f"w{n}", person=teacher, name="x", size=9, begun_at=now, blob=blob)  # fmt: skip
        NewFile.objects.create(course=offering.course, path=f"media/x{n}", blob=blob, by=teacher, at=now)  # fmt: skip


def work(offering: Offering, learner: Person) -> None:
    """What a learner leaves behind in the hostile course: answers, drafts, notes."""
    now = clock.now()
    way = Participation.objects.create(
        person=learner, offering=offering, started_at=now, last_active_at=now
    )
    blocks = list(Block.objects.filter(lesson__course=offering.course, answers=True))
    for n, block in enumerate(blocks):
        words = {"words": "x", "text": "x", "choice": "x", "number": "x"}
        if n % 2:
            Draft.objects.create(participation=way, block=block, words=words, saved_at=now)
        else:
            Answer.objects.create(
                participation=way, block=block, response=words, score=0, right=False,
                edition=offering.course.edition, at=now,
            )  # fmt: skip
    for n, block in enumerate(Block.objects.filter(lesson__course=offering.course)[:40]):
        LessonNote.objects.create(
            person=learner, uid=f"n{n}", offering=offering, block=block, words="x", tags=" x ", quote="x",
            sought="x", made_at=now, changed_at=now,
        )  # fmt: skip


def hand_in(offering: Offering, learner: Person) -> None:
    """What a learner hands in for a task: words, a link, a file."""
    now = clock.now()
    for n, block in enumerate(Block.objects.filter(lesson__course=offering.course, kind="task")):
        mine = Work.objects.create(
            person=learner, offering=offering, block=block, begun_at=now, words={"text": "x", "link": "x"}
        )  # fmt: skip
        WorkFile.objects.create(
            work=mine, person=learner, uid=f"f{n}", name="x", size=9, sha256="0" * 64, added_at=now, arrived_at=now,
            blob=Blob.objects.order_by("pk")[0],
        )  # fmt: skip
        made = Submission.objects.create(
            work=mine, number=1, person=learner, cohort=offering.cohort, offering=offering, block=block, text="x",
            link="x", edition=offering.course.edition, handed_in_at=now, sha256="0" * 64, code=f"CODE{n}",
        )  # fmt: skip
        answered(made, released=n % 2 == 0)
        for state in ExtensionState.values:
            Extension.objects.create(
                person=learner, cohort=offering.cohort, offering=offering, block=block, days=2,
                reason="x", answer="x", state=state, asked_at=now, answered_at=now,
            )  # fmt: skip


def answered(submission: Submission, *, released: bool) -> None:
    """A hand-in with an answer: half written, or read and asked about."""
    now, teacher = clock.now(), Person.objects.get(username="okafor")
    whose = {name: getattr(submission, name) for name in ("person", "cohort", "offering", "block")}
    promise = Promise.objects.create(
        submission=submission, code=f"HOST{submission.pk}", sent_at=now, first_at=now, promised_at=now,
        kept_at=now if released else None, **whose,
    )  # fmt: skip
    PromiseMove.objects.create(
        promise=promise, was=now, now=now, words="x", moved_by=teacher, moved_at=now
    )
    comments = [
        {"uid": f"c{n}", "words": "x", "start": n, "end": n + 9, "line": "x"} for n in range(20)
    ]
    feedback = Feedback.objects.create(
        promise=promise, marker=teacher, saved_at=now, released_at=now if released else None,
        words={"note": "x", "next": "x", "comments": json.dumps(comments)}, uptake=Uptake.ASK,
        uptake_words="x", decided_at=now if released else None, **whose,
    )  # fmt: skip
    for asks in (True, False):
        Reply.objects.create(
            feedback=feedback, cohort=submission.cohort, author=submission.person if asks else teacher,
            asks=asks, words="x", at=now, promised_at=now if asks else None,
        )  # fmt: skip
    StaffNote.objects.create(
        promise=promise, cohort=submission.cohort, author=teacher, words="x", at=now
    )
    BankComment.objects.create(
        person=teacher, line="x", words=f"{submission.pk}", sought="x", used_at=now
    )


def agree(school: School, learner: Person) -> None:
    """An accommodation and its reason."""
    Accommodation.objects.filter(person=learner, school=school).delete()
    agreed = Accommodation.objects.create(
        person=learner, school=school, number=1, extra_time=25, made_at=clock.now()
    )
    AccommodationReason.objects.create(accommodation=agreed, words="x")


def fill() -> list[str]:
    """Payloads into every column that is said to be filled, row by row."""
    filled = []
    for name, model, column in filled_columns():
        if fill_column(model, column):
            filled.append(name)
    return filled


def fill_column(model: type[models.Model], column: models.Field) -> int:
    lines, done = cycle(LINES), 0
    for row in model._default_manager.all():
        if column.name == "username" and getattr(row, "username", "") in KEEP_NAME:
            continue
        setattr(row, column.attname, value(column, lines, row))
        row.save(update_fields=[column.attname])
        done += 1
    return done


def value(column: models.Field, lines: Iterator[str], row: models.Model) -> Any:
    if isinstance(column, models.JSONField):
        return in_json(getattr(row, column.attname), lines)
    longest = column.max_length or 4000
    if longest < 200 or isinstance(column, models.EmailField):  # where no two may be alike
        fits = next(line for line in lines if len(line) + 5 <= longest or longest < 40)
        words = f"{row.pk} {fits}"[:longest]
    else:
        words = " ".join(islice(lines, max(1, longest // 150)))[:longest]
    return words.replace(" ", "\u00a0") if column.name == "tags" else words


def in_json(held: Any, lines: Iterator[str]) -> Any:
    if isinstance(held, dict):
        return {key: each if key == "uid" else in_json(each, lines) for key, each in held.items()}
    if isinstance(held, list):
        return [in_json(each, lines) for each in held]
    if isinstance(held, str) and held.startswith("[{"):  # JSON in a field of a form
        return json.dumps(in_json(json.loads(held), lines))
    return next(lines) if isinstance(held, str) else held


def main() -> None:
    school = School.objects.get(slug="riverside")
    teacher = Person.objects.get(username="okafor")
    result = import_course(hostile_course(), school, actor=teacher.pk, publish=True)
    course = Course.objects.get(uid="tricks", school=school)
    cohort = Cohort.objects.get(name="8B Science")
    offering = Offering.objects.create(
        course=course, cohort=cohort, starts_on=clock.now().date(), zone="Europe/London", made_at=clock.now()
    )  # fmt: skip
    rows(offering)
    copies(course, teacher)
    filled = fill()
    wanted = {name for name, _model, _column in filled_columns()}
    assert wanted == set(filled), f"no row to put it in: {sorted(wanted - set(filled))}"
    index_everything(anew=True)
    read_papers()
    print(json.dumps({"course": course.pk, "offering": offering.pk, "cohort": cohort.pk, "filled": filled, "result": str(result)[:80]}))  # fmt: skip


def copies(course: Course, teacher: Person) -> None:
    """The outline with steps to undo; lessons as they are being written, with a version of before."""
    from meanwhile.authoring.actions import lessons, outlines

    for line in LINES[:12]:
        outlines.add_unit(teacher.pk, course, line)

    for uid in ("words-0", *(f"kind-{name}" for name in KINDS)):
        lessons.rename(teacher.pk, course, uid, LINES[0])
    CaptionCopy.objects.create(
        course=course, lesson="kind-video", part="video-0", words="x", changed_at=clock.now()
    )
    for copy in LessonCopy.objects.filter(course=course):
        LessonVersion.objects.create(copy=copy, document=copy.document, says="x", by=teacher, at=clock.now())  # fmt: skip


if __name__ == "__main__":
    main()
