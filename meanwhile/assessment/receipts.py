"""The receipt of a hand-in: what it says, and whether it is true. Plain functions over values.

The *hash* is over everything that was handed in: the words, the link, and of each file its name,
size and own hash. So it can be worked out again by whoever holds the same words and files. The
*signature* (HMAC-SHA-256 with a key of the site) is over the hash, the time, the code, and whose
work on which task it is. A row that was changed afterwards no longer fits its signature.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from datetime import UTC, datetime

from django.conf import settings

PLACES = 8
"""Signs of a code: 25 to the power of 8, with a limit on guesses (`core/limits.py`)."""


def contents_hash(text: str, link: str, files: Iterable[tuple[str, int, str]]) -> str:
    """SHA-256, in hexadecimal, of what is handed in. files: name, size in bytes, SHA-256 of each,
    in their order."""
    whole = {
        "text": text,
        "link": link,
        "files": [{"name": name, "size": size, "sha256": sha256} for name, size, sha256 in files],
    }
    canonical = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def statement(
    code: str, at: datetime, sha256: str, *, person: int, offering: int, block: int, number: int
) -> str:
    """What is signed, as one line. `at` to the millisecond, in UTC."""
    moment = at.astimezone(UTC).isoformat(timespec="milliseconds")
    return "|".join(map(str, ("hand-in", code, moment, sha256, person, offering, block, number)))


def sign(said: str) -> str:
    """With the newest key."""
    return _with(settings.RECEIPT_KEYS[0], said)


def is_signed(said: str, signature: str) -> bool:
    """Whether one of the site's keys signed this. All are tried, so that a new key leaves old
    receipts true."""
    fits = [hmac.compare_digest(_with(key, said), signature) for key in settings.RECEIPT_KEYS]
    return any(fits)


def _with(key: str, said: str) -> str:
    return hmac.new(key.encode(), said.encode(), hashlib.sha256).hexdigest()


def shown(code: str) -> str:
    """`7KQ2M4XD` as people read it out: `7KQ2-M4XD`."""
    return f"{code[:4]}-{code[4:]}" if len(code) == PLACES else code
