import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from meanwhile.ui import context


class Person:
    is_authenticated = True
    pk, name, called = 7, "Amina Haddad", ""
    theme, text, space, font, contrast, motion = "dark", "", "wide", "comic", "", "less"


def request_of(user, **cookies):
    request = RequestFactory().get("/")
    request.user = user
    request.COOKIES.update(cookies)
    return request


def test_a_persons_settings_come_from_the_profile_and_only_known_ones() -> None:
    reader = context.reader_of(request_of(Person(), reading="theme=light"))
    assert reader.settings == {"theme": "dark", "space": "wide", "motion": "less"}
    assert reader.account == "7"


def test_a_guests_settings_come_from_the_cookie() -> None:
    reader = context.reader_of(request_of(AnonymousUser(), reading="theme=dark&text=huge"))
    assert reader.settings == {"theme": "dark"}
    assert reader.account == ""


def test_a_request_without_a_user_has_a_reader() -> None:
    assert context.reader_of(RequestFactory().get("/")).name == ""


def test_the_cookie_keeps_only_what_we_know() -> None:
    response = HttpResponse()
    context.keep_in_cookie(response, {"theme": "dark", "text": "'><script>", "zone": "x"})
    assert response.cookies["reading"].value == "theme=dark"


@pytest.mark.parametrize(("zone", "city"), [("Africa/Nairobi", "Nairobi"), ("UTC", "UTC")])
def test_the_clock_is_that_of_the_zone_in_force(zone: str, city: str) -> None:
    with timezone.override(zone):
        reader = context.reader_of(request_of(AnonymousUser()))
        assert reader.city == city
        assert reader.zone_name == zone
