"""The school admin's pages."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from meanwhile.people import actions
from meanwhile.people.models import (
    Cohort,
    Enrolment,
    Guardianship,
    Membership,
    Notice,
    Person,
    Term,
)


@pytest.fixture
def school(cast) -> str:
    return f"/school/{cast.schools['riverside'].pk}/"


@pytest.fixture
def admin(as_) -> Client:
    return as_("reyes")


@pytest.mark.parametrize("page", ["", "people/new/", "classes/", "terms/", "roster/", "who-may/"])
def test_it_opens_for_its_admin_and_for_nobody_else(page, school, as_):
    assert as_("reyes").get(school + page).status_code == 200
    for other in ("amina", "okafor", "haddad", "farouk", "costa", "site"):
        assert as_(other).get(school + page).status_code == 404


def test_people_are_found_by_name_and_role(admin, school):
    assert b"Amina Haddad" in admin.get(school, {"words": "amin had"}).content
    found = admin.get(school, {"words": "haddad", "role": "guardian"}).content
    assert b"Leila Haddad" in found
    assert b"Amina Haddad" not in found
    assert b"Tiago" not in admin.get(school, {"words": "tiago"}).content


def test_the_number_of_queries_does_not_grow(cast, admin, school, django_assert_max_num_queries):
    def queries() -> int:
        with django_assert_max_num_queries(25) as counted:
            admin.get(school)
        return len(counted)

    before = queries()
    for number in range(45):
        person = Person.objects.create(username=f"p{number}", name=f"A {number}")
        actions.enrol(None, person, cast.cohorts["8b"])
    assert queries() == before


def test_a_new_person_gets_a_password_shown_once(admin, school):
    sent = {"name": "Zola Dube", "role": "teacher", "zone": "Europe/London", "operation": "o"}
    page = admin.post(f"{school}people/new/", sent).content.decode()
    words = page.split("<code>")[1].split("</code>")[0]
    assert Client().login(username="zola.d", password=words)
    assert words not in admin.post(f"{school}people/new/", sent).content.decode()


def test_roles_are_given_and_taken(cast, admin, school):
    roles = f"{school}people/{cast.okafor.pk}/roles/"
    admin.post(roles, {"role": "designer", "operation": "1"})
    admin.post(roles, {"role": "teacher", "take": "on", "operation": "2"})
    held = Membership.objects.filter(person=cast.okafor).values_list("role", flat=True)
    assert list(held) == ["designer"]
    assert not Enrolment.objects.filter(person=cast.okafor, left_at=None).exists()


def test_the_last_admin_stays(cast, admin, school):
    page = f"{school}people/{cast.reyes.pk}/"
    admin.post(f"{page}roles/", {"role": "admin", "take": "on", "operation": "1"})
    admin.post(f"{page}suspension/", {"operation": "2"})
    assert Membership.objects.filter(person=cast.reyes, role="admin", suspended_at=None).exists()


def test_suspended_and_let_in_again(cast, admin, school):
    page = f"{school}people/{cast.amina.pk}/suspension/"
    admin.post(page, {"operation": "1"})
    assert b"Suspended in this school" in admin.get(f"{school}people/{cast.amina.pk}/").content
    admin.post(page, {"end": "1", "operation": "2"})
    assert not Membership.objects.exclude(suspended_at=None).exists()


def test_a_new_password_ends_the_old_sessions_and_is_told(cast, as_, admin, school):
    client = as_("amina")
    page = admin.post(f"{school}people/{cast.amina.pk}/password/", {"operation": "1"})
    words = page.content.decode().split("<code>")[1].split("</code>")[0]
    assert client.get("/settings/").status_code == 302
    assert Client().login(username="amina", password=words)
    assert Notice.objects.filter(person=cast.amina, kind="password").exists()


def test_who_belongs_to_two_schools_keeps_the_own_password(cast, admin, school):
    actions.give_role(None, cast.amina, cast.schools["hillside"], "learner")
    answer = admin.post(f"{school}people/{cast.amina.pk}/password/", {"operation": "1"})
    assert answer.status_code == 404


def test_a_lost_second_step_is_taken_off(cast, admin, school):
    Authenticator.objects.create(user=cast.okafor, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    admin.post(f"{school}people/{cast.okafor.pk}/second-step/", {"operation": "1"})
    assert not Authenticator.objects.exists()


def test_a_guardian_is_linked_and_the_learner_is_told(cast, admin, school):
    page = f"{school}people/{cast.hana.pk}/guardians/"
    admin.post(page, {"username": "haddad", "operation": "1"})
    row = Guardianship.objects.get(learner=cast.hana, guardian=cast.haddad)
    assert "Leila Haddad" in Notice.objects.get(person=cast.hana).words
    admin.post(page, {"end": row.pk, "operation": "2"})
    assert not Guardianship.objects.filter(pk=row.pk).exists()
    assert Notice.objects.filter(person=cast.hana).count() == 2


def test_nobody_of_another_school_is_linked(cast, admin, school):
    admin.post(f"{school}people/{cast.hana.pk}/guardians/", {"username": "tiago", "operation": "1"})
    assert not Guardianship.objects.filter(guardian=cast.tiago).exists()


def test_a_class_and_a_term_are_made(cast, admin, school):
    dates = {"name": "Autumn", "starts_on": "2026-09-01", "ends_on": "2026-12-18"}
    admin.post(f"{school}terms/", dates | {"operation": "1"})
    term = Term.objects.get(name="Autumn")
    sent = {"name": "9A", "term": term.pk, "zone": "Europe/London", "operation": "2"}
    assert admin.post(f"{school}classes/", sent).status_code == 302
    assert Cohort.objects.get(name="9A").term == term
    again = admin.post(f"{school}classes/", sent | {"operation": "3"})
    assert "already one of that name" in again.content.decode()


def test_a_term_does_not_end_before_it_starts(admin, school):
    dates = {"name": "Autumn", "starts_on": "2026-09-01", "ends_on": "2026-08-01"}
    assert b"Swap them" in admin.post(f"{school}terms/", dates | {"operation": "1"}).content
