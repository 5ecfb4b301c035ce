"""One person of a class, for who watches it: a cell opened, and the learner's page."""

from dataclasses import dataclass, field
from datetime import datetime
from html import unescape

from django.db.models import Q
from django.utils.html import strip_tags

from meanwhile.core.rules import visible
from meanwhile.courses.activity import data_of, kind_of
from meanwhile.courses.models import Block, Offering, Unit
from meanwhile.learning.models import Answer, BlockState, Participation
from meanwhile.learning.progress import Figures
from meanwhile.learning.queries import latest_of_each, unit_cells
from meanwhile.people.models import Person
from meanwhile.people.who import Who

VERY_SURE = 2
MOST_QUESTIONS = 5
MOST_ANSWERS = 40


@dataclass(frozen=True)
class Said:
    """An answer in words: what was asked, what was said, whether it was right, how sure."""

    question: str
    lesson: str
    words: str
    right: bool
    confidence: int | None
    at: datetime
    tries: int = 1


@dataclass
class OpenCell:
    """What is behind a cell: both axes, and the questions that are not right yet."""

    person: Person
    unit: Unit
    figures: Figures
    wrong: list[Said] = field(default_factory=list)
    sure: int = 0


def open_cell(who: Who, offering: Offering, person: Person, unit: Unit) -> OpenCell:
    """What `who` may see behind a cell. Four queries."""
    figures = unit_cells(offering, [person.pk])[person.pk].get(unit.pk, Figures())
    states = list(
        visible(who, BlockState)
        .filter(
            participation__offering=offering,
            participation__person=person,
            right=False,
            block__in=Block.objects.counted().filter(lesson__unit=unit),
        )
        .select_related("block__lesson")
        .order_by("-answered_at")[:MOST_QUESTIONS]
    )
    latest = _latest(who, states)
    wrong = [
        said_of(answer, answer.block, state.tries)
        for state in states
        if (answer := latest.get(state.block_id))
    ]
    sure = sum(answer.confidence == VERY_SURE for answer in latest.values())
    return OpenCell(person, unit, figures, wrong, sure)


def _latest(who: Who, states: list[BlockState]) -> dict[int, Answer]:
    """The last answer to each of these questions, by its key, in whichever way it was met."""
    if not states:
        return {}
    asked = [state.block_id for state in states]
    rows = visible(who, Answer).filter(
        Q(block__in=asked) | Q(block__instead_of__in=asked),
        participation=states[0].participation_id,
    )
    return latest_of_each(rows, of_places=True)


def said_of(answer: Answer, block: Block, tries: int = 1) -> Said:
    return Said(
        question=block.heading or plain(block.rendered.get("body", "")),
        lesson=block.lesson.title,
        words=_words(answer, block),
        right=answer.right,
        confidence=answer.confidence,
        at=answer.at,
        tries=tries,
    )


def _words(answer: Answer, block: Block) -> str:
    """As the kind says it; an answer to a question that was rewritten since as it was sent."""
    try:
        return kind_of(block.kind).say(data_of(block.kind, block.data), answer.response)
    except (KeyError, ValueError, TypeError, IndexError):
        return ", ".join(str(value) for value in answer.response.values())


def plain(html: str, most: int = 90) -> str:
    """The first line of a question, short, as plain words."""
    lines = (unescape(strip_tags(line)).strip() for line in html.splitlines())
    words = next((line for line in lines if line), "")
    return words if len(words) <= most else f"{words[:most].rsplit(' ', 1)[0]} …"


def answers_of(who: Who, participation: Participation | None) -> list[Said]:
    """The latest answers that `who` may see, newest first. One query."""
    if participation is None:
        return []
    rows = visible(who, Answer).filter(participation=participation)
    latest = rows.select_related("block__lesson").order_by("-pk")[:MOST_ANSWERS]
    return [said_of(row, row.block) for row in latest]
