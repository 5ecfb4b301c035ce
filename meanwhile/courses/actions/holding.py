"""Keeping a course as it is while something is worked out over it."""

from django.db import connection

EDITION = "SELECT edition FROM courses_course WHERE id = %s"


def hold_course(course: int) -> int:
    """Let nobody change this course until the end of the transaction. Its edition.

    Many may hold a course at once. Whoever changes one locks its row before anything else of it
    (`import_course`, `publish_course` …), so a change comes wholly before or wholly after. Django
    has no word for a shared lock. SQLite needs none: there only one transaction writes at a time.
    """
    shared = EDITION + " FOR SHARE" if connection.features.has_select_for_update else EDITION
    with connection.cursor() as cursor:
        cursor.execute(shared, [course])
        return cursor.fetchone()[0]
