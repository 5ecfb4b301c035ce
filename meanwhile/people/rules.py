"""Who may, for people, schools, cohorts and how one comes in."""

from django.db.models import Exists, OuterRef, Q

from meanwhile.core.rules import NOBODY, rule
from meanwhile.people.models import (
    Accommodation,
    AccommodationReason,
    AgeBand,
    Cohort,
    Enrolment,
    Group,
    Guardianship,
    Holiday,
    Invitation,
    Membership,
    Note,
    Notice,
    Person,
    Role,
    Roster,
    School,
    Term,
)
from meanwhile.people.who import Who


def watched(who: Who, cohort: str = "") -> Q:
    """The cohorts somebody watches: who teaches or assists in it, the school admin and the SEND
    lead. `cohort` is the way there from what is asked for: "offering__cohort__"."""
    return Q(**{f"{cohort}pk__in": who.teaches}) | Q(
        **{f"{cohort}school__in": who.runs | who.supports_in}
    )


def _of_wards(who: Who, school: str) -> Q:
    """Rows of a `person` who is a child of this guardian, each in the school of the guardianship;
    `school` is the way there."""
    by_school: dict[int, list[int]] = {}
    for learner, where in sorted(who.wards):
        by_school.setdefault(where, []).append(learner)
    found = NOBODY
    for where, learners in by_school.items():
        found |= Q(**{school: where, "person__in": learners})
    return found


@rule(School, "run")
def run_school(who: Who) -> Q:
    """Its school admins."""
    return Q(pk__in=who.runs)


@rule(School, "write courses in")
def write_courses(who: Who) -> Q:
    """Its course designers, teachers and school admins."""
    return Q(pk__in=who.designs_in)


@rule(Term, "see")
def see_term(who: Who) -> Q:
    """Everybody who belongs to the school."""
    return Q(school__in=who.schools)


@rule(Term, "change")
def change_term(who: Who) -> Q:
    """The school admin."""
    return Q(school__in=who.runs)


@rule(Holiday, "change")
def change_holiday(who: Who) -> Q:
    """The school admin."""
    return Q(school__in=who.runs)


@rule(Cohort, "see")
def see_cohort(who: Who) -> Q:
    """Who learns, teaches or assists in it, the school admin and the SEND lead."""
    return Q(pk__in=who.learns) | watched(who)


@rule(Cohort, "teach")
def teach_cohort(who: Who) -> Q:
    """Its teachers and assistants."""
    return Q(pk__in=who.teaches)


@rule(Cohort, "watch")
def watch_cohort(who: Who) -> Q:
    """See everybody's progress: who teaches it, the school admin, the SEND lead."""
    return watched(who)


@rule(Cohort, "change")
def change_cohort(who: Who) -> Q:
    """Enrol, remove, move, rename, renew the code: who leads it, and the school admin."""
    return Q(pk__in=who.leads) | Q(school__in=who.runs)


@rule(Enrolment, "see")
def see_enrolment(who: Who) -> Q:
    """The person enrolled, who teaches or assists in the cohort, the school admin and the SEND
    lead."""
    return Q(person=who.pk) | watched(who, "cohort__")


@rule(Enrolment, "follow")
def follow_enrolment(who: Who) -> Q:
    """What a guardian follows: the places where their children learn, in the school of the
    guardianship and in no other."""
    places = _of_wards(who, "cohort__school")
    return Q(places, role=Role.LEARNER, left_at=None)


@rule(Enrolment, "change")
def change_enrolment(who: Who) -> Q:
    """The cohort's teachers, without the assistants, and the school admin."""
    return Q(cohort__in=who.leads) | Q(cohort__school__in=who.runs)


@rule(Group, "see")
def see_group(who: Who) -> Q:
    """Who teaches or assists in the cohort, the school admin and the SEND lead. Not the learners."""
    return watched(who, "cohort__")


