from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "meanwhile.learning"
    label = "learning"
    verbose_name = "Learning"
