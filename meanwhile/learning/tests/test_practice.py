"""Questions: answering, hints, why, drafts."""

import json
import re

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meanwhile.core import clock
from meanwhile.core.models import EventRow, Receipt
from meanwhile.courses.actions import hold_course
from meanwhile.courses.models import Block
from meanwhile.courses.rendering import block_fields
from meanwhile.learning import actions, queries
from meanwhile.learning.actions import reading
from meanwhile.learning.models import Answer, BlockState, Draft
from meanwhile.learning.tests.conftest import RIGHT, WRONG, change, kept_of
from meanwhile.people.who import Who

PART = {"HX-Request": "true"}


def url(cast, name="answer", *more, block="fish-0"):
    return reverse(f"learning:{name}", args=[cast.offering.pk, "lesson-0-0", block, *more])


def page_of(cast, client) -> str:
    page = client.get(reverse("learning:lesson", args=[cast.offering.pk, "lesson-0-0"]))
    return re.sub(r"\s+", " ", page.content.decode())


def state() -> BlockState:
    return BlockState.objects.get(block__uid="fish-0")


def test_a_right_answer_is_told_why(cast, as_, offering):
    client = as_("amina")
    reply = client.post(url(cast), {"choice": RIGHT, "confidence": "2", "operation": "x"})
    assert reply.status_code == 302
    assert reply.url.endswith("/lesson-0-0/#fish-0")
    page = page_of(cast, client)
    assert "Right" in page
    assert "Yes." in page
    assert "Light bends when it leaves the water." in page
    answer = Answer.objects.get()
    assert (answer.right, answer.confidence, answer.edition) == (True, 2, 1)
    kept = kept_of(cast.amina, offering)
    assert (kept.done, kept.answered, kept.right) == (1, 1, 1)
    assert kept.block.uid == "fish-0"


def test_a_wrong_answer_says_not_yet_and_why_waits(cast, as_):
    client = as_("amina")
    client.post(url(cast), {"choice": WRONG})
    page = page_of(cast, client)
    assert "Not yet" in page
    assert "Follow the ray back." in page
    assert "Light bends when it leaves the water." not in page
    client.post(url(cast), {"choice": WRONG})
    assert "Light bends when it leaves the water." in page_of(cast, client)


def test_why_is_told_on_asking(cast, as_):
    client = as_("amina")
    client.post(url(cast, "reason"), {})
    assert "Light bends" not in page_of(cast, client), "not before a try"
    client.post(url(cast), {"choice": WRONG})
    reply = client.post(url(cast, "reason"), {}, headers=PART).content.decode()
    assert "Light bends when it leaves the water." in reply


def test_the_last_answer_counts_and_the_first_is_kept(cast, give, offering):
    for choice in (WRONG, RIGHT, WRONG):
        give("amina", "lesson-0-0", "fish-0", choice)
    assert [answer.right for answer in Answer.objects.all()] == [False, True, False]
    assert (state().right, state().first_right, state().tries) == (False, False, 3)
    kept = kept_of(cast.amina, offering)
    assert (kept.answered, kept.right) == (1, 0)
    give("amina", "lesson-0-0", "fish-0", RIGHT)
    assert kept_of(cast.amina, offering).right == 1


def test_three_wrong_in_a_row_is_stuck_until_it_is_right(cast, give, offering):
    for _ in range(3):
        assert kept_of_or_none(cast, offering) is None
        give("amina", "lesson-0-0", "fish-0", WRONG)
    assert kept_of(cast.amina, offering).stuck_on.uid == "fish-0"
    give("amina", "lesson-0-0", "fish-0", RIGHT)
    assert kept_of(cast.amina, offering).stuck_on is None


def kept_of_or_none(cast, offering):
    found = cast.amina.participations.filter(offering=offering).first()
    return found.stuck_on if found else None


def test_hints_come_one_at_a_time_and_keep_what_was_typed(cast, as_):
    client = as_("amina")
    assert "Draw the ray" not in page_of(cast, client)
    page = page_of(cast, client)
    token = re.search(r'name="choice" value="(\w+)"', page)[1]
    client.post(url(cast, "hint", 1), {"choice": token, "confidence": "1", "operation": "h"})
    page = page_of(cast, client)
    assert "Draw the ray to the surface first." in page
    assert "Which way does it turn there?" not in page
    assert f'value="{token}" checked' in page
    assert 'value="1" checked' in page
    client.post(url(cast, "hint", 1), {"operation": "h"})
    assert state().hints == 1, "asked twice, opened once"
    client.post(url(cast, "hint", 2), {"operation": "h"}, headers=PART)
    client.post(url(cast, "hint", 9), {"operation": "h"}, headers=PART)
    assert state().hints == 2
    client.post(url(cast), {"choice": RIGHT, "operation": "h"})
    assert Answer.objects.get().hints == 2


