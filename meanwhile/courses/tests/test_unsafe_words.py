"""Nothing that people write can act: every place where words go in, with every trick we know.

What comes out is parsed as a browser would and looked through, tag by tag.
"""

from html.parser import HTMLParser

import pytest

from meanwhile.courses import maths, safe
from meanwhile.courses.markdown import render, render_block, render_phrase

ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "%6Aavascript:alert(1)",
    "\x01javascript:alert(1)",
    " javascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "data:image/png;base64,AAAA",
    "file:///etc/passwd",
    "blob:https://example.org/x",
    "view-source:javascript:alert(1)",
    "feed:javascript:alert(1)",
    "//example.org/x.js",
    "\\\\example.org\\x",
    "/\\example.org",
    "https:javascript:alert(1)",
    'https://example.org/"onmouseover="alert(1)',
    "https://example.org/'onmouseover='alert(1)",
    "https://example.org/><script>alert(1)</script>",
    'lesson:x" onclick="alert(1)',
    "lesson:../../admin",
    "media/../../secret",
    "media/%2e%2e/%2e%2e/secret",
    'media/a"onerror="alert(1).svg',
    'media/a.svg#x"><script>',
    '#"><script>alert(1)</script>',
    'mailto:a@b?subject="><script>alert(1)</script>',
]
MARKUP = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<math href="javascript:alert(1)">x</math>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<a href="javascript:alert(1)">x</a>',
    "<style>*{background:url(https://example.org)}</style>",
    '<p style="position:fixed" class="topbar" id="main">x</p>',
    '<form action="https://example.org"><input name=csrfmiddlewaretoken></form>',
    '<base href="https://example.org/">',
    '<meta http-equiv=refresh content="0;url=https://example.org">',
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<details open ontoggle=alert(1)>",
    "<template><script>alert(1)</script></template>",
    '<keep-words url="https://example.org"></keep-words>',
    '<div hx-get="/account/logout/" hx-trigger="load">',
    "<video src=x onerror=alert(1)>",
    '<object data="javascript:alert(1)">',
    '<link rel=stylesheet href="https://example.org">',
    "\x00<script>alert(1)</script>",
    "\ue0000\ue001<script>alert(1)</script>",
    "</section></article><script>alert(1)</script>",
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    "{{ settings.SECRET_KEY }}{% load x %}",
]
TEX = [
    r"\href{javascript:alert(1)}{x}",
    r"\url{javascript:alert(1)}",
    r"\unicode{x3C}script>alert(1)\unicode{x3C}/script>",
    r"\text{<script>alert(1)</script>}",
    r"\text{<img src=x onerror=alert(1)>}",
    r"\text{</math><script>alert(1)</script>}",
    r"\text{&lt;script&gt;alert(1)&lt;/script&gt;}",
    r"\style{position:fixed}{x}",
    r"\class{topbar}{x}",
    r"\cssId{main}{x}",
    r"\color{red\" onload=\"alert(1)}{x}",
    r"\textcolor{red;background:url(https://example.org)}{x}",
    r"\colorbox{javascript:alert(1)}{x}",
    r"\mathchoice{<a>}{<b>}{<c>}{<d>}",
    r"\def\a{\a\a}\a",
    r"\newcommand{\x}{<script>}\x",
    r"\begin{array}{c\" onclick=\"alert(1)}x\end{array}",
    r"\hspace{1em\" onclick=\"alert(1)}",
    r"\rule{1em\"x=\"}{1em}",
    r"\operatorname{<script>alert(1)</script>}",
    r"\mathrm{<svg onload=alert(1)>}",
    r"\htmlData{a=b}{x}",
    r"\includegraphics{https://example.org/x.png}",
    r"\require{html}\href{x}{y}",
    r"<script>alert(1)</script>",
    r"x</math><img src=x onerror=alert(1)><math>",
    r"\%\"\&\<",
]
PLACES = [
    "{}",
    "a {} b",
    "# {}",
    "> {}",
    "- {}",
    "| a |\n|---|\n| {} |",
    "**{}**",
    "`{}`",
    "    {}",
    "```\n{}\n```",
    "```{}\nx\n```",
    "~~~ python {}\nx\n~~~",
    "::: note {}\nx\n:::",
    "::: {}\nx\n:::",
    "::: tip\n{}\n:::",
    "[{}](https://example.org)",
    '[x](https://example.org "{}")',
    "![{}](media/a.svg)",
    '![x](media/a.svg "{}")',
    "[x]: https://example.org '{}'\n\n[x]",
    "a[^1]\n\n[^1]: {}",
    "a[^{}]\n\n[^{}]: x",
    "- [ ] {}",
    "~~{}~~",
    "${}$",
    "$${}$$",
    "<{}>",
]
LINKS = [
    "[x]({})",
    "[x](<{}>)",
    "![x]({})",
    "![x](<{}>)",
    "<{}>",
    "[x]: {}\n\n[x] ![x]",
    "[x]: <{}>\n\n[x] ![x]",
    "[![x]({})]({})",
    "::: note [x]({})\ny\n:::",
]


