"""The class page: sentences, the grid, one open cell, the table for a spreadsheet."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meanwhile.core import clock
from meanwhile.core.rules import NOBODY, RULES
from meanwhile.courses.models import Unit
from meanwhile.learning.models import Answer, BlockState, Participation
from meanwhile.people.models import Enrolment, Group, Membership, Note, Person


@pytest.fixture
def address(cast) -> str:
    return f"/classes/{cast.offering.pk}/"


def test_it_says_in_sentences_who_needs_a_look_and_why(as_, cast, worked, address, text):
    worked(cast.hana, parts=4, right=False, wrong_run=3)
    worked(cast.yusuf, parts=8, right=False)
    worked(cast.noor, parts=2, days=9)
    worked(cast.mei, parts=16)
    words = text(as_("okafor").get(address))
    assert "12 people, 4 time zones" in words
    assert "Hana is stuck on “Lesson 0.0”." in words
    assert "Yusuf is done but shaky in Unit 0." in words
    assert "Noor has been quiet for 9 days." in words
    assert "8 people have not begun." in words
    assert "1 person has finished." in words


def test_it_begins_with_who_needs_a_look_or_goes_by_name(as_, cast, worked, address):
    worked(cast.yusuf, parts=8, right=False)
    worked(cast.amina, parts=2)
    page = as_("okafor").get(address).content.decode()
    assert page.index("Yusuf Demir") < page.index("Baraka Otieno") < page.index("Amina Haddad")
    page = as_("okafor").get(f"{address}?by=name").content.decode()
    assert page.index("Amina Haddad") < page.index("Baraka Otieno") < page.index("Yusuf Demir")


def test_only_an_exception_carries_a_word(as_, cast, worked, address):
    worked(cast.yusuf, parts=8, right=False)
    worked(cast.mei, parts=8)
    page = as_("okafor").get(address).content.decode()
    assert page.count("<span>shaky</span>") == 1
    assert "Yusuf Demir, Unit 0: 8 of 8 done, 0 of 4 answers right, shaky" in page
    assert "Mei Tan, Unit 0: 8 of 8 done, 4 of 4 answers right" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [("q=yus", {"Yusuf Demir"}), ("reason=shaky", {"Yusuf Demir"}), ("q=nobody", set()),
     ("reason=odd&group=x&q=mei", {"Mei Tan"})],
)  # fmt: skip
def test_it_can_be_narrowed(as_, cast, worked, address, query, found):
    worked(cast.yusuf, parts=8, right=False)
    page = as_("okafor").get(f"{address}?{query}").content.decode()
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    shown = {p.name for p in cast.people.values() if p.name in body}
    assert shown == found


def test_it_can_be_narrowed_to_a_group(as_, cast, address):
    group = Group.objects.create(cohort=cast.cohorts["8b"], name="Table 1")
    group.members.set(Enrolment.objects.filter(person__in=[cast.leo, cast.mei]))
    page = as_("okafor").get(f"{address}?group={group.pk}").content.decode()
    assert "Leo Whitfield" in page
    assert "Yusuf Demir" not in page


def test_an_open_cell_explains_itself_with_and_without_a_script(as_, cast, worked, address, text):
    worked(cast.yusuf, parts=8, right=False)
    unit = Unit.objects.get(course=cast.course, uid="unit-0")
    query = f"{address}?cell={cast.yusuf.pk}-{unit.pk}"
    whole = as_("okafor").get(query)
    part = as_("okafor").get(query, headers={"HX-Request": "true"})
    for words in (text(whole), text(part)):
        assert "Yusuf, Unit 0" in words
        assert "8 of 8 done" in words
        assert "answered “Exactly where it looks”" in words
        assert "“Very sure” at 4 of these." in words
    assert b"<html" not in part.content
    assert b'aria-current="true"' in whole.content


@pytest.mark.parametrize("cell", ["x", "1-", "-1", "1-1-1", "9" * 50, "²-3", "0-0"])
def test_a_cell_that_is_none_is_passed_over(as_, cast, address, cell):
    assert as_("okafor").get(address, {"cell": cell}).status_code == 200


def test_a_cell_of_another_class_stays_shut(as_, cast, address, text):
    unit = Unit.objects.get(course=cast.course, uid="unit-0")
    response = as_("okafor").get(address, {"cell": f"{cast.ruby.pk}-{unit.pk}"})
    assert "Ruby" not in text(response)


@pytest.mark.parametrize("who", ["okafor", "lindqvist", "osei", "farouk", "reyes"])
def test_who_watches_the_class_sees_it(as_, address, who):
    assert as_(who).get(address).status_code == 200


@pytest.mark.parametrize("who", ["amina", "haddad", "dunn", "brandt", "moura", "costa", "site"])
def test_it_is_not_there_for_anybody_else(as_, cast, address, who):
    person = f"{address}people/{cast.amina.pk}/"
    for path in (address, f"{address}people.csv", person):
        assert as_(who).get(path).status_code == 404


def test_who_left_is_no_longer_on_it(as_, cast, worked, address, text):
    worked(cast.leo)
    Enrolment.objects.filter(person=cast.leo).update(left_at=clock.now())
    words = text(as_("okafor").get(address))
    assert "Leo Whitfield" not in words
    assert "11 people" in words


def test_an_empty_class_says_how_people_come_in(as_, cast, address, text):
    Enrolment.objects.filter(role="learner").delete()
    words = text(as_("okafor").get(address))
    assert "Nobody has joined yet" in words
    assert cast.cohorts["8b"].code in words


def test_the_code_is_not_for_assistants(as_, cast, address, text):
    assert cast.cohorts["8b"].code not in text(as_("osei").get(address))


def test_a_page_costs_the_same_however_large_the_class(as_, cast, worked, address):
    client = as_("okafor")
    for person in (cast.amina, cast.leo):
        worked(person, parts=4, right=False)
    client.get(address)
    with CaptureQueriesContext(connection) as before:
        client.get(address)
    for n in range(120):
        person = Person.objects.create_user(f"more.{n}", None, name=f"More {n}")
        Membership.objects.create(person=person, school=cast.schools["riverside"], role="learner")
        Enrolment.objects.create(
            person=person, cohort=cast.cohorts["8b"], role="learner", joined_at=clock.now()
        )
    with CaptureQueriesContext(connection) as after:
        page = client.get(address)
    assert len(after) == len(before)
    assert page.content.count(b"<tr>") == 51
    assert b"page=3" in page.content


def test_the_table_is_safe_to_open_in_a_spreadsheet(as_, cast, worked, address):
    cast.yusuf.name = '=HYPERLINK("http://x")'
    cast.yusuf.save()
    worked(cast.yusuf, parts=8, right=False)
    response = as_("okafor").get(f"{address}people.csv")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 12
    mine = next(row for row in rows if row["user name"] == "yusuf")
    assert mine["name"] == '\'=HYPERLINK("http://x")'
    assert mine["why to look"] == "done but shaky in Unit 0"
    assert (mine["Unit 0: done"], mine["Unit 0: right"]) == ("8", "0")


def test_a_note_goes_to_the_class_once(as_, cast, address):
    client = as_("okafor")
    for _ in range(2):
        response = client.post(f"{address}note/", {"words": "Hello all.", "operation": "n1"})
        assert response.url == address
    assert Note.objects.get().words == "Hello all."
    assert client.post(f"{address}note/", {"words": " "}).status_code == 422
    assert as_("reyes").post(f"{address}note/", {"words": "x"}).status_code == 404


def test_a_learners_page_has_units_answers_in_words_and_days(as_, cast, worked, address, text):
    worked(cast.yusuf, parts=8, right=False)
    words = text(as_("okafor").get(f"{address}people/{cast.yusuf.pk}/"))
    assert "Done but shaky in Unit 0." in words
    assert "“Exactly where it looks”" in words
    assert "very sure" in words
    assert "Day by day" in words
    assert "Nairobi" in words


def test_a_learner_who_has_not_begun_has_a_page_too(as_, cast, address, text):
    words = text(as_("okafor").get(f"{address}people/{cast.amina.pk}/"))
    assert "Not begun." in words
    assert "No answers yet." in words


def test_somebody_of_another_class_has_no_page_here(as_, cast, address):
    for person in (cast.ruby, cast.tiago, cast.okafor, cast.haddad):
        assert as_("okafor").get(f"{address}people/{person.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("model", "shown"),
    [
        (Answer, "“Exactly where it looks”"),
        (BlockState, "parts done · "),
        (Participation, "Last seen"),
    ],
)
def test_a_learners_page_shows_what_the_law_lets_see(
    as_, cast, worked, address, text, monkeypatch, model, shown
):
    worked(cast.yusuf, parts=8, right=False)
    client, page = as_("okafor"), f"{address}people/{cast.yusuf.pk}/"
    assert shown in text(client.get(page))
    monkeypatch.setitem(RULES, (model, "see"), lambda who: NOBODY)
    assert shown not in text(client.get(page))


@pytest.mark.parametrize("model", [Answer, BlockState])
def test_an_open_cell_shows_what_the_law_lets_see(
    as_, cast, worked, address, text, monkeypatch, model
):
    worked(cast.yusuf, parts=8, right=False)
    unit = Unit.objects.get(course=cast.course, position=0)
    client, cell = as_("okafor"), f"{address}?cell={cast.yusuf.pk}-{unit.pk}"
    assert "“Exactly where it looks”" in text(client.get(cell))
    monkeypatch.setitem(RULES, (model, "see"), lambda who: NOBODY)
    assert "“Exactly where it looks”" not in text(client.get(cell))
