"""Twenty people who may come to any address, and the rows they come for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.test import Client

from meanwhile.assessment import actions as assessment
from meanwhile.assessment.models import (
    Extension,
    ExtensionState,
    Submission,
    TaskDate,
    WorkFile,
)
from meanwhile.authoring.documents import Document, part_of
from meanwhile.authoring.models import LessonCopy, NewFile
from meanwhile.core import clock
from meanwhile.courses.models import Asset, Block, Course, Lesson, Offering
from meanwhile.feedback import actions as feedback
from meanwhile.feedback.models import Feedback, Promise, Reply
from meanwhile.learning.models import LessonNote, Participation, WayStart
from meanwhile.media.models import Blob
from meanwhile.media.store import path_of
from meanwhile.people.models import (
    Cohort,
    Enrolment,
    Group,
    Holiday,
    Invitation,
    Membership,
    Note,
    Person,
    Roster,
    Term,
)
from meanwhile.people.who import Who
from meanwhile.testing import PASSWORD, Cast, make_course, make_task, offer

BACKEND = "django.contrib.auth.backends.ModelBackend"

# what each of them is to class 8B of Riverside School
PERSONAS = {
    "nobody": "not signed in",
    "half": "a teacher of 8B who gave the password but not yet the second factor",
    "suspended": "a learner of 8B whom the school suspended",
    "gone": "a learner who left 8B",
    "amina": "a learner of 8B",
    "leo": "another learner of 8B",
    "ruby": "a learner of another class of the school",
    "tiago": "a learner of another school",
    "okafor": "a teacher of 8B",
    "lindqvist": "the other teacher of 8B",
    "osei": "the assistant of 8B",
    "dunn": "a teacher of another class of the school",
    "moura": "a teacher of another school",
    "brandt": "a course designer of the school",
    "farouk": "the SEND lead of the school",
    "haddad": "a guardian of Amina",
    "sato": "a guardian, in this school only, of Hana, who learns in 8B and in another school",
    "reyes": "the school admin",
    "costa": "the admin of another school",
    "site": "the site admin, who belongs to no school",
}
SIGNED_OUT = frozenset({"nobody", "half", "suspended"})  # suspension ends the session
EVERYBODY = frozenset(PERSONAS)
SIGNED_IN = EVERYBODY - SIGNED_OUT

LEARNERS = frozenset({"amina", "leo"})
TEACHERS = frozenset({"okafor", "lindqvist"})
TEAM = TEACHERS | {"osei"}
WATCHERS = TEAM | {"farouk", "reyes"}
LEADERS = TEACHERS | {"reyes"}
STAFF = TEAM | {"dunn", "brandt", "farouk", "reyes"}
DESIGNERS = TEACHERS | {"dunn", "brandt", "reyes"}
ADMIN = frozenset({"reyes"})
SUPPORT = frozenset({"farouk"})
ANY_STAFF = STAFF | {"moura", "costa"}
NONE: frozenset[str] = frozenset()


@dataclass
class World:
    """The cast, and rows of the same kinds that belong to somebody else."""

    cast: Cast
    other_class: Offering
    other_school: Offering
    invitation: Invitation = None  # type: ignore[assignment]
    note: Note = None  # type: ignore[assignment]
    enrolment: Enrolment = None  # type: ignore[assignment]
    group: Group = None  # type: ignore[assignment]
    roster: Roster = None  # type: ignore[assignment]
    other_roster: Roster = None  # type: ignore[assignment]
    term: Term = None  # type: ignore[assignment]
    holiday: Holiday = None  # type: ignore[assignment]
    lesson_notes: dict[str, LessonNote] = field(default_factory=dict)
    removed_note: LessonNote = None  # type: ignore[assignment]
    submissions: dict[str, Submission] = field(default_factory=dict)
    work_files: dict[str, WorkFile] = field(default_factory=dict)
    promises: dict[str, Promise] = field(default_factory=dict)
    question: Reply = None  # type: ignore[assignment]
    task_date: TaskDate = None  # type: ignore[assignment]
    extension: Extension = None  # type: ignore[assignment]
    other_extension: Extension = None  # type: ignore[assignment]

    @property
    def offering(self) -> Offering:
        return self.cast.offering


# Words that stand in the rows of one school only: nobody else may ever read them.
ONLY_IN = {
    "riverside": ("Riverside School", "8B Science", "8C Science", "Light and colour"),
    "hillside": ("Hillside College", "Evening science", "Optics at Hillside"),
}


def schools_of(cast: Cast, persona: str) -> set[str]:
    """The schools whose words this persona may read, by key."""
    if persona in SIGNED_OUT:
        return set()
    mine = Membership.objects.filter(person=cast.people[persona], suspended_at=None)
    return set(mine.values_list("school__slug", flat=True))


def make_world(cast: Cast) -> World:
    sam, noor = cast.sam, cast.noor
    Membership.objects.filter(person=sam).update(suspended_at=clock.now())
    Enrolment.objects.filter(person=noor).update(left_at=clock.now() - timedelta(days=1))
    cast.people["suspended"], cast.people["gone"] = sam, noor
    sound = make_course(cast.schools["riverside"], uid="sound")
    theirs = make_course(cast.schools["hillside"], uid="light")
    Course.objects.filter(pk=theirs.pk).update(title="Optics at Hillside")
    theirs.refresh_from_db()
    world = World(
        cast,
        other_class=offer(sound, cast.cohorts["8c"]),
        other_school=offer(theirs, cast.cohorts["hill"]),
    )
    furnish(world)
    hand_in_and_answer(world)
    send_to_two_schools(world)
    return world


def send_to_two_schools(world: World) -> None:
    """Hana learns in both schools. Mr Sato guards her in Riverside School only."""
    cast, now = world.cast, clock.now()
    Membership.objects.create(person=cast.hana, school=cast.schools["hillside"], role="learner")
    Enrolment.objects.create(
        person=cast.hana, cohort=cast.cohorts["hill"], role="learner", joined_at=now
    )
    for offering in (world.offering, world.other_school):
        Participation.objects.create(
            person=cast.hana, offering=offering, started_at=now, last_active_at=now
        )


def furnish(world: World) -> None:
    """One row of everything that has an address."""
    cast, now = world.cast, clock.now()
    school, cohort = cast.schools["riverside"], cast.cohorts["8b"]
    world.invitation = Invitation.objects.create(
        cohort=cohort,
        token="t" * 32,
        made_by=cast.okafor,
        made_at=now,
        ends_at=now + timedelta(days=7),
    )
    world.note = Note.objects.create(cohort=cohort, author=cast.okafor, words="Hello", sent_at=now)
    world.enrolment = Enrolment.objects.get(cohort=cohort, person=cast.leo)
    spare = Cohort.objects.create(school=school, name="8D Science", code="8DSC9RVR")
    Enrolment.objects.create(person=cast.okafor, cohort=spare, role="teacher", joined_at=now)
    world.group = Group.objects.create(cohort=cohort, name="Group A")
    world.term = Term.objects.create(
        school=school, name="Autumn", starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 18)
    )
    world.holiday = Holiday.objects.create(
        school=school, name="Half term", first_day=date(2026, 10, 26), last_day=date(2026, 10, 30)
    )
    world.roster = Roster.objects.create(
        school=school, cohort=cohort, made_by=cast.okafor, made_at=now
    )
    world.other_roster = Roster.objects.create(
        school=cast.schools["hillside"], cohort=cast.cohorts["hill"], made_at=now
    )
    for offering in (world.offering, world.other_school):
        give_file(offering)
    for offering in (world.offering, world.other_class, world.other_school):
        give_another_way(offering)
    WayStart.objects.create(
        offering=world.offering, group=world.group, way="plain", set_at=clock.now()
    )
    for key, offering in (("amina", world.offering), ("tiago", world.other_school)):
        world.lesson_notes[key] = note_on(offering, cast.people[key], f"note-{key}")
    world.removed_note = note_on(world.offering, cast.amina, "removed", removed_at=now)
    for offering in (world.offering, world.other_class, world.other_school):
        make_task(Lesson.objects.get(course=offering.course, uid="lesson-1-1"))
    for key, offering in (("amina", world.offering), ("tiago", world.other_school)):
        hand_in(world, offering, cast.people[key], key)
    world.task_date = TaskDate.objects.create(
        offering=world.offering,
        block=Block.objects.get(lesson__course=world.offering.course, uid="task-0"),
        zone="Europe/London",
        time=time(20, 0),
        due_wall="2026-12-04T20:00",
        due_at=datetime(2026, 12, 4, 20, tzinfo=UTC),
    )
    world.extension = extension_of(cast.leo, world.offering)
    world.other_extension = extension_of(cast.ruby, world.other_class)


def hand_in(world: World, offering: Offering, person: Person, key: str) -> None:
    """A task with a file, handed in, and its photos as one PDF."""
    offering = Offering.objects.select_related("course", "cohort").get(pk=offering.pk)
    task = Block.objects.select_related("lesson").get(lesson__course=offering.course, kind="task")
    who, name = Who(person), "0" * 64
    file = assessment.announce_file(who, offering, task, f"file-of-{key}", "fish.txt", 5, name)
    file.blob = Blob.objects.get(sha256=name)
    file.save()
    made = assessment.hand_in(who, offering, task, {"text": f"The fish of {key}."}, None)
    made.photos = file.blob
    made.save()
    world.submissions[key], world.work_files[key] = made, file


def give_another_way(offering: Offering) -> None:
    """The first text of a course is also there in shorter sentences."""
    main = Block.objects.filter(lesson__course=offering.course).order_by("pk")[0]
    Block.objects.create(
        lesson=main.lesson,
        uid=f"{main.uid}-plain",
        kind="text",
        data={"instead_of": main.uid, "way": "plain"},
        body="Light turns.",
        rendered={"body": "<p>Light turns.</p>"},
        instead_of=main,
        way="plain",
    )


def hand_in_and_answer(world: World) -> None:
    """Amina waits for an answer; Leo has his and asked back; so has somebody of another school."""
    cast, now = world.cast, clock.now()
    hand_in(world, world.offering, cast.leo, "leo")
    for key, made in world.submissions.items():
        world.promises[key] = feedback.promise(made.pk)
    for key in ("leo", "tiago"):
        row = world.promises[key]
        whose = {"person": row.person, "cohort": row.cohort, "offering": row.offering}
        answer = Feedback.objects.create(
            promise=row,
            block=row.block,
            words={"note": "Good."},
            version=1,
            saved_at=now,
            released_at=now,
            **whose,
        )
        asked = Reply.objects.create(
            feedback=answer, cohort=row.cohort, author=row.person, asks=True, words="Why?", at=now,
            promised_at=now + timedelta(days=2),
        )  # fmt: skip
        world.question = world.question or asked
        Promise.objects.filter(pk=row.pk).update(kept_at=now)


def extension_of(person: Person, offering: Offering) -> Extension:
    """Asked, and not answered yet."""
    return Extension.objects.create(
        person=person,
        cohort=offering.cohort,
        offering=offering,
        block=Block.objects.get(lesson__course=offering.course, uid="task-0"),
        days=2,
        reason="zzcanarybecause",
        state=ExtensionState.ASKED,
        asked_at=clock.now(),
    )


def note_on(offering: Offering, person: Person, uid: str, **more: Any) -> LessonNote:
    """A note of a learner's on the first text of a course."""
    block = Block.objects.filter(lesson__course=offering.course).order_by("pk")[0]
    return LessonNote.objects.create(
        person=person,
        uid=uid,
        offering=offering,
        block=block,
        quote="Light is slower in water.",
        words="Slower.",
        tags=" exam ",
        sought="slower. exam",
        made_at=clock.now(),
        changed_at=clock.now(),
        **more,
    )


