"""Comments at their place in the text, whatever they are and wherever they lie."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from meanwhile.feedback import draft
from meanwhile.feedback.draft import Comment

texts = st.text(st.sampled_from("ab .\n\t🙂é"), max_size=80)
places = st.lists(st.tuples(st.integers(0, 90), st.integers(1, 30)), max_size=6)


@settings(max_examples=400, deadline=None)
@given(texts, places)
def test_every_sign_stands_once_and_every_comment_has_one_pin(work, at):
    comments = draft.comments_of(
        json.dumps(
            [
                {"uid": f"c{n}", "words": "w", "start": s, "end": s + length}
                for n, (s, length) in enumerate(at)
            ]
        )
    )
    shown = draft.paragraphs(work, comments)
    for paragraph in shown:
        for piece in paragraph.pieces:
            assert work[piece.start : piece.start + len(piece.words)] == piece.words
    said = ["".join(p.words for p in each.pieces) for each in shown]
    assert said == [line for line in work.split("\n") if line.strip()]
    reachable = [n for n, c in enumerate(comments, 1) if c.start < len(work)]
    if shown:
        assert sorted(n for each in shown for n, _c in each.notes) == reachable
        assert sorted(n for each in shown for p in each.pieces for n in p.pins) == reachable


@settings(max_examples=300, deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=9),
                    lambda inner: st.lists(inner, max_size=4)
                    | st.dictionaries(st.sampled_from(["uid", "words", "start", "end", "file", "x", "note",
                                                       "level.a", "comments"]), inner, max_size=5),
                    max_leaves=12))  # fmt: skip
def test_tidying_never_fails_and_is_done_once(value):
    words = value if isinstance(value, dict) else {"comments": json.dumps(value), "note": value}
    kept = draft.tidy(words)
    assert draft.tidy(kept) == kept
    assert all(isinstance(each, str) for each in kept.values())


def test_two_lists_put_together_are_read_as_one():
    one = draft.dumped([Comment("a", "A")])
    two = draft.dumped([Comment("b", "B"), Comment("a", "Other")])
    assert [c.words for c in draft.comments_of(f"{one}\n\n{two}")] == ["A", "B"]


def test_sentences_are_where_they_say():
    work = "One.  Two two?\n\n  Three"
    found = draft.sentences(work)
    assert [work[each.start : each.end] for each in found] == ["One.", "Two two?", "Three"]


def test_points_are_read_as_people_write_them():
    assert draft.number(" 7,5 ") == 7.5
    assert [draft.number(each) for each in ("", "7e3", "-1", "seven", "1.234")] == [None] * 5
