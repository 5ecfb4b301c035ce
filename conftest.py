"""Fixtures for every room's tests."""

from collections.abc import Callable

import pytest
from django.test import Client

from meanwhile.testing import Cast, make_cast


@pytest.fixture
def cast(db) -> Cast:
    """The people of demo/cast.py, their classes, and one small course offered to 8B."""
    return make_cast()


@pytest.fixture
def as_(cast: Cast) -> Callable[..., Client]:
    """A client signed in as somebody: `as_("amina").get("/")`, or `as_(person)`."""

    def sign_in(who, **options) -> Client:
        client = Client(**options)
        client.force_login(
            cast.people[who] if isinstance(who, str) else who,
            backend="django.contrib.auth.backends.ModelBackend",
        )
        return client

    return sign_in
