"""What search finds of the courses: the words of lessons, what is said in films, papers.

The rule is the page's own: a passage may be seen by who may see its block, and only while the block
is published. Staff see drafts on the pages of their course; search shows them to nobody.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Exists, OuterRef, Q

from meanwhile.core.rules import visible
from meanwhile.courses.models import Block, Course
from meanwhile.courses.queries import passages as queries
from meanwhile.media.models import Blob
from meanwhile.people.who import Who
from meanwhile.search.sources import Item, Place, Source, Spot, register


def scope_of(course: int) -> str:
    return f"course:{course}"


def course_of(scope: str) -> int:
    return int(scope.removeprefix("course:"))


class Lessons(Source):
    name = "lesson"

    def scopes(self) -> Iterable[str]:
        return map(scope_of, queries.published_courses())

    def items(self, scope: str) -> Iterable[Item]:
        return queries.course_items(course_of(scope))

    def papers(self) -> Iterable[tuple[str, Blob]]:
        return ((scope_of(course), blob) for course, blob in queries.unread_papers())

    def where(self, who: Who) -> Iterable[str]:
        courses = visible(who, Course).filter(published_at__isnull=False)
        return map(scope_of, courses.values_list("pk", flat=True))

    def may(self, who: Who) -> Q:
        seen = queries.published(visible(who, Block))
        return Q(Exists(seen.filter(pk=OuterRef("row"))))

    def places(self, who: Who, spots: Sequence[Spot]) -> Mapping[int, Place]:
        return queries.places(who, spots)


register(Lessons())
