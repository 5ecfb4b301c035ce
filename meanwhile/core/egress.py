"""The one way out: asking an address on the public internet, and no other.

An address that somebody else wrote must not make this machine knock at a door inside the network
it stands in. So a name is looked up once, every address it has must be public, and the connection
goes to the address that was looked at (a second look-up could give another one). A redirect is a
new address and is looked at in the same way. There are limits on hops, time and bytes; nothing is
sent but the question, and no proxy of the environment is used.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from django.utils.translation import gettext as say

PORTS = {"http": 80, "https": 443}
HOPS = 5
WAIT = 5.0  # seconds for each answer of the network
WHOLE = 12.0  # seconds for one hop, however slowly it drips
BYTES = 4096
LONGEST = 2000
NAT64 = ipaddress.ip_network("64:ff9b::/96")
NAT64_LOCAL = ipaddress.ip_network("64:ff9b:1::/48")
NO_HEAD = frozenset({400, 403, 404, 405, 501})
"""Answers to HEAD that some servers give where GET would do."""
AGENT = "Meanwhile-link-check/1 (asks once, keeps nothing)"

Resolve = Callable[[str, int], list[str]]
Connect = Callable[[tuple[str, int], float], socket.socket]


class NotAsked(Exception):
    """The address is not one that may be asked, in a sentence."""


class NoAnswer(Exception):
    """It was asked, and no answer came, in a sentence. `gone`: there is no such place at all."""

    def __init__(self, says: str, *, gone: bool = False) -> None:
        super().__init__(says)
        self.gone = gone


@dataclass(frozen=True)
class Answer:
    """The status in the end, and the address that gave it."""

    status: int
    address: str


def look_up(host: str, port: int) -> list[str]:
    """The addresses of a name.

    Raises:
        OSError: it has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(each[4][0]) for each in found]


def is_public(address: str) -> bool:
    """Whether it is an address of the public internet, also where it carries another inside."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped or ip.sixtofour or ip.teredo or ip in NAT64_LOCAL or ip.is_site_local:
            return False
        if ip in NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    shut = ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback
    return ip.is_global and not shut and not ip.is_private and not ip.is_link_local


def ask(
    address: str, *, resolve: Resolve = look_up, connect: Connect = socket.create_connection
) -> Answer:
    """Whether somebody answers at an address: its status, after redirects.

    Raises:
        NotAsked: it is not an address of the public internet, or leads to one that is not.
        NoAnswer: there is no such place, or it does not answer in time.
    """
    here = address
    for _hop in range(HOPS + 1):
        status, onward = _hop_to(_parts(here), "HEAD", resolve, connect)
        if status in NO_HEAD:
            status, onward = _hop_to(_parts(here), "GET", resolve, connect)
        if not (300 <= status < 400 and onward):
            return Answer(status, here)
        here = _joined(here, onward)
    raise NoAnswer(say("It sends on again and again."))


def _joined(here: str, onward: str) -> str:
    try:
        return urljoin(here, onward)
    except ValueError:
        raise NotAsked(say("This is not an address.")) from None


def _parts(address: str) -> SplitResult:
    """An address taken apart.

    Raises:
        NotAsked: it is not a plain http or https address.
    """
    odd = any(sign <= " " or sign == "\\" or sign == "\x7f" for sign in address)
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise NotAsked(say("This is not an address.")) from None
    if odd or len(address) > LONGEST or not parts.hostname:
        raise NotAsked(say("This is not an address."))
    if parts.scheme not in PORTS or port not in (None, PORTS[parts.scheme]):
        raise NotAsked(say("Only http and https at their usual ports are asked."))
    if parts.username is not None or parts.password is not None:
        raise NotAsked(say("There is a name or a password in the address."))
    return parts


def _hop_to(parts: SplitResult, method: str, resolve: Resolve, connect: Connect) -> tuple[int, str]:
    """One question: the status and where it sends on."""
    host, port = parts.hostname or "", PORTS[parts.scheme]
    try:
        found = resolve(host.encode("idna").decode("ascii") if not host.isascii() else host, port)
    except UnicodeError:
        raise NotAsked(say("This is not an address.")) from None
    except OSError as error:
        if error.errno != socket.EAI_NONAME:  # this machine is off the net, or its directory is
            raise NoAnswer(say("It cannot be looked up now.")) from None
        raise NoAnswer(say("There is no such place."), gone=True) from None
    if not found or not all(is_public(each) for each in found):
        raise NotAsked(say("It leads into a private network."))
    return _question(parts, method, (found[0], port), connect)


def _question(
    parts: SplitResult, method: str, at: tuple[str, int], connect: Connect
) -> tuple[int, str]:
    host, path = parts.hostname or "", parts.path or "/"
    plain: socket.socket | None = None
    try:
        plain = connect(at, WAIT)
        plain.settimeout(WAIT)
        stop = threading.Timer(WHOLE, _shut, [plain])
        stop.daemon = True
        stop.start()
        try:
            sock = _wrapped(plain, host) if parts.scheme == "https" else plain
            asked = http.client.HTTPConnection(host, at[1], timeout=WAIT)
            asked.sock = sock
            target = f"{path}?{parts.query}" if parts.query else path
            asked.request(method, target.encode("ascii", "ignore").decode(), headers=_headers())
            answer = asked.getresponse()
            answer.read(BYTES)
            return answer.status, answer.getheader("Location") or ""
        finally:
            stop.cancel()
    except ssl.SSLError:
        raise NoAnswer(say("Its certificate is not valid.")) from None
    except (OSError, http.client.HTTPException, ValueError):
        raise NoAnswer(say("It does not answer.")) from None
    finally:
        if plain is not None:
            plain.close()


def _wrapped(plain: socket.socket, host: str) -> ssl.SSLSocket:
    return ssl.create_default_context().wrap_socket(plain, server_hostname=host)


def _headers() -> dict[str, str]:
    return {"User-Agent": AGENT, "Accept": "*/*", "Connection": "close"}


def _shut(sock: socket.socket) -> None:
    with suppress(OSError):  # it was over already
        sock.shutdown(socket.SHUT_RDWR)
