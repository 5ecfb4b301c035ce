"""The pages that are measured, each as a function that asks for it once."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from bench.measure import Ask
from bench.school import Made
from meanwhile.core.ids import operation_id


def signed_in(person: int) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(
        get_user_model().objects.get(pk=person), backend=settings.AUTHENTICATION_BACKENDS[0]
    )
    return client


def getting(address: str) -> Ask:
    return lambda client: client.get(address)


def learner_pages(made: Made) -> dict[str, Ask]:
    return {
        "bare page": getting(reverse("bare")),
        "learner home": getting(reverse("web:today")),
        "course home": getting(reverse("web:course", args=[made.offering])),
        "lesson": getting(reverse("learning:lesson", args=[made.offering, made.lesson])),
        "practice answer": answering(made),
    }


def teacher_pages(made: Made) -> dict[str, Ask]:
    return {
        "bare page": getting(reverse("bare")),
        "teacher home": getting(reverse("web:today")),
        "class page": getting(reverse("web:class", args=[made.offering])),
        "marking": getting(reverse("feedback:marking", args=[made.paper])),
    }


def answering(made: Made) -> Ask:
    """A new answer each time, now right, now wrong, as the page's own form sends it."""
    address = reverse("learning:answer", args=[made.offering, made.lesson, made.question])
    turn = [0]

    def ask(client: Client) -> Any:
        turn[0] += 1
        if settings.CSRF_COOKIE_NAME not in client.cookies:
            client.get(reverse("learning:lesson", args=[made.offering, made.lesson]))
        sent = {
            "operation": operation_id(),
            "choice": "deeper" if turn[0] % 2 else "same",
            "confidence": str(turn[0] % 3),
            "csrfmiddlewaretoken": client.cookies[settings.CSRF_COOKIE_NAME].value,
        }
        return client.post(address, sent, headers={"HX-Request": "true"})

    return ask
