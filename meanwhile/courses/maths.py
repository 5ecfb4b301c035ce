"""TeX as MathML: read by browsers and screen readers without a script or a font of ours.

What comes out is built anew, element by element, from a list of what may be in it: TeX can carry
addresses, styles and classes, and the converter does not escape what people write. Commands that
define others are refused, because a few lines of them grow without end.
"""

import re
from html import escape, unescape
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _
from latex2mathml.converter import convert_to_element

LONGEST = 4000
DEEPEST = 60
_TAGS = """
    math mrow mi mn mo mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover
    mmultiscripts mprescripts none mtable mtr mtd mlabeledtr mstyle mpadded mphantom merror
    menclose mfenced ms
"""
TAGS = frozenset(_TAGS.split())
_LENGTH = r"-?\d*\.?\d+(?:em|ex|px|pt|mu|cm|mm|in|%)?"
_WORD = r"[a-z-]{1,20}"
ATTRIBUTES = {
    name: re.compile(pattern)
    for pattern, names in {
        r"block|inline": ["display"],
        r"true|false": [
            "stretchy", "fence", "separator", "symmetric", "largeop", "movablelimits", "accent",
            "accentunder", "displaystyle", "bevelled",
        ],
        r"prefix|infix|postfix": ["form"],
        rf"{_LENGTH}|thin|medium|thick|0": [
            "width", "height", "depth", "lspace", "rspace", "voffset", "linethickness", "minsize",
            "maxsize", "mathsize", "padding",
        ],
        rf"(?:(?:{_LENGTH}|{_WORD})\s?){{1,24}}": [
            "rowspacing", "columnspacing", "columnalign", "rowalign", "columnlines", "rowlines",
            "frame", "framespacing", "notation", "align",
        ],
        r"[+-]?\d": ["scriptlevel"],
        _WORD: ["mathvariant"],
        r"\d{1,2}": ["columnspan", "rowspan"],
    }.items()
    for name in names
}  # fmt: skip
# colours would be unreadable in one of the two schemes; the namespace goes without saying in HTML
LEFT_OUT = frozenset(["mathcolor", "mathbackground", "xmlns"])
_DEFINES = re.compile(
    r"\\(?:x?def|edef|gdef|let|futurelet|newcommand|renewcommand|providecommand|newenvironment"
    r"|DeclareMathOperator|csname|expandafter|loop|repeat|require|input|include)\b"
)


class BrokenTex(ValueError):
    """TeX that cannot be shown; the sentence says why."""


def mathml(tex: str, block: bool = False) -> str:
    """The formula as a `<math>` element.

    Raises:
        BrokenTex: a command is unknown or not taken, braces do not match, or it is too long.
    """
    _check(tex)
    try:
        made = convert_to_element(tex, display="block" if block else "inline")
    except Exception as failure:  # the converter fails in its own ways: IndexError, StopIteration
        raise BrokenTex(_("This formula cannot be read.")) from failure
    return _written(made)


def _check(tex: str) -> None:
    if len(tex) > LONGEST:
        raise BrokenTex(_("This formula is longer than 4,000 signs."))
    if found := _DEFINES.search(tex):
        raise BrokenTex(
            _("“%(command)s” may not be used: write the formula out.") % {"command": found[0]}
        )
    depth = 0
    for sign in re.sub(r"\\.", "", tex):
        depth += (sign == "{") - (sign == "}")
        if depth < 0 or depth > DEEPEST:
            break
    if depth:
        raise BrokenTex(_("The braces of this formula do not match."))


def _written(element: Element) -> str:
    if element.tag not in TAGS:
        raise BrokenTex(_("This formula holds something that is not taken."))
    text = unescape(element.text or "")
    if re.match(r"\\[A-Za-z]", text):
        raise BrokenTex(_("“%(command)s” is not known.") % {"command": text})
    inside = escape(text, quote=False) + "".join(
        _written(child) + escape(unescape(child.tail or ""), quote=False) for child in element
    )
    attributes = "".join(
        f' {name}="{escape(value)}"' for name, value in sorted(_kept(element).items())
    )
    return f"<{element.tag}{attributes}>{inside}</{element.tag}>"


def _kept(element: Element) -> dict[str, str]:
    kept = {}
    for name, value in element.attrib.items():
        if name in LEFT_OUT:
            continue
        pattern = ATTRIBUTES.get(name)
        if not pattern or not pattern.fullmatch(value):
            raise BrokenTex(_("This formula holds something that is not taken."))
        kept[name] = value
    return kept
