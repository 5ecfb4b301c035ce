from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "meanwhile.people"
    label = "people"
    verbose_name = "People"
