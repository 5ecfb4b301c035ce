"""Numbers as people write them.

"40", "0.5", "0,5", "1 200", "1.5e3", "1.5 × 10³", "3/4", "1 1/2", "−5", "٤٠". What could mean two
numbers is asked about, never guessed.
"""

import re
from fractions import Fraction

from django.utils.formats import get_format
from django.utils.translation import gettext as say

from meanwhile.courses.activity import Unreadable

LONGEST = 60
ROUNDING = 1e-9
CLOSE_UNITS = ("°", "′", "″")
_SAME = str.maketrans("−–٫٬’'⁄·", "--.,  /×")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_HALVES = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅕": "1/5", "⅛": "1/8"}
_POWER = re.compile(r"\s*(?:[x×*]\s*10\s*(?:\^|\*\*)?\s*|[eE])([+-]?\d{1,2})$")
_FRACTION = re.compile(r"(?:(\d{1,12})\s+)?(\d{1,12})\s*/\s*(\d{1,12})")
_GROUPED = re.compile(r"\d{1,3}(?:([ ,.])\d{3})(?:\1\d{3})*")


def number(typed: str) -> float:
    """The number that was typed.

    Raises:
        Unreadable: it is none, or could be two.
    """
    text, power = _tidy(typed)
    sign = -1 if text.startswith("-") else 1
    text = (text[1:] if text[:1] in ("+", "-") else text).strip()
    fraction = _FRACTION.fullmatch(text)
    value = _fraction(fraction) if fraction else _decimal(text, typed)
    try:
        return float(sign * value * Fraction(10) ** power)
    except OverflowError:
        raise _not_a_number() from None


def fits(value: float, of: float, tolerance: float) -> bool:
    """Whether a number is near enough; what a computer rounds is always forgiven."""
    return abs(value - of) <= tolerance + ROUNDING * max(1.0, abs(of))


def _tidy(typed: str) -> tuple[str, int]:
    """Plain signs, and the power of ten that was written behind."""
    text = typed[: LONGEST + 1]
    if len(text) > LONGEST or not text.strip():
        raise _not_a_number()
    for sign, words in _HALVES.items():
        text = text.replace(sign, f" {words}")
    text = " ".join(text.translate(_SAME).split())
    for_power = text.translate(_RAISED) if re.search(r"10[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+$", text) else text
    found = _POWER.search(for_power)
    return (for_power[: found.start()].strip(), int(found[1])) if found else (text, 0)


def _fraction(found: re.Match[str]) -> Fraction:
    if int(found[3]) == 0:
        raise Unreadable(say("A number cannot be divided by 0."))
    return Fraction(int(found[1] or 0)) + Fraction(int(found[2]), int(found[3]))


def _decimal(text: str, typed: str) -> Fraction:
    mark = str(get_format("DECIMAL_SEPARATOR"))
    other = "," if mark == "." else "."
    grouped = _GROUPED.fullmatch(text)
    if grouped and grouped[1] == other and text.count(other) == 1 and not text.startswith("0"):
        raise _two_numbers(text, typed, other)
    if grouped and (grouped[1] != mark or text.count(mark) > 1):
        text = text.replace(grouped[1], "")
    whole, rest = _split(text)
    if not re.fullmatch(r"\d{0,15}", whole) or not re.fullmatch(r"\d{0,15}", rest):
        raise _not_a_number()
    if not whole and not rest:
        raise _not_a_number()
    return Fraction(f"{int(whole or 0)}.{''.join(str(int(d)) for d in rest) or 0}")


def _split(text: str) -> tuple[str, str]:
    """Before and after the decimal mark: a comma or a point that stands but once."""
    mark = max(text.rfind("."), text.rfind(","))
    if mark < 0:
        return _joined(text), ""
    whole, rest = text[:mark], text[mark + 1 :]
    if text[mark] in whole:
        raise _not_a_number()
    return _joined(whole), rest


def _joined(whole: str) -> str:
    """'1 200' is 1200; any other gap is a mistake."""
    found = _GROUPED.fullmatch(whole)
    return whole.replace(found[1], "") if found else whole


def _two_numbers(text: str, typed: str, mark: str) -> Unreadable:
    return Unreadable(
        say("“%(typed)s” could mean %(one)s or %(other)s. Write it without the “%(mark)s”.")
        % {
            "typed": typed.strip(),
            "one": text.replace(mark, ""),
            "other": text.replace(mark, str(get_format("DECIMAL_SEPARATOR"))),
            "mark": mark,
        }
    )


def _not_a_number() -> Unreadable:
    return Unreadable(
        say("Write a number, for example %(whole)s or %(part)s.")
        % {"whole": written(40), "part": written(0.5)}
    )


def plain(value: float) -> str:
    """A number as HTML and scripts read it, whatever the language of the page: 0.5."""
    return f"{value:.10g}"


def written(value: float) -> str:
    """A number as the reader's language writes it, without grouping: 0.5 or 0,5."""
    digits = plain(value)
    return digits if "e" in digits else digits.replace(".", str(get_format("DECIMAL_SEPARATOR")))


def with_unit(words: str, unit: str) -> str:
    """'40°', '5 cm': what was written, and its unit unless it stands there already."""
    if not unit or words.endswith(unit):
        return words
    return words + unit if unit in CLOSE_UNITS else f"{words} {unit}"
