"""Whether a receipt is true, for whoever holds its code."""

from dataclasses import dataclass
from datetime import datetime

from meanwhile.assessment.models import Submission
from meanwhile.assessment.receipts import is_signed, statement
from meanwhile.core.ids import tidy_code


@dataclass(frozen=True)
class Found:
    """What a receipt says that is true: when, and the hash of what was handed in. Neither whose it
    is nor what."""

    at: datetime
    sha256: str


def receipt_of(code: str) -> Found | None:
    """The receipt of that code, if it is one of ours and nothing in it was changed since. Anybody
    may ask, who holds the code: no rule is asked, and nothing but time and hash is told."""
    row = Submission.objects.filter(code=tidy_code(code)).first()
    if row is None:
        return None
    said = statement(
        row.code,
        row.handed_in_at,
        row.sha256,
        person=row.person_id,
        offering=row.offering_id,
        block=row.block_id,
        number=row.number,
    )
    return Found(row.handed_in_at, row.sha256) if is_signed(said, row.signature) else None
