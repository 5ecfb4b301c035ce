"""The class as a spreadsheet."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.utils.translation import gettext as _

from meanwhile.core.sheets import csv_response
from meanwhile.courses.models import Offering, Unit
from meanwhile.courses.queries import outline as outlines
from meanwhile.web.queries import classes


def class_sheet(offering: Offering) -> HttpResponse:
    """Everybody by name: why to look, last seen (UTC), and both axes of every unit as counts."""
    units = [each.unit for each in outlines.outline(offering.course)]
    enrolled = list(classes.wanted(offering, classes.Asked(by_name=True)).select_related("person"))
    rows = classes.rows_of(offering, units, enrolled)
    name = f"{offering.cohort.name}-{offering.course.title}"
    return csv_response(name, _head(units), (_line(row) for row in rows))


def _head(units: list[Unit]) -> list[str]:
    head = [_("name"), _("user name"), _("why to look"), _("last seen, UTC")]
    for unit in units:
        head += [
            _("%(unit)s: done") % {"unit": unit.title},
            _("%(unit)s: parts") % {"unit": unit.title},
            _("%(unit)s: right") % {"unit": unit.title},
            _("%(unit)s: answered") % {"unit": unit.title},
        ]
    return head


def _line(row: classes.Row) -> list[object]:
    seen = row.participation.last_active_at if row.participation else None
    return [
        row.person.name,
        row.person.username,
        row.why,
        seen.strftime("%Y-%m-%d %H:%M") if seen else "",
        *_figures(row),
    ]


def _figures(row: classes.Row) -> Iterator[object]:
    for cell in row.cells:
        figures = cell.figures
        yield from (figures.done, figures.total, figures.right, figures.answered)
