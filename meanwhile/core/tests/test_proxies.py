"""Who asks is told by our own proxies and by nobody else."""

from ipaddress import ip_network

import pytest
from django.http import HttpResponse

from meanwhile.core import limits
from meanwhile.core.proxies import BehindProxies

PROXIES = [ip_network("127.0.0.1"), ip_network("10.0.0.0/8"), ip_network("fd00::/8")]


@pytest.fixture
def seen(rf, settings):
    """What the code behind the middleware sees of a request from there with these headers."""
    settings.PROXIES = PROXIES
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    def ask(came_from: str, **headers: str):
        request = rf.get("/", REMOTE_ADDR=came_from, headers=headers)
        BehindProxies(lambda _: HttpResponse())(request)
        return request

    return ask


@pytest.mark.parametrize(
    ("came_from", "forwarded", "address"),
    [
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),  # the left one is their tale
        ("127.0.0.1", "198.51.100.1, 203.0.113.7, 10.1.2.3, 10.9.9.9", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.7,, 10.1.2.3", "10.1.2.3"),  # a gap ends the tale
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "10.3.3.3, 10.1.2.3", "10.3.3.3"),  # somebody in our own house
        ("127.0.0.1", "203.0.113.7:51234", "203.0.113.7"),
        ("fd00::1", "2001:db8:1:2::7", "2001:db8:1:2::7"),
        ("fd00::1", "[2001:db8:1:2::7]:443", "2001:db8:1:2::7"),
        ("::ffff:127.0.0.1", "::ffff:203.0.113.7", "203.0.113.7"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # not our proxy: not believed
        ("2001:db8::9", "127.0.0.1", "2001:db8::9"),
        ("", "198.51.100.1", ""),
    ],
)
def test_the_rightmost_stranger_is_who_asks(seen, came_from, forwarded, address):
    assert seen(came_from, x_forwarded_for=forwarded).META["REMOTE_ADDR"] == address


def test_https_is_believed_from_a_proxy_only(seen):
    assert seen("127.0.0.1", x_forwarded_proto="https").is_secure()
    assert not seen("203.0.113.9", x_forwarded_proto="https").is_secure()


def test_without_proxies_nobody_is_believed(seen, settings):
    settings.PROXIES = []
    request = seen("127.0.0.1", x_forwarded_for="203.0.113.7", x_forwarded_proto="https")
    assert request.META["REMOTE_ADDR"] == "127.0.0.1"
    assert not request.is_secure()


def test_a_forgotten_proxy_is_told_once(rf, settings, caplog):
    settings.PROXIES = []
    middleware = BehindProxies(lambda _: HttpResponse())
    for _ in range(3):
        middleware(rf.get("/", headers={"x-forwarded-for": "203.0.113.7"}))
    assert [record.getMessage().count("MEANWHILE_PROXIES") for record in caplog.records] == [1]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::7", "2001:db8:1:2:ffff::1", True),  # one household
        ("2001:db8:1:2::7", "2001:db8:1:3::7", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("192.0.2.1", "192.0.2.2", False),
    ],
)
def test_which_addresses_count_as_one(rf, one, other, same):
    first, second = (limits.address_of(rf.get("/", REMOTE_ADDR=each)) for each in (one, other))
    assert (first == second) is same
