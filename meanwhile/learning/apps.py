from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    name = "meanwhile.learning"
    label = "learning"
    verbose_name = "Learning"

    def ready(self) -> None:
        from meanwhile.learning import beginnings  # noqa: F401 - registers itself
        from meanwhile.ui.bar import MenuEntry, in_menu

        in_menu(MenuEntry("learning:notebook", _("My notebook"), "note", order=10))
