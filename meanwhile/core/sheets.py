"""Tables as CSV, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from django.http import HttpResponse

# what makes a spreadsheet read a cell as a formula (OWASP, CSV injection)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(cell: object) -> object:
    """Words that begin like a formula get an apostrophe in front; numbers stay numbers."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA):
        return f"'{cell}"
    return cell


def csv_response(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A download. UTF-8 with a mark, so that spreadsheets read é and ç right.

    name: of the file, without its ending; only letters, digits and - are kept.
    """
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([safe(str(cell)) for cell in head])
    writer.writerows([safe(cell) for cell in row] for row in rows)
    plain = "".join(sign if sign.isalnum() and sign.isascii() else "-" for sign in name)
    return HttpResponse(
        "\ufeff" + text.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{plain.strip("-").lower()}.csv"'},
    )
