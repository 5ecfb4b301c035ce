"""Drawings draw; those that do more are refused with a sentence."""

import pytest

from meanwhile.media.svg import svg_problems
from meanwhile.media.types import NotTaken

NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def drawing(inside: str, attributes: str = "") -> bytes:
    return f"<svg {NS} {attributes}>{inside}</svg>".encode()


GOOD = [
    drawing('<path d="M0 0h1" fill="var(--ink)"/>'),
    drawing('<defs><linearGradient id="a"/></defs><rect fill="url(#a)" style="fill:url(\'#a\')"/>'),
    drawing('<use xlink:href="#a"/><use href="#b"/>'),
    drawing('<image href="data:image/png;base64,AAAA"/>'),
    drawing('<a href="https://example.org/"><text>Ask me: here</text></a>'),
    drawing("<style>.a{fill:#123;clip-path:url(#c)}</style>"),
    drawing('<animate attributeName="x" from="0" to="10" dur="1s"/>'),
    b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"'
    b' "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">' + drawing("<title>A prism</title>"),
    drawing("<metadata><x:y xmlns:x='urn:x'>z</x:y></metadata>"),
]
BAD = [
    drawing("<script>alert(1)</script>"),
    drawing("<SCRIPT>alert(1)</SCRIPT>"),
    drawing('<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>'),
    drawing("", 'onload="alert(1)"'),
    drawing('<rect OnClick="alert(1)"/>'),
    drawing('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>'),
    drawing('<p xmlns="http://www.w3.org/1999/xhtml">x</p>'),
    drawing('<a href="javascript:alert(1)"><text>x</text></a>'),
    drawing('<a xlink:href="java&#10;script:alert(1)"><text>x</text></a>'),
    drawing('<a href="&#x6A;avascript:alert(1)"/>'),
    drawing('<a href="data:text/html,x"/>'),
    drawing('<image href="https://example.org/a.png"/>'),
    drawing('<image xlink:href="//example.org/a.png"/>'),
    drawing('<image href="other.svg"/>'),
    drawing('<image href="data:image/svg+xml;base64,AAAA"/>'),
    drawing('<use href="other.svg#a"/>'),
    drawing('<feImage href="http://example.org/"/>'),
    drawing("<style>@import 'https://example.org/a.css';</style>"),
    drawing("<style>@\\69mport 'x.css';</style>"),
    drawing("<style>a{background:url(https://example.org/a)}</style>"),
    drawing("<style>a{background:u\\72l(https://example.org/a)}</style>"),
    drawing('<rect style="fill:url(//example.org/a)"/>'),
    drawing('<rect fill="url(https://example.org/a#b)"/>'),
    drawing("<rect style=\"background:image-set('https://example.org/a' 1x)\"/>"),
    drawing('<animate attributeName="href" to="javascript:alert(1)"/>'),
    drawing('<set attributeName="xlink:href" to="x"/>'),
    drawing('<animate attributeName="x" values="java script:alert(1)"/>'),
    drawing('<iframe src="x"/>'),
    drawing('<handler type="text/ecmascript"/>'),
    b'<?xml-stylesheet href="https://example.org/a.css"?>' + drawing(""),
    b'<!DOCTYPE svg [<!ENTITY a "b">]>' + drawing("&a;"),
    b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + drawing("&a;"),
    b'<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + drawing("&b;"),
    b"<svg",
    b"<svg></g></svg>",
    b"<html><svg/></html>",
    b"",
    b"not xml at all",
    ("<svg>" * 5000).encode(),
    b'<?xml version="1.0" encoding="utf-16"?>' + drawing("<script/>"),
]


@pytest.mark.parametrize("data", GOOD)
def test_a_drawing_is_taken(data):
    assert svg_problems(data) == []


@pytest.mark.parametrize("data", BAD)
def test_what_does_more_than_draw_is_refused_in_words(data):
    problems = svg_problems(data)
    assert problems
    assert all(said.startswith(("it ", "its ")) for said in problems)


def test_keeping_a_drawing_with_a_script_says_so(keep):
    with pytest.raises(NotTaken, match=r"sun\.svg”: it holds a <script>"):
        keep(drawing("<script/>"), "sun.svg")


def test_utf16_cannot_hide_a_script(keep):
    with pytest.raises(NotTaken):
        keep(drawing("<script/>").decode().encode("utf-16"), "sun.svg")
