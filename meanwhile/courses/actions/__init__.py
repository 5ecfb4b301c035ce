"""Every write of the room: `offerings` and `publishing` here, `importing` for course files."""

from meanwhile.courses.actions.holding import hold_course
from meanwhile.courses.actions.importing import (
    CourseMoved,
    ImportResult,
    import_course,
    keep_files,
    rewrite_course,
)
from meanwhile.courses.actions.offerings import (
    change_offering,
    close_offering,
    make_offering,
    promise_answers,
    reopen_offering,
)
from meanwhile.courses.actions.publishing import (
    archive_course,
    publish_course,
    restore_course,
    withdraw_course,
)

__all__ = [
    "CourseMoved",
    "ImportResult",
    "archive_course",
    "change_offering",
    "close_offering",
    "hold_course",
    "import_course",
    "keep_files",
    "make_offering",
    "promise_answers",
    "publish_course",
    "reopen_offering",
    "restore_course",
    "rewrite_course",
    "withdraw_course",
]
