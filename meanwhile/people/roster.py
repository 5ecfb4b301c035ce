"""Lists of people as CSV: reading what schools really send, and writing what is safe to open.

Reads UTF-8 with or without a byte order mark and the Windows encoding of old Excels; commas,
semicolons (Excel in most of Europe) or tabs; CRLF; quotes. No database in this file.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from meanwhile.core.clock import is_zone
from meanwhile.people.models import AgeBand, Person, Role

MOST_BYTES = 2 * 2**20
MOST_ROWS = 5000
# What a column may be called in the first line; lower case, spaces and hyphens as underscores.
COLUMNS = {
    "name": {"name", "full_name", "nom", "learner", "student", "pupil"},
    "username": {"username", "user_name", "login", "user", "identifiant"},
    "email": {"email", "e_mail", "mail", "email_address", "courriel"},
    "role": {"role", "rôle"},
    "class": {"class", "cohort", "group", "classe", "form"},
    "age_band": {"age_band", "age", "âge", "tranche_d_âge"},
    "zone": {"zone", "time_zone", "timezone", "fuseau"},
    "guardian": {"guardian", "guardians", "parent", "parents"},
    "called": {"called", "known_as"},
}
SAMPLE = (
    ("name", "username", "email", "role", "class", "age_band", "zone", "guardian"),
    (
        "Amina Haddad",
        "amina.h",
        "",
        "learner",
        "8B Science",
        "under13",
        "Africa/Nairobi",
        "leila.h",
    ),
    ("Leila Haddad", "leila.h", "leila@example.org", "guardian", "", "adult", "Africa/Nairobi", ""),
    ("Ada Okafor", "a.okafor", "ada@example.org", "teacher", "8B Science", "adult", "", ""),
)


class Unreadable(Exception):
    """The file as a whole cannot be used. The text says why and what to do."""


@dataclass
class Row:
    """One line of the list. `wrong`: the reasons it is refused, in sentences."""

    line: int
    name: str = ""
    username: str = ""
    email: str = ""
    role: str = Role.LEARNER
    cohort: str = ""
    age_band: str = ""
    zone: str = ""
    called: str = ""
    guardians: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def kept(self) -> dict[str, Any]:
        return asdict(self)


def read(raw: bytes) -> list[Row]:
    """The lines of an uploaded list.

    Raises:
        Unreadable: too big, not a CSV file, without the columns that are needed.
    """
    if len(raw) > MOST_BYTES:
        raise Unreadable(_("This file is bigger than 2 MB. Split it and bring in the parts."))
    lines = _lines(_text(raw))
    header = next(lines, None)
    if header is None:
        raise Unreadable(_("This file is empty. The first line names the columns."))
    columns = _columns(header[1])
    rows = [_row(number, cells, columns) for number, cells in lines if any(map(str.strip, cells))]
    if len(rows) > MOST_ROWS:
        raise Unreadable(_("This list has more than 5,000 people. Split it in parts."))
    _refuse_repeats(rows)
    return rows


def _text(raw: bytes) -> str:
    if b"\0" in raw:
        raise Unreadable(_("This is not a CSV file. In your table program choose “Save as CSV”."))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = 1
    try:
        for cells in reader:
            yield before, cells
            before = reader.line_num + 1
    except csv.Error:
        raise Unreadable(
            _("Line %(line)d cannot be read: a quotation mark is open or out of place.")
            % {"line": before}
        ) from None


def _columns(header: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, title in enumerate(header):
        plain = title.strip().casefold().replace(" ", "_").replace("-", "_")
        known = next((name for name, names in COLUMNS.items() if plain in names), None)
        if known is None and plain:
            raise Unreadable(
                _("The column “%(title)s” is not known. Known are: %(known)s.")
                % {"title": title.strip(), "known": ", ".join(COLUMNS)}
            )
        if known in found:
            raise Unreadable(_("The column “%(title)s” is there twice.") % {"title": title.strip()})
        if known:
            found[known] = at
    if "name" not in found or not {"username", "email"} & set(found):
        raise Unreadable(_("The list needs a column “name” and a column “username” or “email”."))
    return found


def _row(number: int, cells: Sequence[str], columns: dict[str, int]) -> Row:
    def cell(name: str) -> str:
        at = columns.get(name)
        return bare(cells[at]) if at is not None and at < len(cells) else ""

    row = Row(
        line=number,
        name=" ".join(cell("name").split()),
        username=cell("username"),
        email=cell("email"),
        cohort=cell("class"),
        zone=cell("zone"),
        called=cell("called"),
        guardians=cell("guardian").replace(";", " ").replace(",", " ").replace("|", " ").split(),
    )
    row.role, row.age_band = _role(cell("role"), row), _age(cell("age_band"), row)
    if (
        len(cells) > len(columns)
        and any(cells[len(columns) :])
        and max(columns.values()) + 1 < len(cells)
    ):
        row.wrong.append(_("There are more cells in this line than columns."))
    _check(row)
    return row


def _role(typed: str, row: Row) -> str:
    for role in Role:
        if typed.casefold() in (role.value, str(role.label).casefold()):
            return role.value
    if typed.casefold() in ("", "student", "pupil"):
        return Role.LEARNER.value
    row.wrong.append(
        _("The role “%(role)s” is not known. Write one of: %(known)s.")
        % {"role": typed, "known": ", ".join(Role.values)}
    )
    return Role.LEARNER.value


def _age(typed: str, row: Row) -> str:
    for band in AgeBand:
        if typed.casefold() in (band.value, str(band.label).casefold()):
            return band.value
    if typed:
        row.wrong.append(
            _("The age “%(age)s” is not known. Write one of: %(known)s, or leave it empty.")
            % {"age": typed, "known": ", ".join(filter(None, AgeBand.values))}
        )
    return ""


def _check(row: Row) -> None:
    if not row.name:
        row.wrong.append(_("There is no name."))
    if len(row.name) > 120:
        row.wrong.append(_("The name is longer than 120 letters."))
    if not row.username and not row.email:
        row.wrong.append(
            _("Give a user name or an e-mail, so that the same person is found again next time.")
        )
    if row.username:
        _check_with(row, lambda: Person._meta.get_field("username").run_validators(row.username))
    if row.email:
        _check_with(row, lambda: validate_email(row.email))
    if row.zone and not is_zone(row.zone):
        row.wrong.append(
            _("The time zone “%(zone)s” is not known. Write it like Europe/London.")
            % {"zone": row.zone}
        )


def _check_with(row: Row, validate: Any) -> None:
    try:
        validate()
    except ValidationError as wrong:
        row.wrong += [str(message) for message in wrong.messages]


def _refuse_repeats(rows: list[Row]) -> None:
    """The same person may stand in several lines, one a class or role; two people may not share
    a user name or an e-mail."""
    for name in ("username", "email"):
        first: dict[str, Row] = {}
        for row in rows:
            value = getattr(row, name).casefold()
            earlier = first.setdefault(value, row) if value else row
            if earlier is not row and (earlier.name, earlier.username) != (row.name, row.username):
                row.wrong.append(
                    _("“%(value)s” stands in line %(line)d already, for another name.")
                    % {"value": getattr(row, name), "line": earlier.line}
                )


# --- writing --------------------------------------------------------------------------------

# A cell that begins like this is run as a formula by table programs.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe(value: object) -> str:
    """A cell that no table program takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def bare(cell: str) -> str:
    """The cell as it was meant: without spaces around it and without the sign `safe` put there."""
    text = cell.strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def write(rows: Iterable[Sequence[object]]) -> bytes:
    """CSV that Excel opens well everywhere: UTF-8 with a mark, CRLF, no formulas."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([[safe(cell) for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def sample() -> bytes:
    """The file to begin with, as offered on the page."""
    return write(SAMPLE)
