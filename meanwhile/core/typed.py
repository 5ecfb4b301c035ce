"""Words as people type them, whatever was sent.

No keyboard makes a NUL or half a pair of surrogates, but JSON can spell both. PostgreSQL keeps
neither, and a page that holds one cannot be sent at all. They are taken out, and nothing else.
"""

import json
import re
from typing import Any

UNTYPED = re.compile("[\x00\ud800-\udfff]")


def typed(words: str) -> str:
    """These words without what nobody typed."""
    return UNTYPED.sub("", words)


def typed_json(sent: str) -> Any:
    """What a JSON text says, with every word and every name in it as typed.

    Raises:
        ValueError: it is not JSON, or so deep that nobody typed it.
    """
    try:
        return _typed(json.loads(sent))
    except RecursionError as deep:
        raise ValueError("nested too deep") from deep


def _typed(value: Any) -> Any:
    if isinstance(value, str):
        return typed(value)
    if isinstance(value, list):
        return [_typed(each) for each in value]
    if isinstance(value, dict):
        return {typed(name): _typed(each) for name, each in value.items()}
    return value
