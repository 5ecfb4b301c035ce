from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "meanwhile.search"
    label = "search"
    verbose_name = "Search"

    def ready(self) -> None:
        """A room that has something to find says so in its `passages.py`."""
        from django.utils.module_loading import autodiscover_modules

        from meanwhile.ui.bar import in_bar

        in_bar("search/_menu.html")
        autodiscover_modules("passages")
