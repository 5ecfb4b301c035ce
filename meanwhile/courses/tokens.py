"""What is rearranged between reading Markdown and writing HTML: ids, figures, lists to tick."""

import re
from collections.abc import Sequence

from django.utils.text import slugify
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType

_TODO = re.compile(r"\[([ xX])\][ \t]+")
_ALIGN = {"text-align:center": "align-center", "text-align:right": "align-end"}


def arrange(state: StateCore) -> None:
    """A core rule, run last."""
    uid = state.env.get("uid", "")
    _headings(state.tokens, uid, state.env)
    _figures(state.tokens)
    _todos(state.tokens)
    for token in state.tokens:
        if token.type in ("th_open", "td_open"):
            _cell(token)
    if uid:
        _number(state.tokens, uid)


def plain_words(tokens: Sequence[Token]) -> str:
    """The words of some tokens, without marks."""
    found = []
    for token in tokens:
        if token.type in ("text", "code_inline", "math_inline", "code_block", "fence"):
            found.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            found.append(" ")
        elif token.children:
            found.append(plain_words(token.children))
        if token.block and token.nesting <= 0:
            found.append(" ")
    return "".join(found)


def _headings(tokens: list[Token], uid: str, env: EnvType) -> None:
    """The page has its own first heading; those in a block begin at the second level, in a
    question always, and skip none."""
    anchors: dict[str, str] = {}
    levels = _levels(tokens, bool(env.get("question")))
    for index, token in enumerate(tokens):
        if token.type not in ("heading_open", "heading_close"):
            continue
        token.tag = levels[token.tag]
        if uid and token.nesting == 1 and token.tag in ("h2", "h3", "h4"):
            slug = slugify(plain_words([tokens[index + 1]]), allow_unicode=True)[:60] or "part"
            name, count = slug, 1
            while name in anchors:
                count += 1
                name = f"{slug}-{count}"
            anchors[name] = f"{uid}--{name}"
            token.attrSet("id", anchors[name])
    env["anchors"] = anchors


def _levels(tokens: list[Token], question: bool) -> dict[str, str]:
    """From the headings that are there to the ones that are written."""
    raw = {int(token.tag[1]) for token in tokens if token.type == "heading_open"}
    used = sorted({max(2, level) for level in raw})
    first = 2 if question or not used else used[0]
    return {f"h{level}": f"h{first + used.index(max(2, level))}" for level in raw}


def _figures(tokens: list[Token]) -> None:
    """A picture alone in its paragraph is a figure; its title is the caption."""
    for index, token in enumerate(tokens):
        if token.type != "inline" or index == 0 or tokens[index - 1].type != "paragraph_open":
            continue
        children = token.children or []
        if len(children) != 1 or children[0].type != "image":
            continue
        title = str(children[0].attrGet("title") or "").strip()
        if not title or title.lower() == "decorative":
            continue
        tokens[index - 1].tag = tokens[index + 1].tag = "figure"
        tokens[index - 1].hidden = tokens[index + 1].hidden = False
        children[0].meta["figure"] = True
        children.append(Token("figcaption", "", 0, content=title))


def _todos(tokens: list[Token]) -> None:
    """`- [ ] this` and `- [x] that`: a list to tick off, here only shown."""
    lists: list[Token] = []
    for index, token in enumerate(tokens):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(token)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open" and len(tokens) > index + 2:
            _todo(tokens[index + 1], tokens[index + 2], lists[-1])


def _todo(paragraph: Token, inline: Token, of: Token) -> None:
    first = inline.children[0] if inline.type == "inline" and inline.children else None
    if paragraph.type != "paragraph_open" or first is None or first.type != "text":
        return
    found = _TODO.match(first.content)
    if found and inline.children:
        first.content = first.content[found.end() :]
        inline.children.insert(0, Token("todo", "", 0, meta={"done": found[1] != " "}))
        if of.tag == "ul":
            of.attrSet("class", "todos")


def _cell(token: Token) -> None:
    style = str(token.attrs.pop("style", ""))
    if style in _ALIGN:
        token.attrSet("class", _ALIGN[style])
    if token.type == "th_open":
        token.attrSet("scope", "col")


def _number(tokens: list[Token], uid: str) -> None:
    """Each part at the top level gets its place: `{uid}-p3`. Headings have their own name."""
    place = 0
    for token in tokens:
        if token.level or token.nesting < 0 or token.type in ("inline", "footnote_block_open"):
            continue
        place += 1
        if not token.attrGet("id"):
            token.attrSet("id", f"{uid}-p{place}")
