"""Joining a class by code or by link."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meanwhile.core import clock, limits
from meanwhile.core.ids import tidy_code
from meanwhile.core.models import Tries
from meanwhile.people import actions
from meanwhile.people.models import Enrolment, Person

NEW = {
    "name": "Zola Dube",
    "username": "",
    "password": "river lamp otter",
    "age_band": "13to15",
    "zone": "Africa/Johannesburg",
    "operation": "op-1",
}


def test_somebody_new_joins_without_an_e_mail(cast):
    client = Client()
    assert client.post("/join/", {"code": "8bsc 4rvr"}).headers["Location"] == "/join/8BSC4RVR/"
    assert client.post("/join/8BSC4RVR/", NEW).status_code == 302
    person = Person.objects.get(username="zola.d")
    assert person.zone == "Africa/Johannesburg"
    assert person.zone_confirmed
    assert Enrolment.objects.get(person=person).cohort == cast.cohorts["8b"]
    assert client.get("/settings/").status_code == 200


def test_sent_twice_makes_one_account(cast):
    Client().post("/join/8BSC4RVR/", NEW)
    again = Client().post("/join/8BSC4RVR/", NEW)
    assert again.headers["Location"] == "/account/login/"
    assert Person.objects.filter(name="Zola Dube").count() == 1


def test_a_taken_user_name_is_said_and_nothing_is_lost(cast):
    page = Client().post("/join/8BSC4RVR/", NEW | {"username": "AMINA"})
    assert page.status_code == 422
    assert "Zola Dube" in page.content.decode()
    assert not Person.objects.filter(name="Zola Dube").exists()


def shown(client: Client, code: str = "8BSC4RVR") -> str:
    """The page one gets to by sending a code."""
    return client.post("/join/", {"code": code}, follow=True).content.decode()


def test_who_is_signed_in_confirms(cast, as_):
    ruby = as_("ruby")
    assert "Join 8B Science?" in shown(ruby)
    assert not Enrolment.objects.filter(person=cast.ruby, cohort=cast.cohorts["8b"]).exists()
    assert ruby.post("/join/8BSC4RVR/", {"operation": "o"}).status_code == 302
    assert Enrolment.objects.filter(person=cast.ruby, cohort=cast.cohorts["8b"]).exists()


def test_who_is_there_already_is_told_so(as_):
    assert "You are in 8B Science already" in shown(as_("amina"))


def test_joining_again_makes_a_teacher_no_learner(cast, as_):
    as_("okafor").post("/join/8BSC4RVR/", {})
    assert Enrolment.objects.get(person=cast.okafor, cohort=cast.cohorts["8b"]).role == "teacher"


def test_closed_over_and_unknown_codes_get_the_same_sentence(cast):
    def said(code: str) -> tuple[int, bool]:
        page = Client().post("/join/", {"code": code})
        return page.status_code, b"does not open a class" in page.content

    actions.change_cohort(None, cast.cohorts["8b"], open_to_join=False)
    actions.close_cohort(None, cast.cohorts["8c"])
    assert said("8BSC4RVR") == said("8CSC7RVR") == said("NOSUCH77") == (422, True)


def test_who_is_suspended_does_not_join_another_class(cast, as_):
    actions.suspend(cast.reyes, cast.ruby, cast.schools["riverside"])
    with pytest.raises(actions.Refused, match="does not open"):
        actions.join(cast.ruby, cast.cohorts["8b"], "code")


def test_an_old_code_opens_nothing(cast):
    actions.renew_code(cast.okafor, cast.cohorts["8b"])
    assert Client().post("/join/", {"code": "8BSC4RVR"}).status_code == 422
    assert Client().post("/join/8BSC4RVR/", NEW).status_code == 422


def test_a_class_closed_between_two_pages_says_so(cast):
    client = Client()
    assert "Join 8B Science" in shown(client)
    actions.change_cohort(None, cast.cohorts["8b"], open_to_join=False)
    page = client.get("/join/8BSC4RVR/")
    assert (page.status_code, b"does not open a class" in page.content) == (422, True)


@pytest.mark.parametrize("code", ["8BSC4RVR", "8bsc-4rvr", "NOSUCH77"])
def test_the_address_of_a_class_fills_the_code_in_and_says_nothing_more(cast, code):
    """Right or wrong, it looks alike and writes nothing: an address is no way to guess."""
    with CaptureQueriesContext(connection) as asked:
        page = Client().get(f"/join/{code}/")
    assert page.status_code == 200
    assert f'value="{tidy_code(code)}"' in page.content.decode()
    assert "8B Science" not in page.content.decode()
    assert not [each for each in asked if "people_cohort" in each["sql"]]
    assert not Tries.objects.exists()
    assert not Session.objects.exists()


def test_a_right_code_wipes_out_no_wrong_ones(cast, as_):
    """Who knows one code may not begin to guess afresh with it."""
    ruby, answers = as_("ruby"), []
    for number in range(12):
        answers.append(ruby.post("/join/", {"code": f"NOSUCH{number:02}"}).status_code)
        if number < limits.PER_KEY - 1:
            assert ruby.post("/join/", {"code": "8CSC7RVR"}).status_code == 302
    assert answers == [422] * limits.PER_KEY + [429] * 2


def test_ten_wrong_codes_of_one_person_are_enough(cast, as_):
    ruby = as_("ruby")
    answers = [
        ruby.post("/join/", {"code": f"NOSUCH{number:02}"}).status_code for number in range(12)
    ]
    assert answers == [422] * limits.PER_KEY + [429] * 2
    assert ruby.post("/join/8BSC4RVR/", {"operation": "o"}).status_code == 429


def test_a_link_lets_one_in_until_it_ends(cast):
    link = actions.invite(cast.okafor, cast.cohorts["8b"], days=7)
    address = f"/invitation/{link.token}/"
    assert Client().post(address, NEW).status_code == 302
    with time_machine.travel(clock.now() + timedelta(days=8)):
        assert Client().get(address).status_code == 404


def test_a_link_can_be_ended(cast, as_):
    link = actions.invite(cast.okafor, cast.cohorts["8b"])
    page = f"/cohorts/{cast.cohorts['8b'].pk}/invitations/"
    as_("okafor").post(page, {"end": link.pk, "operation": "o"})
    assert Client().get(f"/invitation/{link.token}/").status_code == 404


def test_the_sign_up_of_the_library_is_the_class_code():
    assert Client().get("/account/signup/").headers["Location"] == "/join/"
