"""What search finds of the notebook: one's own notes, by their words and by what they mark."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from meanwhile.core.rules import visible
from meanwhile.learning.models import LessonNote
from meanwhile.learning.queries import passages as queries
from meanwhile.people.who import Who
from meanwhile.search.sources import Item, Place, Source, Spot, register


def scope_of(person: int) -> str:
    return f"notebook:{person}"


class Notes(Source):
    name = "note"

    def scopes(self) -> Iterable[str]:
        return map(scope_of, queries.writers())

    def items(self, scope: str) -> Iterable[Item]:
        return queries.note_items(int(scope.removeprefix("notebook:")))

    def where(self, who: Who) -> Iterable[str]:
        return [scope_of(who.pk)] if who.pk else []

    def may(self, who: Who) -> Q:
        return Q(row__in=visible(who, LessonNote).values("pk"))

    def places(self, who: Who, spots: Sequence[Spot]) -> Mapping[int, Place]:
        noted = queries.notes_by_key(who, [spot.passage.row for spot in spots])
        return {
            spot.passage.pk: Place(
                noted[spot.passage.row].url or reverse("learning:notebook"),
                noted[spot.passage.row].note.block.lesson.title,
                (_("Notebook"), noted[spot.passage.row].note.block.lesson.course.title),
                "note",
            )
            for spot in spots
            if spot.passage.row in noted
        }


register(Notes())
