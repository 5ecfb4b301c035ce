"""How things of the room are called on pages."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meanwhile.courses.models import Block
from meanwhile.ui import time


def title_of(block: Block) -> str:
    """What a task is called: its title, else its line in the outline."""
    given = block.data.get("title") if isinstance(block.data, dict) else ""
    return str(given or block.heading or _("Task"))


def called(person: Any, code: str, anonymous: bool) -> str:
    """A learner on pages of markers: by name, or by the code of the paper where names are hidden."""
    return _("Paper %(code)s") % {"code": code} if anonymous else str(person.name)


def first_name(person: Any, code: str, anonymous: bool) -> str:
    return called(person, code, True) if anonymous else str(person.get_short_name())


def together(names: list[str], more: int = 0) -> str:
    """'Amina, Mei, Noor', '… and 4 more'."""
    said = ", ".join(names)
    if not more:
        return said
    return ngettext("%(names)s and %(n)d more", "%(names)s and %(n)d more", more) % {
        "names": said,
        "n": more,
    }


def hours(seconds: float) -> str:
    """'about 9 hours', 'about 3 days': for how long people waited."""
    whole = round(seconds / time.HOUR)
    if whole < 1:
        return _("less than an hour")
    if whole < 48:
        return ngettext("about %(n)d hour", "about %(n)d hours", whole) % {"n": whole}
    days = round(seconds / time.DAY)
    return ngettext("about %(n)d day", "about %(n)d days", days) % {"n": days}
