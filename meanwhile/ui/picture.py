"""Small drawings made of numbers: the pair of fills, the row of squares or circles, initials.

Written as SVG attributes only, because the page allows no style of its own.
"""

from math import cos, pi, sin
from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SIDE, TOP, LEFT = 14, 2, 1.5  # the square of a cell
CENTRE_X, CENTRE_Y, RADIUS = 29, 9, 7  # its circle
MOST_MARKS = 16  # a longer row is words only


def initials(name: str, called: str = "") -> str:
    """'AH' for Amina Haddad; 'O' for somebody called Ms Okafor."""
    words = (called or name).split()
    if not words:
        return "?"
    letters = [words[-1][0]] if called or len(words) == 1 else [words[0][0], words[-1][0]]
    return "".join(letters).upper()


def hue(pk: Any) -> int:
    """One of the five quiet hues, the same for a person everywhere."""
    return (pk if isinstance(pk, int) else sum(map(ord, str(pk)))) % 5 + 1


def square(done: int, total: int) -> str:
    """The square's fill, from the bottom up; empty where nothing is done."""
    share = fraction(done, total)
    if not share:
        return ""
    if share == 1:
        return f'<rect class="on" x="{LEFT}" y="{TOP}" width="{SIDE}" height="{SIDE}" rx="3"/>'
    height = round(SIDE * share, 2)
    y = round(TOP + SIDE - height, 2)
    return f'<rect class="on" x="{LEFT}" y="{y:g}" width="{SIDE}" height="{height:g}" rx="1.5"/>'


def circle(right: int, answered: int) -> str:
    """The circle's fill, clockwise from the top; empty where nothing is right."""
    share = fraction(right, answered)
    if not share:
        return ""
    if share == 1:
        return f'<circle class="on" cx="{CENTRE_X}" cy="{CENTRE_Y}" r="{RADIUS}"/>'
    angle = 2 * pi * share
    dx, dy = RADIUS * sin(angle), RADIUS - RADIUS * cos(angle)
    return (
        f'<path class="on" d="M{CENTRE_X} {CENTRE_Y}V{CENTRE_Y - RADIUS}'
        f'a{RADIUS} {RADIUS} 0 {int(share > 0.5)} 1 {dx:.2f} {dy:.2f}z"/>'
    )


def fraction(part: int, whole: int) -> float:
    """From 0 to 1, whatever comes in."""
    return min(1.0, max(0.0, part / whole)) if whole > 0 else 0.0


def cell_words(done: int, total: int, right: int, answered: int) -> str:
    """'8 of 8 done, 4 of 8 answers right'."""
    first = _("%(n)s of %(of)s done") % {"n": done, "of": total}
    if not answered:
        return _("%(done)s, no answers yet") % {"done": first}
    second = ngettext("%(n)s of %(of)s answer right", "%(n)s of %(of)s answers right", answered) % {
        "n": right,
        "of": answered,
    }
    return _("%(done)s, %(right)s") % {"done": first, "right": second}


def cell(done: int, total: int, right: int, answered: int, label: str | None = None) -> str:
    """The pair as SVG. `label` None says the numbers; "" leaves the drawing without words."""
    words = cell_words(done, total, right, answered) if label is None else label
    alternative = f'role="img" aria-label="{escape(words)}"' if words else 'aria-hidden="true"'
    return (
        f'<svg class="cell" width="38" height="18" viewBox="0 0 38 18" {alternative}>'
        f'<g class="axis-done"><rect x="{LEFT}" y="{TOP}" width="{SIDE}" height="{SIDE}" rx="3"/>'
        f'{square(done, total)}</g><g class="axis-know">'
        f'<circle cx="{CENTRE_X}" cy="{CENTRE_Y}" r="{RADIUS}"/>{circle(right, answered)}</g></svg>'
    )


def row_of_marks(kind: str, n: int, of: int) -> str:
    """Squares (kind "done") or circles ("know"), n of them filled; "" where it would be too long."""
    if not 0 < of <= MOST_MARKS:
        return ""
    width = 14 * of - 2
    one = _one_square if kind == "done" else _one_circle
    marks = "".join(one(i, i < n) for i in range(of))
    return (
        f'<svg width="{width}" height="12" viewBox="0 0 {width} 12" aria-hidden="true">'
        f"{marks}</svg>"
    )


def axis_words(kind: str, n: int, of: int) -> str:
    """'4 of 5 done', '3 of 4 right'."""
    words = _("%(n)s of %(of)s done") if kind == "done" else _("%(n)s of %(of)s right")
    return words % {"n": n, "of": of}


def _one_square(i: int, on: bool) -> str:
    return f'<rect{_on(on)} x="{14 * i + 1}" y="1" width="10" height="10" rx="2"/>'


def _one_circle(i: int, on: bool) -> str:
    return f'<circle{_on(on)} cx="{14 * i + 6}" cy="6" r="5"/>'


def _on(on: bool) -> str:
    return ' class="on"' if on else ""
