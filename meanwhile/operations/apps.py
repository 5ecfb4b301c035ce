from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "meanwhile.operations"
    label = "operations"
    verbose_name = "Operations"

    def ready(self) -> None:
        """The boot checks register themselves when their module is read."""
        from meanwhile.operations import checks  # noqa: F401
