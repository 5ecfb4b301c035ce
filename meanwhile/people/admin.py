"""Django's admin: for the site admin alone, to look and to mend what no page can.

One signs in to it by the ordinary sign-in, with its limiter and its second step.
"""

import django.contrib.auth.admin  # noqa: F401 - registers what is taken out below
from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.db import models
from django.http import HttpRequest

from meanwhile.people.models import Cohort, Enrolment, Holiday, Membership, Person, School, Term

admin.site.site_header = admin.site.site_title = "Meanwhile"
# the admin's own sign-in page knows neither limiter nor second step
admin.site.login = login_required(admin.site.login)  # type: ignore[method-assign]


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0


@admin.register(School)
class SchoolAdmin(admin.ModelAdmin):
    list_display = ("name", "slug", "zone", "country")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin):
    """Passwords are never seen or set here: the school admin makes a new one."""

    list_display = ("name", "username", "is_active", "is_superuser")
    search_fields = ("name", "username", "email")
    fields = ("name", "called", "username", "email", "age_band", "zone", "language", "is_active")
    inlines = (MembershipInline,)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


@admin.register(Cohort)
class CohortAdmin(admin.ModelAdmin):
    list_display = ("name", "school", "term", "closed_at")
    list_filter = ("school",)


@admin.register(Term)
class TermAdmin(admin.ModelAdmin):
    list_display = ("name", "school", "starts_on", "ends_on")
    list_filter = ("school",)


@admin.register(Holiday)
class HolidayAdmin(admin.ModelAdmin):
    list_display = ("name", "school", "first_day", "last_day")
    list_filter = ("school",)


@admin.register(Enrolment)
class EnrolmentAdmin(admin.ModelAdmin):
    list_display = ("person", "cohort", "role", "joined_at", "left_at")
    raw_id_fields = ("person", "cohort")
