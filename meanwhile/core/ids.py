"""Names for things: secrets that cannot be guessed, and codes people can read out."""

import secrets

# No letter or digit that is read as another one (0 O, 1 I L, 2 Z, 5 S, 8 B).
READABLE = "ACDEFGHJKMNPQRTUVWXY34679"


def operation_id() -> str:
    """A fresh id for one deed of one person: 128 random bits."""
    return secrets.token_urlsafe(16)


def secret_token() -> str:
    """An unguessable word for an address: 192 random bits."""
    return secrets.token_urlsafe(24)


def readable_code(length: int = 8) -> str:
    """A code to read out in class. 25 signs: eight of them are 37 bits."""
    return "".join(secrets.choice(READABLE) for _ in range(length))


def tidy_code(typed: str) -> str:
    """What was meant by a code typed with spaces, hyphens or small letters."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())
