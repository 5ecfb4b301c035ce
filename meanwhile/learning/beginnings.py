"""Says to the rooms below when people began a course."""

from collections.abc import Mapping
from datetime import datetime

from meanwhile.courses.beginnings import beginnings
from meanwhile.courses.models import Offering
from meanwhile.learning.queries import first_acts_of


@beginnings
def first_acts(offering: Offering, people: list[int]) -> Mapping[int, datetime]:
    return first_acts_of(offering, people)
