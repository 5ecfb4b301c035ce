"""The promise: made with the hand-in, moved with a sentence, kept by the answer."""

from datetime import UTC, datetime, timedelta

import pytest

from meanwhile.assessment.actions import hand_in, take_back
from meanwhile.core import clock
from meanwhile.core.models import EventRow
from meanwhile.feedback import actions, queries
from meanwhile.feedback.models import Feedback, Promise, PromiseMove
from meanwhile.feedback.tests.conftest import TEXT, THURSDAY, TUESDAY
from meanwhile.people.models import Notice
from meanwhile.people.who import Who

FRIDAY = datetime(2026, 10, 16, 15, 0, tzinfo=UTC)


def test_handing_in_promises_an_answer(cast, task, django_capture_on_commit_callbacks):
    with clock.at(TUESDAY), django_capture_on_commit_callbacks(execute=True):
        made = hand_in(Who(cast.amina), cast.offering, task, {"text": TEXT}, None)
    promise = Promise.objects.get(submission=made)
    assert promise.promised_at == promise.first_at == THURSDAY
    assert actions.promise(made.pk) == promise, "asked twice, promised once"


def test_who_takes_back_waits_no_longer(cast, task, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        made = hand_in(Who(cast.amina), cast.offering, task, {"text": TEXT}, None)
    with django_capture_on_commit_callbacks(execute=True):
        take_back(Who(cast.amina), made)
    assert not Promise.objects.open().exists()
    assert queries.queue(Who(cast.okafor)).count == 0


def test_a_second_version_ends_the_promise_of_the_first(cast, handed):
    first, second = handed("amina"), handed("amina", text="Better.")
    assert list(Promise.objects.open()) == [second]
    assert not second.again, "nothing was answered yet"
    first.refresh_from_db()
    assert first.ended_at


def test_a_change_of_the_promise_changes_nothing_that_was_said(cast, handed):
    promise = handed("amina")
    cast.offering.answer_within = 10
    cast.offering.save()
    promise.refresh_from_db()
    assert promise.promised_at == THURSDAY


# --- moved ------------------------------------------------------------------------------------


def test_a_promise_is_moved_with_a_sentence_and_its_history_stays(cast, handed, as_):
    promise, other = handed("amina"), handed("leo")
    page = f"/marking/{promise.code}/move/"
    with clock.at(THURSDAY - timedelta(hours=2)):
        shown = as_("okafor").get(page).content.decode()
        assert "Amina Haddad" in shown
        assert 'value="2026-10-16T16:00"' in shown, "the next school day, at the end of its hours"
        sent = {"to": "2026-10-16T16:00", "words": "I am ill today."}
        assert as_("okafor").post(page, sent).status_code == 302
    for each in (promise, other):
        each.refresh_from_db()
        assert (each.promised_at, each.first_at) == (FRIDAY, THURSDAY)
    assert (
        PromiseMove.objects.filter(was=THURSDAY, now=FRIDAY, words="I am ill today.").count() == 2
    )
    told = Notice.objects.get(person=cast.amina, kind=f"promise:{promise.pk}")
    assert "Nairobi" in told.words, "in the zone of who waits"
    assert told.words.endswith("I am ill today.")
    assert EventRow.objects.filter(name="feedback.PromiseMoved").count() == 2
    with clock.at(THURSDAY):
        assert "I am ill today." in as_("amina").get("/feedback/").content.decode()


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"to": "2026-10-15T12:00", "words": "Ill."}, "Choose a time later than"),
        ({"to": "2027-10-15T12:00", "words": "Ill."}, "more than a term away"),
        ({"to": "2026-10-16T16:00", "words": " "}, "Write why, in a sentence."),
        ({"to": "soon", "words": "Ill."}, "Write a day and a time"),
        ({"to": "2026-10-16T16:00", "words": "x" * 161}, "160"),
    ],
)
def test_a_move_that_cannot_be_is_refused_in_words(cast, handed, as_, sent, says):
    promise = handed("amina")
    with clock.at(TUESDAY):
        answer = as_("okafor").post(f"/marking/{promise.code}/move/", sent)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not PromiseMove.objects.exists()


def test_a_promise_moved_and_then_kept_did_not_hold(cast, handed):
    promise = handed("amina")
    with clock.at(TUESDAY):
        actions.move_promises(cast.okafor, [promise], FRIDAY, "Ill.")
    with clock.at(THURSDAY + timedelta(hours=1)):
        actions.save_draft(cast.okafor, promise, {"note": "Good."}, None)
        actions.release(cast.okafor, promise)
    promise.refresh_from_db()
    assert promise.kept_at
    assert not promise.held


# --- held feedback keeps the promise by itself ------------------------------------------------------


def test_what_is_held_goes_out_at_the_promised_time_and_not_before(cast, handed):
    promise = handed("amina")
    with clock.at(TUESDAY):
        actions.save_draft(cast.okafor, promise, {"note": "Good."}, None)
        actions.hold(cast.okafor, promise)
    with clock.at(THURSDAY - timedelta(minutes=1)):
        assert actions.release_due() == 0
    with clock.at(THURSDAY):
        assert actions.release_due() == 1
        assert actions.release_due() == 0
    assert Feedback.objects.get().released_at == THURSDAY
    promise.refresh_from_db()
    assert promise.held
    assert Notice.objects.filter(person=cast.amina, kind__startswith="feedback:").count() == 1


# --- turnaround and cadence -------------------------------------------------------------------------


def test_few_answers_have_words_and_no_numbers(cast, answered):
    answered("amina")
    said = queries.turnaround(cast.offering).says
    assert "too few" in said
    assert not any(sign.isdigit() for sign in said)


def test_the_median_and_how_many_promises_held(cast, answered):
    for key in ("amina", "leo", "mei", "hana"):
        answered(key)
    late = datetime(2026, 10, 19, 12, 20, tzinfo=UTC)
    answered("freya", at=late)
    found = queries.turnaround(cast.offering)
    assert (found.answers, found.held, found.seconds) == (5, 4, 86400)
    assert found.says == "Half of the answers came within about 24 hours. 4 of 5 promises held."


def test_what_is_past_its_promise_is_said_to_everybody(cast, handed, as_):
    handed("amina")
    with clock.at(THURSDAY + timedelta(minutes=1)):
        assert "1 answer is past its promise." in queries.turnaround(cast.offering).says
        page = as_("leo").get(f"/learn/{cast.offering.pk}/").content.decode()
    assert "1 answer is past its promise." in page


def test_the_cadence_meter_counts_days_since_a_person_was_heard(cast, answered):
    answered("amina", at=datetime(2026, 10, 14, 12, tzinfo=UTC))
    with clock.at(datetime(2026, 10, 20, 12, tzinfo=UTC)):
        found, all_of_them = queries.unheard([cast.cohorts["8b"].pk], most=50)
        assert "amina" not in {each.person.username for each in found}
        assert {each.days for each in found} == {43}, "from the day they joined"
        assert all_of_them == len(found) == 11
    with clock.at(datetime(2026, 10, 22, 12, tzinfo=UTC)):
        found, _n = queries.unheard([cast.cohorts["8b"].pk], most=50)
        assert {e.person.username: e.days for e in found}["amina"] == 8
