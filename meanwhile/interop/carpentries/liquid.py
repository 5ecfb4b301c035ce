"""The little templating of the Jekyll layout, worked out as far as it says something fixed."""

import re
from collections.abc import Callable, Mapping

from django.utils.translation import gettext as say

RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", re.DOTALL)
COMMENT = re.compile(r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}", re.DOTALL)
LINK = re.compile(r"\{%-?\s*link\s+([^%]+?)\s*-?%\}")
FIGURE = re.compile(r"\{%-?\s*include\s+(?:figure|image|img)[\w.-]*\s+([^%]*?)-?%\}")
TAG = re.compile(r"\{%-?\s*(\w+)\s*([^%]*?)-?%\}[ \t]*")
VALUE = re.compile(r"\{\{-?\s*([\w.-]+)\s*(?:\|[^}]*)?-?\}\}")
PAIR = re.compile(r"(\w+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
SILENT = re.compile(
    r"include\s+(?:\w*links\w*\.md|base_path\.html|\w*navigation\.html)|(?:end)?capture|assign"
)
ROOTS = frozenset({"page.root", "relative_root_path", "site.baseurl", "site.url", "site.root"})

Say = Callable[[int, str], None]


def plain(text: str, site: Mapping[str, object], remark: Say) -> str:
    """The text without templating; the number of its lines stays."""
    if "{%" not in text and "{{" not in text:
        return text
    kept: list[str] = []
    text = RAW.sub(lambda found: _keep(kept, found[1]), text)
    text = COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    text = LINK.sub(lambda found: "/" + found[1].strip("'\""), text)
    text = FIGURE.sub(_figure, text)
    text = VALUE.sub(lambda found: _value(found, text, site, remark), text)
    text = TAG.sub(lambda found: _tag(found, text, remark), text)
    return re.sub(r"\ue010(\d+)\ue011", lambda found: kept[int(found[1])], text)


def _keep(kept: list[str], words: str) -> str:
    kept.append(words)
    return f"\ue010{len(kept) - 1}\ue011"


def _figure(found: re.Match[str]) -> str:
    values = {pair[0]: pair[1] or pair[2] for pair in PAIR.findall(found[1])}
    source = values.get("url") or values.get("src") or values.get("file") or ""
    words = values.get("alt") or values.get("caption") or values.get("max-width", "")
    caption = values.get("caption", "")
    title = f' "{caption}"' if caption and caption != words else ""
    return f"![{words}]({source}{title})" + "\n" * found[0].count("\n")


def _value(found: re.Match[str], text: str, site: Mapping[str, object], remark: Say) -> str:
    name = found[1]
    if name in ROOTS or name.endswith("root"):
        return "" if text[found.end() :].startswith("/") else "/"
    value: object = site
    for key in name.removeprefix("site.").split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    if isinstance(value, str | int | float):
        return str(value)
    words = say("“%(tag)s” stands for something that is not in the files.")
    remark(_line(found, text), words % {"tag": found[0]})
    return ""


def _tag(found: re.Match[str], text: str, remark: Say) -> str:
    if not SILENT.match(f"{found[1]} {found[2]}"):
        words = say("“%(tag)s” is templating; it was left out.")
        remark(_line(found, text), words % {"tag": found[0].strip()})
    return "\n" * found[0].count("\n")


def _line(found: re.Match[str], text: str) -> int:
    return text.count("\n", 0, found.start())