def give_file(offering: Offering) -> None:
    """A file to hand out, `media/light.txt`, and a film that is not published."""
    name = "0" * 64
    blob, _made = Blob.objects.get_or_create(
        sha256=name, defaults={"size": 5, "type": "text/plain"}
    )
    Asset.objects.get_or_create(course=offering.course, path="media/light.txt", blob=blob)
    NewFile.objects.get_or_create(
        course=offering.course, path="media/new-light.txt", blob=blob, at=clock.now()
    )
    film = part_of("film", "video", {"src": "media/film.mp4", "title": "A film"}, "")
    LessonCopy.objects.get_or_create(
        course=offering.course,
        uid="filmed",
        defaults={
            "title": "A lesson with a film",
            "document": Document(title="A lesson with a film", parts=(film,)).plain(),
            "edited": True,
            "changed_at": clock.now(),
        },
    )
    path_of(name).parent.mkdir(parents=True, exist_ok=True)
    path_of(name).write_bytes(b"light")
    film, _made = Blob.objects.get_or_create(
        sha256="f" * 64, defaults={"size": 5, "type": "video/mp4"}
    )
    NewFile.objects.get_or_create(
        course=offering.course, path="media/new-film.mp4", blob=film, at=clock.now()
    )


def client_of(cast: Cast, persona: str, **options) -> Client:
    client = Client(**options)
    if persona == "nobody":
        return client
    if persona == "half":
        return half_signed_in(cast, client)
    client.force_login(cast.people[persona], backend=BACKEND)
    return client


def half_signed_in(cast: Cast, client: Client) -> Client:
    """Through the real door: the right password, then the question for the second factor."""
    person = Person.objects.get(username="okafor")
    twin, made = Person.objects.get_or_create(
        username="okafor-half", defaults={"name": person.name, "zone": person.zone}
    )
    if made:
        twin.set_password(PASSWORD)
        twin.save()
        for membership in Membership.objects.filter(person=person):
            Membership.objects.create(person=twin, school=membership.school, role=membership.role)
        for row in Enrolment.objects.filter(person=person):
            Enrolment.objects.create(
                person=twin, cohort=row.cohort, role=row.role, joined_at=row.joined_at
            )
        Authenticator.objects.create(
            user=twin, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"}
        )
    answer = client.post("/account/login/", {"login": "okafor-half", "password": PASSWORD})
    assert "2fa" in answer.headers.get("Location", ""), "the second factor was not asked for"
    return client


Rows = Callable[[World], dict]
