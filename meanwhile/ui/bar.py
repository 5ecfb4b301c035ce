"""What stands in the bar at the top for somebody signed in: each room says its own.

In a room's `apps.py`:

    def ready(self) -> None:
        from meanwhile.ui.bar import MenuEntry, in_bar, in_menu

        in_menu(MenuEntry("learning:notebook", _("My notebook"), "note", order=10))
        in_bar("search/_menu.html")
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class MenuEntry:
    """A line of the menu under one's own picture. `address`: the name of a page; `label` is lazy."""

    address: str
    label: Any
    icon: str
    order: int


_MENU: dict[str, MenuEntry] = {}
_BAR: list[str] = []


def in_menu(entry: MenuEntry) -> None:
    _MENU[entry.address] = entry


def in_bar(template: str) -> None:
    """A button of the bar, with what it opens."""
    if template not in _BAR:
        _BAR.append(template)


def menu_entries() -> list[MenuEntry]:
    return sorted(_MENU.values(), key=lambda entry: entry.order)


def bar_buttons() -> tuple[str, ...]:
    return tuple(_BAR)
