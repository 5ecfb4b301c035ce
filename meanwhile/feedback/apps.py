from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "meanwhile.feedback"
    label = "feedback"
    verbose_name = "Feedback"

    def ready(self) -> None:
        from meanwhile.feedback import answers, reactions  # noqa: F401 - they register themselves
