"""T14: nothing that somebody wrote makes this machine ask a door that is not on the internet."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from meanwhile.core import egress
from meanwhile.core.egress import NoAnswer, NotAsked, ask, is_public

PUBLIC = "93.184.215.14"

PRIVATE = [
    "127.0.0.1", "127.1", "127.255.255.254", "0.0.0.0", "0", "10.0.0.1", "10.255.255.255",
    "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.1.254", "169.254.169.254",
    "169.254.0.1", "100.64.0.1", "100.127.255.255", "192.0.0.1", "192.0.2.1", "198.18.0.1",
    "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "2130706433", "3232235521", "2852039166", "0x7f000001", "0x7f.0x0.0x0.0x1", "0177.0.0.1",
    "017700000001", "0x7f.1", "127.0.1", "0xa9fea9fe", "0251.0376.0251.0376", "192.168.257",
    "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:a9fe:a9fe]",
    "[::127.0.0.1]", "[::ffff:0:127.0.0.1]", "[64:ff9b::127.0.0.1]", "[64:ff9b::a9fe:a9fe]",
    "[64:ff9b:1::1]", "[2002:7f00:1::]", "[2002:a9fe:a9fe::1]", "[2001::1]", "[fe80::1]",
    "[fe80::1%25eth0]", "[fec0::1]", "[fc00::1]", "[fd00:ec2::254]", "[ff02::1]", "[2001:db8::1]",
    "[100::1]", "[::ffff:10.0.0.1]", "[::ffff:192.168.0.1]", "[::ffff:172.16.0.1]",
]  # fmt: skip
NAMES = {
    "localhost": ["127.0.0.1", "::1"],
    "localhost.": ["127.0.0.1"],
    "metadata.google.internal": ["169.254.169.254"],
    "intranet.school.example": ["10.1.2.3"],
    "half.example": [PUBLIC, "127.0.0.1"],
    "other-half.example": ["::1", PUBLIC],
    "mapped.example": ["::ffff:127.0.0.1"],
    "nat.example": ["64:ff9b::7f00:1"],
    "scope.example": ["fe80::1%eth0"],
    "nothing.example": [],
    "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ": ["127.0.0.1"],
    "localhost。": ["127.0.0.1"],
}
ODD = [
    "file:///etc/passwd", "file://localhost/etc/passwd", "ftp://site.example/", "gopher://site.example:70/_x",
    "dict://site.example:11211/stat", "ldap://site.example/", "jar:http://site.example!/", "data:text/html,x",
    "javascript:alert(1)", "http:///path", "http://", "//site.example/", "http:site.example",
    "http://site.example:22/", "http://site.example:6379/", "https://site.example:80/", "http://site.example:0/",
    "http://site.example:99999/", "http://site.example:port/", "http://user@site.example/",
    "http://user:word@site.example/", "http://site.example@127.0.0.1/", "http://127.0.0.1@site.example/",
    "http://127.0.0.1#@site.example/", "http://127.0.0.1?@site.example/", "http://127.0.0.1\\@site.example/",
    "http://site.example\\.127.0.0.1/", "http://127.0.0.1 .site.example/", "http://127.0.0.1\t/",
    "http://127.0.0.1\n/", "http://site.example/\r\nHost: 127.0.0.1", "http://[::1", "http://[::1]x/",
    "http://127.0.0.1%00.site.example/", "http://%31%32%37.0.0.1/", "unix:/run/docker.sock", "http+unix://x/",
    "http://site.example/" + "a" * 3000,
]  # fmt: skip
TRICKS = [
    *(f"{scheme}://{host}/" for host in (*PRIVATE, *NAMES) for scheme in ("http", "https")),
    *ODD,
]


class Network:
    """A net in which names lead where the test says, and which notes every door that is knocked at."""

    def __init__(self, port: int = 0) -> None:
        self.port, self.knocked = port, []
        self.names = dict(NAMES) | {"site.example": [PUBLIC]}

    def resolve(self, host: str, port: int) -> list[str]:
        if host in self.names:
            return self.names[host]
        # numbers in any writing, as the system reads them: 0x7f.1 is 127.0.0.1
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
        return [str(each[4][0]) for each in found]

    def connect(self, at: tuple[str, int], wait: float) -> socket.socket:
        self.knocked.append(at[0])
        if not self.port:
            raise ConnectionRefusedError
        return socket.create_connection(("127.0.0.1", self.port), wait)

    def ask(self, address: str):
        return ask(address, resolve=self.resolve, connect=self.connect)


class Site(BaseHTTPRequestHandler):
    """A site on loopback that stands for one on the internet."""

    onward = ""
    seen: list[str] = []

    def do_GET(self) -> None:
        type(self).seen.append(f"{self.command} {self.path} {self.headers['Host']}")
        if self.path == "/no-head" and self.command == "HEAD":
            self.send_response(405)
        elif self.path == "/onward":
            self.send_response(302)
            self.send_header("Location", type(self).onward)
        else:
            self.send_response(404 if self.path == "/gone" else 200)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(b"x" * 100_000)

    do_HEAD = do_GET

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[Network]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Site.seen, Site.onward = [], ""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield Network(server.server_address[1])
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.promise("T14")
def test_no_trick_knocks_at_a_door_inside(site: Network, figure):
    """Each trick as an address, and as where a site on the internet sends on to."""
    net, tried = Network(), 0
    for trick in TRICKS:
        with pytest.raises((NotAsked, NoAnswer)):
            net.ask(trick)
        tried += 1
    for trick in TRICKS:
        if any(sign in trick for sign in "\r\n") or not trick.isascii():
            continue  # no header can carry it
        Site.onward = trick
        with suppress(NotAsked, NoAnswer):
            site.ask("http://site.example/onward")
        tried += 1
    inside = [ip for ip in (*net.knocked, *site.knocked) if not is_public(ip)]
    figure(
        f"{tried} tricks, by address and by redirect: {len(inside)} connections that are not public"
    )
    assert tried >= 200
    assert set(site.knocked) == {PUBLIC}
    assert inside == []


@pytest.mark.promise("T14")
def test_a_name_that_changes_its_mind_is_looked_up_once(site: Network):
    """Rebinding: public while it is looked at, private afterwards."""
    answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
    answer = ask(
        "http://rebind.example/", resolve=lambda host, port: next(answers), connect=site.connect
    )
    assert answer.status == 200
    assert site.knocked == [PUBLIC]


def test_the_guard_sees_a_planted_fault(monkeypatch):
    """Without the look at the address the tricks would get through: this test can fail."""
    net = Network()
    monkeypatch.setattr(egress, "is_public", lambda address: True)
    with pytest.raises(NoAnswer):
        net.ask("http://0x7f.1/")
    assert net.knocked == ["127.0.0.1"]


def test_a_site_is_asked_for_its_head_and_no_more(site: Network):
    assert site.ask("http://site.example/page?x=1").status == 200
    assert Site.seen == ["HEAD /page?x=1 site.example"]


def test_a_site_that_knows_no_head_is_asked_once_more(site: Network):
    assert site.ask("http://site.example/no-head").status == 200
    assert [each.split()[0] for each in Site.seen] == ["HEAD", "GET"]


def test_a_redirect_is_followed_and_a_circle_is_not(site: Network):
    Site.onward = "/page"
    assert site.ask("http://site.example/onward").address == "http://site.example/page"
    Site.onward = "/onward"
    with pytest.raises(NoAnswer, match="again and again"):
        site.ask("http://site.example/onward")


def test_what_is_gone_says_so(site: Network):
    assert site.ask("http://site.example/gone").status == 404
    with pytest.raises(NoAnswer) as none:
        site.ask("http://no.such.name.example/")
    assert none.value.gone


def test_a_machine_off_the_net_calls_nothing_gone():
    def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    with pytest.raises(NoAnswer) as none:
        ask("http://site.example/", resolve=resolve)
    assert not none.value.gone


def test_a_site_that_drips_is_left(monkeypatch):
    """A byte now and then never runs into the wait between two of them, so the whole has an end."""
    monkeypatch.setattr(egress, "WHOLE", 0.3)
    door = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def drip() -> None:
        sock, _from = door.accept()
        with sock:
            while not over.wait(0.05):
                try:
                    sock.send(b"H")
                except OSError:
                    return

    thread = threading.Thread(target=drip)
    thread.start()
    net = Network(door.getsockname()[1])
    with pytest.raises(NoAnswer):
        net.ask("http://site.example/")
    over.set()
    thread.join()
    door.close()


@pytest.mark.parametrize("ip", [PUBLIC, "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_the_internet_is_public(ip: str):
    assert is_public(ip)
