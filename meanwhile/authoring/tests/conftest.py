"""Somebody who writes, on the small course of the cast."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from meanwhile.authoring.queries.lessons import LessonWork, lesson_work
from meanwhile.authoring.queries.work import Work, work_of
from meanwhile.core.ids import operation_id
from meanwhile.courses.models import Course

BACKEND = "django.contrib.auth.backends.ModelBackend"


class Writer:
    """A teacher at the pages where the course is written."""

    def __init__(self, client: Client, course: Course) -> None:
        self.client, self.course = client, course

    def address(self, name: str, **more: Any) -> str:
        return reverse(f"authoring:{name}", kwargs={"course": self.course.pk, **more})

    def get(self, name: str, query: str = "", **more: Any) -> HttpResponse:
        return self.client.get(self.address(name, **more) + query)

    def post(self, name: str, sends: dict[str, Any], json: bool = False, **more: Any):
        headers = {"Accept": "application/json"} if json else {}
        return self.client.post(
            self.address(name, **more), {"operation": operation_id(), **sends}, headers=headers
        )

    def order(self, deed: str, **sends: Any) -> HttpResponse:
        return self.post("order", {"deed": deed, **sends})

    def arrange(self, deed: str, lesson: str = "lesson-0-0", **sends: Any) -> HttpResponse:
        return self.post("arrangement", {"deed": deed, **sends}, lesson=lesson)

    def work(self) -> Work:
        return work_of(self.course)

    def lesson(self, uid: str = "lesson-0-0") -> LessonWork:
        found = lesson_work(self.course, uid)
        assert found
        return found

    def write(self, part: str, words: str, on: str | None = None, lesson: str = "lesson-0-0"):
        """As `keep-words` does while somebody types."""
        here = self.lesson(lesson).document.part(part)
        token = on if on is not None else here.token if here else ""
        sends = {"words": words, "base_version": token}
        return self.post("words", sends, json=True, lesson=lesson, part=part)

    def publish(self, **sends: Any) -> HttpResponse:
        """Look at the list, then publish what it shows."""
        page = self.client.get(self.address("publishing"), sends)
        found = page.context["publishing"]
        chosen = [each.uid for each in found.choices if each.chosen]
        given = {"choose": "1", "token": found.token, "lesson": chosen}
        return self.post("publishing", given | ({"outline": "1"} if found.outline else {}))


@pytest.fixture
def writer_of(cast) -> Callable[[str], Writer]:
    def sit_down(key: str) -> Writer:
        client = Client()
        client.force_login(cast.people[key], backend=BACKEND)
        return Writer(client, cast.course)

    return sit_down


@pytest.fixture
def writer(writer_of) -> Writer:
    return writer_of("okafor")
