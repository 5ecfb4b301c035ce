"""Links tried from the page: asked for by a person, tried by a chore, kept with their date."""

import socket
import threading
from datetime import timedelta

import pytest
from django.urls import reverse

from meanwhile.core import clock, egress
from meanwhile.core.egress import Answer
from meanwhile.core.ids import operation_id
from meanwhile.courses.actions import import_course
from meanwhile.courses.models import Course
from meanwhile.insights import actions
from meanwhile.insights.models import LinkTrial
from meanwhile.insights.samples import course as sample
from meanwhile.operations.tasks import CHORES

TWO = "See [the Moon](https://one.example/moon) and [the Sun](https://two.example/sun)."


@pytest.fixture
def course(cast) -> Course:
    return import_course(sample(TWO), cast.schools["riverside"], actor=None).course


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """Who was asked: nobody is, and the Moon is gone."""
    found: list[str] = []

    def ask(address: str) -> Answer:
        found.append(address)
        return Answer(410 if address.endswith("moon") else 200, address)

    monkeypatch.setattr(actions.try_links, "__kwdefaults__", {
        **actions.try_links.__kwdefaults__, "asking": ask, "wait": lambda seconds: None
    })  # fmt: skip
    return found


def page(client, course: Course) -> str:
    return client.get(reverse("insights:check", args=[course.pk])).content.decode()


def press(client, course: Course):
    address = reverse("insights:links", args=[course.pk])
    return client.post(address, {"operation": operation_id()}, follow=True)


def try_what_waits() -> int:
    return next(chore for chore in CHORES if chore.name == "links to try").do()


def test_nobody_is_asked_by_a_page_or_by_the_button(as_, course, asked):
    html = page(as_("okafor"), course)
    assert "2 links lead out of this course" in html
    assert "They are being tried" in press(as_("okafor"), course).content.decode()
    assert asked == []


def test_what_came_of_it_stands_on_the_page_with_its_date(as_, course, asked):
    press(as_("okafor"), course)
    assert (try_what_waits(), try_what_waits()) == (1, 0)
    assert sorted(asked) == ["https://one.example/moon", "https://two.example/sun"]
    html = page(as_("okafor"), course)
    assert "2 links were tried" in html
    assert "“https://one.example/moon” cannot be reached. The page is gone." in html
    assert LinkTrial.objects.get().done_at.isoformat()[:10] in html
    assert "two.example" not in html


def test_a_link_that_is_mended_is_not_remarked_on_and_a_new_one_is_counted(
    as_, course, asked, cast
):
    press(as_("okafor"), course)
    try_what_waits()
    mended = TWO.replace("one.example/moon", "one.example/new-moon")
    import_course(sample(mended), cast.schools["riverside"], actor=None)
    html = page(as_("okafor"), course)
    assert "cannot be reached" not in html
    assert "1 is new since then" in html


def test_other_peoples_sites_are_left_alone_for_an_hour(as_, course, asked):
    press(as_("okafor"), course)
    assert "wait for that already" in press(as_("reyes"), course).content.decode()
    try_what_waits()
    html = press(as_("okafor"), course).content.decode()
    assert "can be tried again from" in html
    assert "Try them again" not in html
    assert try_what_waits() == 0
    with clock.at(clock.now() + timedelta(minutes=61)):
        client = as_("okafor")
        assert "Try them again" in page(client, course)
        press(client, course)
        assert try_what_waits() == 1
    assert len(asked) == 4


def test_there_is_an_end_to_it(course, cast, asked, monkeypatch):
    monkeypatch.setitem(actions.try_links.__kwdefaults__, "longest", -1.0)
    assert actions.ask_for_links(course, cast.okafor.pk)
    try_what_waits()
    trial = LinkTrial.objects.get()
    assert (asked, trial.tried, trial.untried) == ([], {}, 2)


def test_one_that_stops_half_way_is_given_up_after_three_times(course, cast, asked, monkeypatch):
    def stop(study) -> int:
        raise SystemExit

    assert actions.ask_for_links(course, cast.okafor.pk)
    with monkeypatch.context() as patch:
        patch.setattr(actions, "try_links", stop)
        for _time in range(3):
            with pytest.raises(SystemExit):
                try_what_waits()
    assert try_what_waits() == 1
    assert asked == []
    assert LinkTrial.objects.get().done_at


@pytest.mark.promise("T14")
def test_it_knocks_at_no_door_inside_the_network(as_, cast, monkeypatch):
    """A listener on this machine hears nothing, by its address and by a name that leads to it."""
    heard = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def listen() -> None:
            while True:
                try:
                    heard.append(server.accept())
                except OSError:
                    return

        threading.Thread(target=listen, daemon=True).start()
        monkeypatch.setattr(egress, "PORTS", {"http": port, "https": port})
        inside = f"[a](http://127.0.0.1/a) [b](http://localhost/b) [c](http://127.0.0.1:{port}/c)"
        course = import_course(sample(inside), cast.schools["riverside"], actor=None).course
        press(as_("okafor"), course)
        try_what_waits()
        server.shutdown(socket.SHUT_RDWR)
    tried = LinkTrial.objects.get().tried
    assert set(tried.values()) == {"It leads into a private network."}
    assert (len(tried), heard) == (3, [])


def test_who_may_not_change_the_course_has_no_button(as_, course, asked):
    html = page(as_("osei"), course)
    assert "2 links lead out of this course" in html
    assert "Try the links" not in html
