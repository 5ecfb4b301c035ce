"""Markdown as safe HTML.

Two walls: the parser takes no HTML and knows no link but the ones below, and what it makes is
cleaned by an allow-list. Formulas come after that, built from a list of their own (`maths.py`).
Rendering happens when something is saved; pages only join what is kept.
"""

import re
import secrets
from collections.abc import Callable, Sequence
from functools import cache
from html import escape
from typing import Any
from urllib.parse import unquote

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from meanwhile.courses.callouts import callouts
from meanwhile.courses.code import highlighted
from meanwhile.courses.maths import BrokenTex, mathml
from meanwhile.courses.safe import safe
from meanwhile.courses.tokens import arrange, plain_words

AssetUrl = Callable[[str], str]
"""From a path in the course (`media/prism.svg`) to its address; "" where there is no such file.
It may also have `pixels(path) -> (width, height) | None`."""
LessonUrl = Callable[[str], str]

FILE = re.compile(r"media/[^\x00-\x1f\\?#]{1,190}\Z")
LESSON = re.compile(r"lesson:([a-z0-9-]{1,60})(?:#([a-z0-9-]{1,60}))?\Z")
OUTSIDE = re.compile(r"https?://[^\s/]+", re.IGNORECASE)
ANCHOR = re.compile(r"#[\w-]{1,120}\Z")


def render(
    markdown: str, *, asset_url: AssetUrl | None = None, lesson_url: LessonUrl | None = None
) -> str:
    """A text of its own: a course's description, a unit's introduction. No ids in it."""
    return _made(markdown, {"asset_url": asset_url, "lesson_url": lesson_url})


def render_block(
    markdown: str,
    uid: str,
    *,
    key: str = "body",
    question: bool = False,
    asset_url: AssetUrl | None = None,
) -> str:
    """The words of a block. The parts of its body carry the ids `{uid}-p1`, `{uid}-p2` …, so that
    a place can be kept to the paragraph, and headings `{uid}--their-words`."""
    env: dict[str, Any] = {
        "asset_url": asset_url,
        "uid": uid if key == "body" else "",
        "docId": f"{uid}--{key}",
    }
    env["question"] = question
    return _made(markdown, env)


def render_phrase(markdown: str, *, asset_url: AssetUrl | None = None) -> str:
    """Words that stand in a label or a table cell: no paragraphs, no headings, no links."""
    env = {"asset_url": asset_url, "phrase": True}
    return _made(" ".join(markdown.strip().splitlines()), env, inline=True)


def words(markdown: str) -> str:
    """What is left without any marks, on one line: for an outline, a search, a sentence."""
    return " ".join(plain_words(parser().parse(markdown, {})).split())


def _made(markdown: str, env: dict[str, Any], inline: bool = False) -> str:
    env |= {"mark": secrets.token_hex(8), "formulas": []}
    run = parser().renderInline if inline else parser().render
    html = safe(run(markdown.replace("\r\n", "\n"), env))
    return _with_formulas(html, env).strip()


def _with_formulas(html: str, env: dict[str, Any]) -> str:
    """The formulas in the places that were kept for them. The mark cannot be guessed, so nobody
    can write one."""
    if not env["formulas"]:
        return html
    place = re.compile(rf"\ue000{env['mark']}(\d+)\ue001")
    return place.sub(lambda found: env["formulas"][int(found[1])], html)


