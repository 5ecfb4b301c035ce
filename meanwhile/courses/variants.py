"""Other ways to meet a block: in shorter sentences, further, to listen to, in another language.

A variant is a block of its own, right behind its main block, and names it: `instead_of`. It is the
same step of the lesson, so what it counts for (objectives, minutes) stands at its main block, and a
question stays a question in every way. Which of them somebody sees is chosen in `learning`.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf.locale import LANG_INFO
from django.db import models
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.activity import KINDS, Problem
from meanwhile.courses.source import BlockSource

KEYS = ("instead_of", "way", "language")
NOT_HERE = ("objectives", "minutes")
WRITTEN = "written"
IN_LANGUAGE = "in-"
TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


class Way(models.TextChoices):
    """How a variant differs, in words that judge nobody."""

    PLAIN = "plain", _("In shorter sentences")
    FURTHER = "further", _("Going further")
    LISTEN = "listen", _("To listen to")
    LANGUAGE = "language", _("In another language")


def general_ways() -> list[tuple[str, str]]:
    """What can be asked for everywhere, with its words: as written, and each way. A language is
    asked for as one's own."""
    own = {Way.LANGUAGE.value: say("In my language, where there is one")}
    ways = [(way.value, own.get(way.value, str(way.label))) for way in Way]
    return [(WRITTEN, as_written()), *ways]


def as_written() -> str:
    return say("As written")


def key_of(way: str, language: str = "") -> str:
    """The name of one way at a block: written, plain, further, listen, in-fr."""
    if way == Way.LANGUAGE:
        return f"{IN_LANGUAGE}{language}"
    return way or WRITTEN


def words_for(way: str, language: str = "") -> str:
    """What a way is called on pages. A language is called in that language: En français."""
    if not way:
        return as_written()
    if way != Way.LANGUAGE:
        return str(Way(way).label) if way in Way.values else way
    return name_of_language(language)


def name_of_language(tag: str) -> str:
    """A language as those call it who speak it; its tag where it is not known."""
    for each in (tag.lower(), tag.partition("-")[0].lower()):
        if name := LANG_INFO.get(each, {}).get("name_local"):
            return str(name)[:1].upper() + str(name)[1:]
    return tag


def speaks(language: str, tag: str) -> bool:
    """Whether somebody whose language is `language` reads what is in `tag`: fr reads fr-CA."""
    one, other = (each.partition("-")[0].lower() for each in (language, tag))
    return bool(one) and one == other


def families(blocks: Iterable[BlockSource]) -> list[tuple[BlockSource, list[BlockSource]]]:
    """Blocks in order as (main, its variants)."""
    found: list[tuple[BlockSource, list[BlockSource]]] = []
    for block in blocks:
        if block.instead_of and found:
            found[-1][1].append(block)
        else:
            found.append((block, []))
    return found


def problems(blocks: list[BlockSource], language: str) -> Iterator[tuple[BlockSource, Problem]]:
    """What is wrong with the variants of a lesson. `language` is that of the course."""
    main: BlockSource | None = None
    there: set[str] = set()
    for block in blocks:
        if not any(key in block.data for key in KEYS):
            main, there = block, set()
            continue
        for problem in _of_one(block, main, language):
            yield block, problem
        key = key_of(str(block.data.get("way", "")), str(block.data.get("language", "")).lower())
        if key in there:
            yield block, Problem(say("The block has this way already."), "way")
        there.add(key)


def _of_one(block: BlockSource, main: BlockSource | None, language: str) -> Iterator[Problem]:
    data = block.data
    if not block.instead_of:
        yield Problem(say("“instead_of” is missing: the id of the block this stands for."), "way")
        return
    if main is None or main.uid != block.instead_of:
        says = say("Another way of “%(id)s” stands right behind that block.")
        yield Problem(says % {"id": block.instead_of}, "instead_of")
    elif KINDS[main.kind].handed_in or KINDS[block.kind].handed_in:
        yield Problem(say("What is handed in is there in one way only."), "instead_of")
    elif KINDS[main.kind].answers != KINDS[block.kind].answers:
        says = say("A question stays a question in every way, and what asks nothing asks nothing.")
        yield Problem(says, "instead_of")
    if data.get("way") not in Way.values:
        says = say("“way” must be one of %(known)s.") % {"known": ", ".join(Way.values)}
        yield Problem(says, "way" if "way" in data else "instead_of")
    yield from _language(data, language)
    for key in NOT_HERE:
        if key in data:
            says = say("“%(key)s” stands at the block this is another way of.") % {"key": key}
            yield Problem(says, key)


def _language(data: dict[str, Any], language: str) -> Iterator[Problem]:
    tag, way = str(data.get("language", "")), data.get("way")
    if way == Way.LANGUAGE and not tag:
        yield Problem(say("“language” is missing: a language tag, such as “fr”."), "way")
    elif tag and way != Way.LANGUAGE:
        yield Problem(say("“language” goes with “way: language” alone."), "language")
    elif tag and (not TAG.fullmatch(tag) or len(tag) > 16):
        yield Problem(say("This is not a language tag, such as “en” or “pt-BR”."), "language")
    elif tag and tag.lower() == language.lower():
        yield Problem(say("This is the language of the course already."), "language")
