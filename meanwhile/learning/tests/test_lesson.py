"""The lesson player."""

import re

import pytest
from django.urls import reverse

from meanwhile.core import clock
from meanwhile.courses.models import Block, Lesson, Offering
from meanwhile.courses.queries.passages import _cuts
from meanwhile.courses.rendering import Shelf, block_fields
from meanwhile.learning.models import Answer, BlockState, Draft, Participation
from meanwhile.learning.tests.conftest import RIGHT, kept_of
from meanwhile.media.models import Blob


def url(cast, lesson="lesson-0-0", name="lesson", *more):
    return reverse(f"learning:{name}", args=[cast.offering.pk, lesson, *more])


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_it_shows_the_outline_with_you_are_here(cast, as_):
    page = text_of(as_("amina").get(url(cast)))
    assert 'aria-current="page"' in page
    assert "Lesson 0.1" in page
    assert "You are here" in page
    assert "12 minutes left." in page
    assert "Your place is kept." in page


def test_a_get_never_writes(cast, as_):
    as_("amina").get(url(cast))
    assert not Participation.objects.exists()


def test_it_is_not_there_for_people_of_another_class(cast, as_):
    assert as_("ruby").get(url(cast)).status_code == 404
    assert as_("okafor").get(url(cast)).status_code == 404


def test_a_draft_lesson_is_not_there(cast, as_):
    Lesson.objects.filter(uid="lesson-0-0").update(draft=True)
    assert as_("amina").get(url(cast)).status_code == 404


def test_done_next_marks_the_texts_and_goes_on(cast, as_, offering):
    client = as_("amina")
    response = client.post(url(cast, name="reading"), {"finish": "1", "operation": "a1"})
    assert response.url == url(cast, "lesson-0-1")
    kept = kept_of(cast.amina, offering)
    assert kept.done == 2, "two texts; two questions stay open"
    assert kept.lesson.uid == "lesson-0-1"


def test_the_end_of_a_unit_leads_to_the_course(cast, as_, give):
    client = as_("amina")
    response = client.post(url(cast, "lesson-0-1", "reading"), {"finish": "1", "operation": "b"})
    assert response.url == reverse("web:course", args=[cast.offering.pk])
    said = client.get(response.url, follow=True).content.decode()
    assert "You came to the end of Unit 0." in said
    assert "6 parts are still open." in said


def test_sent_twice_is_done_once(cast, as_, offering):
    client = as_("amina")
    sent = {"done": "text-0", "block": "text-0", "spot": "p1", "operation": "twice"}
    for _ in range(2):
        reply = client.post(url(cast, name="reading"), sent, headers={"accept": "application/json"})
        assert reply.status_code == 200
    assert kept_of(cast.amina, offering).done == 1
    other = client.post(url(cast, name="reading"), sent | {"done": "text-1"})
    assert other.status_code == 422


def test_reading_answers_with_what_the_page_shows_now(cast, as_):
    reply = (
        as_("amina")
        .post(
            url(cast, name="reading"),
            {"done": "text-0 fish-0 nowhere text-0", "block": "text-1", "spot": "p2"},
            headers={"accept": "application/json"},
        )
        .json()
    )
    assert reply["done"] == ["text-0"], "questions are done by answering; the rest is not there"
    assert reply["left"] == "9 minutes left."
    assert reply["says"].startswith("1 of 4 parts done.")
    assert reply["received_at"]


def test_it_opens_at_the_exact_paragraph(cast, as_):
    Block.objects.filter(lesson__uid="lesson-0-0", uid="text-1").update(
        rendered={"body": '<h2>What</h2><p id="text-1-p2">Light is slower in water.</p>'}
    )
    client = as_("amina")
    client.post(url(cast, name="reading"), {"block": "text-1", "spot": "p2"})
    page = text_of(client.get(url(cast)))
    assert 'data-resume="text-1-p2"' in page
    assert 'href="#text-1-p2">You stopped here' in page


def test_a_paragraph_that_is_gone_leads_to_its_block(cast, as_):
    client = as_("amina")
    client.post(url(cast, name="reading"), {"block": "text-1", "spot": "p9"})
    assert 'data-resume="text-1"' in text_of(client.get(url(cast)))
    Block.objects.filter(lesson__uid="lesson-0-0", uid="text-1").update(removed_at=clock.now())
    assert 'data-resume=""' in text_of(client.get(url(cast)))


def test_what_waited_on_a_device_does_not_move_the_place_back(cast, as_, give, offering):
    client = as_("amina")
    give("amina", "lesson-0-1", "fish-0", RIGHT)
    client.post(
        url(cast, name="reading"),
        {"done": "text-0", "block": "text-0", "spot": "p1"},
        headers={"X-Age": "3600"},
    )
    kept = kept_of(cast.amina, offering)
    assert kept.lesson.uid == "lesson-0-1"
    assert kept.done == 2


