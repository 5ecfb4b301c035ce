from django.apps import AppConfig


class AuthoringConfig(AppConfig):
    name = "meanwhile.authoring"
    label = "authoring"
    verbose_name = "Authoring"
