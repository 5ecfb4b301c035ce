"""Name cards for the young."""

from collections.abc import Iterable

from meanwhile.core import clock
from meanwhile.core.events import record, writing
from meanwhile.people.actions.refused import key
from meanwhile.people.events import CardsMade
from meanwhile.people.models import STAFF, Cohort, Enrolment, NameCard, Person, Role
from meanwhile.people.words import draw, keyed_hash


def make_cards(
    actor: Person | int | None, cohort: Cohort, only: Iterable[Enrolment] | None = None
) -> list[tuple[Person, str]]:
    """New cards for the learners of a class (or only some of them); their old ones end.

    Staff get none: three words are too thin a door to other people's work. The words are given
    back this once; only their keyed hash is kept.
    """
    with writing():
        rows = Enrolment.objects.filter(cohort=cohort, role=Role.LEARNER, left_at=None)
        rows = rows.exclude(person__memberships__role__in=STAFF).exclude(person__is_superuser=True)
        if only is not None:
            rows = rows.filter(pk__in=[row.pk for row in only])
        found = list(rows.select_related("person").order_by("person__name", "pk").distinct())
        NameCard.objects.filter(enrolment__in=found).delete()
        taken = set(
            NameCard.objects.filter(enrolment__cohort=cohort).values_list("words_hash", flat=True)
        )
        drawn = [(row, *_fresh(cohort, taken)) for row in found]
        now = clock.now()
        NameCard.objects.bulk_create(
            [NameCard(enrolment=row, words_hash=hashed, made_at=now) for row, _, hashed in drawn]
        )
        record(
            CardsMade(actor=key(actor), school=cohort.school_id, cohort=cohort.pk, count=len(drawn))
        )
    return [(row.person, words) for row, words, _ in drawn]


def _fresh(cohort: Cohort, taken: set[str]) -> tuple[str, str]:
    """Words no other card of the class has, and their hash, which is now taken."""
    while (hashed := keyed_hash(cohort.pk, words := draw())) in taken:
        pass
    taken.add(hashed)
    return words, hashed
