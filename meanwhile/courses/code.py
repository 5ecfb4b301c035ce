"""Code with its words marked by class, never by style."""

import re
from functools import lru_cache
from html import escape

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES
from pygments.util import ClassNotFound

PREFIX = "hl-"
CLASSES = frozenset(PREFIX + name for name in STANDARD_TYPES.values() if name)
LONGEST = 20_000  # signs; longer code is shown without marks
_LANGUAGE = re.compile(r"[\w#.+-]{1,30}")
_FORMATTER = HtmlFormatter(nowrap=True, classprefix=PREFIX)


def highlighted(code: str, info: str, ident: str = "") -> str:
    """A `<pre>`; `info` is what follows the fence, its first word the language."""
    language = language_of(info)
    lexer = _lexer(language) if language and len(code) <= LONGEST else None
    inside = highlight(code, lexer, _FORMATTER) if lexer else escape(code, quote=False)
    named = f' id="{escape(ident)}"' if ident else ""
    said = f' data-language="{escape(language)}"' if language else ""
    return f'<pre class="code" dir="ltr" tabindex="0"{said}{named}><code>{inside}</code></pre>\n'


def language_of(info: str) -> str:
    """'python', from "python", "{.python}" or "language-python numbers"."""
    first = info.strip().strip("{}").split(maxsplit=1)
    word = first[0].removeprefix("language-").strip("{}.").lower() if first else ""
    return word if _LANGUAGE.fullmatch(word) else ""


@lru_cache(maxsize=200)
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None
