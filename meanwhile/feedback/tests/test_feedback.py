"""Feedback for the learner: the next step first, what they do with it, asked back and answered."""

from datetime import timedelta

import pytest

from meanwhile.core import clock
from meanwhile.core.models import EventRow
from meanwhile.feedback import queries
from meanwhile.feedback.models import Feedback, Reply
from meanwhile.feedback.tests.conftest import THURSDAY, TUESDAY
from meanwhile.people.models import Notice
from meanwhile.people.who import Who

WORDS = {
    "note": "You went looking for the reason.",
    "next": "Measure from the normal.",
    "level.method": "2",
    "level.results": "4",
    "points": "15",
}


@pytest.fixture
def page(answered) -> str:
    return f"/feedback/{answered('amina', WORDS).code}/"


def test_the_next_step_stands_first_and_the_mark_last_and_closed(as_, page):
    shown = as_("amina").get(page).content.decode()
    places = [shown.index(words) for words in (
        "Measure from the normal.", "You went looking", "What will you do with this?", "Your mark",
    )]  # fmt: skip
    assert places == sorted(places)
    assert '<details class="card mark-last">' in shown, "closed until somebody opens it"
    assert "15 of 20" in shown
    assert "Measure from the normal.</td>" in shown, "what the next level needs"
    assert "Nothing more. Keep doing this." in shown


def test_the_learner_says_what_they_will_do_and_the_teacher_sees_it(as_, page):
    amina = as_("amina")
    amina.post(f"{page}reading/")
    assert "Not answered yet." in as_("okafor").get(page).content.decode()
    sent = {"uptake": "change", "words": "I turn the table round.", "operation": "u"}
    amina.post(page, sent)
    amina.post(page, sent)
    shown = as_("okafor").get(page).content.decode()
    assert "Change one part now: I turn the table round." in shown
    assert EventRow.objects.filter(name="feedback.FeedbackTakenUp").count() == 1


def test_no_choice_and_no_words_are_said_where_they_are(as_, page):
    answer = as_("amina").post(page, {"words": "x"})
    assert answer.status_code == 422
    assert "Choose what you will do with it." in answer.content.decode()
    answer = as_("amina").post(page, {"uptake": "change", "words": " "})
    assert "Write it in a few words" in answer.content.decode()
    assert Feedback.objects.get().decided_at is None


def test_reading_is_noted_once_and_a_get_writes_nothing(as_, page):
    as_("amina").get(page)
    assert Feedback.objects.get().read_at is None
    with clock.at(THURSDAY):
        as_("amina").post(f"{page}reading/")
    with clock.at(THURSDAY + timedelta(days=1)):
        as_("amina").post(f"{page}reading/")
    assert Feedback.objects.get().read_at == THURSDAY


def test_who_asks_back_is_answered_by_a_promised_time(cast, as_, page):
    with clock.at(TUESDAY):
        as_("amina").post(page, {"uptake": "ask", "words": "What is a normal?"})
    question = Reply.objects.get()
    assert question.promised_at == THURSDAY
    with clock.at(TUESDAY):
        [item] = queries.queue(Who(cast.okafor)).parts[-1].items
        assert item.title == "Answer Amina: “What is a normal?”"
        assert as_("amina").post(f"{page}answer/{question.pk}/", {"words": "x"}).status_code == 404
        as_("okafor").post(f"{page}answer/{question.pk}/", {"words": "A line at a right angle."})
        assert queries.queue(Who(cast.okafor)).count == 0
    assert "A line at a right angle." in as_("amina").get(page).content.decode()
    assert Notice.objects.filter(person=cast.amina, kind__startswith="reply:").count() == 1


def test_home_says_what_came_and_what_is_out_and_leads_there_in_one_tap(
    cast, as_, answered, handed
):
    came = answered("amina", WORDS)
    with clock.at(TUESDAY):
        home = as_("amina").get("/").content.decode()
    assert f'href="/feedback/{came.code}/"' in home
    assert "To do: say what you will do with it." in home
    waiting = handed("leo")
    with clock.at(TUESDAY):
        home = as_("leo").get("/").content.decode()
    assert "Feedback by Thu 15 Oct, 16:00" in home
    assert waiting.code not in home, "nothing to open yet"


def test_the_time_is_the_readers_own(as_, handed):
    handed("amina")
    with clock.at(TUESDAY):
        home = as_("amina").get("/").content.decode()
    assert "Feedback by Thu 15 Oct, 18:00" in home
    assert "Nairobi" in home


def test_what_is_not_released_is_not_there(as_, handed):
    promise = handed("amina")
    for key in ("amina", "okafor", "haddad", "reyes"):
        assert as_(key).get(f"/feedback/{promise.code}/").status_code == 404
