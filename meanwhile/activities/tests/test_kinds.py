"""What is particular to single kinds."""

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.translation import override

from meanwhile.activities.numbers import number
from meanwhile.courses.activity import Problem, Unreadable, data_of, kind_of
from meanwhile.courses.rendering import Shelf, rendered_of
from meanwhile.media.models import Blob


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("40", 40),
        (" 40 ", 40),
        ("0.5", 0.5),
        ("0,5", 0.5),
        (".5", 0.5),
        ("1 200", 1200),
        ("1\u202f200\u202f000", 1_200_000),
        ("12,345,678", 12_345_678),
        ("1.200,5", 1200.5),
        ("1,200.5", 1200.5),
        ("3/4", 0.75),
        ("1 1/2", 1.5),
        ("1½", 1.5),
        ("−5", -5),
        ("+5", 5),
        ("1.5e3", 1500),
        ("1,5 × 10³", 1500),
        ("1.5x10^-3", 0.0015),
        ("٣٫٥", 3.5),
    ],
)
@pytest.mark.parametrize("language", ["en-gb", "fr"])
def test_numbers_are_read_as_people_write_them(typed, value, language):
    with override(language):
        assert number(typed) == pytest.approx(value)


@pytest.mark.parametrize(
    "typed", ["", "  ", "abc", "1..2", "1,2,3", "--5", "1 20", "3/0", "5%", "nan", "inf", "9" * 99]
)
def test_what_is_no_number_is_refused_with_an_example(typed):
    with pytest.raises(Unreadable) as refused:
        number(typed)
    assert "for example 40 or 0.5" in str(refused.value) or "divided by 0" in str(refused.value)


def test_what_could_be_two_numbers_is_asked_about():
    with override("en-gb"), pytest.raises(Unreadable, match=r"could mean 1200 or 1\.200"):
        number("1,200")
    with override("fr"):
        assert number("1,200") == 1.2
        with pytest.raises(Unreadable):
            number("1.200")


def numeric(**more):
    return data_of("numeric", {"answer": 2.0, "tolerance": 0.1, **more})


@pytest.mark.parametrize(
    ("form", "score"),
    [
        ("number=2", 1),
        ("number=2.1", 1),
        ("number=1.9", 1),
        ("number=2.11", 0),
        ("number=-2", 0),
        ("number=2+m", 1),
        ("number=2m", 1),
    ],
)
def test_a_number_within_the_tolerance_is_right(form, score):
    data, kind = numeric(unit="m"), kind_of("numeric")
    assert kind.score(data, kind.read(data, QueryDict(form))).score == score


@pytest.mark.parametrize(
    ("form", "score"),
    [
        ("number=2&unit=m", 1),
        ("number=200&unit=cm", 1),
        ("number=195&unit=cm", 1),
        ("number=200+cm", 1),
        ("number=2&unit=cm", 0.5),
        ("number=200&unit=m", 0),
    ],
)
def test_other_units_count_by_their_factor(form, score):
    data, kind = numeric(unit="m", units={"cm": 0.01}), kind_of("numeric")
    assert kind.score(data, kind.read(data, QueryDict(form))).score == score


def test_a_missing_or_unknown_unit_is_asked_for():
    data, kind = numeric(unit="m", units={"cm": 0.01}), kind_of("numeric")
    with pytest.raises(Unreadable, match="Choose the unit"):
        kind.read(data, QueryDict("number=2"))
    with pytest.raises(Unreadable, match="“km” is not one of the units here: m, cm"):
        kind.read(data, QueryDict("number=2+km"))


def test_an_answer_keeps_its_meaning_in_another_language():
    data, kind = data_of("numeric", {"answer": 1.234}), kind_of("numeric")
    with override("fr"):
        response = kind.read(data, QueryDict("number=1,234"))
    with override("en-gb"):
        assert kind.score(data, response).right


def test_a_tolerance_of_nothing_forgives_only_rounding():
    data, kind = data_of("numeric", {"answer": 0.3}), kind_of("numeric")
    assert kind.score(data, {"number": "0.30"}).right
    assert not kind.score(data, {"number": "0.3000001"}).right


def short(**more):
    return data_of("short", {"answers": ["père Noël", "H2O"], **more})


@pytest.mark.parametrize(
    ("text", "more", "right"),
    [
        ("père Noël", {}, True),
        ("  PERE   NOEL. ", {}, True),
        ("pe\u0300re Noe\u0308l", {}, True),
        ("H₂O", {}, True),
        ("pere noel", {"accents": True}, False),
        ("pe\u0300re Noe\u0308l", {"accents": True}, True),
        ("père noël", {"case": True}, False),
        ("père Noël", {"case": True, "accents": True}, True),
        ("père", {}, False),
        ("pèreNoël", {}, False),
    ],
)
def test_words_are_compared_as_a_fair_reader_would(text, more, right):
    assert kind_of("short").score(short(**more), {"text": text}).right is right


@pytest.mark.parametrize(
    ("chosen", "score"),
    [("sun,candle", 1), ("sun", 0.5), ("sun,moon", 0), ("sun,moon,candle", 0.5), ("moon", 0)],
)
def test_ticking_everything_earns_nothing_extra(chosen, score):
    kind = kind_of("choices")
    data = data_of("choices", kind.sample()[0])
    assert kind.score(data, {"choices": chosen.split(",")}).score == score


