"""Who may, for what is being written: those who may change the course."""

from django.db.models import Q

from meanwhile.authoring.models import NewFile
from meanwhile.core.rules import rule
from meanwhile.people.who import Who


@rule(NewFile, "see")
def see_new_file(who: Who) -> Q:
    """Who may change the course: its school's course designers, teachers and school admins."""
    return Q(course__school__in=who.designs_in)
