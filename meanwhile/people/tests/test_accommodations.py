"""What is agreed with a learner: kept by the SEND lead, seen as effects, and never why."""

import logging
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from meanwhile.core import clock
from meanwhile.core.models import EventRow
from meanwhile.people import accommodations, actions, queries
from meanwhile.people.accommodations import NONE, Allowance
from meanwhile.people.models import Accommodation, AccommodationReason, Membership, Notice
from meanwhile.people.who import Who
from tests.personas import PERSONAS, SUPPORT, client_of, make_world
from tests.policies import POLICIES

WHY = "zzcanaryreason"
ECHOES = 4  # a search says what was asked for: in its box, its title and its sentence


@pytest.fixture
def school(cast):
    return cast.schools["riverside"]


@pytest.fixture
def page(cast, school) -> str:
    return f"/school/{school.pk}/accommodations/{cast.amina.pk}/"


def agree(cast, person="amina", **more):
    given = {"extra_time": 25, "extra_days": 2, "reason": WHY} | more
    school = cast.schools["riverside"]
    return actions.keep_accommodation(cast.farouk, cast.people[person], school, **given)


# ── The SEND lead's pages ──────────────────────────────────────────────────────────────────────


def test_the_send_lead_agrees_something_and_the_learner_is_told(cast, as_, page):
    sent = {"extra_time": "25", "extra_days": "2", "rests": "on", "formats": ["listen"],
            "reason": WHY, "seen": "0"}  # fmt: skip
    assert as_("farouk").post(page, sent).status_code == 302
    row = Accommodation.objects.get()
    assert (row.extra_time, row.extra_days, row.rests, row.formats) == (25, 2, True, ["listen"])
    assert row.made_by == cast.farouk
    told = Notice.objects.get(person=cast.amina)
    assert "Riverside School" in told.words
    assert "25" not in told.words
    assert EventRow.objects.get(name="people.AccommodationKept").facts == {
        "person": cast.amina.pk,
        "number": 1,
    }


def test_nothing_that_was_agreed_is_lost(cast, as_, page):
    agree(cast)
    kept = Accommodation.objects.values().get()
    as_("farouk").post(page, {"extra_time": "50", "seen": "1"})
    first, second = Accommodation.objects.order_by("number")
    assert Accommodation.objects.values().get(pk=first.pk) == kept | {
        "replaced_at": first.replaced_at
    }
    assert (second.extra_time, second.replaced_at) == (50, None)
    shown = as_("farouk").get(page).content.decode()
    assert "60 minutes, from 40" in shown  # 50 % more
    assert "50 minutes, from 40" in shown  # what held before
    assert WHY in shown
    assert "Salma Farouk" in shown


def test_two_send_leads_do_not_overwrite_each_other(cast, as_, page):
    agree(cast)
    reply = as_("farouk").post(page, {"extra_time": "50", "reason": "mine", "seen": "0"})
    assert reply.status_code == 422
    assert b"Somebody else changed this" in reply.content
    assert b"mine" in reply.content
    assert Accommodation.objects.get(replaced_at=None).extra_time == 25


def test_sent_twice_it_is_kept_once(cast, as_, page):
    sent = {"extra_time": "25", "seen": "0", "operation": "a-deed"}
    farouk = as_("farouk")
    assert [farouk.post(page, sent).status_code for _ in range(2)] == [302, 302]
    assert Accommodation.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"extra_time": "-5"}, "from 0 to 300"),
        ({"extra_time": "9999999999999999999999"}, "from 0 to 300"),
        ({"extra_time": "a lot"}, "whole number from 0 to 300"),
        ({"extra_days": "61"}, "from 0 to 60"),
        ({"first_day": "2026-12-02", "last_day": "2026-12-01"}, "Swap them"),
        ({"formats": ["x" * 5000]}, "Select a valid choice"),
        ({"first_day": "yesterday"}, "valid date"),
    ],
)
def test_what_cannot_be_is_said_in_words_and_nothing_is_kept(cast, as_, page, sent, says):
    reply = as_("farouk").post(page, {"seen": "0", "reason": "typed"} | sent)
    assert reply.status_code == 422
    assert says in reply.content.decode()
    assert b"typed" in reply.content
    assert not Accommodation.objects.exists()


def test_learners_are_found_by_name_and_an_empty_list_says_what_to_do(cast, as_, school):
    farouk = as_("farouk")
    address = f"/school/{school.pk}/accommodations/"
    assert b"Look for a learner by name" in farouk.get(address).content
    assert b"Leo Whitfield" in farouk.get(address, {"words": "leo whit"}).content
    assert b"Nobody found" in farouk.get(address, {"words": "okafor"}).content
    agree(cast)
    shown = farouk.get(address).content.decode()
    assert "Amina Haddad" in shown
    assert "50 minutes, from 40" in shown
    assert "Leo Whitfield" not in shown


def test_it_is_for_learners_alone(cast, as_, school):
    address = f"/school/{school.pk}/accommodations/{cast.okafor.pk}/"
    assert as_("farouk").get(address).status_code == 404


# ── Who sees what it does ──────────────────────────────────────────────────────────────────────

SEEN_BY = {"amina", "okafor", "lindqvist", "osei", "farouk", "reyes", "haddad"}


def test_effects_are_seen_by_whom_they_concern(cast):
    make_world(cast)
    agree(cast)
    for key in sorted(PERSONAS.keys() - {"nobody", "half"}):
        seen = queries.effects_of(Who(cast.people[key]), cast.amina)
        assert bool(seen) == (key in SEEN_BY), key


