"""A rule lists, fetches and asks with the same filter; what no rule names, nobody may."""

import pytest
from django.http import Http404

from meanwhile.core.rules import allowed, can, get, rule, visible
from meanwhile.courses.models import Offering
from meanwhile.people.models import School
from meanwhile.people.who import Who


def test_the_same_filter_lists_fetches_and_asks(cast):
    amina = Who(cast.amina)
    assert list(visible(amina, Offering)) == [cast.offering]
    assert get(amina, "see", Offering, pk=cast.offering.pk) == cast.offering
    assert can(amina, "see", cast.offering)


def test_no_such_row_and_not_yours_are_the_same_answer(cast):
    ruby = Who(cast.ruby)
    for pk in (cast.offering.pk, 999_999, "x"):
        with pytest.raises(Http404):
            get(ruby, "see", Offering, pk=pk)
    assert not can(ruby, "see", cast.offering)


def test_what_no_rule_names_nobody_may(cast):
    assert not allowed(Who(cast.site), "burn down", School).exists()


def test_two_rules_for_one_deed_are_refused():
    with pytest.raises(ValueError, match="two rules"):
        rule(School, "run")(lambda who: None)
