from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "meanwhile.assessment"
    label = "assessment"
    verbose_name = "Assessment"

    def ready(self) -> None:
        from meanwhile.assessment import standing  # noqa: F401
