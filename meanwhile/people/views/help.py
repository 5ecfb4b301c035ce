"""What several views of the room need: deeds with a sentence, and ways back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme

from meanwhile.core.receipts import Kept, once
from meanwhile.people.actions import Refused

Words = str | Promise


def do(request: HttpRequest, kind: str, deed: Callable[[], Any], said: Words = "") -> Kept | None:
    """Do a deed once and say so in a sentence; or say why not, and give None."""

    def kept() -> dict[str, Any]:
        deed()
        return {}

    try:
        receipt = once(request, f"people.{kind}", kept)
    except Refused as refused:
        messages.error(request, str(refused))
        return None
    if said:
        messages.success(request, str(said))
    return receipt


def way_back(request: HttpRequest, otherwise: str = "/") -> str:
    """The address in `next`, if it is one of ours."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if ours else otherwise


def number(request: HttpRequest, name: str = "page") -> int:
    typed = request.GET.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1


def csv_reply(content: bytes, name: str) -> HttpResponse:
    reply = HttpResponse(content, content_type="text/csv; charset=utf-8")
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply
