"""What is done about a remark: mended, or said to be not wanted here. Each is a change of the
course, and stands in its files when it is taken out.
"""

import logging
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import timedelta

from django.conf import settings
from django.db.models import F
from django.utils.translation import get_language, override

from meanwhile.core import clock
from meanwhile.courses.actions import rewrite_course
from meanwhile.courses.files import normal
from meanwhile.courses.models import Course
from meanwhile.courses.queries.source import source_of
from meanwhile.courses.source import CourseSource, NotHere
from meanwhile.insights.check import Finding
from meanwhile.insights.checks import CHECKS
from meanwhile.insights.links import addresses, try_links
from meanwhile.insights.models import LinkTrial
from meanwhile.insights.remarks import remarks
from meanwhile.insights.study import Study

AGAIN = timedelta(hours=1)
"""How long other people's sites are left alone after they were asked."""
MOST_BEGINNINGS = 3
AT_ONCE = 2
"""Courses whose links one round tries: it ends well before its chore is anybody's again."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rewriting:
    """A course as it is and as it is to be, worked out before anything is locked."""

    course: Course
    before: CourseSource
    after: CourseSource

    def take(self, actor: int | None) -> None:
        """Raises `CourseMoved` where somebody changed the course meanwhile."""
        rewrite_course(actor, self.course, self.before, self.after)


def mended(course: Course, key: tuple[str, str, str, str]) -> Rewriting | None:
    """The course with this remark mended; None where it does not have it any more.

    Raises:
        Refused: the course in the database would not be read back from its files.
    """
    before = source_of(course)
    after = _copy(before)
    finding = next((each for each in _all(after, key[0]) if each.key == key), None)
    if finding is None or not CHECKS[key[0]].mend(after, finding.place):
        return None
    return Rewriting(course, before, normal(after))


def _copy(source: CourseSource) -> CourseSource:
    """To be changed; the files, which are not, stay the same ones."""
    copy = deepcopy(replace(source, files={}))
    copy.files = source.files
    return copy


def _all(source: CourseSource, check: str) -> list[Finding]:
    return remarks(Study(source), [CHECKS[check]]).findings if check in CHECKS else []


def silenced(course: Course, item: NotHere, *, unit: str = "", lesson: str = "") -> Rewriting:
    """The course with one more *not here, because …*: in the file of the lesson or the unit, or in
    course.md where neither is named."""
    before = source_of(course)
    after = _copy(before)
    items = _items(after, unit, lesson)
    items[:] = [each for each in items if (each.check, each.block) != (item.check, item.block)]
    items.append(item)
    return Rewriting(course, before, after)


def heard_again(course: Course, key: tuple[str, str, str, str], unit: str) -> Rewriting:
    """The course without what keeps this remark from being said, wherever that stands."""
    check, lesson, block, _part = key
    before = source_of(course)
    after = _copy(before)
    for items in (_items(after, "", ""), _items(after, unit, ""), _items(after, unit, lesson)):
        items[:] = [e for e in items if e.check != check or e.block not in ("", block)]
    return Rewriting(course, before, after)


def _items(source: CourseSource, unit: str, lesson: str) -> list[NotHere]:
    for each in source.units:
        if each.uid != unit:
            continue
        for one in each.lessons:
            if lesson and one.uid == lesson:
                return one.not_here
        return each.not_here
    return source.not_here


# --- links that lead out ---------------------------------------------------------------------


def ask_for_links(course: Course, actor: int | None) -> bool:
    """Have the links out of a course tried soon, by a chore: the request itself asks nobody.
    False where they wait for that already, or were tried within the hour."""
    now, language = clock.now(), get_language() or settings.LANGUAGE_CODE
    trial, made = LinkTrial.objects.select_for_update().get_or_create(
        course=course, defaults={"asked_at": now, "asked_by_id": actor, "language": language}
    )
    if made:
        return True
    if trial.done_at is None or trial.done_at > now - AGAIN:
        return False
    LinkTrial.objects.filter(pk=trial.pk).update(
        asked_at=now, asked_by=actor, language=language, begun=0, done_at=None
    )
    return True


def try_waiting_links() -> int:
    """Try the links that somebody asked for, outside any transaction; what came of it is kept with
    its date. How many courses. One that stops half way three times is given up, and says so by
    having tried nothing."""
    waiting = LinkTrial.objects.filter(done_at=None).select_related("course").order_by("asked_at")
    return sum(_try(trial) for trial in waiting[:AT_ONCE])


def _try(trial: LinkTrial) -> bool:
    mine = LinkTrial.objects.filter(pk=trial.pk, asked_at=trial.asked_at, done_at=None)
    if not mine.update(begun=F("begun") + 1):
        return False
    study = Study(source_of(trial.course))
    if trial.begun < MOST_BEGINNINGS:
        try:
            with override(trial.language):
                try_links(study)
        except Exception:
            log.exception("the links of course %s could not be tried", trial.course_id)
    untried = len(addresses(study)) - len(study.tried)
    return bool(mine.update(done_at=clock.now(), tried=study.tried, untried=untried))
