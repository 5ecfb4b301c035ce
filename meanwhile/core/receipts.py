"""Sent twice, done once.

Every form that writes carries an operation id. The receipt is kept in the same transaction as
the effect, so a double click, a retry after a lost answer and an outbox that comes back after
the summer all do the deed once and get the same answer:

    def post(request):
        return once(request, "learning.answer", lambda: {"answer": actions.answer(...).pk})

The deed returns a small dict (JSON) that is kept; from it the view builds its reply.

A receipt is looked for before anything is written, so that a deed sent again costs one read and
waits for no lock.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest

from meanwhile.core import clock
from meanwhile.core.ids import operation_id
from meanwhile.core.models import Receipt

FIELD = "operation"
HEADER = "X-Operation"
NOT_THE_DEED = {FIELD, "csrfmiddlewaretoken"}
READABLE = re.compile(r"[A-Za-z0-9._~-]{1,64}")
"""An operation id: what an address may hold unescaped, and no longer than its column."""

KEPT = timedelta(days=400)
"""A tablet comes back after a summer; a form that old is sent again by nobody."""
BATCH = 1000


class DifferentDeed(Exception):
    """The same operation id came with other contents: answered with 422."""


class UnreadableOperation(Exception):
    """What came as an operation id is none: answered with 400. Cutting it to fit would take two
    deeds for one."""


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
        UnreadableOperation: this is no operation id.
        Whatever the deed raises; then neither effect nor receipt is kept.
    """
    person = getattr(request, "user", None)
    actor = str(person.pk) if person is not None and person.is_authenticated else "door"
    return do_once(actor, operation_of(request), kind, fingerprint(request), deed)


def operation_of(request: HttpRequest) -> str:
    """The operation id that came with this request, or a fresh one.

    Raises:
        UnreadableOperation: what came is none.
    """
    came = request.headers.get(HEADER) or request.POST.get(FIELD) or operation_id()
    if not READABLE.fullmatch(came):
        raise UnreadableOperation
    return came


def do_once(
    actor: str,
    operation: str,
    kind: str,
    print_of_it: str,
    deed: Callable[[], dict[str, Any] | None],
) -> Kept:
    """As `once`, for callers without a request."""
    if not READABLE.fullmatch(operation):
        raise UnreadableOperation
    found = _receipt(actor, operation)
    if found is None:
        with transaction.atomic():
            receipt = Receipt(actor=actor, operation=operation, kind=kind, fingerprint=print_of_it)
            if _is_first(receipt):
                receipt.result = deed() or {}
                receipt.save(update_fields=["result"])
                return Kept(receipt.result, receipt.received_at, False, operation)
        found = Receipt.objects.get(actor=actor, operation=operation)
    if found.kind != kind or found.fingerprint != print_of_it:
        raise DifferentDeed
    return Kept(found.result, found.received_at, True, operation)


def _receipt(actor: str, operation: str) -> Receipt | None:
    return Receipt.objects.filter(actor=actor, operation=operation).first()


def _is_first(receipt: Receipt) -> bool:
    """Keep the receipt, before its effect: who sends the same at the same moment waits here on the
    unique row. False where theirs was first. An error of the deed itself is not caught here."""
    receipt.received_at = clock.now()
    try:
        with transaction.atomic():
            receipt.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def forget_old_receipts() -> int:
    """Delete the receipts that are kept no longer, a batch at a time, so that nobody who writes
    waits for long. The number that went."""
    old = Receipt.objects.filter(received_at__lt=clock.now() - KEPT).order_by("received_at")
    gone = 0
    while batch := list(old.values_list("pk", flat=True)[:BATCH]):
        gone += Receipt.objects.filter(pk__in=batch).delete()[0]
    return gone
