from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "meanwhile.insights"
    label = "insights"
    verbose_name = "Insights"

    def ready(self) -> None:
        """The names a course file may say *not here* to."""
        from meanwhile.courses.not_here import CHECKS as KNOWN
        from meanwhile.insights.checks import CHECKS

        KNOWN.update(CHECKS)
