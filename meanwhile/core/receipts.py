"""Sent twice, done once.

Every form that writes carries an operation id. The receipt is kept in the same transaction as
the effect, so a double click, a retry after a lost answer and an outbox that comes back after
the summer all do the deed once and get the same answer:

    def post(request):
        return once(request, "learning.answer", lambda: {"answer": actions.answer(...).pk})

The deed returns a small dict (JSON) that is kept; from it the view builds its reply.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest

from meanwhile.core import clock
from meanwhile.core.ids import operation_id
from meanwhile.core.models import Receipt

FIELD = "operation"
HEADER = "X-Operation"
NOT_THE_DEED = {FIELD, "csrfmiddlewaretoken"}


class DifferentDeed(Exception):
    """The same operation id came with other contents: answered with 422."""


@dataclass(frozen=True)
class Kept:
    """What came of a deed. `replayed` where it had been done before."""

    result: dict[str, Any]
    received_at: datetime
    replayed: bool
    operation: str


def fingerprint(request: HttpRequest) -> str:
    """SHA-256 over the path and what was sent, without the tokens that change by themselves."""
    digest = hashlib.sha256(request.path.encode())
    for name in sorted(set(request.POST) - NOT_THE_DEED):
        digest.update(repr((name, request.POST.getlist(name))).encode())
    for name in sorted(request.FILES):
        for upload in request.FILES.getlist(name):
            digest.update(name.encode())
            for chunk in upload.chunks():
                digest.update(chunk)
            upload.seek(0)
    return digest.hexdigest()


def once(request: HttpRequest, kind: str, deed: Callable[[], dict[str, Any] | None]) -> Kept:
    """Do the deed of this request unless it is done already; keep the receipt with its effect.

    Raises:
        DifferentDeed: this operation id was used for something else.
        Whatever the deed raises; then neither effect nor receipt is kept.
    """
    person = getattr(request, "user", None)
    actor = str(person.pk) if person is not None and person.is_authenticated else "door"
    operation = request.headers.get(HEADER) or request.POST.get(FIELD) or operation_id()
    return do_once(actor, operation[:64], kind, fingerprint(request), deed)


def do_once(
    actor: str,
    operation: str,
    kind: str,
    print_of_it: str,
    deed: Callable[[], dict[str, Any] | None],
) -> Kept:
    """As `once`, for callers without a request."""
    try:
        with transaction.atomic():
            # The receipt first: a second sender waits on the unique row, then reads it below.
            receipt = Receipt.objects.create(
                actor=actor,
                operation=operation,
                kind=kind,
                fingerprint=print_of_it,
                received_at=clock.now(),
            )
            receipt.result = deed() or {}
            receipt.save(update_fields=["result"])
            return Kept(receipt.result, receipt.received_at, False, operation)
    except IntegrityError:
        found = Receipt.objects.filter(actor=actor, operation=operation).first()
        if found is None:  # the deed itself broke a constraint
            raise
    if found.kind != kind or found.fingerprint != print_of_it:
        raise DifferentDeed
    return Kept(found.result, found.received_at, True, operation)
