"""Signing in and out, suspension, the second step, sessions."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from meanwhile.people import actions
from meanwhile.people.models import Membership, Person
from meanwhile.people.who import Who


def sign_in(name: str, password: str = "meanwhile-demo") -> Client:
    client = Client()
    client.post("/account/login/", {"login": name, "password": password})
    return client


def is_in(client: Client) -> bool:
    return client.get("/settings/").status_code == 200


def test_by_user_name_or_by_e_mail_in_any_case(cast):
    Person.objects.filter(pk=cast.amina.pk).update(email="amina@example.org")
    assert is_in(sign_in("Amina"))
    assert is_in(sign_in("AMINA@example.org"))


def test_signing_out_takes_a_post(cast):
    client = sign_in("amina")
    client.get("/account/logout/")
    assert is_in(client)
    client.post("/account/logout/")
    assert not is_in(client)


def test_a_new_password_signs_out_the_other_devices(cast):
    here, there = sign_in("amina"), sign_in("amina")
    answer = here.post(
        "/account/password/change/",
        {
            "oldpassword": cast.password,
            "password1": "nine blue kites",
            "password2": "nine blue kites",
        },
    )
    assert answer.status_code == 302
    assert is_in(here)
    assert not is_in(there)


def test_signing_out_everywhere_leaves_this_device(cast):
    here, there = sign_in("amina"), sign_in("amina")
    here.post("/settings/devices/")
    assert is_in(here)
    assert not is_in(there)
    assert here.get("/settings/").content.decode().count(">this device<") == 1


def test_suspension_ends_every_session_at_once(cast):
    client = sign_in("amina")
    actions.suspend(cast.reyes, cast.amina, cast.schools["riverside"])
    assert not is_in(client)
    assert not is_in(sign_in("amina"))
    actions.reinstate(cast.reyes, cast.amina, cast.schools["riverside"])
    assert is_in(sign_in("amina"))


def test_suspended_by_whatever_way_one_has_no_rights(cast, as_):
    """Also with a session that nobody ended: the row alone counts."""
    client = as_("amina")
    Membership.objects.filter(person=cast.amina).update(suspended_at="2026-10-01T08:00Z")
    assert not is_in(client)
    who = Who(cast.amina)
    assert (who.pk, who.learns, who.schools, bool(who)) == (None, frozenset(), frozenset(), False)


def test_suspended_in_one_school_one_is_at_home_in_the_other(cast):
    actions.give_role(None, cast.amina, cast.schools["hillside"], "learner")
    actions.suspend(cast.reyes, cast.amina, cast.schools["riverside"])
    assert is_in(sign_in("amina"))
    assert Who(Person.objects.get(pk=cast.amina.pk)).schools == {cast.schools["hillside"].pk}


def test_half_signed_in_is_not_in(cast):
    Authenticator.objects.create(
        user=cast.okafor, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"}
    )
    client = sign_in("okafor")
    assert not is_in(client)
    assert client.get(f"/cohorts/{cast.cohorts['8b'].pk}/").status_code == 302


def test_staff_without_a_second_step_get_a_suggestion_and_no_wall(cast, as_):
    words = b"A second step would make your sign-in safer"
    assert words in as_("okafor").get("/settings/").content
    assert words not in as_("amina").get("/settings/").content


def test_a_link_for_a_new_password_goes_to_the_e_mail(cast):
    Person.objects.filter(pk=cast.amina.pk).update(email="amina@example.org")
    client = Client()
    client.post("/account/password/reset/", {"email": "amina@example.org"})
    assert "/account/password/reset/key/" in mail.outbox[0].body
    known = client.post("/account/password/reset/", {"email": "amina@example.org"})
    unknown = client.post("/account/password/reset/", {"email": "nobody@example.org"})
    assert known.headers["Location"] == unknown.headers["Location"]


@pytest.mark.parametrize(
    "page",
    ["login/", "password/reset/", "password/reset/done/", "inactive/", "password/reset/key/done/"],
)
def test_pages_of_the_library_look_like_ours(page, db):
    assert b'class="split door"' in Client().get(f"/account/{page}").content


@pytest.mark.parametrize("page", ["logout/", "password/change/", "2fa/"])
def test_pages_for_who_is_in_have_our_bar(page, as_):
    assert b'class="topbar"' in as_("okafor").get(f"/account/{page}").content


def test_the_admin_has_no_sign_in_of_its_own(cast, as_):
    assert Client().get("/site-admin/login/").headers["Location"].startswith("/account/login/")
    assert as_("site").get("/site-admin/people/school/").status_code == 200
    assert as_("reyes").get("/site-admin/people/school/").status_code == 302