def test_two_of_the_same_are_sent_back():
    ordering, matching = kind_of("ordering"), kind_of("matching")
    for kind in (ordering, matching):
        data = data_of(kind.name, kind.sample()[0])
        right = kind.right(data)
        form = QueryDict(mutable=True)
        form.update(dict.fromkeys(right, next(iter(right.values()))))
        with pytest.raises(Unreadable, match=r"place|twice"):
            kind.read(data, form)


def test_half_an_order_says_which_stand_right():
    kind = kind_of("ordering")
    data = data_of("ordering", kind.sample()[0])
    sun, leaf, eye = data.items
    verdict = kind.score(data, {sun.field: "1", leaf.field: "3", eye.field: "2"})
    assert verdict.parts == {"sun": True, "leaf": False, "eye": False}
    assert verdict.texts == ("feedback",)


def test_an_order_never_begins_right_and_is_not_made_from_the_right_one():
    kind = kind_of("ordering")
    data = data_of("ordering", kind.sample()[0])
    right = [item.id for item in data.items]
    other = data.model_copy(update={"items": [data.items[1], data.items[0], data.items[2]]})
    shown, beside = (
        [[item["id"] for item in kind.view(each, {}, str(seed))["items"]] for seed in range(60)]
        for each in (data, other)
    )
    assert right not in shown
    moved = [seed for seed in range(60) if shown[seed] != beside[seed]]
    turned = [right[1:] + right[:1], [right[0], right[2], right[1]]]  # from the one, from the other
    assert all(shown[seed] in turned or beside[seed] in turned for seed in moved)
    assert 0 < len(moved) < 40


def test_a_formula_to_match_stands_under_a_letter():
    kind = kind_of("matching")
    raw = {
        "pairs": [
            {"id": "a", "left": "half", "right": r"$\frac12$"},
            {"id": "b", "left": "third", "right": r"$\frac13$"},
        ]
    }
    rendered = rendered_of("matching", raw, "", "b", str)
    view = kind.view(data_of("matching", raw), rendered, "1")
    assert view["lettered"]
    assert [right["letter"] for right in view["rights"]] == ["A", "B"]
    assert all("<math" in right["html"] for right in view["rights"])


def test_long_words_to_match_stand_under_letters_and_in_the_list_after_them():
    kind = kind_of("matching")
    raw = kind.sample()[0]
    raw["pairs"][0]["right"] = "sends light back as steeply as it came, on the other side"
    rendered = rendered_of("matching", raw, "", "b", str)
    context = {
        "data_view": kind.view(data_of("matching", raw), rendered, "1"),
        "rendered": rendered,
    }
    html = render_to_string("matching/learn.html", context)
    assert "<b>C</b> <span>sends light back as" in html
    assert ">C: sends light back as steeply" in html


class Captions:
    """A course with captions in it."""

    def __init__(self, words: str) -> None:
        self.said = words

    def url(self, path: str) -> str:
        return f"/files/{path}"

    def size(self, path: str) -> int:
        return 4_000_000

    def words(self, path: str) -> str:
        return self.said


def film(**more):
    return data_of("video", {"src": "media/a.mp4", "title": "A", "captions": "media/a.vtt", **more})


def test_what_is_said_in_a_film_stands_beside_it():
    words = "WEBVTT\n\n01:12.000 --> 01:14.000\n<v Ada>In <water> & air"
    pieces = kind_of("video").pieces(film(), Captions(words))
    assert 'data-at="72" data-to="74"><span class="soft">1:12</span>' in pieces["cues"]
    assert "In &amp; air" in pieces["cues"] or "In  &amp; air" in pieces["cues"]
    assert pieces["url"] == "/files/media/a.mp4"


def test_broken_captions_are_told_with_their_line_and_do_not_stop_the_film():
    broken = Captions("WEBVTT\n\n00:01.000 -> 00:02.000\nx")
    [problem] = kind_of("video").check_files(film(), broken)
    assert problem == Problem(
        "media/a.vtt, line 3: Words without a time. Expected a line like"
        " “00:01.000 --> 00:04.000” before.",
        "captions",
    )
    assert "cues" not in kind_of("video").pieces(film(), broken)


@pytest.mark.parametrize(
    "link",
    [
        "http://example.org/a",
        "javascript:alert(1)",
        "//example.org",
        'https://a.org/"x',
        "https://",
    ],
)
def test_a_link_to_a_film_is_https_or_nothing(link):
    kind, data = kind_of("video"), data_of("video", {"link": link, "title": "A"})
    assert list(kind.check(data, ""))
    assert kind.view(data, {}, "")["link"] == ""


def test_a_film_has_a_file_or_a_link():
    kind = kind_of("video")
    both = {"src": "media/a.mp4", "link": "https://example.org/a", "title": "A"}
    assert list(kind.check(data_of("video", both), ""))
    assert list(kind.check(data_of("video", {"title": "A"}), ""))


def test_files_that_are_not_there_leave_a_sentence():
    shelf = Shelf(lambda path: f"/files/{path}", {"media/a.mp4": Blob(size=5, type="video/mp4")})
    assert rendered_of("video", {"src": "media/a.mp4", "title": "A"}, "", "b", shelf) == {
        "body": "",
        "url": "/files/media/a.mp4",
        "bytes": "5",
    }
    assert rendered_of("video", {"src": "media/b.mp4", "title": "A"}, "", "b", shelf) == {
        "body": ""
    }
