from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "meanwhile.assessment"
    label = "assessment"
    verbose_name = "Assessment"
