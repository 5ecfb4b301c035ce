"""How allauth's pages behave here: no accounts made without a class, one limiter on every door."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from meanwhile.core import limits
from meanwhile.people import actions
from meanwhile.people.models import Person
from meanwhile.people.queries import account_key
from meanwhile.people.who import Who

NOT_RIGHT = _("The name or the password is not right. Check both, and the capital letters.")
CODE_NOT_RIGHT = _("This code is not right. Codes change every half minute: use the newest one.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        # one sentence for a wrong name and a wrong password, so that names cannot be tried out
        "username_password_mismatch": NOT_RIGHT,
        "email_password_mismatch": NOT_RIGHT,
        "incorrect_password": _("This is not your password. Check the capital letters."),
        "enter_current_password": _("This is not your password. Check the capital letters."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Before a password is looked at, at the sign-in and when it is asked for again."""
        limits.check(request, "password", _account(credentials))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        person = super().authenticate(request, **credentials)
        if person:
            limits.right(request, "password", _account(credentials))
        return person

    def pre_login(
        self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any
    ) -> HttpResponse | None:
        """Who is suspended everywhere does not come in, by whichever door."""
        if isinstance(user, Person) and not Who(user):
            clear_login(request)
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        how = getattr(request, "came_by", "") or _how(request, user)
        super().login(request, user)
        actions.signed_in(user, how)  # type: ignore[arg-type]


def _account(credentials: dict[str, Any]) -> str:
    return account_key(credentials.get("username") or credentials.get("email") or "")


def _how(request: HttpRequest, user: AbstractBaseUser) -> str:
    records = get_authentication_records(request, user)
    return "passkey" if any(record.get("passwordless") for record in records) else "password"


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": CODE_NOT_RIGHT}
