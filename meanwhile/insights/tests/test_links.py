"""Links out of a course: found everywhere, tried politely, and blamed only where it is sure."""

import pytest

from meanwhile.core.egress import Answer, NoAnswer, NotAsked
from meanwhile.insights.checks import CHECKS
from meanwhile.insights.links import outside, try_links, whats_wrong
from meanwhile.insights.samples import course
from meanwhile.insights.study import Study

EVERYWHERE = (
    "See [a](https://one.example/a#part) and [b](media/beam.mp3) and [mail](mailto:x@one.example).\n\n"
    "::: video {#film}\nlink: https://films.example/1\ntitle: A film\n:::\n\n"
    "::: reveal {#say}\nanswer: See [c](http://two.example/c).\n---\nSay why.\n:::"
)


def test_links_are_found_in_text_film_and_answer():
    study = Study(course(EVERYWHERE, description="From [d](https://one.example/d)."))
    assert sorted({address for address, _place in outside(study)}) == [
        "http://two.example/c",
        "https://films.example/1",
        "https://one.example/a",
        "https://one.example/d",
    ]


def test_each_is_asked_once_and_a_site_is_given_time():
    asked, waits = [], []

    def asking(address: str) -> Answer:
        asked.append(address)
        return Answer(404 if address.endswith("/c") else 200, address)

    study = Study(course(EVERYWHERE, EVERYWHERE, description="[d](https://one.example/d)"))
    assert try_links(study, asking=asking, wait=waits.append) == 4
    assert len(asked) == len(set(asked)) == 4
    assert len(waits) == 1
    assert 0 < waits[0] <= 1
    says = [each.says for each in CHECKS["dead-link"].findings(study)]
    assert says == ["“http://two.example/c” cannot be reached. The page is gone."] * 2


def raising(error: Exception):
    def asking(address: str) -> Answer:
        raise error

    return asking


@pytest.mark.parametrize("status", [200, 204, 301, 401, 403, 429, 500, 503])
def test_what_may_work_for_a_person_is_not_called_dead(status: int):
    assert whats_wrong("https://one.example/", lambda address: Answer(status, address)) == ""


def test_what_is_surely_wrong_is_said():
    assert (
        whats_wrong("https://x.example/", lambda address: Answer(410, address))
        == "The page is gone."
    )
    assert whats_wrong("x", raising(NoAnswer("There is no such place.", gone=True)))
    assert whats_wrong("x", raising(NotAsked("It leads into a private network.")))
    assert whats_wrong("x", raising(NoAnswer("It does not answer."))) == ""


def test_nobody_is_asked_unless_somebody_wants_it():
    assert list(CHECKS["dead-link"].findings(Study(course(EVERYWHERE)))) == []
