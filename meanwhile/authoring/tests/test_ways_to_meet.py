"""Writing other ways to meet a block: typed like any block, and never parted from it."""

import random

import pytest
from django.urls import reverse

from meanwhile.authoring.actions import lessons as acts
from meanwhile.authoring.documents import Document, document_of, file_of, part_of
from meanwhile.authoring.queries.lessons import lesson_work
from meanwhile.core import clock
from meanwhile.courses.files.blocks import split
from meanwhile.courses.source import BlockSource, LessonSource
from meanwhile.courses.variants import problems

PLAIN = {"instead_of": "one", "way": "plain"}
FRENCH = {"instead_of": "one", "way": "language", "language": "fr"}


def document() -> Document:
    return document_of(
        LessonSource(
            "lesson",
            "A lesson",
            blocks=[
                BlockSource("text", "one", {}, "As written."),
                BlockSource("text", "one-plain", PLAIN, "In short."),
                BlockSource("text", "one-fr", FRENCH, "En français."),
                BlockSource("text", "two", {}, "More."),
                BlockSource("text", "three", {}, "The end."),
            ],
        )
    )


def uids(document: Document) -> list[str]:
    return [part.uid for part in document.parts]


def test_a_block_moves_with_its_ways():
    assert uids(document().moved("one", "two")) == ["two", "one", "one-plain", "one-fr", "three"]
    assert uids(document().moved("three", "one-plain"))[:4] == [
        "one",
        "one-plain",
        "one-fr",
        "three",
    ]
    assert uids(document().moved("two", "")) == ["two", "one", "one-plain", "one-fr", "three"]


def test_a_way_moves_among_its_own_alone():
    assert uids(document().moved("one-fr", "one"))[:3] == ["one", "one-fr", "one-plain"]
    assert document().moved("one-fr", "two") == document()
    assert document().moved("one-fr", "") == document()


def test_a_block_is_taken_out_and_comes_back_with_its_ways():
    without = document().without("one", clock.now())
    assert uids(without) == ["two", "three"]
    assert uids(without.brought_back("one")) == uids(document())
    assert uids(without.brought_back("one-fr"))[:2] == ["one", "one-fr"], "never without its block"


def test_a_way_is_taken_out_alone():
    without = document().without("one-plain", clock.now())
    assert uids(without) == ["one", "one-fr", "two", "three"]
    assert uids(without.brought_back("one-plain")) == uids(document())


def test_what_is_added_never_parts_a_block_from_its_ways():
    new = part_of("new", "text", {}, "New.")
    for after in ("one", "one-plain", "one-fr"):
        assert uids(document().with_new(new, after))[:4] == ["one", "one-plain", "one-fr", "new"]


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_done_the_file_is_right(seed: int):
    """Random deeds: every block stays with its ways, and what is written reads again."""
    chance, at = random.Random(seed), document()
    for _deed in range(30):
        names = uids(at)
        uid = chance.choice(names or [""])
        deed = chance.choice(["move", "out", "back", "new"])
        if deed == "move":
            at = at.moved(uid, chance.choice([*names, ""]))
        elif deed == "out" and len(names) > 2:
            at = at.without(uid, clock.now())
        elif deed == "back" and at.gone:
            at = at.brought_back(chance.choice(at.gone).part.uid)
        elif deed == "new":
            at = at.with_new(part_of(f"n{len(at.uids())}", "text", {}, "New."), uid)
        assert len(uids(at)) == len(set(uids(at)))
    blocks, wrong = split(file_of("lesson", at).split("---\n", 2)[2], "lesson.md")
    assert not wrong
    assert not list(problems(blocks, "en"))


# --- on the page ----------------------------------------------------------------------------


@pytest.fixture
def course(cast):
    return cast.offering.course


def at(course, name="lesson"):
    return reverse(f"authoring:{name}", args=[course.pk, "lesson-0-0"])


def deed(client, course, **sent):
    return client.post(at(course, "arrangement"), {"operation": str(len(str(sent))), **sent})