@pytest.mark.parametrize("age", ["inf", "-inf", "nan", "1e300", "-1e300", "1" * 500, "soon"])
def test_no_age_that_a_device_claims_is_an_error(cast, as_, offering, age):
    sent = {"done": "text-0", "block": "text-0", "spot": "p1"}
    reply = as_("amina").post(url(cast, name="reading"), sent, headers={"X-Age": age})
    assert reply.status_code == 302
    assert kept_of(cast.amina, offering).done == 1


def test_after_the_end_it_is_readable_and_says_so(cast, as_, give):
    give("amina", "lesson-0-0", "fish-0", RIGHT)
    Offering.objects.filter(pk=cast.offering.pk).update(closed_at=clock.now())
    client = as_("amina")
    page = text_of(client.get(url(cast)))
    assert "This course has ended." in page
    assert "Check my answer" not in page
    assert "Light bends when it leaves the water." in page, "what was told stays"
    reply = client.post(
        url(cast, name="reading"), {"done": "text-0"}, headers={"accept": "application/json"}
    )
    assert reply.status_code == 409
    answer = client.post(url(cast, "lesson-0-0", "answer", "fish-1"), {"choice": RIGHT})
    assert "You can still read everything, but not answer." in text_of(answer)
    assert Answer.objects.count() == 1


@pytest.mark.parametrize("visits", ["before", "after"])
def test_it_takes_the_same_queries_however_long_the_lesson(
    cast, as_, give, django_assert_max_num_queries, visits
):
    client = as_("amina")
    if visits == "after":
        for lesson in ("lesson-0-0", "lesson-1-1"):
            for block in ("fish-0", "fish-1"):
                give("amina", lesson, block, RIGHT)
    with django_assert_max_num_queries(15):
        client.get(url(cast))


def test_it_is_small(cast, as_):
    """Two questions, the notes beside the text and the bar that reads aloud, before compression
    (some 5 kB on the wire: bench/weight.py)."""
    size = len(as_("amina").get(url(cast)).content)
    assert size <= 27_000, size


def test_a_film_opens_at_its_second(cast, as_, offering):
    client = as_("amina")
    sent = {"seconds": "72.5", "operation": "film1"}
    assert client.post(url(cast, "lesson-0-0", "film", "text-0"), sent).status_code == 200
    assert BlockState.objects.get().seconds == 72.5
    client.post(url(cast, "lesson-0-0", "film", "text-0"), {"seconds": "90", "ended": "1"})
    assert kept_of(cast.amina, offering).done == 1


def test_drafts_are_kept_by_version(cast, as_):
    client = as_("amina")
    at = url(cast, "lesson-0-0", "draft", "fish-0")
    first = client.post(at, {"words": '{"choice":["deeper"]}', "base_version": "0"}).json()
    assert first["version"] == 1
    again = client.post(at, {"words": '{"choice":["deeper"]}', "base_version": "0"})
    assert again.json()["version"] == 1, "the same words are no conflict"
    other = client.post(at, {"words": '{"choice":["same"]}', "base_version": "0"})
    assert other.status_code == 409
    assert other.json() == {"theirs": '{"choice":["deeper"]}', "version": 1}
    assert Draft.objects.get().words == {"choice": ["deeper"]}
    assert client.post(at, {"words": "[1]"}).status_code == 400


def stopping(cast, block: str) -> None:
    """The first part is a film that stops for a question."""
    data = {
        "src": "media/a.mp4",
        "title": "A beam",
        "seconds": 60,
        "chapters": [{"at": "0:10", "title": "In the water"}],
        "questions": [{"at": "0:42", "block": block}],
    }
    shelf = Shelf(lambda path: f"/files/{path}", {"media/a.mp4": Blob(size=5, type="video/mp4")})
    Block.objects.filter(lesson__uid="lesson-0-0", uid="text-0").update(
        kind="video", data=data, body="", **block_fields("video", data, "", "text-0", shelf)
    )


def test_a_question_says_at_what_second_of_a_film_it_is_asked(cast, as_):
    stopping(cast, "fish-0")
    page = text_of(as_("amina").get(url(cast)))
    assert '<a href="#text-0">At 0:42 of “A beam”</a>' in page
    assert '<a href="#fish-0" data-stops-at="42">at 0:42</a>' in page
    assert "In the water" in page


def test_a_film_does_not_stop_for_what_is_no_question_here(cast, as_):
    stopping(cast, "text-1")
    page = text_of(as_("amina").get(url(cast)))
    assert "data-stops-at" not in page
    assert "It stops for" not in page


def test_a_chapter_is_found_and_opens_at_its_second(cast):
    stopping(cast, "fish-0")
    block = Block.objects.select_related("lesson__course").get(
        lesson__uid="lesson-0-0", uid="text-0"
    )
    [cut] = [each for each in _cuts(block) if each.kind == "film"]
    assert (cut.text, cut.spots) == ("In the water", ((0, "t10"),))
