"""The rows of the class page as HTML: the one part of the page that is there fifty times.

Written here and not in a template because a page of it holds some three hundred cells, and a
template takes five times as long for each.
"""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from meanwhile.courses.models import Offering
from meanwhile.ui import picture
from meanwhile.ui.templatetags.ui import avatar
from meanwhile.web.queries.classes import Cell, Row
from meanwhile.web.queries.learners import OpenCell


def lines(rows: list[Row], offering: Offering, address: str, opened: OpenCell | None) -> list[str]:
    """A table row a person. address: the start of the address that opens a cell."""
    key = (opened.person.pk, opened.unit.pk) if opened else None
    return [_row(row, offering, address, key) for row in rows]


def _row(row: Row, offering: Offering, address: str, key: tuple[int, int] | None) -> SafeString:
    cells = mark_safe("".join(_cell(cell, address, key) for cell in row.cells))
    return format_html(
        '<tr><th scope="row"><a href="{}">{} <span>{}{}</span></a></th>{}</tr>',
        reverse("web:learner", args=[offering.pk, row.person.pk]),
        avatar(row.person, small=True),
        row.person.name,
        format_html(' <span class="why">{}</span>', row.why) if row.why else "",
        cells,
    )


def _cell(cell: Cell, address: str, key: tuple[int, int] | None) -> SafeString:
    figures, here = cell.figures, (cell.person.pk, cell.unit.pk)
    numbers = (figures.done, figures.total, figures.right, figures.answered)
    words = picture.cell_words(*numbers)
    label = _("%(name)s, %(unit)s: %(figures)s") % {
        "name": cell.person.name,
        "unit": cell.unit.title,
        "figures": f"{words}, {cell.word}" if cell.word else words,
    }
    url = f"{address}cell={here[0]}-{here[1]}"
    return format_html(
        '<td><a href="{}#cell" hx-get="{}" hx-target="#cell" aria-label="{}"{}>{}{}</a></td>',
        url,
        url,
        label,
        mark_safe(' aria-current="true"') if here == key else "",
        mark_safe(picture.cell(*numbers, label="")),
        format_html("<span>{}</span>", cell.word) if cell.word else "",
    )
