"""Classes, their groups, and terms."""

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from meanwhile.core import clock
from meanwhile.core.events import record, writing
from meanwhile.core.ids import readable_code
from meanwhile.people.actions.refused import Refused, key
from meanwhile.people.events import CodeRenewed, CohortChanged, CohortMade
from meanwhile.people.models import Cohort, Enrolment, Group, Person, School, Term

NAME_TAKEN = _("There is already one of that name here. Choose another name.")


def make_cohort(
    actor: Person | int | None,
    school: School,
    name: str,
    zone: str = "",
    term: Term | None = None,
    code: str = "",
) -> Cohort:
    """A class, with a code of its own.

    Raises:
        Refused: the school has a class of that name.
    """
    with writing():
        cohort = Cohort(school=school, name=name, zone=zone or school.zone, term=term)
        cohort.code = code or _fresh_code()
        _save(cohort)
        record(CohortMade(actor=key(actor), school=school.pk, cohort=cohort.pk))
    return cohort


def _fresh_code() -> str:
    while Cohort.objects.filter(code=(code := readable_code())).exists():
        pass
    return code


def _save(row: Cohort | Term | Group) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Refused(NAME_TAKEN) from None


def change_cohort(actor: Person | int | None, cohort: Cohort, **values: object) -> None:
    """Rename it, set its term or zone, open or close the way in by code.

    Raises:
        Refused: the school has a class of that name.
    """
    if strange := set(values) - {"name", "term", "zone", "open_to_join"}:
        raise TypeError(f"not changed here: {strange}")
    with writing():
        for field, value in values.items():
            setattr(cohort, field, value)
        _save(cohort)
        fields = sorted(values)
        record(_changed(actor, cohort, fields))


def _changed(actor: Person | int | None, cohort: Cohort, fields: list[str]) -> CohortChanged:
    return CohortChanged(actor=key(actor), school=cohort.school_id, cohort=cohort.pk, fields=fields)


def close_cohort(actor: Person | int | None, cohort: Cohort) -> None:
    """The class is over: nobody joins any more, all of it stays readable."""
    with writing():
        cohort.closed_at = cohort.closed_at or clock.now()
        cohort.save(update_fields=["closed_at"])
        record(_changed(actor, cohort, ["closed_at"]))


def reopen_cohort(actor: Person | int | None, cohort: Cohort) -> None:
    with writing():
        cohort.closed_at = None
        cohort.save(update_fields=["closed_at"])
        record(_changed(actor, cohort, ["closed_at"]))


def renew_code(actor: Person | int | None, cohort: Cohort) -> str:
    """A new class code; the old one opens nothing from now on. Name cards stay good."""
    with writing():
        cohort.code = _fresh_code()
        cohort.save(update_fields=["code"])
        record(CodeRenewed(actor=key(actor), school=cohort.school_id, cohort=cohort.pk))
    return cohort.code


def make_term(school: School, name: str, starts_on: date, ends_on: date) -> Term:
    """Raises:
    Refused: the school has a term of that name.
    """
    with writing():
        term = Term(school=school, name=name, starts_on=starts_on, ends_on=ends_on)
        _save(term)
    return term


def change_term(term: Term, name: str, starts_on: date, ends_on: date) -> None:
    """Raises:
    Refused: the school has a term of that name.
    """
    with writing():
        term.name, term.starts_on, term.ends_on = name, starts_on, ends_on
        _save(term)


def remove_term(term: Term) -> None:
    """Its classes stay, without a term."""
    with writing():
        term.delete()


def make_group(cohort: Cohort, name: str) -> Group:
    """Raises:
    Refused: the class has a group of that name.
    """
    with writing():
        group = Group(cohort=cohort, name=name)
        _save(group)
    return group


def put_in_group(group: Group, enrolments: Iterable[Enrolment]) -> None:
    """Exactly these people are in the group; people of other classes are passed over."""
    with writing():
        group.members.set([row for row in enrolments if row.cohort_id == group.cohort_id])


def remove_group(group: Group) -> None:
    """Its people stay in the class."""
    with writing():
        group.delete()
