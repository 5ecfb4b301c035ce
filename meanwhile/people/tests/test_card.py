"""Coming in with the class code and a name card."""

import pytest
from django.test import Client

from meanwhile.core.models import EventRow
from meanwhile.people import actions
from meanwhile.people.models import Enrolment, NameCard


@pytest.fixture
def words(cast):
    made = {
        person.username: words
        for person, words in actions.make_cards(cast.okafor, cast.cohorts["8b"])
    }
    return made["amina"]


def come_in(words: str, code: str = "8BSC4RVR"):
    return Client().post("/card/", {"code": code, "words": words})


def test_code_and_words_bring_one_in(words):
    answer = come_in(words.upper().replace(" ", ", "), code="8bsc 4rvr")
    assert answer.status_code == 302
    assert EventRow.objects.get(name="people.SignedIn").facts["how"] == "card"


def test_the_words_are_kept_nowhere(words, cast):
    card = NameCard.objects.get(enrolment__person=cast.amina)
    assert len(card.words_hash) == 64
    first = words.split()[0]
    assert not any(first in str(row.facts) for row in EventRow.objects.all())


def test_a_new_card_ends_the_old_one(words, cast):
    row = Enrolment.objects.get(person=cast.amina)
    [(_person, new)] = actions.make_cards(cast.okafor, cast.cohorts["8b"], only=[row])
    assert come_in(words).status_code == 422
    assert come_in(new).status_code == 302


def test_the_card_of_another_class_does_not_open_this_one(words):
    assert come_in(words, code="8CSC7RVR").status_code == 422


def test_who_is_suspended_does_not_come_in(words, cast):
    actions.suspend(cast.reyes, cast.amina, cast.schools["riverside"])
    assert come_in(words).status_code == 422


def test_who_left_does_not_come_in(words, cast):
    actions.leave(cast.okafor, Enrolment.objects.get(person=cast.amina))
    assert come_in(words).status_code == 422


def test_a_card_never_opens_the_account_of_staff(words, cast):
    actions.give_role(cast.reyes, cast.amina, cast.schools["riverside"], "teacher")
    assert come_in(words).status_code == 422


def test_a_wrong_card_names_nobody(words, cast):
    page = come_in("otter otter otter").content.decode()
    assert "Amina" not in page
    assert "8B Science" not in page


def test_cards_are_shown_once(cast, as_):
    teacher, address = as_("okafor"), f"/cohorts/{cast.cohorts['8b'].pk}/cards/"
    first = teacher.post(address, {"operation": "the-same"})
    assert first.content.decode().count("name-card-words") == 12
    again = teacher.post(address, {"operation": "the-same"})
    assert "name-card-words" not in again.content.decode()
    assert EventRow.objects.filter(name="people.CardsMade").count() == 1
