"""Files of captions as other programs write them."""

import pytest

from meanwhile.media.captions import BrokenCaptions, Cue, captions_of, read_captions

SRT = """1
00:00:01,000 --> 00:00:04,500
Light slows down,
<i>here</i> & there.

2
00:01:02,5 --> 01:00:00,000 X1:63 X2:223
{\\an8}<font color="#fff">Café</font> a < b
"""


def cues(data: bytes) -> list[Cue]:
    return read_captions(captions_of(data))


EXPECTED = [
    Cue(1.0, 4.5, "Light slows down, here & there."),
    Cue(62.5, 3600.0, "Café a < b"),
]


@pytest.mark.parametrize(
    "data",
    [
        SRT.encode(),
        b"\xef\xbb\xbf" + SRT.encode(),
        SRT.replace("\n", "\r\n").encode(),
        SRT.replace("\n", "\r").encode(),
        b"\xff\xfe" + SRT.encode("utf-16-le"),
        b"\xfe\xff" + SRT.encode("utf-16-be"),
        SRT.encode("utf-16-le"),
        SRT.encode("utf-16-be"),
        SRT.encode("cp1252"),
        f"\n\n{SRT}\n\n\n".encode(),
    ],
    ids=["utf-8", "bom", "crlf", "cr", "utf-16-le", "utf-16-be", "le", "be", "latin", "gaps"],
)
def test_subrip_becomes_webvtt_in_any_usual_encoding(data):
    assert cues(data) == EXPECTED


def test_italics_stay_and_other_signs_are_words():
    made = captions_of(SRT.encode())
    assert made.startswith(
        "WEBVTT\n\n00:00:01.000 --> 00:00:04.500\nLight slows down,\n<i>here</i> &amp; there.\n"
    )
    assert "Café a &lt; b" in made
    assert "font" not in made
    assert "an8" not in made


def test_without_numbers_and_with_a_number_as_words():
    words = "00:00:01.000 --> 00:00:02.000\nFive\n\n00:00:03,000 --> 00:00:04,000\n42\n"
    assert cues(words.encode()) == [Cue(1.0, 2.0, "Five"), Cue(3.0, 4.0, "42")]


def test_webvtt_stays_as_it_is():
    words = "WEBVTT\n\nNOTE kept\n\n00:01.000 --> 00:02.000 align:start\n<v Ada>Hello\n"
    assert captions_of(words.encode("utf-16")) == words


@pytest.mark.parametrize(
    ("words", "line", "says"),
    [
        ("", 0, "The file is empty."),
        ("\n\nJust words\n", 3, "Neither WebVTT nor SubRip. Expected a line like “00:00:01,000 --> 00:00:04,000”."),
        ("1\n00:00:01,000 --> 00:00:02\nA\n\n2\n00:00:x --> 1\nB", 6,
         "Not a time. Expected something like “00:00:01,000 --> 00:00:04,000”."),
        ("1\n00:00:05,000 --> 00:00:02,000\nA", 2, "The words end before they begin."),
        ("Hello\n\n1\n00:00:01,000 --> 00:00:02,000\nA", 1,
         "Words without a time. Expected a line like “00:00:01,000 --> 00:00:04,000” before."),
        ("WEBVTT\n\n00:01.000 -> 00:02.000\nx", 3,
         "Words without a time. Expected a line like “00:01.000 --> 00:04.000” before."),
    ],
)  # fmt: skip
def test_what_is_broken_is_told_with_its_line(words, line, says):
    with pytest.raises(BrokenCaptions) as broken:
        captions_of(words.encode())
    assert (broken.value.line, broken.value.says) == (line, says)


def test_more_than_two_megabytes_is_refused():
    with pytest.raises(BrokenCaptions):
        captions_of(b"1" * (2 * 2**20 + 1))
