"""What the room does when others speak: after a new password, the other devices are signed out."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from django.dispatch import receiver
from django.http import HttpRequest

from meanwhile.people import actions
from meanwhile.people.models import Person


@receiver([password_changed, password_set, password_reset], dispatch_uid="people.new_password")
def other_devices(sender: Any, request: HttpRequest, user: Person, **more: Any) -> None:
    """Their sessions hold no more, because the password is part of each; so they go."""
    here = request.session.session_key if request.user.is_authenticated else None
    actions.sessions_follow_password(user, keep=here)
