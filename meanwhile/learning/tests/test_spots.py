"""Where a note belongs after the text around it changed: the rule of spots.py."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from meanwhile.learning import spots
from meanwhile.learning.spots import CHANGED, GONE, THERE, Part

FIRST = "When you look at a straw, light leaves it and travels to your eye."
SECOND = (
    "Light from the part under the water has to cross from water into air. It speeds up, so it "
    "bends away from the normal, the line we draw at a right angle to the surface."
)
THIRD = "Your brain does not know about the bend. It takes for granted that light travels straight."


def block(*texts: str) -> list[Part]:
    return [Part(f"p{n}", text) for n, text in enumerate(texts, 1)]


OLD = block(FIRST, SECOND, THIRD)


def marked(words: str, parts: list[Part] = OLD, name: str = "p2") -> spots.Spot:
    return spots.spot_at(parts, name, words)


def words_at(parts: list[Part], found: spots.Found) -> str:
    names = [each.name for each in parts]
    text = " ".join(each.text for each in parts[names.index(found.part) :])
    return text[found.start : found.end]


def test_words_are_found_where_they_were():
    found = spots.find(OLD, marked("bends away from the normal"))
    assert (found.state, found.part) == (THERE, "p2")
    assert words_at(OLD, found) == "bends away from the normal"


def test_words_are_found_after_paragraphs_were_put_before_them_and_between():
    new = block("Something new.", FIRST, "And one more.", SECOND, THIRD)
    found = spots.find(new, marked("bends away from the normal"))
    assert (found.state, found.part) == (THERE, "p4")
    assert words_at(new, found) == "bends away from the normal"


def test_words_are_found_after_their_paragraph_was_cut_in_two():
    one, two = SECOND.split(" It speeds up")
    new = block(FIRST, one, f"It speeds up{two}", THIRD)
    found = spots.find(new, marked("bends away from the normal"))
    assert (found.state, found.part) == (THERE, "p3")


def test_of_several_places_the_one_with_the_same_surroundings_is_meant():
    parts = block("The light is slow. The light is bright. The light is red.")
    spot = spots.spot_at(parts, "p1", "light", "w. The ", " is bright")
    new = block("A light is dim. The light is slow. The light is bright. The light is red.")
    found = spots.find(new, spot)
    assert found.state == THERE
    assert new[0].text[found.end :].startswith(" is bright")


def test_a_single_word_that_stands_elsewhere_is_not_the_spot():
    spot = marked("normal")
    new = block("It is normal to wonder.", THIRD)
    assert spots.find(new, spot).state == GONE


def test_words_that_were_mended_are_found_and_it_is_said():
    new = block(FIRST, SECOND.replace("bends away from the normal", "turns away from the normal"))
    found = spots.find(new, marked("so it bends away from the normal"))
    assert found.state == CHANGED
    assert words_at(new, found) == "so it turns away from the normal"


def test_words_that_were_written_anew_are_gone():
    new = block(FIRST, "Glass does something else altogether, and nobody knows why.", THIRD)
    assert spots.find(new, marked("bends away from the normal")).state == GONE


def test_what_comes_back_is_found_again():
    spot = marked("bends away from the normal")
    assert spots.find(block(FIRST, THIRD), spot).state == GONE
    assert spots.find(OLD, spot).state == THERE


def test_a_whole_paragraph_moves_with_its_words():
    spot = spots.spot_at(OLD, "p2")
    assert spots.find(block(THIRD, FIRST, SECOND), spot) == spots.Found(THERE, "p3", 0, len(SECOND))


def test_a_whole_paragraph_that_was_mended_is_found_and_it_is_said():
    found = spots.find(block(FIRST, SECOND.replace("speeds up", "goes faster")), marked(""))
    assert (found.state, found.part) == (CHANGED, "p2")


def test_a_picture_is_where_its_file_is_shown():
    old = [Part("p1", "A straw", ["/files/straw.svg"])]
    new = [Part("p1", "Other words"), Part("p2", "A bent straw", ["/files/straw.svg"])]
    assert spots.find(new, spots.spot_at(old, "p1")).part == "p2"
    assert spots.find(block("Other words"), spots.spot_at(old, "p1")).state == GONE


def test_a_second_is_in_the_film_that_is_shown():
    spot = spots.spot_at([], "", film="/files/beam.mp4", second=72.5)
    assert spots.find([], spot, "/files/beam.mp4").state == THERE
    assert spots.find([], spot, "/files/other.mp4").state == CHANGED
    assert spots.find([], spot).state == GONE


def test_words_across_two_paragraphs_are_one_quote():
    across = "to your eye. Light from the part"
    found = spots.find(OLD, spots.spot_at(OLD, "p1", across))
    assert (found.state, found.part) == (THERE, "p1")
    assert words_at(OLD, found) == across


def test_what_the_page_sent_is_kept_even_where_it_is_not_in_the_text():
    spot = spots.spot_at(OLD, "p2", "words of an older edition", "before ", " after")
    assert (spot.quote, spot.before, spot.after) == (
        "words of an older edition",
        "before ",
        " after",
    )
    assert spots.find(OLD, spot).state == GONE


def test_parts_are_read_as_a_browser_shows_them():
    html = (
        '<h2 id="b--a-heading">A  heading</h2>\n<p id="b-p2">One &amp; <em>two</em>\n three</p>\n'
        '<figure id="b-p3"><img src="/files/x.svg" alt="A straw"><figcaption>Bent</figcaption>'
        '</figure>\n<hr id="b-p4">\n<ul id="b-p5"><li><p>a</p></li><li>b</li></ul>'
    )
    parts = spots.parts_of(html, "b")
    assert [(each.name, each.text) for each in parts] == [
        ("-a-heading", "A heading"),
        ("p2", "One & two three"),
        ("p3", "Bent"),
        ("p4", ""),
        ("p5", "ab"),
    ]
    assert parts[2].pictures == ["/files/x.svg"]


KNOWN = [
    f"{one}{other}" for one in ("li", "wa", "be", "mi", "sho") for other in ("ght", "ter", "nd")
]
WORDS = st.lists(st.sampled_from(KNOWN), min_size=6, max_size=20)
TEXTS = st.lists(WORDS.map(" ".join), min_size=1, max_size=4)


@given(texts=TEXTS, before=TEXTS, after=TEXTS, data=st.data())
def test_whatever_is_added_around_them_long_words_stay_found(texts, before, after, data):
    """The same words in a text that only grew are found as they were, not others for them."""
    old = block(*texts)
    at = data.draw(st.integers(0, len(texts) - 1))
    words = texts[at].split()
    start = data.draw(st.integers(0, len(words) - 5))
    quote = " ".join(words[start : start + data.draw(st.integers(5, 8))])
    assume(len(quote) >= spots.SHORT)
    new = block(*before, *texts, *after)
    found = spots.find(new, spots.spot_at(old, f"p{at + 1}", quote))
    assert found.state == THERE
    assert words_at(new, found) == quote


@given(old=TEXTS, new=TEXTS, data=st.data())
def test_what_is_found_lies_inside_the_text(old, new, data):
    """Whatever became of a text, a spot is gone or a stretch of it that is alike."""
    parts = block(*new)
    words = old[0].split()
    quote = " ".join(words[: data.draw(st.integers(1, len(words)))])
    found = spots.find(parts, spots.spot_at(block(*old), "p1", quote))
    if found.state == GONE:
        return
    assert 0 <= found.start < found.end
    got = words_at(parts, found)
    assert len(got) == found.end - found.start
    assert found.state == CHANGED or got == quote


@pytest.mark.parametrize(
    ("typed", "plain"), [("Größe  ÉTÉ", "grosse ete"), ("Ｌｉｇｈｔ", "light"), ("Ελλάς", "ελλασ")]
)
def test_a_search_compares_plain_words(typed, plain):
    assert spots.plain(typed) == plain
    assert re.fullmatch(r"\S.*\S", plain)
