"""Random histories of edits and answers, against the slow, obvious model (model.py)."""

from django.db import transaction
from django.db.models import F, Q
from django.http import QueryDict
from django.test import TestCase
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from meanwhile.core import clock
from meanwhile.core.events import record, writing
from meanwhile.courses.events import CourseChanged
from meanwhile.courses.models import Block, Course, Lesson, Objective, Offering, Unit
from meanwhile.learning import actions, queries
from meanwhile.learning.models import Participation
from meanwhile.learning.progress import Figures
from meanwhile.learning.tests.model import Model, ModelBlock, ModelLesson, ModelUnit
from meanwhile.people.who import Who
from meanwhile.testing import CHOICE, CHOICE_HTML, Cast

WHO = ("amina", "ella")
AIMS = ("bend", "see")
TALLY = {"steps": 0, "figures": 0, "ways": 0}

learners = st.sampled_from(WHO)
picks = st.integers(0, 10_000)


def as_tuple(figures: Figures) -> tuple[int, int, int, int, int]:
    return figures.total, figures.done, figures.questions, figures.answered, figures.right


class Histories(RuleBasedStateMachine):
    """Every rule does the same to the rows (through the actions) and to the model."""

    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.whole = transaction.atomic()
        self.whole.__enter__()
        self.model = Model()
        self.ways: dict[int, list[int]] = {}  # other ways to meet a block: the model knows of none
        self.made = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)

    # --- the course ---------------------------------------------------------------------------

    @initialize()
    def begin(self) -> None:
        riverside = self.cast.schools["riverside"]
        self.course = Course.objects.create(
            school=riverside, uid="random", title="Random", published_at=clock.now()
        )
        self.offering = Offering.objects.create(
            course=self.course,
            cohort=self.cast.cohorts["8b"],
            starts_on="2026-09-07",
            zone="Europe/London",
            made_at=clock.now(),
        )
        self.aims = {
            uid: Objective.objects.create(course=self.course, uid=uid, text=uid) for uid in AIMS
        }
        for _unit in range(2):
            self.add_unit()
            self.add_lesson(self.made)
            for answers in (False, True, True, True):
                self.add_block(self.made, answers, set())

    def changed(self) -> None:
        """The course says that it changed, and who listens does so after the commit."""
        TALLY["steps"] += 1
        with TestCase.captureOnCommitCallbacks(execute=True), writing():
            Course.objects.filter(pk=self.course.pk).update(edition=F("edition") + 1)
            record(CourseChanged(actor=None, school=None, course=self.course.pk, edition=1))

    def _uid(self, word: str) -> str:
        self.made += 1
        return f"{word}-{self.made}"

    def _pick(self, kind: str, at: int) -> int:
        keys = sorted(getattr(self.model, kind))
        return keys[at % len(keys)]

    @rule()
    def add_unit(self) -> None:
        row = Unit.objects.create(
            course=self.course, uid=self._uid("unit"), title="U", position=len(self.model.order)
        )
        self.model.units[row.pk] = ModelUnit()
        self.model.order.append(row.pk)
        self.changed()

    @rule(at=picks)
    def add_lesson(self, at: int) -> None:
        unit = self._pick("units", at)
        lessons = self.model.units[unit].lessons
        row = Lesson.objects.create(
            course=self.course,
            unit_id=unit,
            uid=self._uid("lesson"),
            title="L",
            position=len(lessons),
            minutes=10,
        )
        self.model.lessons[row.pk] = ModelLesson()
        lessons.append(row.pk)
        self.changed()

    @rule(at=picks, answers=st.booleans(), aims=st.sets(st.sampled_from(AIMS)))
    def add_block(self, at: int, answers: bool, aims: set[str]) -> None:
        lesson = self._pick("lessons", at)
        blocks = self.model.lessons[lesson].blocks
        row = Block.objects.create(
            lesson_id=lesson,
            uid=self._uid("block"),
            position=len(blocks),
            minutes=2,
            **self._kind(answers),
        )
        row.objectives.set([self.aims[aim] for aim in aims])
        self.model.blocks[row.pk] = ModelBlock(answers, aims=aims)
        blocks.append(row.pk)
        self.changed()

    @rule(at=picks)
    def add_another_way(self, at: int) -> None:
        """The model is told nothing: it is the same block."""
        key = self._pick("blocks", at)
        main = Block.objects.get(pk=key)
        row = Block.objects.create(
            lesson=main.lesson,
            uid=self._uid("way"),
            position=main.position,
            minutes=50,
            instead_of=main,
            way="plain",
            removed_at=main.removed_at,
            **self._kind(main.answers),
        )
        self.ways.setdefault(key, []).append(row.pk)
        TALLY["ways"] += 1
        self.changed()

    @precondition(lambda self: self.ways)
    @rule(at=picks)
    def take_a_way_out_or_put_it_back(self, at: int) -> None:
        keys = sorted(self.ways)
        row = Block.objects.get(pk=self.ways[keys[at % len(keys)]][0])
        moment = None if row.removed_at else clock.now()
        Block.objects.filter(pk=row.pk).update(removed_at=moment)
        self.changed()

    @precondition(lambda self: self.ways)
    @rule(who=learners, at=picks)
    def change_over(self, who: str, at: int) -> None:
        """By itself it is no deed that counts."""
        keys = sorted(self.ways)
        main = keys[at % len(keys)]
        rows = Block.objects.in_bulk([main, *self.ways[main]])
        chosen = [main, *self.ways[main]][at % len(rows)]
        actions.choose_way(self._who(who), rows[main], rows[chosen])
        TALLY["steps"] += 1

    def _met(self, key: int, by: int) -> Block:
        """A block, or one of the other ways there are to meet it."""
        rows = Block.objects.select_related("lesson__unit")
        there = [key, *rows.filter(instead_of=key, removed_at=None).values_list("pk", flat=True)]
        return rows.get(pk=sorted(there)[by % len(there)])

    def _kind(self, answers: bool) -> dict:
        if answers:
            return {"kind": "choice", "data": CHOICE, "rendered": CHOICE_HTML, "answers": True}
        return {"kind": "text", "data": {}, "rendered": {"body": "<p>x</p>"}, "answers": False}

    @rule(kind=st.sampled_from(["units", "lessons", "blocks"]), at=picks)
    def take_out_or_put_back(self, kind: str, at: int) -> None:
        key = self._pick(kind, at)
        found = getattr(self.model, kind)[key]
        found.removed = not found.removed
        model = {"units": Unit, "lessons": Lesson, "blocks": Block}[kind]
        moment = clock.now() if found.removed else None
        model.objects.filter(pk=key).update(removed_at=moment)
        if kind == "blocks":
            Block.objects.filter(instead_of=key).update(removed_at=moment)
        self.changed()

    @rule(at=picks)
    def draft_or_publish(self, at: int) -> None:
        key = self._pick("lessons", at)
        found = self.model.lessons[key]
        found.draft = not found.draft
        Lesson.objects.filter(pk=key).update(draft=found.draft)
        self.changed()

    @rule(at=picks, to=picks)
    def move_lesson(self, at: int, to: int) -> None:
        key, unit = self._pick("lessons", at), self._pick("units", to)
        self.model.units[self.model.unit_of(key)].lessons.remove(key)
        self.model.units[unit].lessons.insert(0, key)
        Lesson.objects.filter(pk=key).update(unit=unit)
        self._renumber()
        self.changed()

    @rule(at=picks, to=picks)
    def move_block(self, at: int, to: int) -> None:
        key, lesson = self._pick("blocks", at), self._pick("lessons", to)
        self.model.lessons[self.model.lesson_of(key)].blocks.remove(key)
        self.model.lessons[lesson].blocks.insert(0, key)
        Block.objects.filter(Q(pk=key) | Q(instead_of=key)).update(lesson=lesson)
        self._renumber()
        self.changed()

    @rule(data=st.data())
    def bring_in_again(self, data: st.DataObject) -> None:
        """As a re-import does: a new order of everything, some of it gone, some of it back."""
        self.model.order = data.draw(st.permutations(self.model.order))
        for key, block in self.model.blocks.items():
            block.removed = data.draw(st.booleans())
            moment = clock.now() if block.removed else None
            Block.objects.filter(Q(pk=key) | Q(instead_of=key)).update(removed_at=moment)
        self._renumber()
        self.changed()

    @rule(at=picks)
    def make_it_a_question_or_not(self, at: int) -> None:
        key = self._pick("blocks", at)
        block = self.model.blocks[key]
        block.answers = not block.answers
        rows = Block.objects.filter(Q(pk=key) | Q(instead_of=key))
        rows.update(**self._kind(block.answers))
        self.changed()

    @rule(at=picks, aims=st.sets(st.sampled_from(AIMS)))
    def aim_a_lesson(self, at: int, aims: set[str]) -> None:
        key = self._pick("lessons", at)
        self.model.lessons[key].aims = aims
        Lesson.objects.get(pk=key).objectives.set([self.aims[aim] for aim in aims])
        self.changed()

    def _renumber(self) -> None:
        for position, unit in enumerate(self.model.order):
            Unit.objects.filter(pk=unit).update(position=position)
        for row, children in ((Lesson, self.model.units), (Block, self.model.lessons)):
            for parent in children.values():
                inside = getattr(parent, "lessons", None) or getattr(parent, "blocks", [])
                for position, key in enumerate(inside):
                    row.objects.filter(pk=key).update(position=position)

    # --- the learners -------------------------------------------------------------------------

    def _who(self, who: str) -> Who:
        return Who(self.cast.people[who])

    @precondition(lambda self: any(self.model.blocks[b].answers for b in self.model.seen()))
    @rule(who=learners, at=picks, by=picks, rights=st.lists(st.booleans(), min_size=1, max_size=4))
    def answer(self, who: str, at: int, by: int, rights: list[bool]) -> None:
        asked = [block for block in self.model.seen() if self.model.blocks[block].answers]
        key = asked[at % len(asked)]
        for right in rights:
            block = self._met(key, by + len(self.model.log))
            sent = QueryDict(f"choice={'deeper' if right else 'same'}")
            actions.answer(self._who(who), self.offering, block, sent, None)
            self.model.log.append(("answer", who, key, right))
        TALLY["steps"] += 1

    @rule(who=learners, at=picks, by=picks, also=picks)
    def read_some(self, who: str, at: int, by: int, also: int) -> None:
        """Two blocks are said to be read: only what is seen in that lesson counts."""
        key = self._pick("lessons", at)
        other = self._pick("blocks", also)
        inside = self.model.lessons[key].blocks
        said = [*inside[:2], other]
        uids = [self._met(block, by).uid for block in said]
        lesson = Lesson.objects.get(pk=key)
        actions.note_reading(self._who(who), self.offering, lesson, done=uids, block=uids[0])
        for block in said:
            if block in self.model.seen_in_lesson(key) and not self.model.blocks[block].answers:
                self.model.log.append(("done", who, block))
        TALLY["steps"] += 1

    @precondition(lambda self: self.model.seen())
    @rule(who=learners, at=picks)
    def finish_lesson(self, who: str, at: int) -> None:
        key = self.model.lesson_of(self.model.seen()[at % len(self.model.seen())])
        lesson = Lesson.objects.get(pk=key)
        actions.finish_lesson(self._who(who), self.offering, lesson, None)
        for block in self.model.seen_in_lesson(key):
            if not self.model.blocks[block].answers:
                self.model.log.append(("done", who, block))
        TALLY["steps"] += 1

    # --- what must hold -----------------------------------------------------------------------

    def same(self, figures: Figures, who: str, blocks: list[int]) -> None:
        TALLY["figures"] += 1
        assert as_tuple(figures) == self.model.figures(who, blocks)
        assert 0 <= figures.right <= figures.answered <= figures.questions <= figures.total
        assert 0 <= figures.done <= figures.total

    @invariant()
    def everything_is_the_models(self) -> None:
        for who in WHO:
            pages = queries.courses_progress(self._who(who))
            [page] = [p for p in pages if p.way.offering.pk == self.offering.pk]
            self.check_way(who, page.way)
            self.check_ideas(who, page.ideas)
            self.check_next_step(who, page.step)
            self.check_kept(who)
        self.check_class_page()

    def check_way(self, who: str, way: queries.Way) -> None:
        self.same(way.figures, who, self.model.seen())
        assert [part.pk for lesson in way.lessons for part in lesson.parts] == self.model.seen()
        for unit in way.units:
            self.same(unit.figures, who, self.model.seen_in_unit(unit.pk))
            assert unit.figures.shaky == self.model.shaky(who, self.model.seen_in_unit(unit.pk))
            for lesson in unit.lessons:
                self.same(lesson.figures, who, self.model.seen_in_lesson(lesson.pk))
                assert 0 <= lesson.minutes_left <= lesson.minutes

    def check_ideas(self, who: str, listed: list[queries.Idea]) -> None:
        ideas = {idea.uid: idea for idea in listed}
        for aim in AIMS:
            blocks = self.model.for_aim(aim)
            assert (aim in ideas) == bool(blocks)
            if blocks:
                self.same(ideas[aim].figures, who, blocks)

    def check_class_page(self) -> None:
        cells = queries.unit_cells(self.offering, [self.cast.people[who] for who in WHO])
        for who in WHO:
            for unit, figures in cells[self.cast.people[who].pk].items():
                self.same(figures, who, self.model.seen_in_unit(unit))

    def check_kept(self, who: str) -> None:
        """What is stored is never stale."""
        person = self.cast.people[who]
        kept = Participation.objects.filter(person=person, offering=self.offering).first()
        if kept is None:
            assert not [line for line in self.model.log if line[1] == who]
            return
        total, done, _questions, answered, right = self.model.figures(who, self.model.seen())
        assert (kept.done, kept.answered, kept.right) == (done, answered, right)
        assert kept.finished == (total > 0 and done == total)
        assert kept.finished_at is not None or not kept.finished
        assert kept.counted_in == Course.objects.get(pk=self.course.pk).edition
        assert kept.stuck_on_id == self.model.stuck_on(who)
        assert kept.shaky_in_id == self.model.shaky_in(who)

    def check_next_step(self, who: str, step: queries.NextStep) -> None:
        """There is one, and it is true."""
        total, done, *_rest = self.model.figures(who, self.model.seen())
        if step.kind in ("start", "resume", "lesson"):
            assert step.lesson
            inside = self.model.seen_in_lesson(step.lesson.pk)
            total_here, done_here, *_more = self.model.figures(who, inside)
            assert done_here < total_here
        elif step.kind == "practice":
            assert step.unit
            assert done == total
            assert self.model.shaky(who, self.model.seen_in_unit(step.unit.pk))
        else:
            assert done == total
            assert self.model.shaky_in(who) is None


def test_progress_is_never_wrong_through_any_history(cast, figure) -> None:
    """Random edits and answers: every figure against a slow model"""
    TALLY.update(steps=0, figures=0)
    Histories.cast = cast
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=12,
            stateful_step_count=16,
            phases=(Phase.generate,),
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    figure(f"{TALLY['steps']} edits and deeds, {TALLY['figures']} figures compared: 0 differ")
