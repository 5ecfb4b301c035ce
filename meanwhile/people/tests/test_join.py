"""Joining a class by code or by link."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from meanwhile.core import clock
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


def test_who_is_signed_in_confirms(cast, as_):
    ruby = as_("ruby")
    assert b"Join 8B Science" in ruby.get("/join/8BSC4RVR/").content
    assert not Enrolment.objects.filter(person=cast.ruby, cohort=cast.cohorts["8b"]).exists()
    assert ruby.post("/join/8BSC4RVR/", {"operation": "o"}).status_code == 302
    assert Enrolment.objects.filter(person=cast.ruby, cohort=cast.cohorts["8b"]).exists()


def test_who_is_there_already_is_told_so(as_):
    assert b"You are in 8B Science already" in as_("amina").get("/join/8BSC4RVR/").content


def test_joining_again_makes_a_teacher_no_learner(cast, as_):
    as_("okafor").post("/join/8BSC4RVR/", {})
    assert Enrolment.objects.get(person=cast.okafor, cohort=cast.cohorts["8b"]).role == "teacher"


def test_closed_over_and_unknown_codes_get_the_same_sentence(cast):
    def said(code: str) -> tuple[int, bool]:
        page = Client().get(f"/join/{code}/")
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
    assert Client().get("/join/8BSC4RVR/").status_code == 422


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
