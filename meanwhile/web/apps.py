from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "meanwhile.web"
    label = "web"
    verbose_name = "Web"