def test_an_empty_answer_is_refused_in_words_and_keeps_the_rest(cast, as_):
    client = as_("amina")
    page = client.post(url(cast), {"confidence": "2", "operation": "e"})
    assert page.status_code == 422
    words = page.content.decode()
    assert "Choose one of the answers first." in words
    assert 'value="2" checked' in words
    assert not Answer.objects.exists()
    assert not Receipt.objects.exists(), "the same press may be tried again"
    part = client.post(url(cast), {}, headers=PART)
    assert part.status_code == 422
    assert b"<html" not in part.content
    assert b"Choose one of the answers first." in part.content


def test_a_part_comes_back_for_htmx_with_what_the_page_shows_now(cast, as_):
    part = as_("amina").post(url(cast), {"choice": RIGHT}, headers=PART)
    assert part.status_code == 200
    assert b"<html" not in part.content
    assert b'id="fish-0-card"' in part.content
    assert '"done": ["fish-0"]' in part.headers["HX-Trigger"]


def test_confidence_may_be_left_out(cast, as_):
    client = as_("amina")
    client.post(url(cast), {"choice": RIGHT})
    client.post(url(cast), {"choice": RIGHT, "confidence": "nonsense"})
    assert [answer.confidence for answer in Answer.objects.all()] == [None, None]


def test_the_same_press_twice_is_one_answer(cast, as_):
    client = as_("amina")
    for _ in range(3):
        client.post(url(cast), {"choice": WRONG, "operation": "once"})
    assert Answer.objects.count() == 1
    assert client.post(url(cast), {"choice": RIGHT, "operation": "once"}).status_code == 422


def typed(cast, client, choice: str) -> None:
    """A draft of version 1."""
    words = json.dumps({"choice": [choice]})
    client.post(url(cast, "draft"), {"words": words, "base_version": "0"})


@pytest.mark.parametrize(
    ("choice", "fields", "headers"),
    [
        (WRONG, {"base_version": "1"}, {}),
        (WRONG, {"base_version": "0"}, {"X-Base-Version": "1"}),
        (RIGHT, {"base_version": "0", "confidence": ""}, {}),
    ],
    ids=["of its version", "of the version received since", "of its words"],
)
def test_an_answer_empties_the_draft_it_was_made_from(cast, as_, choice, fields, headers):
    client = as_("amina")
    typed(cast, client, choice)
    client.post(url(cast), {"choice": RIGHT, **fields}, headers=headers)
    draft = Draft.objects.get()
    assert (draft.words, draft.version) == ({}, 2)


@pytest.mark.parametrize("base", ["0", "", "nonsense"])
def test_an_answer_leaves_words_that_were_typed_elsewhere_since(cast, as_, base):
    client = as_("amina")
    typed(cast, client, WRONG)
    client.post(url(cast), {"choice": RIGHT, "base_version": base})
    draft = Draft.objects.get()
    assert (draft.words, draft.version) == ({"choice": [WRONG]}, 1)
    assert Answer.objects.get().right


def test_the_page_says_which_draft_its_answer_is_made_from(cast, as_):
    client = as_("amina")
    assert 'name="base_version" value="0"' in page_of(cast, client)
    typed(cast, client, WRONG)
    assert 'name="base_version" value="1"' in page_of(cast, client)


@pytest.fixture
def meanwhile(cast, monkeypatch):
    """`meanwhile(data=…)`: the question is changed and published after a press has read it and
    before it is marked."""

    def happens(**fields):
        def hold(course: int) -> int:
            monkeypatch.setattr(reading, "hold_course", hold_course)
            Block.objects.filter(uid="fish-0", lesson__uid="lesson-0-0").update(**fields)
            change(cast.course)
            return hold_course(course)

        monkeypatch.setattr(reading, "hold_course", hold)

    return happens


def turned() -> dict:
    """The question with what was wrong as the right answer."""
    data = Block.objects.get(uid="fish-0", lesson__uid="lesson-0-0").data
    options = [option | {"right": not option.get("right", False)} for option in data["options"]]
    return data | {"options": options}


def test_an_answer_is_marked_by_the_edition_it_is_kept_with(cast, as_, meanwhile):
    meanwhile(data=turned())
    card = as_("amina").post(url(cast), {"choice": RIGHT}, headers=PART).content.decode()
    answer = Answer.objects.get()
    assert (answer.edition, answer.right) == (2, False)
    assert "Not yet" in card


