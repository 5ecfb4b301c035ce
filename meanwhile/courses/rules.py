"""Who may, for courses and what they are made of.

Staff of a school see its courses. A learner sees a course through an offering to their cohort,
once it is published. A course that was offered stays readable after the end.
"""

from typing import Any

from django.db.models import Q, QuerySet

from meanwhile.core.rules import allowed, rule
from meanwhile.courses.models import Asset, Block, Course, Lesson, Offering
from meanwhile.people.models import Enrolment
from meanwhile.people.rules import watched
from meanwhile.people.who import Who


def _offered(who: Who) -> QuerySet[Offering, Any]:
    """Keys of the courses offered to cohorts they learn in."""
    return Offering.objects.filter(cohort__in=who.learns).values("course")


@rule(Course, "see")
def see_course(who: Who) -> Q:
    """The staff of its school, and once it is published the learners of a cohort it is offered to."""
    return Q(school__in=who.works_in) | Q(pk__in=_offered(who), published_at__isnull=False)


@rule(Course, "look into")
def look_into_course(who: Who) -> Q:
    """Open the pages about it, with its drafts, its map and its classes: the staff of its school."""
    return Q(school__in=who.works_in)


@rule(Course, "change")
def change_course(who: Who) -> Q:
    """The course designers, teachers and school admins of its school."""
    return Q(school__in=who.designs_in)


@rule(Lesson, "see")
def see_lesson(who: Who) -> Q:
    """The staff of the school, drafts included, and the learners who see the course, unless the
    lesson is a draft or it or its unit is taken out."""
    return Q(course__school__in=who.works_in) | Q(
        course__in=_offered(who),
        course__published_at__isnull=False,
        removed_at=None,
        unit__removed_at=None,
        draft=False,
    )


@rule(Block, "see")
def see_block(who: Who) -> Q:
    """The staff of the school, and the learners who see the lesson, unless the block is taken out."""
    return Q(lesson__course__school__in=who.works_in) | Q(
        lesson__course__in=_offered(who),
        lesson__course__published_at__isnull=False,
        lesson__removed_at=None,
        lesson__unit__removed_at=None,
        lesson__draft=False,
        removed_at=None,
    )


@rule(Asset, "see")
def see_asset(who: Who) -> Q:
    """The staff of the school, and the learners who see the course."""
    return Q(course__school__in=who.works_in) | Q(
        course__in=_offered(who), course__published_at__isnull=False
    )


@rule(Offering, "see")
def see_offering(who: Who) -> Q:
    """The cohort's learners once the course is published, who teaches or assists in the cohort, the
    school admin and the SEND lead."""
    return Q(cohort__in=who.learns, course__published_at__isnull=False) | watched(who, "cohort__")


@rule(Offering, "learn")
def learn_offering(who: Who) -> Q:
    """Open it as a learner: those who learn in its cohort, also after it has closed, for all of it
    stays readable. What is new is then refused where it is written, with a sentence: the actions
    of `learning` raise `Closed`."""
    return Q(cohort__in=who.learns, course__published_at__isnull=False)


@rule(Offering, "watch")
def watch_offering(who: Who) -> Q:
    """See everybody's progress in it: who teaches or assists in the cohort, the school admin and
    the SEND lead."""
    return watched(who, "cohort__")


@rule(Offering, "change")
def change_offering(who: Who) -> Q:
    """The cohort's teachers, without the assistants, and the school admin."""
    return Q(cohort__in=who.leads) | Q(cohort__school__in=who.runs)


@rule(Offering, "follow")
def follow_offering(who: Who) -> Q:
    """A guardian, for the offerings of the cohorts they follow a child in."""
    return Q(cohort__in=allowed(who, "follow", Enrolment).values("cohort"))