class Renderer(RendererHTML):
    """How each part is written. The names are the token types of the parser."""

    # --- links and pictures

    def link_open(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        href, outside = _address(str(tokens[index].attrGet("href") or ""), env)
        if not href or env.get("phrase"):
            return "<span>"
        title = tokens[index].attrGet("title")
        return (
            f'<a href="{escape(href)}"'
            + (f' title="{escape(str(title))}"' if title else "")
            + (' rel="noopener noreferrer"' if outside else "")
            + ">"
        )

    def link_close(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        depth = 0
        for token in reversed(tokens[:index]):
            if token.type == "link_close":
                depth += 1
            elif token.type == "link_open":
                if depth == 0:
                    shown = _address(str(token.attrGet("href") or ""), env)[0]
                    return "</a>" if shown and not env.get("phrase") else "</span>"
                depth -= 1
        return "</span>"

    def image(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[index]
        source, words_ = str(token.attrGet("src") or ""), plain_words(token.children or [])
        title = str(token.attrGet("title") or "")
        if title.strip().lower() == "decorative":
            words_, title = "", ""
        url, pixels = _picture(source, env)
        if not url:
            return _no_picture(source, words_, env)
        size = f' width="{pixels[0]}" height="{pixels[1]}"' if pixels else ""
        caption = f' title="{escape(title)}"' if title and not token.meta.get("figure") else ""
        return (
            f'<img src="{escape(url)}" alt="{escape(words_)}"{caption}{size}'
            ' loading="lazy" decoding="async">'
        )

    def figcaption(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        return f"<figcaption>{escape(tokens[index].content)}</figcaption>"

    # --- formulas and code

    def math_inline(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        return _formula(tokens[index], env, block=False)

    def math_block(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        ident = tokens[index].attrGet("id")
        named = f' id="{escape(str(ident))}"' if ident else ""
        return f'<div class="formula" tabindex="0"{named}>{_formula(tokens[index], env, block=True)}</div>\n'

    def fence(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[index]
        return highlighted(token.content, token.info, str(token.attrGet("id") or ""))

    def code_block(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        return highlighted(tokens[index].content, "", str(tokens[index].attrGet("id") or ""))

    # --- boxes

    def callout_open(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        token = tokens[index]
        ident = f' id="{escape(str(token.attrGet("id")))}"' if token.attrGet("id") else ""
        return f'<div class="note-box note-box-{token.info}" role="note"{ident}>\n'

    def callout_title_open(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        token = tokens[index]
        separated = ": " if token.meta["titled"] else ""
        return f'<p class="note-box-title"><b>{escape(callout_word(token.info))}{separated}</b>'

    def table_open(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        ident = tokens[index].attrGet("id")
        named = f' id="{escape(str(ident))}"' if ident else ""
        label = escape(_("Table"))
        return f'<div class="table-wrap" role="group" tabindex="0" aria-label="{label}"{named}><table class="table">\n'

    def table_close(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        return "</table></div>\n"

    def todo(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        done = tokens[index].meta["done"]
        label = _("done") if done else _("not done yet")
        state = "todo todo-done" if done else "todo"
        return f'<span class="{state}" role="img" aria-label="{escape(label)}"></span> '

    # --- footnotes

    def footnote_ref(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        number, ident = _footnote(tokens[index], env)
        again = tokens[index].meta.get("subId", 0)
        label = escape(_("note %(number)s") % {"number": number})
        return (
            f'<sup class="footnote-ref"><a href="#fn-{ident}" id="fnref-{ident}-{again}"'
            f' aria-label="{label}">{number}</a></sup>'
        )

    def footnote_block_open(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        return '<div class="footnotes"><ol>\n'

    def footnote_block_close(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        return "</ol></div>\n"

    def footnote_open(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        return f'<li id="fn-{_footnote(tokens[index], env)[1]}">'

    def footnote_anchor(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        ident, again = _footnote(tokens[index], env)[1], tokens[index].meta["subId"]
        label = escape(_("back to the text"))
        return f' <a href="#fnref-{ident}-{again}" aria-label="{label}">↩\ufe0e</a>'


def callout_word(name: str) -> str:
    """What a callout is called in the language of the course."""
    return {
        "note": _("Note"),
        "tip": _("Tip"),
        "warning": _("Take care"),
        "key": _("Key idea"),
        "example": _("Example"),
        "question": _("Question"),
        "aside": _("By the way"),
    }[name]


def _footnote(token: Token, env: EnvType) -> tuple[str, str]:
    """Its number, and its name on the page."""
    number = str(token.meta["id"] + 1)
    return number, f"{env.get('docId', 'text')}-{number}"


def _address(href: str, env: EnvType) -> tuple[str, bool]:
    """Where a link leads, and whether out of Meanwhile; "" where it leads nowhere we know."""
    path = unquote(href)
    if FILE.match(path) and ".." not in path:
        return _asset(path, env), False
    if lesson := LESSON.match(href):
        to = env.get("lesson_url") or "../{}/".format
        return to(lesson[1]) + (f"#{lesson[2]}" if lesson[2] else ""), False
    if ANCHOR.match(path):
        return "#" + env.get("anchors", {}).get(path[1:], path[1:]), False
    if OUTSIDE.match(href) or href.lower().startswith(("mailto:", "tel:")):
        return href, True
    return "", False


def _asset(path: str, env: EnvType) -> str:
    asset_url: AssetUrl | None = env.get("asset_url")
    return asset_url(path) if asset_url else path


def _picture(source: str, env: EnvType) -> tuple[str, tuple[int, int] | None]:
    source = unquote(source)
    if not FILE.match(source) or ".." in source:
        return "", None
    pixels = getattr(env.get("asset_url"), "pixels", None)
    return _asset(source, env), pixels(source) if pixels else None


def _no_picture(source: str, words_: str, env: EnvType) -> str:
    """Its words instead; a picture somewhere else is a link there, never fetched by the page."""
    if OUTSIDE.match(source) and not env.get("phrase"):
        shown = escape(words_ or _("Picture"))
        return f'<a href="{escape(source)}" rel="noopener noreferrer">{shown}</a>'
    return f'<span class="no-picture">{escape(words_)}</span>' if words_ else ""


def _formula(token: Token, env: EnvType, block: bool) -> str:
    try:
        made = mathml(token.content, block)
    except BrokenTex as broken:
        said = escape(str(broken))
        made = f'<span class="no-formula"><code>{escape(token.content)}</code> <small>{said}</small></span>'
    env["formulas"].append(made)
    return f"\ue000{env['mark']}{len(env['formulas']) - 1}\ue001"


def _may_link(url: str) -> bool:
    """Anything may be parsed as a link: `_address` decides what becomes one."""
    return True


@cache
def parser() -> MarkdownIt:
    """One parser for all; it keeps no state between texts."""
    md = MarkdownIt("commonmark", {"html": False}, renderer_cls=Renderer)
    md.enable(["table", "strikethrough"])
    md.disable(["html_block", "html_inline"])
    footnote_plugin(md, inline=False)
    dollarmath_plugin(md, allow_labels=False, allow_space=False, allow_digits=False)
    callouts(md)
    md.core.ruler.push("arrange", arrange)
    md.validateLink = _may_link  # type: ignore[method-assign]
    _own_rules(md)
    return md


def _own_rules(md: MarkdownIt) -> None:
    """The plugins bring their own ways of writing; ours are the methods above."""
    ours: Any = md.renderer
    for name in [*ours.rules]:
        if name in vars(Renderer):
            ours.rules[name] = getattr(ours, name)
