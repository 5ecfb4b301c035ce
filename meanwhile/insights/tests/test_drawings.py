"""Contrast of words in drawings: said where it is certain, and nowhere else."""

from functools import partial
from io import BytesIO

import pytest

from meanwhile.courses.source import FileSource
from meanwhile.insights.drawings import contrast, pale_words

WHITE = '<rect width="90" height="40" fill="white"/>'
PALE = '<text x="5" y="20" fill="#bbb">ray</text>'


def pale(inside: str, head: str = "") -> list[str]:
    data = f'<svg xmlns="http://www.w3.org/2000/svg" {head} viewBox="0 0 90 40">{inside}</svg>'.encode()
    file = FileSource("media/a.svg", len(data), partial(BytesIO, data))
    return [said for said, _ratio, _line in pale_words(file, 4.5)]


def test_the_ratio_of_the_standard():
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((118, 118, 118), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)
    assert contrast((10, 20, 30), (10, 20, 30)) == 1


def test_pale_letters_on_white_are_seen():
    assert pale(WHITE + PALE) == ["ray"]
    assert pale(f'<g fill="#bbb">{WHITE}<text x="5" y="20">ray</text></g>') == ["ray"]
    assert pale(f'{WHITE}<g transform="translate(4 4)">{PALE}</g>') == ["ray"]


def test_the_shape_drawn_last_is_the_one_behind():
    dark = '<rect x="0" y="0" width="60" height="40" fill="#123"/>'
    assert pale(WHITE + dark + PALE) == []
    assert pale(dark + WHITE + PALE) == ["ray"]


@pytest.mark.parametrize(
    "drawing",
    [
        PALE,  # nothing certain behind
        f'{WHITE}<path fill="#123" d="M0 0h90v40z"/>{PALE}',  # a shape nobody works out
        f'{WHITE}<g transform="rotate(5)">{PALE}</g>',
        f'{WHITE}<g opacity=".5">{PALE}</g>',
        f"<style>text{{fill:#000}}</style>{WHITE}{PALE}",
        f'{WHITE}<text x="5" y="20" fill="var(--ink)">ray</text>',
        f'{WHITE}<image href="data:image/png;base64,x"/>{PALE}',
        f'<rect width="90" height="40" fill="url(#sky)"/>{PALE}',
        f'<rect width="90" height="40" fill="none"/>{PALE}',
        '<rect width="90" height="40" fill="white"/><text x="500" y="20" fill="#bbb">away</text>',
        "<text>not closed",
    ],
)
def test_what_is_not_certain_is_not_said(drawing: str):
    assert pale(drawing) == []
