"""What follows from events, where the site admin can look at it and have it tried again."""

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from meanwhile.core.events import MOST_TRIES, try_again
from meanwhile.core.models import Delivery

SHOWN = 160
"""Characters of an error in the list; the whole stands on the page of the delivery."""


class HowItStands(admin.SimpleListFilter):
    title = _("how it stands")
    parameter_name = "stands"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("up", _("given up")), ("waits", _("waiting")), ("done", _("done"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        match self.value():
            case "up":
                return queryset.filter(done_at=None, tries__gte=MOST_TRIES)
            case "waits":
                return queryset.filter(done_at=None, tries__lt=MOST_TRIES)
            case "done":
                return queryset.exclude(done_at=None)
        return None


@admin.register(Delivery)
class DeliveryAdmin(admin.ModelAdmin):
    """To look at, and to have tried again once the cause is mended; nothing here can be edited."""

    list_display = ("what", "listener", "at", "tries", "done_at", "short_error")
    list_filter = (HowItStands, "event__name")
    list_select_related = ("event",)
    ordering = ("-pk",)
    fields = ("what", "facts", "at", "listener", "tries", "done_at", "error")
    readonly_fields = ("what", "facts", "at")
    actions = ("again",)
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @admin.display(description=_("event"))
    def what(self, delivery: Delivery) -> str:
        return delivery.event.name

    @admin.display(description=_("facts"))
    def facts(self, delivery: Delivery) -> str:
        event = delivery.event
        facts = {"actor": event.actor, "school": event.school} | event.facts
        return ", ".join(f"{name}: {value}" for name, value in facts.items())

    @admin.display(description=_("when"), ordering="event__at")
    def at(self, delivery: Delivery) -> datetime:
        return delivery.event.at

    @admin.display(description=_("error"))
    def short_error(self, delivery: Delivery) -> str:
        return delivery.error[:SHOWN]

    @admin.action(description=_("Try again"), permissions=["view"])
    def again(self, request: HttpRequest, chosen: QuerySet[Delivery]) -> None:
        """The chore of each minute does it; what comes of it stands in the list then."""
        count = try_again(chosen)
        if not count:
            self.message_user(request, _("They are done already."), messages.INFO)
            return
        says = ngettext(
            "%(count)d is tried again within two minutes. If it fails, its error says why.",
            "%(count)d are tried again within two minutes. If one fails, its error says why.",
            count,
        )
        self.message_user(request, says % {"count": count}, messages.SUCCESS)
