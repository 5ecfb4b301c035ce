"""Answering, hints, asking why, and what is typed before an answer."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from meanwhile.core import clock
from meanwhile.core.events import record, writing
from meanwhile.courses.activity import Response, Verdict, data_of, kind_of
from meanwhile.courses.events import BlockAnswered
from meanwhile.courses.models import Block, Offering
from meanwhile.learning.actions.reading import joined, keep, mark_done, place
from meanwhile.learning.forms import typed_words
from meanwhile.learning.models import Answer, BlockState, Draft, Participation
from meanwhile.people.who import Who


class Changed(Exception):
    """The draft was changed elsewhere since the version these words were written on."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft.version)
        self.draft = draft


class TakenOut(Exception):
    """The question was taken out of the course while somebody answered it."""

    def __str__(self) -> str:
        return _("This question was taken out while you wrote your answer. Your words are kept.")


@dataclass(frozen=True)
class Taken:
    """An answer that was taken in, with its question as it was marked, and what else its card
    shows: nothing of it is read again."""

    answer: Answer
    state: BlockState
    draft: Draft | None


def answer(
    who: Who,
    offering: Offering,
    block: Block,
    sent: QueryDict,
    confidence: int | None,
    base: int | None = None,
) -> Taken:
    """Mark an answer and keep it for good. The last one counts; the first is kept beside it.

    It is marked by the question as it is in the edition it is kept with. `block` was read after
    `offering` and its course, so it holds as long as the edition does; where the course was
    changed in between, it is read again. `base` is the version of the draft it was made from.

    Raises:
        Unreadable: it cannot be marked; the sentence says what to write instead.
        TakenOut: it is no question of the course any more.
        Closed: the offering has ended.
    """
    read_in = offering.course.edition
    response, verdict = _marked(block, sent)
    with writing():
        row = joined(who, offering)
        if offering.course.edition != read_in:
            block = _as_it_is(block)
            response, verdict = _marked(block, sent)
        now = clock.now()
        state = _state(row, block)
        given = Answer.objects.create(
            participation=row,
            block=block,
            response=response,
            confidence=confidence,
            score=verdict.score,
            right=verdict.right,
            hints=state.hints,
            edition=offering.course.edition,
            at=now,
        )
        _take_in(state, verdict, given)
        if counted := _main_state(row, block):
            state.done_at = state.done_at or now
            _take_in(counted, verdict, given)
            mark_done(row, counted, now)
            counted.save()
        else:
            mark_done(row, state, now)
        state.save()
        draft = _empty_draft(row, given, sent, base)
        _say(row, given)
        place(row, block.lesson, block.place)
        keep(row, now, counts=True)
    return Taken(given, state, draft)


def _marked(block: Block, sent: QueryDict) -> tuple[Response, Verdict]:
    kind, data = kind_of(block.kind), data_of(block.kind, block.data)
    response = kind.read(data, sent)
    return response, kind.score(data, response)


def _as_it_is(block: Block) -> Block:
    rows = Block.objects.published().filter(pk=block.pk, answers=True)
    found = rows.select_related("lesson").first()
    if found is None:
        raise TakenOut
    return found


def _state(row: Participation, block: Block) -> BlockState:
    found, _new = BlockState.objects.get_or_create(participation=row, block=block)
    return found


def _main_state(row: Participation, block: Block) -> BlockState | None:
    """The state that is counted, where `block` is another way to meet its main block."""
    if block.instead_of_id is None:
        return None
    found, _new = BlockState.objects.get_or_create(participation=row, block_id=block.instead_of_id)
    return found


def _take_in(state: BlockState, verdict: Verdict, given: Answer) -> None:
    if not state.tries:
        state.first_right = verdict.right
    state.tries += 1
    state.score, state.right, state.answered_at = verdict.score, verdict.right, given.at
    state.wrong_run = 0 if verdict.right else state.wrong_run + 1


def _say(row: Participation, given: Answer) -> None:
    record(
        BlockAnswered(
            actor=row.person_id,
            school=row.offering.cohort.school_id,
            offering=row.offering_id,
            block=given.block_id,
            answer=given.pk,
            score=given.score,
            right=given.right,
            confidence=given.confidence,
        )
    )


def open_hint(who: Who, offering: Offering, block: Block, number: int) -> int:
    """Open the hints up to `number` (from 1). The number now open; never fewer than before."""
    most = len(getattr(data_of(block.kind, block.data), "hints", ()))
    with writing():
        row = joined(who, offering)
        now = clock.now()
        state = _state(row, block)
        state.hints = max(state.hints, min(number, most))
        state.save(update_fields=["hints"])
        place(row, block.lesson, block.place)
        keep(row, now)
    return state.hints


def ask_why(who: Who, offering: Offering, block: Block) -> None:
    """Somebody who has tried wants to be told why."""
    with writing():
        row = joined(who, offering)
        now = clock.now()
        state = _state(row, block)
        if state.tries and state.why_at is None:
            state.why_at = now
            state.save(update_fields=["why_at"])
        keep(row, now)


def save_draft(
    who: Who, offering: Offering, block: Block, words: dict[str, Any], base: int | None
) -> Draft:
    """Keep what is typed, if nothing else was typed since version `base` (None: whatever is).

    The same words again, and words over an empty draft, are never a conflict.

    Raises:
        Changed: there is another version; it carries both words and number of that.
        Closed: the offering has ended.
    """
    with writing():
        row = joined(who, offering)
        now = clock.now()
        draft = Draft.objects.select_for_update(of=("self",)).filter(
            participation=row, block=block
        ).first() or Draft(participation=row, block=block)
        if not _same(draft.words, words):
            if draft.words and base is not None and base != draft.version:
                raise Changed(draft)
            draft.words, draft.version = words, draft.version + 1
        draft.saved_at = now
        draft.save()
        place(row, block.lesson, block.place)
        keep(row, now)
    return draft


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Alike but for the shape: `{"choice": "a"}` and `{"choice": ["a"]}` say the same."""
    return _listed(one) == _listed(other)


def _listed(words: dict[str, Any]) -> dict[str, list[Any]]:
    listed = {name: v if isinstance(v, list) else [v] for name, v in words.items()}
    return {name: values for name, values in listed.items() if any(values)}


def _empty_draft(
    row: Participation, given: Answer, sent: QueryDict, base: int | None
) -> Draft | None:
    """What was typed has become an answer: the draft of version `base`, or of the same words.
    What was typed on another device since is none, and stays."""
    draft = next(iter(Draft.objects.filter(participation=row, block=given.block_id)), None)
    if draft and (draft.version == base or _same(draft.words, typed_words(sent))):
        draft.words, draft.version, draft.saved_at = {}, draft.version + 1, given.at
        draft.save()
    return draft