@rule(Group, "change")
def change_group(who: Who) -> Q:
    """The cohort's teachers, without the assistants, and the school admin."""
    return Q(cohort__in=who.leads) | Q(cohort__school__in=who.runs)


@rule(Invitation, "see")
def see_invitation(who: Who) -> Q:
    """The cohort's teachers, without the assistants, and the school admin: a link lets people in."""
    return Q(cohort__in=who.leads) | Q(cohort__school__in=who.runs)


@rule(Roster, "see")
def see_roster(who: Who) -> Q:
    """The school admin, and for a roster of one cohort its teachers, without the assistants."""
    return Q(school__in=who.runs) | Q(cohort__in=who.leads)


@rule(Person, "see")
def see_person(who: Who) -> Q:
    """Oneself, one's children, the people of the cohorts one teaches, of the schools one runs
    or supports. Learners do not look each other up."""
    taught = Enrolment.objects.filter(person=OuterRef("pk"), cohort__in=who.teaches)
    kept = Membership.objects.filter(person=OuterRef("pk"), school__in=who.runs | who.supports_in)
    return Q(pk=who.pk) | Q(pk__in=who.guards) | Exists(taught) | Exists(kept)


@rule(Person, "run")
def run_person(who: Who) -> Q:
    """Suspend, give a role, set a new password: the school admin, for people of that school who
    belong to no school that this admin does not run. Never for a site admin."""
    inside = Membership.objects.filter(person=OuterRef("pk"), school__in=who.runs)
    outside = Membership.objects.filter(person=OuterRef("pk")).exclude(school__in=who.runs)
    return Exists(inside) & ~Exists(outside) & Q(is_superuser=False) if who.runs else NOBODY


@rule(Membership, "see")
def see_membership(who: Who) -> Q:
    """The person themselves and the school admin."""
    return Q(person=who.pk) | Q(school__in=who.runs)


@rule(Guardianship, "see")
def see_guardianship(who: Who) -> Q:
    """The guardian, the learner and the school admin."""
    return Q(guardian=who.pk) | Q(learner=who.pk) | Q(school__in=who.runs)


@rule(Guardianship, "change")
def change_guardianship(who: Who) -> Q:
    """The school admin."""
    return Q(school__in=who.runs)


@rule(Note, "see")
def see_note(who: Who) -> Q:
    """Who learns, teaches or assists in the cohort, until it is taken back."""
    return Q(cohort__in=who.learns | who.teaches, taken_back_at=None)


@rule(Note, "take back")
def take_back_note(who: Who) -> Q:
    """Its author, while they teach or assist in the cohort, and once."""
    return Q(author=who.pk, cohort__in=who.teaches, taken_back_at=None)


@rule(Notice, "see")
def see_notice(who: Who) -> Q:
    """The person it is for, and nobody else."""
    return Q(person=who.pk)


@rule(School, "support")
def support_school(who: Who) -> Q:
    """Its SEND leads: keep what is agreed with learners."""
    return Q(pk__in=who.supports_in)


@rule(Accommodation, "see")
def see_accommodation(who: Who) -> Q:
    """What it does, not why: the learner, a minor's guardians in that school, who teaches or
    assists them there, the school admin and the SEND lead."""
    taught = Enrolment.objects.filter(
        person=OuterRef("person"),
        cohort__school=OuterRef("school"),
        cohort__in=who.teaches,
        left_at=None,
    )
    return (
        Q(person=who.pk)
        | Q(school__in=who.runs | who.supports_in)
        | Exists(taught)
        | (_of_wards(who, "school") & ~Q(person__age_band=AgeBand.ADULT))
    )


@rule(Accommodation, "keep")
def keep_accommodation(who: Who) -> Q:
    """The SEND lead, with its history."""
    return Q(school__in=who.supports_in)


@rule(AccommodationReason, "see")
def see_accommodation_reason(who: Who) -> Q:
    """The SEND lead alone: not the school admin, who can make somebody SEND lead but reads no
    reasons."""
    return Q(accommodation__school__in=who.supports_in)
