from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "meanwhile.ui"
    label = "ui"
