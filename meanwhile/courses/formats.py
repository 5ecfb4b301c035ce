"""The formats a course can arrive in: Meanwhile's own, and those that `interop/` adds."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as say

from meanwhile.courses.files.listing import Listing
from meanwhile.courses.files.reading import is_course, read_files
from meanwhile.courses.source import CourseSource, Refused, Remark


@dataclass(frozen=True)
class Format:
    """`marker` is a file that lies at the top of such a folder; `read` raises `Refused`."""

    name: str
    markers: tuple[str, ...]
    recognises: Callable[[Listing], bool]
    read: Callable[[Listing], CourseSource]


FORMATS: list[Format] = [Format("Meanwhile", ("course.md",), is_course, read_files)]


def add_format(added: Format) -> None:
    FORMATS.append(added)


def read_listing(listing: Listing) -> CourseSource:
    """Read a course in whichever format it is.

    Raises:
        Refused: no format knows it, or the one that does finds something wrong.
    """
    for each in FORMATS:
        for marker in each.markers:
            found = listing.below_top(marker)
            if each.recognises(found):
                return each.read(found)
    names = ", ".join(each.name for each in FORMATS)
    says = say("There is no course here that can be read. What can be read: %(names)s.")
    raise Refused([Remark("course.md", 0, says % {"names": names})])
