"""Plays the demo school in, through the same actions that people use.

Everything happens in one transaction: a demo half made is never seen. What people did lies in the
weeks before today, so that the class looks like a class; which answers were wrong is drawn with a
fixed seed, so that it is the same school each time.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.http import QueryDict

from demo.cast import COHORTS, PASSWORD, PEOPLE, SCHOOLS, SITE_ADMIN, PersonOf
from meanwhile.assessment import actions as assessment
from meanwhile.assessment.actions.dates import ask_for_time, set_task_date
from meanwhile.assessment.models import Submission
from meanwhile.core import clock
from meanwhile.core.events import writing
from meanwhile.courses.actions import import_course, make_offering
from meanwhile.courses.activity import Response, data_of, kind_of
from meanwhile.courses.files import read_folder
from meanwhile.courses.models import Block, Course, Lesson, Mode, Offering
from meanwhile.feedback import actions as feedback
from meanwhile.feedback import draft
from meanwhile.learning import actions as learning
from meanwhile.learning.queries.choices import by_place, wishes_of
from meanwhile.people import actions as people
from meanwhile.people.models import Cohort, Person, Role, School
from meanwhile.people.who import Who

COURSE = Path(__file__).parent / "courses" / "light-and-colour"
WEEKS = 5
HOLIDAYS = (("Half term", (10, 26), (10, 30)), ("Winter holiday", (12, 21), (1, 1)))
NOTES = (
    (9, "Week four. If you have a torch and a glass at home, the coin in refraction is worth "
        "ten minutes: it is the one thing from this course people remember."),
    (2, "Most of you are in refraction now. The normal is always at a right angle to the surface, "
        "also when the surface is tilted. Lesson two of reflection shows it again."),
)  # fmt: skip

RAINBOW = (
    "Imagine you stand with the sun behind you and rain in front of you. Every drop of rain is a "
    "tiny ball of water. When sunlight goes into a drop it slows down and bends. Violet bends a "
    "little more than red, so the colours start to separate.\n\n"
)
BOUNCE = (
    "Then the light bounces off the back of the drop, like a mirror, and it bends again when it "
    "comes out. Each colour comes out at a slightly different angle, so "
)
# who began with the rainbow: days ago, their words, the criteria ticked, whether it is handed in
RAINBOWS: dict[str, tuple[int, str, tuple[str, ...], bool]] = {
    "mei": (
        2,
        RAINBOW + BOUNCE + "from one drop only one colour reaches your eye. You see red from drops "
        "that are higher and violet from drops that are lower. All the drops together make the "
        "bow, and its middle is where the shadow of your head is. That is why you never see a "
        "rainbow from the side: it moves with you.",
        ("into-the-drop", "colours-part", "right-words", "ten-year-old"),
        True,
    ),
    "baraka": (
        1,
        "A rainbow is made of rain and sun. The light goes into the drops and comes back out in "
        "colours. The colours were in the light before, the drop only sorts them. Red is on the "
        "outside because it bends the least.",
        ("colours-part", "ten-year-old"),
        True,
    ),
    "priya": (1, RAINBOW + BOUNCE, ("into-the-drop", "colours-part"), False),
}
TABLES = {
    "amina": "Card 5 cm high. Torch to card 20, 40, 60 and 80 cm, wall always at 80 cm.\n"
    "Shadow 20.5, 10, 6.5 and 5 cm.\n\nWhen the card is twice as far from the torch, the shadow "
    "is half as high. The first number is too large. I think I measured to the front of the torch "
    "and not to the bulb.",
    "leo": "20 cm: 21 cm. 40 cm: 10 cm. 60 cm: 7 cm. Twice as far, half the shadow.",
}
MORE_TABLES = (
    "My shadows were 30, 15, 10 and 7.5 cm. Each time it is farther away it gets smaller, and at "
    "double the distance it is half.",
    "20 cm from the torch: 19 cm. 40 cm: 10 cm. 60 cm: 6.5 cm. 80 cm: 5 cm. The rays are straight, "
    "so at half the way there is twice the shadow.",
    "The card was 4 cm high. Shadows: 16 cm, 8 cm, 5.5 cm, 4 cm. The third does not fit, it should "
    "be 5.3 cm, but the edge was soft and hard to measure.",
)

COMMENTS = (
    "These are the numbers I hoped to see. Which of them surprised you?",
    "Say how exactly you could read the ruler here.",
    "Good: you look for the rule and not only for the numbers.",
)
NOTES_BACK = (
    ("you noticed that a number was odd and you went looking for the reason. That is what "
     "scientists do.", "Measure from the bulb, and say so in your report."),
    ("your table can be read at a glance, and the rule fits it.",
     "Draw the two rays that make the edge of the shadow."),
    ("you found the rule by yourself. Now say why it has to be so.",
     "Write one sentence that begins with “because light”."),
)  # fmt: skip
UPTAKE = {
    "leo": ("change", "I draw the rays from the torch to the edge of the card."),
    "mei": ("next", "Say how exactly I can read the ruler."),
    "jonah": ("ask", "Is the edge soft because the bulb is not a point?"),
}


@dataclass(frozen=True)
class Way:
    """How far somebody is: lessons finished, how often the first try is right, whether a second
    try is made, days since they were last here, and blocks read in the lesson after."""

    lessons: int
    sure: float
    again: bool = True
    quiet: int = 1
    blocks: int = 0


# over thirteen lessons: shadows 4, reflection 3, refraction and colour 6
WAYS = {
    "amina": Way(8, 0.7, quiet=0, blocks=2),
    "baraka": Way(10, 0.9, quiet=1, blocks=3),
    "ella": Way(8, 0.6, quiet=3, blocks=1),
    "freya": Way(7, 0.65, quiet=2, blocks=3),
    "hana": Way(5, 0.3, again=False, quiet=4, blocks=4),
    "jonah": Way(8, 0.65, quiet=1, blocks=4),
    "leo": Way(9, 0.7, quiet=0),
    "mei": Way(11, 0.95, quiet=1, blocks=3),
    "noor": Way(8, 0.7, quiet=6),
    "priya": Way(9, 0.85, quiet=2, blocks=2),
    "sam": Way(7, 0.6, quiet=2, blocks=2),
    "yusuf": Way(7, 0.4, again=False, quiet=11, blocks=1),
}


def play(say: Callable[[str], None] = print) -> bool:
    """Make the demo school, once. False where it is there already."""
    if School.objects.filter(slug=SCHOOLS[0].key).exists():
        return False
    with writing():
        Play(say).everything()
    return True


class Play:
    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.today = clock.now().date()
        self.start = self.today - timedelta(weeks=WEEKS, days=self.today.weekday())
        self.schools: dict[str, School] = {}
        self.cohorts: dict[str, Cohort] = {}
        self.people: dict[str, Person] = {}

    def everything(self) -> None:
        with clock.at(self.moment(self.start - timedelta(days=7), "Europe/London", 9)):
            self.say("  two schools and their people")
            self.make_people()
            self.agree()
            self.say("  the course “Light and colour”")
            offering = self.make_course()
            self.choose_ways(offering)
        self.say("  five weeks of learning")
        for key, way in WAYS.items():
            self.learn(offering, self.people[key], way)
        self.date_rainbows(offering)
        self.hand_in_rainbows(offering)
        self.say("  answers to what was handed in")
        self.answer_hand_ins(offering)
        for days, words in NOTES:
            with clock.at(clock.now() - timedelta(days=days)):
                people.send_note(self.people["okafor"], self.cohorts["8b"], words)

    def moment(self, day: date, zone: str, hour: int) -> datetime:
        return datetime.combine(day, time(hour, 10), ZoneInfo(zone))

    # people

    def make_people(self) -> None:
        for school in SCHOOLS:
            self.schools[school.key] = people.make_school(
                school.key, school.name, zone=school.zone, country=school.country
            )
        for name, first, last in HOLIDAYS:
            begins = date(self.today.year, *first)
            ends = date(begins.year + (last < first), *last)
            people.make_holiday(None, self.schools["riverside"], name, begins, ends)
        for cohort in COHORTS:
            self.cohorts[cohort.key] = people.make_cohort(
                None, self.schools[cohort.school], cohort.name, cohort.zone, code=cohort.code
            )
        hashed = hash_once()
        for each in PEOPLE:
            self.people[each.key] = self.make_person(each, hashed)
        for each in PEOPLE:
            for ward in each.guards:
                people.link_guardian(
                    self.people["reyes"],
                    self.people[each.key],
                    self.people[ward],
                    self.schools[each.school],
                )
        Person.objects.create_superuser(SITE_ADMIN.key, PASSWORD, name=SITE_ADMIN.name)

    def make_person(self, each: PersonOf, hashed: str) -> Person:
        school = self.schools[each.school]
        person = people.make_person(
            None,
            username=each.key,
            name=each.name,
            hashed=hashed,
            school=school,
            role=each.roles[0],
            called=each.called,
            age_band=each.age_band,
            zone=each.zone,
            zone_confirmed=True,
            language=each.language,
        )
        for role, cohorts in (
            (Role.LEARNER, each.learns),
            (Role.TEACHER, each.teaches),
            (Role.ASSISTANT, each.assists),
        ):
            for key in cohorts:
                people.enrol(None, person, self.cohorts[key], role)
        return person

    def agree(self) -> None:
        """Hana has more time, and listens first: the SEND lead keeps it."""
        people.keep_accommodation(
            self.people["farouk"],
            self.people["hana"],
            self.schools["riverside"],
            extra_time=25,
            extra_days=2,
            formats=["listen"],
            reason="Agreed with Hana and Mr Sato in September. Looked at again each term.",
        )

    # the course

    def make_course(self) -> Offering:
        made = import_course(
            read_folder(COURSE),
            self.schools["riverside"],
            actor=self.people["okafor"].pk,
            publish=True,
        )
        return make_offering(
            self.people["okafor"].pk,
            made.course,
            self.cohorts["8b"],
            Mode.COHORT,
            self.start,
            "Europe/London",
            self.dates(made.course),
        )

    def choose_ways(self, offering: Offering) -> None:
        """A group begins in shorter sentences, Baraka goes further where he can, Noor reads French."""
        cohort = self.cohorts["8b"]
        table = people.make_group(cohort, "Table by the window")
        members = (self.people[key] for key in ("sam", "hana", "yusuf"))
        people.put_in_group(table, cohort.enrolments.filter(person__in=list(members)))
        learning.set_starts(Who(self.people["okafor"]), offering, {table.pk: "plain"}, {})
        learning.keep_wish(Who(self.people["baraka"]), "further")
        rows = Block.objects.published().filter(lesson__course=offering.course)
        water, french = (rows.get(uid=f"what-the-water-does{way}") for way in ("", "-fr"))
        learning.choose_way(Who(self.people["noor"]), water, french)

    def dates(self, course: Course) -> dict[int, datetime]:
        """A unit every fortnight, on a Friday evening at eight."""
        fridays = (self.start + timedelta(days=4, weeks=2 * n + 1) for n in range(20))
        units = course.units.live().order_by("position")
        return {
            unit.pk: datetime.combine(day, time(20, 0))
            for unit, day in zip(units, fridays, strict=False)
        }

    # learning

    def learn(self, offering: Offering, person: Person, way: Way) -> None:
        """Lesson after lesson, in the evenings of where they live, up to where they are now."""
        dice = random.Random(person.username)
        who = Who(person)
        lessons = list(
            Lesson.objects.published().filter(course=offering.course).select_related("unit")
        )
        last = self.today - timedelta(days=way.quiet)
        span = max((last - self.start).days, way.lessons)
        for index, lesson in enumerate(lessons[: way.lessons + 1]):
            day = self.start + timedelta(days=round(span * index / max(way.lessons, 1)))
            moment = self.moment(min(day, last), person.zone, dice.randint(16, 19))
            with clock.at(min(moment, clock.now() - timedelta(minutes=40))):
                self.work(who, offering, lesson, way, dice, whole=index < way.lessons)

    def work(
        self,
        who: Who,
        offering: Offering,
        lesson: Lesson,
        way: Way,
        dice: random.Random,
        whole: bool,
    ) -> None:
        rows = list(Block.objects.published().filter(lesson=lesson).order_by("position"))
        wishes = wishes_of(who, offering, rows)
        blocks = [wishes.pick(ways) for ways in by_place(rows).values()]
        for block in blocks if whole else blocks[: way.blocks]:
            if block.answers:
                self.answer(who, offering, block, way, dice)
            elif block.kind == "task":
                if way.again and block.uid == "shadow-report":
                    self.hand_in_table(who, offering, block, dice)
            else:
                learning.note_reading(
                    who, offering, lesson, done=[block.uid], block=block.uid, spot="p2"
                )

    def hand_in_table(
        self, who: Who, offering: Offering, block: Block, dice: random.Random
    ) -> None:
        """The table of shadows, in their own words or in those of one of the others."""
        assert who.person
        words = TABLES.get(who.person.username) or dice.choice(MORE_TABLES)
        self.write(who, offering, block, words, ("table", "rule"), finished=True)

    def date_rainbows(self, offering: Offering) -> None:
        """The rainbow is due on Friday in a week, and a day longer is fine. Priya asks for more."""
        block = self.rainbow(offering)
        today = clock.now().date()
        friday = today + timedelta(days=(4 - today.weekday()) % 7 + 7)
        with clock.at(clock.now() - timedelta(days=3)):
            set_task_date(
                self.people["okafor"],
                offering,
                block,
                due=datetime.combine(friday, time(20, 0)),
                grace_minutes=24 * 60,
            )
        with clock.at(clock.now() - timedelta(hours=5)):
            why = "We are with my grandparents until Sunday, and there is no connection."
            ask_for_time(Who(self.people["priya"]), offering, block, 3, why)

    def rainbow(self, offering: Offering) -> Block:
        of_course = Block.objects.published().filter(lesson__course=offering.course)
        return of_course.get(uid="tell-a-ten-year-old")

    def hand_in_rainbows(self, offering: Offering) -> None:
        """Three have begun with the rainbow already; two of them have handed it in."""
        block = self.rainbow(offering)
        for key, (days, words, ticked, finished) in RAINBOWS.items():
            with clock.at(clock.now() - timedelta(days=days, minutes=50)):
                who = Who(self.people[key])
                self.write(who, offering, block, words, ticked, finished=finished)

    def write(
        self,
        who: Who,
        offering: Offering,
        block: Block,
        words: str,
        ticked: tuple[str, ...],
        *,
        finished: bool,
    ) -> None:
        """A draft, its ticks at the criteria and the steps, and where it is finished the hand-in."""
        steps = [str(n) for n, _step in enumerate(block.data["steps"])]
        done = steps if finished else steps[:2]
        for of, marks in (("criteria", ticked), ("steps", done)):
            assessment.save_marks(who, offering, block, of, {of: list(marks)}, None)
        work = assessment.save_draft(who, offering, block, {"text": words}, None)
        if finished:
            assessment.hand_in(who, offering, block, {"text": words}, work.version)

    def answer_hand_ins(self, offering: Offering) -> None:
        """The tables of shadows are answered a day later each; the rainbows still wait. The last is
        one that Ms Okafor has begun with."""
        okafor = self.people["okafor"]
        for n, row in enumerate(Submission.objects.standing().order_by("handed_in_at")):
            promise = feedback.promise(row.pk)
            if row.block.uid != "shadow-report":
                continue
            words = answer_to(row, n)
            hours = timedelta(hours=1 + n % 5)
            with clock.at(min(promise.promised_at - hours, clock.now() - hours)):
                feedback.save_draft(okafor, promise, words, None)
                done = feedback.release(okafor, promise)
            if row.person.username in UPTAKE:
                with clock.at(clock.now() - timedelta(minutes=40)):
                    feedback.decide(row.person, done, *UPTAKE[row.person.username])

    def answer(
        self, who: Who, offering: Offering, block: Block, way: Way, dice: random.Random
    ) -> None:
        sure = dice.choices((0, 1, 2), weights=(1, 4, 3))[0]
        if dice.random() >= way.sure:
            learning.answer(who, offering, block, sent(other_than_right(block)), sure)
            if not way.again or dice.random() < 0.25:
                return
            if dice.random() < 0.5:
                learning.open_hint(who, offering, block, 1)
        learning.answer(who, offering, block, sent(right(block)), sure)


def answer_to(row: Submission, number: int) -> dict[str, str]:
    """What Ms Okafor writes to a table of shadows: a level on each line that has levels, a comment
    at the second sentence, a note and what to do next."""
    lines = [each for each in row.block.data.get("criteria", []) if each.get("levels")]
    words = {f"level.{each['id']}": str(2 + (number + n) % 2) for n, each in enumerate(lines)}
    sentences = draft.sentences(row.text)
    at = sentences[min(1, len(sentences) - 1)]
    comment = draft.Comment("c1", COMMENTS[number % len(COMMENTS)], at.start, at.end)
    note, then = NOTES_BACK[number % len(NOTES_BACK)]
    first = row.person.get_short_name()
    return words | {"note": f"{first}, {note}", "next": then, "comments": draft.dumped([comment])}


def hash_once() -> str:
    """All of the demo shares one password: hashed once, not twenty-five times."""
    from django.contrib.auth.hashers import make_password

    return make_password(PASSWORD)


def right(block: Block) -> Response:
    return kind_of(block.kind).right(data_of(block.kind, block.data))


def other_than_right(block: Block) -> Response:
    """An answer that is not right: the plainest that its kind knows."""
    return kind_of(block.kind).wrong(data_of(block.kind, block.data))[0]


def sent(response: Response) -> QueryDict:
    """An answer as a form sends it."""
    form = QueryDict(mutable=True)
    for name, value in response.items():
        form.setlist(name, value if isinstance(value, list) else [str(value)])
    return form