def test_a_guardian_sees_nothing_once_the_learner_is_grown_up(cast):
    agree(cast)
    assert queries.effects_of_wards(Who(cast.haddad))
    cast.amina.age_band = "adult"
    cast.amina.save()
    assert not queries.effects_of_wards(Who(cast.haddad))


def test_the_learner_the_teacher_and_the_guardian_read_the_effect(cast, as_):
    agree(cast)
    learner = reverse("web:learner", args=[cast.offering.pk, cast.amina.pk])
    for key, address in (("amina", "/settings/"), ("okafor", learner), ("haddad", "/")):
        assert "50 minutes, from 40" in as_(key).get(address).content.decode(), key
    assert "50 minutes" not in as_("leo").get("/settings/").content.decode()


@pytest.mark.promise("T10")
def test_why_is_read_by_send_leads_and_nobody_else(cast, caplog, figure):
    """The reason as a canary: every address that may be read, as everybody who may come."""
    world = make_world(cast)
    caplog.set_level(logging.DEBUG)
    agree(cast, "leo")
    agree(cast)
    read, asked = set(), 0
    for persona in PERSONAS:
        client = client_of(cast, persona)
        for name, policy in POLICIES.items():
            if not policy.see:
                continue
            reply = client.get(reverse(name, kwargs=policy.rows(world)))
            body = b"".join(reply.streaming_content) if reply.streaming else reply.content
            asked += 1
            if WHY.encode() in body:
                read.add((persona, name))
        assert client.get("/search/", {"q": WHY}).content.count(WHY.encode()) <= ECHOES, persona
    assert {persona for persona, _name in read} == SUPPORT
    assert {name for _persona, name in read} == {"people:accommodation"}
    assert WHY not in caplog.text
    assert not any(WHY in str(row.facts) for row in EventRow.objects.all())
    assert not Notice.objects.filter(words__contains=WHY).exists()
    figure(f"{asked} pages asked as {len(PERSONAS)} people: read by {sorted(SUPPORT)} alone")


def test_who_is_send_lead_no_more_reads_it_no_more(cast, as_, page):
    agree(cast)
    farouk = as_("farouk")
    assert farouk.get(page).status_code == 200
    Membership.objects.filter(person=cast.farouk).update(role="teacher")
    assert farouk.get(page).status_code == 404
    assert not AccommodationReason.objects.filter(accommodation=None).exists()


# ── What follows from it ───────────────────────────────────────────────────────────────────────

OCTOBER = datetime(2026, 10, 23, 19, 0, tzinfo=UTC)  # Friday 20:00 in London, before the change


def test_minutes_are_stretched_and_say_so():
    own = Allowance(extra_time=25).minutes(40)
    assert own.minutes == 50
    assert own.says == "50 minutes for you (40 + your 25%)"
    assert NONE.minutes(40).says == ""


@pytest.mark.parametrize(
    ("given", "percent", "minutes"), [(40, 50, 60), (10, 25, 13), (20, 5, 21), (12, 0, 12), (0, 50, 0), (7.5, 0, 8)]
)  # fmt: skip
def test_a_part_of_a_minute_is_given_whole(given, percent, minutes):
    assert Allowance(extra_time=percent).minutes(given).minutes == minutes


def test_a_date_moves_by_days_of_the_calendar_over_a_clock_change():
    moved = Allowance(extra_days=3).moment(OCTOBER, "Europe/London")
    assert moved.astimezone(ZoneInfo("Europe/London")).isoformat() == "2026-10-26T20:00:00+00:00"
    assert moved - OCTOBER == timedelta(days=3, hours=1)


def test_a_date_moves_only_in_the_time_that_was_agreed():
    allowance = Allowance(extra_days=2, first_day=date(2026, 10, 23), last_day=date(2026, 10, 23))
    zone = "Europe/London"
    assert allowance.moment(OCTOBER, zone) > OCTOBER
    for days in (-1, 1):
        due = clock.days_later(OCTOBER, days, zone)
        assert allowance.moment(due, zone) == due


def test_a_date_that_moved_stays_moved_when_the_agreement_ends(cast):
    agree(cast, last_day=date(2026, 10, 24))
    school = cast.schools["riverside"]
    moments = set()
    for day in (20, 24, 25, 30):
        with clock.at(datetime(2026, 10, day, 12, tzinfo=UTC)):
            held = queries.allowance_of(cast.amina, school)
            moments.add(held.moment(OCTOBER, "Europe/London"))
            assert held.minutes(40).minutes == (50 if day < 25 else 40)
    assert len(moments) == 1


def test_what_one_school_agreed_holds_in_that_school(cast):
    agree(cast)
    assert queries.allowance_of(cast.amina, cast.schools["riverside"])
    assert not queries.allowance_of(cast.amina, cast.schools["hillside"])
    assert queries.allowances_by_school(cast.amina).keys() == {cast.schools["riverside"].pk}


def test_many_are_read_in_one_query(cast, django_assert_num_queries):
    for key in ("amina", "leo", "mei"):
        agree(cast, key)
    people = [person.pk for person in cast.people.values()]
    with django_assert_num_queries(1):
        found = queries.allowances_of(people, cast.schools["riverside"])
    assert len(found) == 3


def test_each_effect_has_its_words():
    every = Allowance(25, 2, True, True, ("listen", "paper"), True)
    assert accommodations.lines(every) == [
        "25% more time: 50 minutes, from 40",
        "2 more days for each date",
        "Rest breaks stop the clock",
        "Clocks and countdowns are hidden",
        "Formats: to listen to first, on paper",
        "Another task instead, by agreement",
    ]
    assert accommodations.lines(NONE) == []
