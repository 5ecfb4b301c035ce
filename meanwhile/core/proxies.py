"""Who really asks, where something stands in front of this server (Caddy, nginx).

Such a proxy speaks for everybody: the connection comes from it, and it says in X-Forwarded-For
whom it answers, and in X-Forwarded-Proto whether they came by HTTPS. Anybody can write these
headers, so they are believed only from the addresses in MEANWHILE_PROXIES; from anybody else they
are taken off before another line of code can read them. Afterwards REMOTE_ADDR is the address of
whoever asks, for the limiter, for the list of one's devices and for the log alike.
"""

import logging
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO")
log = logging.getLogger(__name__)


class BehindProxies:
    """Comes first of all middleware: what follows it asks for REMOTE_ADDR and `is_secure()`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.told = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        came_from = parsed(request.META.get("REMOTE_ADDR", ""))
        if came_from and is_proxy(came_from, settings.PROXIES):
            forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
            request.META["REMOTE_ADDR"] = str(asking(came_from, forwarded, settings.PROXIES))
        else:
            self.tell_once(request)
            for header in FORWARDED:
                request.META.pop(header, None)
        return self.get_response(request)

    def tell_once(self, request: HttpRequest) -> None:
        """A proxy that was forgotten in the settings makes everybody one address: say so."""
        if not self.told and FORWARDED[0] in request.META:
            self.told = True
            log.warning(
                "X-Forwarded-For from %s is not believed. If that is your proxy, name it in "
                "MEANWHILE_PROXIES.",
                request.META.get("REMOTE_ADDR") or "an unnamed address",
            )


def asking(came_from: Address, forwarded: str, proxies: Sequence[Network]) -> Address:
    """The address that asks: the rightmost of `forwarded` that is not one of our own proxies.

    Each proxy adds on the right whom it heard from, so what stands to the left of the first
    stranger is that stranger's own tale. Where all are ours, or one is no address, the last that
    was told truly.
    """
    found = came_from
    for told in reversed(forwarded.split(",")):
        address = parsed(told)
        if address is None:
            return found
        found = address
        if not is_proxy(address, proxies):
            return found
    return found


def is_proxy(address: Address, proxies: Sequence[Network]) -> bool:
    return any(address in network for network in proxies)


def parsed(told: str) -> Address | None:
    """The address in `192.0.2.7`, `192.0.2.7:4711`, `2001:db8::7`, `[2001:db8::7]:4711`; an IPv4
    address in IPv6 clothes (`::ffff:192.0.2.7`) is itself. None for anything else."""
    bare = told.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ip_address(bare)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
