"""Bringing in a list of people."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meanwhile.people import actions, queries, roster
from meanwhile.people.actions.rosters import Applied
from meanwhile.people.models import Enrolment, Guardianship, Membership, Person, Roster

HEAD = "name,username,email,role,class,age_band,zone,guardian\n"
LIST = HEAD + (
    "Zola Dube,zola.d,,learner,8B Science,13to15,Africa/Johannesburg,thandi.d\n"
    "Thandi Dube,thandi.d,thandi@example.org,guardian,,adult,,\n"
    "Amina Haddad,amina,,learner,8C Science,,,\n"
    "Leo Whitfield,leo,,learner,8B Science,,,\n"
)


def read(text: str) -> list[roster.Row]:
    return roster.read(text.encode())


def applied(cast, text: str = LIST, give: str = "") -> Applied:
    kept = actions.keep_roster(cast.reyes, cast.schools["riverside"], None, read(text))
    return actions.apply_roster(cast.reyes, kept, give)


def states(cast, text: str = LIST) -> list[str]:
    return [line.state for line in queries.differences(cast.schools["riverside"], read(text))]


@pytest.mark.parametrize(
    "raw",
    [
        LIST.encode(),
        LIST.encode("utf-8-sig"),
        LIST.replace("\n", "\r\n").encode(),
        LIST.replace(",", ";").encode("utf-8-sig"),
        LIST.replace(",", "\t").encode(),
        LIST.replace("Zola Dube", '"Zola Dube"').encode(),
    ],
    ids=["plain", "with a mark", "CRLF", "semicolons", "tabs", "quotes"],
)
def test_it_reads_what_schools_send(raw):
    rows = roster.read(raw)
    assert [row.username for row in rows] == ["zola.d", "thandi.d", "amina", "leo"]
    assert rows[0].guardians == ["thandi.d"]
    assert not any(row.wrong for row in rows)


def test_it_reads_old_windows_letters():
    assert roster.read("name,username\nInês Gonçalves,ines\n".encode("cp1252"))[0].name == (
        "Inês Gonçalves"
    )


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "empty"),
        (b"PK\x03\x04\0\0", "not a CSV"),
        (b"name,shoe\nA,b\n", "shoe"),
        (b"name,class\nA,b\n", "username"),
        (b'name,username\n"A,b\n', "quotation mark"),
        (b"x" * (2 * 2**20 + 1), "bigger than 2 MB"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(raw, words):
    with pytest.raises(roster.Unreadable, match=words):
        roster.read(raw)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (",x1,,,,,,", "no name"),
        ("A B,,,,,,,", "user name or an e-mail"),
        ("A B,a b!,,,,,,", "letters, digits"),
        ("A B,ab,nonsense,,,,,", "valid email"),
        ("A B,ab,,head,,,,", "role “head”"),
        ("A B,ab,,,9Z,,,", "no class called “9Z”"),
        ("A B,ab,,,,eleven,,", "age “eleven”"),
        ("A B,ab,,,,,Mars/Base,", "time zone “Mars/Base”"),
        ("A B,ab,,,,,,nobody", "guardian “nobody”"),
        ("A B,tiago,,,,,,", "taken"),
        ("A B,site,,,,,,", "taken"),
    ],
)
def test_a_refused_line_says_why(cast, line, reason):
    [found] = queries.differences(cast.schools["riverside"], read(HEAD + line))
    assert found.state == "refused"
    assert found.row.line == 2
    assert reason in " ".join(map(str, found.says))


def test_two_people_cannot_share_a_name_in_the_list():
    rows = read(HEAD + "A B,ab,,,,,,\nC D,AB,,,,,,\n")
    assert "line 2 already" in rows[1].wrong[0]


def test_the_dry_run_shows_and_changes_nothing(cast):
    before = Person.objects.count()
    assert states(cast) == ["new", "new", "changed", "same"]
    assert Person.objects.count() == before


def test_applied_twice_is_applied_once(cast):
    applied(cast)
    assert Person.objects.get(username="zola.d").zone == "Africa/Johannesburg"
    assert Guardianship.objects.filter(learner__username="zola.d").count() == 1
    assert states(cast) == ["same"] * 4
    again = applied(cast)
    assert again.roster.effects["people"] == []


def test_one_list_is_not_applied_by_two_clicks(cast):
    kept = actions.keep_roster(cast.reyes, cast.schools["riverside"], None, read(LIST))
    actions.apply_roster(cast.reyes, kept)
    with pytest.raises(actions.Refused):
        actions.apply_roster(cast.reyes, kept)


def test_somebody_in_two_classes_has_two_lines_and_one_account(cast):
    two = HEAD + "Zola Dube,zola.d,,,8B Science,,,\nZola Dube,zola.d,,,8C Science,,,\n"
    assert states(cast, two) == ["new", "changed"]
    applied(cast, two)
    assert Enrolment.objects.filter(person__username="zola.d", left_at=None).count() == 2
    assert states(cast, two) == ["same", "same"]


def test_new_people_get_passwords_that_open(cast):
    done = applied(cast, give="passwords")
    assert [person.username for person, _ in done.passwords] == ["zola.d", "thandi.d"]
    person, words = done.passwords[0]
    assert Client().login(username=person.username, password=words)
    assert words not in str(Roster.objects.values())


def test_new_learners_get_cards_that_open(cast):
    [(cohort, made)] = applied(cast, give="cards").cards
    assert [person.username for person, _ in made] == ["zola.d"]
    answer = Client().post("/card/", {"code": cohort.code, "words": made[0][1]})
    assert answer.status_code == 302


def test_undo_removes_what_it_made_and_restores_what_it_changed(cast):
    people = set(Person.objects.values_list("pk", flat=True))
    places = set(Enrolment.objects.filter(left_at=None).values_list("pk", flat=True))
    roles = set(Membership.objects.values_list("pk", flat=True))
    done = applied(cast, LIST + "Ella Marsh-Jones,ella,,,,,,\n")
    assert Person.objects.get(username="ella").name == "Ella Marsh-Jones"
    undone = actions.undo_roster(cast.reyes, done.roster)
    assert (undone.removed, undone.stay) == (2, [])
    assert set(Person.objects.values_list("pk", flat=True)) == people
    assert set(Enrolment.objects.filter(left_at=None).values_list("pk", flat=True)) == places
    assert set(Membership.objects.values_list("pk", flat=True)) == roles
    assert Person.objects.get(username="ella").name == "Ella Marsh"


def test_undo_keeps_an_account_that_was_used(cast):
    done = applied(cast, give="passwords")
    person, words = done.passwords[0]
    Client().post("/account/login/", {"login": person.username, "password": words})
    undone = actions.undo_roster(cast.reyes, done.roster)
    assert undone.stay == ["Zola Dube"]
    assert Person.objects.filter(username="zola.d").exists()
    assert not Enrolment.objects.filter(person=person, left_at=None).exists()


def test_a_teacher_brings_in_learners_of_the_own_class_only(cast):
    rows = read(HEAD + "A B,ab,,teacher,,,,\nA C,ac,,,8C Science,,,\nAmina X,amina,,,,,,\n")
    lines = queries.differences(
        cast.schools["riverside"], rows, cast.cohorts["8b"], may_change=False
    )
    assert [line.state for line in lines] == ["refused", "refused", "same"]


def test_csv_out_runs_no_formula_and_comes_back_in(cast, as_):
    Person.objects.filter(username="leo").update(name="=HYPERLINK(1)")
    content = as_("reyes").get(f"/school/{cast.schools['riverside'].pk}/people.csv").content
    assert b"'=HYPERLINK" in content
    assert b"\r\n" in content
    rows = roster.read(content)
    assert "=HYPERLINK(1)" in [row.name for row in rows]
    lines = queries.differences(cast.schools["riverside"], rows)
    assert {line.state for line in lines} == {"same"}, [line for line in lines if line.says]


def test_the_number_of_queries_does_not_grow_with_the_list(cast):
    asked = []
    for people in (3, 300):
        many = HEAD + "".join(f"P {n},p{n},,,8B Science,,,\n" for n in range(people))
        with CaptureQueriesContext(connection) as counted:
            queries.differences(cast.schools["riverside"], read(many))
        asked.append(len(counted))
    assert asked[0] == asked[1] <= 5


def test_the_pages_from_file_to_undo(cast, as_):
    admin, school = as_("reyes"), cast.schools["riverside"].pk
    file = SimpleUploadedFile("people.csv", LIST.encode(), "text/csv")
    answer = admin.post(f"/school/{school}/roster/", {"file": file, "operation": "1"})
    check = answer.headers["Location"]
    page = admin.get(check).content.decode()
    assert "2 new accounts" in page
    done = admin.post(check, {"give": "passwords", "operation": "2"}).content.decode()
    assert "zola.d" in done
    assert admin.get(check).status_code == 200
    admin.post(f"{check}undoing/", {"operation": "3"})
    assert not Person.objects.filter(username="zola.d").exists()


def test_the_sample_file_is_a_good_list(as_):
    assert not any(
        row.wrong for row in roster.read(as_("okafor").get("/rosters/sample.csv").content)
    )
