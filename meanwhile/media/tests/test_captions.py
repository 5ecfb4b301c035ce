"""Captions: read whole, or refused with the line."""

from pathlib import Path

import pytest

from meanwhile.media.captions import BrokenCaptions, read_captions

# a folder of films' captions beside this one, where there is one
SAMPLES = sorted((Path(__file__).parents[4] / "shared/samples/webvtt").rglob("*.vtt"))


def test_it_reads_what_is_said_when():
    cues = read_captions(
        "WEBVTT - light\n\nNOTE a remark\n\nfirst\n00:01.500 --> 00:04.000 align:start\n"
        "<v Ada>Light is <i>fast</i> &amp; straight.\nAlways.\n\n1:00:00.000 --> 1:00:01.250\nEnd"
    )
    assert [(cue.start, cue.end, cue.text) for cue in cues] == [
        (1.5, 4.0, "Light is fast & straight. Always."),
        (3600.0, 3601.25, "End"),
    ]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("", 1),
        ("WEBVTTX", 1),
        ("00:00.000 --> 00:01.000\nx", 1),
        ("WEBVTT\n\n00:00.000 -> 00:01.000\nx", 3),
        ("WEBVTT\n\n00:00.000 --> 00:0x.000\nx", 3),
        ("WEBVTT\n\n1\n00:00.000 --> 00:99.000\nx", 4),
        ("WEBVTT\n\n00:00.000 --> 00:01.000\nx\n00:01.000 --> 00:02\ny", 5),
        ("WEBVTT\n\n00:05.000 --> 00:01.000\nx", 3),
        ("WEBVTT\n\njust words\nand more", 3),
    ],
)
def test_it_names_the_line_that_is_broken(words, line):
    with pytest.raises(BrokenCaptions) as refused:
        read_captions(words)
    assert refused.value.line == line
    assert len(refused.value.says) > 10


def test_line_ends_of_every_system_are_read():
    for end in ("\n", "\r\n", "\r"):
        assert (
            len(read_captions(end.join(["\ufeffWEBVTT", "", "00:00.000 --> 00:01.000", "x"]))) == 1
        )


def test_a_time_without_a_gap_begins_new_words():
    words = "WEBVTT\n\n1\n00:00.000 --> 00:01.000\nx\n00:01.000 --> 00:02.000\ny"
    assert [cue.text for cue in read_captions(words)] == ["x", "y"]


BROKEN = {
    "empty.vtt",
    "invalid.vtt",
    "invalid_timeframe.vtt",
    "missing_timeframe.vtt",
    "arrows.vtt",  # made to be passed over by browsers, part by part
}


@pytest.mark.skipif(not SAMPLES, reason="no samples beside this folder")
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_real_captions_are_read_or_refused_with_a_line(path):
    words = path.read_text(encoding="utf-8")
    if path.name in BROKEN:
        with pytest.raises(BrokenCaptions):
            read_captions(words)
    else:
        cues = read_captions(words)
        assert cues or path.name == "no_captions.vtt"
        assert all("</" not in cue.text for cue in cues)
