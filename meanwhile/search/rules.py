"""Who may see a passage: each source's own rule, for its own passages."""

from functools import reduce
from operator import or_

from django.db.models import Q

from meanwhile.core.rules import NOBODY, rule
from meanwhile.people.who import Who
from meanwhile.search.models import Passage
from meanwhile.search.sources import SOURCES


@rule(Passage, "see")
def see_passage(who: Who) -> Q:
    """Who may see what it comes from: each source's own rule, for its own passages."""
    return reduce(or_, (Q(source=name) & each.may(who) for name, each in SOURCES.items()), NOBODY)
