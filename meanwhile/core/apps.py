from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "meanwhile.core"
    label = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        """Rules, reactions and jobs register themselves when their modules are read."""
        from django.utils.module_loading import autodiscover_modules

        autodiscover_modules("rules", "events", "reactions", "jobs")
