"""Who may, for files on their way. What is kept asks the room that shows it."""

from django.db.models import Q

from meanwhile.core.rules import NOBODY, rule
from meanwhile.media.models import Upload
from meanwhile.people.who import Who


@rule(Upload, "send")
def send(who: Who) -> Q:
    """One's own, for as long as one writes courses somewhere."""
    return Q(person=who.pk) if who.designs_in else NOBODY
