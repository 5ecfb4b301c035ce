"""A password is hashed before the transaction that keeps it: a good hash takes its time, and on
SQLite nobody else writes meanwhile."""

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client

from meanwhile.people import actions, roster
from meanwhile.people.models import Person
from meanwhile.people.tests.test_join import NEW

LIST = b"name,username,role,class\nZola Dube,zola,learner,8B Science\n"


def join(cast, as_) -> None:
    Client().post(f"/join/{cast.cohorts['8b'].code}/", NEW)


def newcomer(cast, as_) -> None:
    sent = {"name": "Zola Dube", "role": "learner", "zone": "UTC", "operation": "o"}
    as_("reyes").post(f"/school/{cast.schools['riverside'].pk}/people/new/", sent)


def new_password(cast, as_) -> None:
    person = Person.objects.create(username="zola", name="Zola Dube")
    actions.give_role(None, person, cast.schools["riverside"], "learner")
    page = f"/school/{cast.schools['riverside'].pk}/people/{person.pk}/password/"
    as_("reyes").post(page, {"operation": "o"})


def bring_in(cast, as_) -> None:
    rows = roster.read(LIST)
    kept = actions.keep_roster(cast.reyes, cast.schools["riverside"], None, rows)
    as_("reyes").post(f"/rosters/{kept.pk}/", {"give": "passwords", "operation": "o"})


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("door", [join, newcomer, new_password, bring_in])
def test_no_password_is_hashed_while_somebody_may_wait(cast, as_, door, monkeypatch):
    inside: list[bool] = []
    real = MD5PasswordHasher.encode

    def encode(self, password, salt):
        inside.append(connection.in_atomic_block)
        return real(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", encode)
    door(cast, as_)
    made = Person.objects.get(name="Zola Dube")
    assert made.has_usable_password()
    assert inside == [False]
