"""A guardian follows a child in the school of the guardianship, and only while all of it holds."""

import pytest

from meanwhile.core import clock
from meanwhile.core.rules import allowed, visible
from meanwhile.courses.models import Offering
from meanwhile.learning.models import Participation
from meanwhile.people.models import Enrolment, Guardianship, Membership, Person
from meanwhile.people.who import Who
from meanwhile.testing import make_course, offer
from meanwhile.web.queries.family import children


@pytest.fixture
def away(cast) -> Offering:
    """Hana learns in another school as well, where nobody guards her."""
    found = offer(make_course(cast.schools["hillside"], uid="optics"), cast.cohorts["hill"])
    Membership.objects.create(person=cast.hana, school=cast.schools["hillside"], role="learner")
    enrol(cast.hana, found)
    for offering in (cast.offering, found):
        now = clock.now()
        Participation.objects.create(
            person=cast.hana, offering=offering, started_at=now, last_active_at=now
        )
    return found


def enrol(person: Person, offering: Offering, role: str = "learner") -> None:
    Enrolment.objects.create(
        person=person, cohort=offering.cohort, role=role, joined_at=clock.now()
    )


def followed(person: Person) -> dict[str, set[int]]:
    """What a guardian sees, by each of the ways there are to see it: keys of offerings."""
    who = Who(person)
    return {
        "rule": set(allowed(who, "follow", Offering).values_list("pk", flat=True)),
        "progress": set(visible(who, Participation).values_list("offering", flat=True)),
        "today": {each.offering.pk for child in children(who) for each in child.courses},
    }


def only(*offerings: Offering) -> dict[str, set[int]]:
    keys = {each.pk for each in offerings}
    return {"rule": keys, "progress": keys, "today": keys}


def test_in_their_school_and_not_in_the_other(cast, away):
    assert followed(cast.sato) == only(cast.offering)


def test_a_guardian_in_both_schools_follows_in_both(cast, away):
    hillside = cast.schools["hillside"]
    Membership.objects.create(person=cast.sato, school=hillside, role="guardian")
    Guardianship.objects.create(
        guardian=cast.sato, learner=cast.hana, school=hillside, since=clock.now()
    )
    assert followed(cast.sato) == only(cast.offering, away)


def test_one_child_opens_nothing_of_another(cast, away):
    """Two children, each guarded in one school, both learning in both."""
    hillside = cast.schools["hillside"]
    Membership.objects.create(person=cast.amina, school=hillside, role="learner")
    enrol(cast.amina, away)
    Membership.objects.create(person=cast.sato, school=hillside, role="guardian")
    Guardianship.objects.create(
        guardian=cast.sato, learner=cast.amina, school=hillside, since=clock.now()
    )
    found = {
        (child.person.username, each.offering.pk)
        for child in children(Who(cast.sato))
        for each in child.courses
    }
    assert found == {("hana", cast.offering.pk), ("amina", away.pk)}


def test_a_class_they_help_to_teach_is_not_a_class_they_learn_in(cast, away):
    Enrolment.objects.filter(person=cast.hana, cohort=cast.cohorts["8b"]).update(role="assistant")
    assert followed(cast.sato) == only()


def test_a_class_they_have_left_is_followed_no_more(cast, away):
    Enrolment.objects.filter(person=cast.hana).update(left_at=clock.now())
    assert followed(cast.sato) == only()


@pytest.mark.parametrize("whose", ["hana", "sato"])
def test_suspended_counts_for_nothing(cast, away, whose):
    here = Membership.objects.filter(person=cast.people[whose], school=cast.schools["riverside"])
    here.update(suspended_at=clock.now())
    assert followed(cast.sato) == only()
    assert cast.hana not in visible(Who(cast.sato), Person)


def test_a_child_who_no_longer_belongs_is_followed_no_more(cast, away):
    Membership.objects.filter(person=cast.hana, school=cast.schools["riverside"]).delete()
    assert followed(cast.sato) == only()
    assert not Who(cast.sato).guards
