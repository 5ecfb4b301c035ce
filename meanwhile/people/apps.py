from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "meanwhile.people"
    label = "people"
    verbose_name = "People"

    def ready(self) -> None:
        from meanwhile.ui.bar import MenuEntry, in_menu

        in_menu(MenuEntry("people:settings", _("Settings"), "settings", order=20))
        in_menu(MenuEntry("people:notices", _("Notices"), "inbox", order=30))