def parts_of(course) -> Document:
    work = lesson_work(course, "lesson-0-0")
    assert work
    return work.document


def test_a_teacher_adds_a_way_and_types_it(cast, as_, course):
    client = as_("okafor")
    page = client.get(f"{at(course)}?way=text-0").content.decode()
    assert "Another way to say this" in page
    assert "In shorter sentences" in page
    response = deed(
        client, course, deed="way", uid="text-0", way="plain", kind="text", language="fr"
    )
    assert "part=text-0-plain" in response.url
    part = parts_of(course).part("text-0-plain")
    assert part
    assert part.held["data"] == {"instead_of": "text-0", "way": "plain"}
    assert "Light is slower in water." in part.words, "it begins with the words there are"
    shown = client.get(at(course)).content.decode()
    assert "In shorter sentences" in shown
    words = reverse("authoring:words", args=[course.pk, "lesson-0-0", "text-0-plain"])
    sent = {"words": "Light turns.", "base_version": part.token, "operation": "w"}
    assert client.post(words, sent).status_code == 302
    made = parts_of(course).part("text-0-plain")
    assert made
    assert (made.words, made.instead_of) == ("Light turns.", "text-0")


def test_a_question_in_another_language_keeps_its_right_answer(cast, as_, course):
    deed(
        as_("okafor"),
        course,
        deed="way",
        uid="fish-0",
        way="language",
        language="fr",
        kind="choice",
    )
    part = parts_of(course).part("fish-0-fr")
    assert part
    read = part.read()
    assert not read.problems
    assert (read.data["instead_of"], read.data["language"]) == ("fish-0", "fr")
    assert read.data["options"] == parts_of(course).part("fish-0").read().data["options"]
    assert "objectives" not in read.data


def test_only_what_can_be_is_offered_and_taken(cast, as_, course):
    client = as_("okafor")
    for sent in (
        {"way": "easier", "kind": "text"},
        {"way": "plain", "kind": "choice"},
        {"way": "language", "kind": "text", "language": "en"},
    ):
        assert deed(client, course, deed="way", uid="text-0", **sent).status_code == 404
    deed(client, course, deed="way", uid="text-0", way="plain", kind="text")
    page = client.get(f"{at(course)}?way=text-0").content.decode()
    assert 'name="way" value="plain"' not in page
    assert 'name="way" value="further"' in page


def test_a_copy_takes_its_ways_along_and_a_copied_way_stands_alone(cast, course):
    me = cast.okafor.pk
    acts.add_way(me, course, "lesson-0-0", "text-0", "text", "plain", "")
    made = acts.copy_part(me, course, "lesson-0-0", "text-0")
    assert [each.words for each in parts_of(course).family(made)] == [
        each.words for each in parts_of(course).family("text-0")
    ]
    alone = acts.copy_part(me, course, "lesson-0-0", "text-0-plain")
    part = parts_of(course).part(alone)
    assert part
    assert not part.instead_of


def test_published_it_is_the_way_of_its_block(cast, as_, course, settings, tmp_path):
    from meanwhile.authoring.queries.publishing import publishing_of

    acts.add_way(cast.okafor.pk, course, "lesson-0-0", "text-0", "text", "plain", "")
    found = publishing_of(course)
    assert not found.refused
    said = " ".join(map(str, found.changes))
    assert "another way to meet “text-0”" in said


def test_seen_as_a_learner_it_can_be_changed_over(cast, as_, course):
    client = as_("okafor")
    deed(client, course, deed="way", uid="text-0", way="plain", kind="text")
    part = parts_of(course).part("text-0-plain")
    acts.write_part(
        cast.okafor.pk, course, "lesson-0-0", "text-0-plain", "Light turns.", part.token
    )
    seen = reverse("web:written", args=[course.pk, "lesson-0-0"])
    assert "Light turns." not in client.get(seen).content.decode()
    assert "Light turns." in client.get(f"{seen}?show=text-0-plain").content.decode()
