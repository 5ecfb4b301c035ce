"""Search never shows what a page would not: canaries, looked for by every persona (T10)."""

import pytest
from django.urls import reverse

from meanwhile.core import clock
from meanwhile.courses.models import Block, Course, Lesson, Offering
from meanwhile.search.actions import index_everything
from meanwhile.search.lexicon import KEPT
from meanwhile.testing import make_course, offer
from tests.personas import LEARNERS, PERSONAS, SIGNED_IN, STAFF, World, client_of, make_world

KEY = {
    "options": [
        {"id": "one", "text": "zzcanaryoption", "right": True, "feedback": "zzcanaryfeedback"},
        {"id": "two", "text": "Another", "feedback": "zzcanarywrong"},
    ],
    "hints": ["zzcanaryhint"],
    "why": "zzcanarywhy",
}
KEY_HTML = {
    "body": "<p>zzcontrolwording</p>",
    "option.one": "zzcanaryoption",
    "feedback.one": "zzcanaryfeedback",
    "feedback.two": "zzcanarywrong",
    "hint.0": "zzcanaryhint",
    "why": "zzcanarywhy",
}
ANSWER_HTML = {"body": "<p>zzcontrolreveal</p>", "answer": "<p>zzcanarysolution</p>"}
NOBODY_FINDS = [
    "zzcanaryoption", "zzcanaryfeedback", "zzcanarywrong", "zzcanaryhint", "zzcanarywhy",
    "zzcanarysolution", "zzcanaryfolded", "zzcanarydraft", "zzcanaryremoved", "zzcanaryunpublished",
    "zzcanaryoldlesson", "zzcanarydata",
]  # fmt: skip
OTHERS_FIND = {
    "zzcontrolwording": LEARNERS | STAFF,
    "zzcontrolreveal": LEARNERS | STAFF,
    "zzcontrolwords": LEARNERS | STAFF,
    "zzcanaryotherclass": STAFF | {"ruby"},
    "zzcanaryotherschool": frozenset({"tiago", "moura", "costa"}),
}


def words(lesson: Lesson, uid: str, word: str, **more) -> Block:
    columns = {"kind": "text", "rendered": {"body": f"<p>{word}</p>"}, "position": 60} | more
    return Block.objects.create(lesson=lesson, uid=uid, **columns)


def lesson_of(course: Course, uid: str = "lesson-0-0") -> Lesson:
    return Lesson.objects.get(course=course, uid=uid)


@pytest.fixture
def planted(cast) -> World:
    KEY_KIND = {"kind": "choice", "answers": True, "data": KEY, "rendered": KEY_HTML}
    world = make_world(cast)
    mine = lesson_of(cast.course)
    words(mine, "said", "zzcontrolwords", data={"title": "zzcanarydata"})
    words(mine, "asked", "", **KEY_KIND)
    words(mine, "task", "", kind="reveal", answers=True, rendered=ANSWER_HTML,
          data={"answer": "zzcanarysolution"})  # fmt: skip
    folded = "<p>Open</p><details><summary>x</summary><p>zzcanaryfolded</p></details>"
    words(mine, "folds", "", rendered={"body": folded})
    words(mine, "gone", "zzcanaryremoved", removed_at=clock.now())
    draft = lesson_of(cast.course, "lesson-0-1")
    words(draft, "draft", "zzcanarydraft")
    Lesson.objects.filter(pk=draft.pk).update(draft=True, title="zzcanarydraft")
    old = lesson_of(cast.course, "lesson-1-0")
    words(old, "old", "zzcanaryoldlesson")
    Lesson.objects.filter(pk=old.pk).update(removed_at=clock.now())
    hidden = make_course(cast.schools["riverside"], uid="hidden")
    words(lesson_of(hidden), "hidden", "zzcanaryunpublished")
    Course.objects.filter(pk=hidden.pk).update(published_at=None, title="zzcanaryunpublished")
    offer(hidden, cast.cohorts["8b"])
    for offering, word in (
        (world.other_class, "zzcanaryotherclass"),
        (world.other_school, "zzcanaryotherschool"),
    ):
        words(lesson_of(offering.course), "theirs", word)
    assert Offering.objects.count() == 4
    KEPT.clear()
    index_everything(anew=True)
    return world


def finds(world: World, persona: str, word: str) -> bool:
    """On the search page, by the whole word or its beginning, or among the suggestions."""
    client = client_of(world.cast, persona)
    typed = {"q": word}, {"q": word[:-2]}
    pages = [client.get(reverse("search:search"), each) for each in typed]
    pages.append(client.get(reverse("search:suggestions"), {"q": word[:-2]}))
    return any(
        f"<mark>{word}</mark>" in text or f'">{word}</li>' in text
        for text in (page.content.decode() for page in pages)
    )


@pytest.mark.promise("T10")
def test_nobody_finds_what_is_not_for_them(planted: World, figure):
    tried = 0
    for persona in PERSONAS:
        for word in NOBODY_FINDS:
            assert not finds(planted, persona, word), f"{persona} found {word}"
            tried += 1
        for word, may in OTHERS_FIND.items():
            found = finds(planted, persona, word)
            assert found == (persona in may & SIGNED_IN), f"{persona} and {word}: {found}"
            tried += 1
    figure(f"search: {tried} canaries looked for by {len(PERSONAS)} personas, 0 shown")


def test_no_word_of_a_key_is_in_the_index(planted: World):
    from meanwhile.search.models import Lexicon, Passage

    held = " ".join(f"{p.title} {p.text} {p.title_stems}" for p in Passage.objects.all())
    from meanwhile.search.lexicon import Words

    for lexicon in Lexicon.objects.all():
        held += " ".join(Words.unpacked(bytes(lexicon.words)).words)
    assert [word for word in NOBODY_FINDS if word in held] == []