class Looker(HTMLParser):
    """Goes through HTML and notes whatever is not on the list."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        mathematics = tag in maths.TAGS
        if tag not in safe.TAGS and not mathematics and tag != "small":
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            known = safe.ATTRIBUTES["*"] | safe.ATTRIBUTES.get(tag, set())
            if mathematics and name in maths.ATTRIBUTES:
                if not maths.ATTRIBUTES[name].fullmatch(value or ""):
                    self.wrong.append(f"{name}={value}")
            elif name == "class":
                self.class_(tag, value or "")
            elif name not in known:
                self.wrong.append(f"{tag} {name}={value}")
            elif name in ("href", "src"):
                self.address(name, value or "")

    def class_(self, tag: str, value: str) -> None:
        ours = safe.CLASS_NAMES.get(tag, set()) | {"no-formula"}
        self.wrong += [f"class {name}" for name in value.split() if name not in ours]

    def address(self, name: str, value: str) -> None:
        starts = ("/files/media/", "media/") if name == "src" else (
            "/files/media/", "media/", "../", "#", "https://", "http://", "mailto:", "tel:"
        )  # fmt: skip
        if not value.startswith(starts) or "/.." in value:
            self.wrong.append(f"{name}={value}")

    def handle_decl(self, decl: str) -> None:
        self.wrong.append(decl)

    handle_comment = handle_pi = unknown_decl = handle_decl


def look(source: str) -> list[str]:
    made = [
        render(source),
        render_block(source, "b", asset_url=lambda path: f"/files/{path}"),
        render_phrase(source),
    ]
    wrong = []
    for html in made:
        looker = Looker()
        looker.feed(html)
        looker.close()
        wrong += looker.wrong
        assert "\ue000" not in html or "\ue000" in source
    return wrong


def placed(template: str, words: str) -> str:
    return template.replace("{}", words)


@pytest.mark.parametrize("words", MARKUP + TEX)
def test_markup_never_gets_through_in_any_place(words):
    for place in PLACES:
        assert look(placed(place, words)) == [], place


@pytest.mark.parametrize("address", ADDRESSES)
def test_addresses_lead_nowhere_they_should_not(address):
    for place in LINKS:
        assert look(placed(place, address)) == [], place


def test_there_are_enough_of_them(figure):
    tried = (len(MARKUP) + len(TEX)) * len(PLACES) + len(ADDRESSES) * len(LINKS)
    assert len(MARKUP) + len(TEX) + len(ADDRESSES) >= 60
    figure(f"{len(MARKUP) + len(TEX) + len(ADDRESSES)} payloads, {tried:,} texts: 0 got through")


def test_the_second_wall_stands_alone():
    """What the first wall should have stopped, were it ever to let something by."""
    for words in MARKUP:
        looker = Looker()
        looker.feed(safe.safe(words))
        assert [found for found in looker.wrong if found != "src=x"] == [], words
    assert "src" not in safe.safe('<img src="https://example.org/x.png" alt="x">')
    assert safe.safe('<a href="javascript:alert(1)">x</a>') == "<a>x</a>"
    assert "topbar" not in safe.safe('<p class="topbar" style="x">a</p>')