@pytest.mark.parametrize("part", [True, False], ids=["with script", "without"])
def test_a_question_taken_out_meanwhile_is_said_and_the_words_are_kept(cast, as_, meanwhile, part):
    meanwhile(removed_at=clock.now())
    client = as_("amina")
    reply = client.post(url(cast), {"choice": RIGHT}, headers=PART if part else {})
    assert reply.headers.get("HX-Refresh" if part else "Location")
    page = page_of(cast, client)
    assert "This question was taken out while you wrote your answer. Your words are kept." in page
    assert not Answer.objects.exists()
    assert Draft.objects.get().words == {"choice": RIGHT}
    Block.objects.filter(uid="fish-0").update(removed_at=None)
    assert re.search(r'name="choice" value="\w+" checked', page_of(cast, client))


def test_earlier_tries_are_not_fetched(cast, give, offering):
    for choice in (WRONG, RIGHT, WRONG):
        give("amina", "lesson-0-0", "fish-0", choice)
        give("amina", "lesson-0-0", "fish-1", RIGHT)
    with CaptureQueriesContext(connection) as asked:
        last = queries.latest_of_each(Answer.objects.all())
    assert len(asked) == 1
    assert sorted(each.right for each in last.values()) == [False, True]
    with connection.cursor() as cursor:
        cursor.execute(asked[0]["sql"])
        assert len(cursor.fetchall()) == 2


def test_it_says_what_happened(cast, give, offering):
    answer = give("amina", "lesson-0-0", "fish-0", RIGHT, 2)
    said = EventRow.objects.get(name="courses.BlockAnswered")
    assert said.actor == cast.amina.pk
    assert said.school == cast.schools["riverside"].pk
    assert said.facts == {
        "offering": offering.pk,
        "block": answer.block_id,
        "answer": answer.pk,
        "score": 1.0,
        "right": True,
        "confidence": 2,
    }
    assert EventRow.objects.filter(name="courses.BlockDone").count() == 1


def test_a_question_that_was_changed_keeps_the_word_that_was_given(cast, as_, give):
    give("amina", "lesson-0-0", "fish-0", RIGHT)
    data = Block.objects.get(uid="fish-0", lesson__uid="lesson-0-0").data
    turned = [option | {"right": not option.get("right", False)} for option in data["options"]]
    Block.objects.filter(uid="fish-0").update(data=data | {"options": turned})
    page = page_of(cast, as_("amina"))
    assert "Right" in page
    assert "Not yet" not in page


def test_partly_right_by_a_key_that_was_changed_shows_nothing_of_the_new_key(cast, give, offering):
    def asks(rights: str) -> dict:
        options = [
            {"id": each, "text": each, "right": each in rights, "feedback": f"About {each}."}
            for each in "abcd"
        ]
        data = {"options": options}
        return {"data": data, **block_fields("choices", data, "Which?", "fish-0", lambda p: p)}

    rows = Block.objects.filter(uid="fish-0", lesson__uid="lesson-0-0")
    rows.update(kind="choices", **asks("ab"))
    actions.answer(Who(cast.amina), offering, rows.get(), QueryDict("choices=a"), None)
    rows.update(**asks("cd"))
    block = rows.get()
    work = queries.work_of(Who(cast.amina), offering, block)
    [item] = queries.items_of([block], work, cast.amina.pk)
    assert item.last.score == item.verdict.score == 0.5
    assert item.partly
    assert not item.feedback
    assert not item.verdict.parts


def test_somebody_else_cannot_answer(cast, as_):
    assert as_("ruby").post(url(cast), {"choice": RIGHT}).status_code == 404
    assert as_("okafor").post(url(cast), {"choice": RIGHT}).status_code == 404
    assert not Answer.objects.exists()


def test_what_is_no_question_cannot_be_answered(cast, as_):
    assert as_("amina").post(url(cast, block="text-0"), {"choice": RIGHT}).status_code == 404


def test_what_learners_judge_themselves_is_told_in_their_own_words(cast, as_):
    Block.objects.filter(uid="fish-0", lesson__uid="lesson-0-0").update(
        kind="reveal", data={"answer": "Deeper."}, rendered={"body": "", "answer": "Deeper."}
    )
    client = as_("amina")
    assert "Keep how it went" in page_of(cast, client)
    for went, word in (("partly", "Partly"), ("not-yet", "Not yet"), ("had", "I had it")):
        card = client.post(url(cast), {"words": "x", "went": went}, headers=PART).content.decode()
        verdict = card.split('-verdict"', 1)[1].split("</p>", 1)[0]
        assert word in verdict
        assert "by your own judgement" in verdict
        assert "some of it is right" not in card


def test_signs_that_no_database_keeps_are_left_out_of_a_draft(cast, as_):
    words = r'{"choice":"a\u0000b","words":["\ud800","c"]}'
    reply = as_("amina").post(url(cast, "draft"), {"words": words, "operation": "n"})
    assert reply.status_code == 200
    assert Draft.objects.get().words == {"choice": "ab", "words": ["", "c"]}
