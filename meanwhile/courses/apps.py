from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "meanwhile.courses"
    label = "courses"
    verbose_name = "Courses"
