"""Links that lead out of a course: found, and tried once where somebody asks for it."""

import time
from collections.abc import Callable, Iterator
from urllib.parse import urldefrag, urlsplit

from django.utils.translation import gettext as say

from meanwhile.core.egress import Answer, NoAnswer, NotAsked, ask
from meanwhile.courses.files.references import links_of
from meanwhile.insights.study import Place, Study

MOST = 200
LONGEST = 240.0  # seconds for all links of a course
POLITE = 1.0  # seconds between two questions to one site
GONE = frozenset({404, 410})


def outside(study: Study) -> Iterator[tuple[str, Place]]:
    """Every address on the web that a course links to, with where it stands."""
    for target in _targets(study.source.description):
        yield target, study.place("title", part=target)
    for unit in study.source.units:
        for target in _targets(unit.intro):
            yield target, study.unit_place(unit)
    for part in study.parts:
        for link in part.links:
            if _is_web(link.target):
                yield _bare(link.target), part.place(line=link.line, part=link.target)
        texts = [target for text in part.texts.values() for target in _targets(text)]
        film = str(part.source.data.get("link", ""))
        for target in [*texts, *([_bare(film)] if _is_web(film) else [])]:
            yield target, part.place(part=target)


def addresses(study: Study) -> list[str]:
    """Each of them once, in the order of the course."""
    return list(dict.fromkeys(address for address, _place in outside(study)))


def _targets(markdown: str) -> Iterator[str]:
    return (_bare(each.target) for each in links_of(markdown) if _is_web(each.target))


def _is_web(target: str) -> bool:
    return target.lower().startswith(("https:", "http:"))


def _bare(target: str) -> str:
    return urldefrag(target).url


def try_links(
    study: Study,
    *,
    asking: Callable[[str], Answer] = ask,
    wait: Callable[[float], None] = time.sleep,
    longest: float = LONGEST,
) -> int:
    """Ask each address once, a site at most once a second, and put what is wrong into
    `study.tried`. How many were asked: at most 200, and none is begun after `longest` seconds."""
    last: dict[str, float] = {}
    until = time.monotonic() + longest
    for address in addresses(study)[:MOST]:
        if time.monotonic() > until:
            break
        site = urlsplit(address).netloc
        if (since := time.monotonic() - last.get(site, -POLITE)) < POLITE:
            wait(POLITE - since)
        study.tried[address] = whats_wrong(address, asking)
        last[site] = time.monotonic()
    return len(study.tried)


def whats_wrong(address: str, asking: Callable[[str], Answer] = ask) -> str:
    """Why nobody can follow it, in a sentence; nothing where it works or where it cannot be told.

    Only what is surely so: a site that is busy, asks for a password or does not like to be asked by
    a program is not a dead link.
    """
    try:
        answer = asking(address)
    except NotAsked as refused:
        return str(refused)
    except NoAnswer as none:
        return str(none) if none.gone else ""
    return say("The page is gone.") if answer.status in GONE else ""
