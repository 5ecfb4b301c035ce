"""Dates of tasks on their pages: set with a look first, moved together, more time asked and given."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse

from meanwhile.assessment.actions import dates as actions
from meanwhile.assessment.models import Extension, ExtensionPolicy, ExtensionState, TaskDate
from meanwhile.assessment.queries import dates as queries
from meanwhile.core import clock
from meanwhile.core.models import EventRow
from meanwhile.courses.models import Block, Lesson
from meanwhile.learning.models import Participation
from meanwhile.people import actions as people
from meanwhile.people.models import Enrolment, Group, Notice, Term
from meanwhile.people.who import Who
from meanwhile.testing import make_task

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
FRIDAY = datetime(2026, 12, 4, 20)  # as on the wall, in London
DUE = {"kind": "fixed", "due": "2026-12-04T20:00", "hard": "on", "grace_minutes": "0",
       "late": "counts"}  # fmt: skip


@pytest.fixture(autouse=True)
def now():
    with clock.at(NOW):
        yield


@pytest.fixture
def task(cast) -> Block:
    lesson = Lesson.objects.get(course=cast.course, uid="lesson-0-0")
    return make_task(lesson, title="Explain a shadow")


@pytest.fixture
def dated(cast, task) -> TaskDate:
    return actions.set_task_date(cast.okafor, cast.offering, task, due=FRIDAY, hard=True)


@pytest.fixture
def page(cast, task) -> str:
    return reverse("assessment:task_dates", args=[cast.offering.pk, task.lesson.uid, task.uid])


@pytest.fixture
def ask(cast, task) -> str:
    return reverse("assessment:extension", args=[cast.offering.pk, task.lesson.uid, task.uid])


def due_of(cast, task, key="amina"):
    return queries.dates_of_task(cast.people[key], cast.offering, task).due


# ── Set ────────────────────────────────────────────────────────────────────────────────────────


def test_a_look_first_keeps_nothing(cast, as_, page, task):
    shown = as_("okafor").post(page, DUE | {"look": "1"})
    assert shown.status_code == 200
    assert b"Fri 4 Dec, 20:00 London" in shown.content
    assert b"Nothing is kept yet" in shown.content
    assert not TaskDate.objects.exists()
    assert not Notice.objects.exists()


def test_kept_it_is_what_was_meant_and_who_learns_is_told(cast, as_, page, task):
    assert as_("okafor").post(page, DUE).status_code == 302
    row = TaskDate.objects.get()
    assert (row.due_wall, row.due_at, row.zone) == (
        "2026-12-04T20:00",
        datetime(2026, 12, 4, 20, tzinfo=UTC),
        "Europe/London",
    )
    told = Notice.objects.get(person=cast.amina)
    assert "Explain a shadow" in told.words
    assert EventRow.objects.filter(name="assessment.TaskDatesChanged").count() == 1
    as_("okafor").post(page, DUE)  # the same again changes nobody's date
    assert Notice.objects.filter(person=cast.amina).count() == 1


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"due": ""}, "by when it is to be done"),
        ({"due": "tomorrow"}, "Write a day and a time"),
        ({"opens": "2026-12-05T08:00"}, "opens after it is due"),
        ({"closes": "2026-12-01T08:00"}, "before the date"),
        ({"kind": "relative"}, "by when it is to be done"),
        ({"kind": "relative", "due_after": "99999999999999999999"}, "number of days"),
        ({"at": "25:99"}, "Write a time"),
        ({"grace_minutes": "7"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_said_in_words(as_, page, sent, says):
    reply = as_("okafor").post(page, DUE | sent)
    assert reply.status_code == 422
    assert says in reply.content.decode()
    assert not TaskDate.objects.exists()


def test_for_a_group_and_for_one_learner_in_place_of_the_class(cast, as_, page, task, dated):
    group = Group.objects.create(cohort=cast.cohorts["8b"], name="A")
    group.members.add(Enrolment.objects.get(person=cast.leo))
    okafor = as_("okafor")
    okafor.post(f"{page}?for=g{group.pk}", DUE | {"due": "2026-12-07T20:00"})
    okafor.post(f"{page}?for=p{cast.amina.pk}", DUE | {"due": "2026-12-09T20:00"})
    days = [due_of(cast, task, key).day for key in ("ella", "leo", "amina")]
    assert days == [4, 7, 9]
    shown = okafor.get(reverse("assessment:dates", args=[cast.offering.pk])).content.decode()
    assert "Amina Haddad" in shown
    own = TaskDate.objects.get(person=cast.amina)
    okafor.post(reverse("assessment:task_date", args=[cast.offering.pk, own.pk]))
    assert due_of(cast, task).day == 4


@pytest.mark.parametrize("asked", ["g9999", "p9999", "x1", "p", "p-1", "p" + "9" * 30])
def test_for_whom_names_somebody_of_the_class(as_, page, asked):
    assert as_("okafor").get(f"{page}?for={asked}").status_code == 404


# ── Moved ──────────────────────────────────────────────────────────────────────────────────────


def test_moving_tells_first_whose_dates_move_and_what_one_might_think_of(cast, as_, task, dated):
    people.keep_accommodation(
        cast.farouk, cast.hana, cast.schools["riverside"], extra_days=2, reason="zz"
    )
    address = reverse("assessment:dates", args=[cast.offering.pk])
    shown = as_("okafor").post(address, {"tasks": [task.pk], "days": "7", "look": "1"})
    said = shown.content.decode()
    assert "from Fri 4 Dec, 20:00 London to Fri 11 Dec, 20:00 London" in said
    assert "Hana Sato: from Sun 6 Dec, 20:00 London to Sun 13 Dec, 20:00 London" in said
    assert "At night for" in said  # 04:00 in Singapore, 05:00 in Tokyo
    assert "05:00 Tokyo" in said
    assert due_of(cast, task).day == 4
    kept = as_("okafor").post(address, {"tasks": [task.pk], "days": "7"}, follow=True)
    assert b"have another date now and are told" in kept.content
    assert due_of(cast, task).day == 11
    assert due_of(cast, task, "hana").day == 13


def test_moved_over_a_clock_change_it_is_the_same_time_of_day(cast, task):
    actions.set_task_date(cast.okafor, cast.offering, task, due=datetime(2027, 3, 26, 20))
    actions.move_task_dates(cast.okafor, cast.offering, [task], 7)
    row = TaskDate.objects.get()
    assert (row.due_wall, row.due_at.hour) == ("2027-04-02T20:00", 19)


def test_a_full_week_is_remarked(cast, as_, task, dated):
    for n in range(3):
        other = Block.objects.create(
            lesson=task.lesson, uid=f"more-{n}", kind="task", data={"title": f"T{n}"}, position=95
        )
        actions.set_task_date(cast.okafor, cast.offering, other, due=FRIDAY + timedelta(days=6 - n))
    changes = queries.preview_of_move(cast.offering, [task], 6)
    assert any("has 3 other dates" in each for each in changes[0].remarks)
    assert not any("other date" in each for each in queries.preview_of_move(cast.offering, [task], 14)[0].remarks)  # fmt: skip


def test_what_moves_into_the_past_is_remarked(cast, task, dated):
    [change] = queries.preview_of_move(cast.offering, [task], -30)
    assert any("has passed already" in each for each in change.remarks)


@pytest.mark.parametrize(
    ("sent", "says"),
    [({"days": "7"}, "at least one task"), ({"days": "0"}, "Nothing moves"), ({"days": "x"}, "number of days")],
)  # fmt: skip
def test_moving_nothing_is_said(cast, as_, task, dated, sent, says):
    tasks = {"tasks": [task.pk]} if "task" not in says else {}
    reply = as_("okafor").post(reverse("assessment:dates", args=[cast.offering.pk]), sent | tasks)
    assert reply.status_code == 422
    assert says in reply.content.decode()


def test_days_after_the_start_count_from_each_learners_own(cast, task):
    actions.set_task_date(
        cast.okafor, cast.offering, task, kind="relative", due_after=5, at=time(18, 0)
    )
    assert due_of(cast, task) is None
    Participation.objects.create(
        person=cast.amina, offering=cast.offering, started_at=NOW, last_active_at=NOW
    )
    assert due_of(cast, task) == datetime(2026, 11, 28, 15, tzinfo=UTC)  # 18:00 in Nairobi


def test_many_learners_cost_no_more_questions(cast, task, dated, django_assert_num_queries):
    group = [cast.people[key] for key in ("amina", "leo", "mei", "hana")]
    for some in (group[:1], group):
        with django_assert_num_queries(6):
            assert len(queries.dates_of_people(cast.offering, task, some)) == len(some)


# ── More time ──────────────────────────────────────────────────────────────────────────────────


def test_a_request_waits_for_a_teacher_who_gives_it_with_one_tap(cast, as_, ask, task, dated):
    assert as_("amina").post(ask, {"days": "3", "reason": "I was ill."}).status_code == 302
    [waiting] = queries.open_requests(Who(cast.okafor))
    assert waiting.reason == "I was ill."
    assert due_of(cast, task).day == 4
    page = reverse("assessment:extensions", args=[cast.offering.pk])
    assert b"I was ill." in as_("okafor").get(page).content
    as_("okafor").post(reverse("assessment:extension_answer", args=[waiting.pk]), {"give": "on"})
    assert due_of(cast, task).day == 7
    assert "3 days" in Notice.objects.get(person=cast.amina, kind="more-time").words
    assert not queries.open_requests(Who(cast.okafor))
    assert b"You asked for more time: 3 days are in it." in as_("amina").get(ask).content


def test_not_this_time_comes_with_a_word_and_moves_nothing(cast, as_, ask, task, dated):
    as_("amina").post(ask, {"days": "9", "reason": "Please."})
    row = Extension.objects.get()
    sent = {"words": "Start with step one; ask again on Friday."}
    as_("okafor").post(reverse("assessment:extension_answer", args=[row.pk]), sent)
    assert b"ask again on Friday" in as_("amina").get(ask).content
    assert due_of(cast, task).day == 4
    assert (
        "answered what you asked" in Notice.objects.get(person=cast.amina, kind="more-time").words
    )


def test_two_teachers_answer_once(cast, as_, ask, task, dated):
    as_("amina").post(ask, {"days": "3", "reason": "Ill."})
    address = reverse("assessment:extension_answer", args=[Extension.objects.get().pk])
    as_("okafor").post(address, {"give": "on"})
    late = as_("lindqvist").post(address, {}, follow=True)
    assert b"answered already" in late.content
    assert Extension.objects.get().state == ExtensionState.GIVEN


def test_the_schools_rule_gives_two_days_twice_a_term_without_a_question(
    cast, as_, ask, task, dated
):
    school = cast.schools["riverside"]
    Term.objects.create(
        school=school, name="Autumn", starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 18)
    )
    reply = as_("reyes").post(
        reverse("assessment:extension_policy", args=[school.pk]), {"days": "2", "times": "2"}
    )
    assert reply.status_code == 302
    amina = as_("amina")
    for _ in range(2):
        amina.post(ask, {"days": "2"})
    assert list(Extension.objects.values_list("state", "by_rule")) == [("given", True)] * 2
    assert due_of(cast, task).day == 8
    assert amina.post(ask, {"days": "2"}).status_code == 422  # the third needs a reason
    amina.post(ask, {"days": "2", "reason": "Third."})
    assert Extension.objects.last().state == ExtensionState.ASKED
    with clock.at(datetime(2027, 1, 20, tzinfo=UTC)):
        assert queries.times_left(cast.amina, cast.offering) == (2, 2)
    assert ExtensionPolicy.objects.count() == 1


def test_more_than_the_rule_gives_is_asked(cast, as_, ask, task, dated):
    ExtensionPolicy.objects.create(school=cast.schools["riverside"], days=2, times=2)
    as_("amina").post(ask, {"days": "3", "reason": "A wedding."})
    assert Extension.objects.get().state == ExtensionState.ASKED


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"days": "2"}, "in a few words why"),
        ({"days": "0", "reason": "x"}, "from 1 to 30"),
        ({"days": "999999999999999999999999", "reason": "x"}, "from 1 to 30"),
        ({"days": "two", "reason": "x"}, "from 1 to 30"),
    ],
)
def test_what_cannot_be_asked_is_said_and_the_words_stay(as_, ask, dated, sent, says):
    reply = as_("amina").post(ask, sent | {"reason": sent.get("reason", "")})
    assert reply.status_code == 422
    assert says in reply.content.decode()
    assert not Extension.objects.exists()


def test_asked_twice_it_waits_once(cast, as_, ask, dated):
    amina = as_("amina")
    amina.post(ask, {"days": "3", "reason": "Ill."})
    again = amina.post(ask, {"days": "4", "reason": "Still ill."})
    assert again.status_code == 422
    assert b"You asked already" in again.content
    assert b"Still ill." in again.content
    assert Extension.objects.count() == 1


def test_what_was_given_stays_given_when_the_class_moves(cast, task, dated):
    row = actions.ask_for_time(Who(cast.amina), cast.offering, task, 3, "Ill.")
    actions.answer_request(cast.okafor, row, give=True)
    actions.move_task_dates(cast.okafor, cast.offering, [task], 7)
    assert due_of(cast, task).day == 14
    assert due_of(cast, task, "leo").day == 11


def test_a_reason_is_read_by_the_learner_and_the_team_alone(cast, as_, ask, dated):
    as_("amina").post(ask, {"days": "3", "reason": "zzcanarybecause"})
    page = reverse("assessment:extensions", args=[cast.offering.pk])
    for key in ("okafor", "lindqvist", "osei"):
        assert b"zzcanarybecause" in as_(key).get(page).content
    for key in ("farouk", "reyes", "leo", "haddad", "dunn", "site"):
        assert as_(key).get(page).status_code == 404, key
    assert not Notice.objects.filter(words__contains="zzcanary").exists()
    assert not any("zzcanary" in str(row.facts) for row in EventRow.objects.all())


def test_who_has_hidden_countdowns_reads_none(cast, as_, ask, dated):
    shown = as_("amina").get(ask).content.decode()
    assert "in 11 days" in shown
    people.keep_accommodation(cast.farouk, cast.amina, cast.schools["riverside"], hides_timers=True)
    shown = as_("amina").get(ask).content.decode()
    assert "in 11 days" not in shown
    assert "Fri 4 Dec, 23:00" in shown
