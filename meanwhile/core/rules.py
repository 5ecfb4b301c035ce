"""A rule is a filter, said once.

    @rule(Submission, "grade")
    def grade(who): return Q(cohort__in=who.teaches)

`visible(who, Submission)` lists, `get(who, "grade", Submission, pk=7)` fetches or answers
404, `can(who, "grade", submission)` asks: the same `Q` three times. What no rule names, nobody
may. "No such row" and "not yours" give the same answer, so that nothing can be guessed.

`who` is what `people/who.py` worked out for the request: it has at least `pk`.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, Q, QuerySet
from django.http import Http404

M = TypeVar("M", bound=Model)
Rule = Callable[[Any], Q]

RULES: dict[tuple[type[Model], str], Rule] = {}
NOBODY = Q(pk__in=[])
EVERYONE = Q()


def rule(model: type[Model], verb: str) -> Callable[[Rule], Rule]:
    """Register the filter that says which rows of `model` somebody may `verb`."""

    def register(function: Rule) -> Rule:
        if (model, verb) in RULES:
            raise ValueError(f"two rules say who may {verb} a {model.__name__}")
        RULES[model, verb] = function
        return function

    return register


def allowed(who: Any, verb: str, model: type[M]) -> QuerySet[M]:
    """The rows of `model` that `who` may `verb`; none where no rule says so."""
    found = RULES.get((model, verb))
    return model._default_manager.filter(found(who) if found else NOBODY)


def visible(who: Any, model: type[M]) -> QuerySet[M]:
    """The rows of `model` that `who` may see."""
    return allowed(who, "see", model)


def get(who: Any, verb: str, model: type[M], **lookup: Any) -> M:
    """The one row that `who` may `verb`.

    Raises:
        Http404: there is no such row, or it is not for them: the same answer for both.
    """
    try:
        return allowed(who, verb, model).get(**lookup)
    except (ObjectDoesNotExist, ValueError):
        raise Http404 from None


def can(who: Any, verb: str, row: Model) -> bool:
    """Whether `who` may `verb` this row."""
    return allowed(who, verb, type(row)).filter(pk=row.pk).exists()
