"""The words of name cards and machine-made passwords: short, friendly, hard to mistake.

More than 1,024 words, so three of them are more than 30 bits. No two differ by one letter only.
"""

import hmac
import secrets
import unicodedata
from functools import cache
from pathlib import Path

from django.conf import settings

WORDS_A_CARD = 3


@cache
def words() -> tuple[str, ...]:
    return tuple(Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split())


def draw(count: int = WORDS_A_CARD) -> str:
    """'otter maple comet': words drawn by a source fit for secrets."""
    return " ".join(secrets.choice(words()) for _ in range(count))


def draw_password() -> str:
    """'otter-maple-comet-27': to be typed from paper; more than 36 bits."""
    return f"{draw().replace(' ', '-')}-{secrets.randbelow(90) + 10}"


def tidy(typed: str) -> str:
    """What was meant by words typed with capitals, commas, hyphens or accents put in by a phone."""
    apart = unicodedata.normalize("NFKD", typed).casefold()
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    kept = "".join(sign if sign.isascii() and sign.isalpha() else " " for sign in plain)
    return " ".join(kept.split())


def keyed_hash(cohort: int, typed: str) -> str:
    """What is kept of a card: useless without the site's secret key, and for any other class."""
    message = f"name-card:{cohort}:{tidy(typed)}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, "sha256").hexdigest()
