"""The page of a class."""

import pytest

from meanwhile.people import actions
from meanwhile.people.models import Cohort, Enrolment, Group, Note, Notice, Person


@pytest.fixture
def page(cast) -> str:
    return f"/cohorts/{cast.cohorts['8b'].pk}/"


def test_who_teaches_it_sees_it(page, as_):
    for name in ("okafor", "osei", "farouk", "reyes"):
        assert as_(name).get(page).status_code == 200
    for name in ("amina", "dunn", "haddad", "moura", "brandt"):
        assert as_(name).get(page).status_code == 404


def test_an_assistant_changes_nothing(cast, page, as_):
    row = Enrolment.objects.get(person=cast.amina)
    for part in ("code/", "cards/", "people/", f"people/{row.pk}/", "groups/", "invitations/"):
        assert as_("osei").post(page + part, {"operation": part}).status_code == 404


def test_queries_do_not_grow_with_the_class(cast, page, as_, django_assert_max_num_queries):
    client = as_("okafor")

    def queries() -> int:
        with django_assert_max_num_queries(30) as counted:
            client.get(page)
        return len(counted)

    before = queries()
    for number in range(60):
        person = Person.objects.create(username=f"p{number}", name=f"P {number}")
        actions.enrol(None, person, cast.cohorts["8b"])
    assert queries() == before


def test_the_code_is_renewed_and_closed(cast, page, as_):
    client = as_("okafor")
    client.post(f"{page}code/", {"set": "renew", "operation": "1"})
    client.post(f"{page}code/", {"set": "closed", "operation": "2"})
    cohort = Cohort.objects.get(pk=cast.cohorts["8b"].pk)
    assert cohort.code != "8BSC4RVR"
    assert not cohort.open_to_join


def test_somebody_of_the_school_is_enrolled(cast, page, as_):
    client = as_("okafor")
    assert b"Ruby Lane" in client.get(f"{page}people/", {"words": "ruby"}).content
    assert b"Tiago" not in client.get(f"{page}people/", {"words": "tiago"}).content
    client.post(f"{page}people/", {"person": cast.ruby.pk, "role": "learner", "operation": "1"})
    assert Enrolment.objects.filter(person=cast.ruby, cohort=cast.cohorts["8b"]).exists()


def test_nobody_is_made_a_teacher_by_being_enrolled(cast, page, as_):
    answer = as_("okafor").post(
        f"{page}people/", {"person": cast.ruby.pk, "role": "teacher", "operation": "1"}
    )
    assert answer.status_code == 404


def test_nobody_of_another_school_is_enrolled(cast, page, as_):
    answer = as_("okafor").post(f"{page}people/", {"person": cast.tiago.pk, "operation": "1"})
    assert answer.status_code == 404


def test_taken_out_and_back_again(cast, page, as_):
    row = Enrolment.objects.get(person=cast.amina)
    as_("okafor").post(f"{page}people/{row.pk}/", {"operation": "1"})
    row.refresh_from_db()
    assert row.left_at
    again = actions.enrol(cast.okafor, cast.amina, cast.cohorts["8b"])
    assert (again.pk, again.left_at) == (row.pk, None)


def test_moved_to_another_class_of_the_school(cast, page, as_):
    row = Enrolment.objects.get(person=cast.amina)
    to = {"to": cast.cohorts["8c"].pk}
    assert as_("okafor").post(f"{page}people/{row.pk}/", to | {"operation": "1"}).status_code == 422
    assert as_("reyes").post(f"{page}people/{row.pk}/", to | {"operation": "2"}).status_code == 302
    here = Enrolment.objects.get(person=cast.amina, left_at=None)
    assert here.cohort == cast.cohorts["8c"]


def test_groups_are_made_filled_and_removed(cast, page, as_):
    client = as_("okafor")
    client.post(f"{page}groups/", {"name": "Lenses", "operation": "1"})
    group = Group.objects.get(name="Lenses")
    mine = Enrolment.objects.get(person=cast.amina)
    other = Enrolment.objects.get(person=cast.ruby)
    sent = {"sent": "1", "members": [mine.pk], "operation": "2"}
    client.post(f"{page}groups/{group.pk}/", sent)
    assert list(group.members.all()) == [mine]
    wrong = client.post(f"{page}groups/{group.pk}/", {"members": [other.pk], "operation": "3"})
    assert wrong.status_code == 422
    client.post(f"{page}groups/{group.pk}/", {"remove": "1", "operation": "4"})
    assert not Group.objects.exists()


def test_a_note_reaches_everybody_and_can_be_taken_back(cast, page, as_):
    client = as_("okafor")
    client.post(f"{page}notes/", {"words": "The lab is on Friday.", "operation": "1"})
    note = Note.objects.get()
    assert Notice.objects.filter(person=cast.amina).get().words == (
        "Ms Okafor to 8B Science: The lab is on Friday."
    )
    assert not Notice.objects.filter(person=cast.okafor).exists()
    assert as_("lindqvist").post(f"{page}notes/{note.pk}/", {"operation": "2"}).status_code == 404
    client.post(f"{page}notes/{note.pk}/", {"operation": "3"})
    assert not Notice.objects.exists()


def test_one_card_for_one_learner(cast, page, as_):
    row = Enrolment.objects.get(person=cast.amina)
    done = as_("okafor").post(f"{page}cards/", {"only": row.pk, "operation": "1"}).content.decode()
    assert done.count("name-card-words") == 1
    assert "Amina Haddad" in done
