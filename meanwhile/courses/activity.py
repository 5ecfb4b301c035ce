"""The one plug point: a kind of activity.

A kind is one folder in `activities/` with `kind.py` and `learn.html` (and, where it needs them,
`paper.html`, `island.ts`, `style.css`), and one word in `activities/apps.py`. It holds no tables
and imports nothing above `courses`. A question *is* an activity that answers.

One contract test runs over all kinds (activities/tests/test_contract.py).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from django.http import QueryDict
from pydantic import BaseModel, ConfigDict

from meanwhile.core.typed import typed

Response = dict[str, Any]
"""What a learner answered: the fields of the form by name, as typed; a text, or a list of texts
where several may be chosen: `{"choice": "deeper"}`. A draft has the same shape."""

LONGEST_FIELD = 10_000
NOT_AN_ANSWER = {"csrfmiddlewaretoken", "operation", "confidence", "version"}


class Data(BaseModel):
    """The YAML of a block's fence. Unknown keys are errors.

    The last three say that it is another way to meet the block `instead_of`: `variants.py`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    objectives: list[str] = []
    minutes: int | None = None
    instead_of: str = ""
    way: str = ""
    language: str = ""


class AnswerData(Data):
    """What every kind that answers may carry besides."""

    hints: list[str] = []
    why: str = ""


@dataclass(frozen=True)
class Problem:
    """Something wrong with a block, in a sentence. `key` is where: `options.1.text`."""

    says: str
    key: str = ""


@dataclass(frozen=True)
class Verdict:
    """What came of an answer. `score` is from 0 to 1; `texts` are keys of `Block.rendered` to
    show (the feedback of the option that was chosen); `parts` says of each part of the answer
    whether it was right."""

    score: float
    texts: tuple[str, ...] = ()
    parts: Mapping[str, bool] = field(default_factory=dict)

    @property
    def right(self) -> bool:
        return self.score >= 1


@dataclass(frozen=True)
class Stop:
    """A moment at which a film asks a question of its own lesson: `at` in seconds from its start,
    `block` the question's id, `key` where it stands in the YAML: `questions.0`."""

    at: float
    block: str
    key: str = ""


class Files(Protocol):
    """The course's files, as a kind may ask for them when a block is saved (`rendering.Shelf`)."""

    def url(self, path: str) -> str:
        """Where it is served from; nothing where the course has no such file."""

    def size(self, path: str) -> int:
        """In bytes; 0 where there is no such file."""

    def words(self, path: str) -> str:
        """What stands in a text file; nothing where there is no such file."""


def keepable(text: str, longest: int = LONGEST_FIELD) -> str:
    """What can be kept of a text: what somebody can type, and no more than `longest` signs."""
    return typed(text)[:longest]


class Unreadable(ValueError):
    """An answer that cannot be marked; the sentence says what to write instead."""


D = TypeVar("D", bound=Data)


class Kind(Generic[D]):
    """One kind of activity. Subclass, give the class attributes, override what differs.

    The docstring of a kind says the keys of its YAML, for authors: docs/kinds.md is made of them.
    """

    name: ClassVar[str]
    label: ClassVar[Any]
    icon: ClassVar[str] = "text"
    Data: ClassVar[type[Data]] = Data
    answers: ClassVar[bool] = False
    offline: ClassVar[bool] = True
    prints: ClassVar[bool] = True
    handed_in: ClassVar[bool] = False
    """Whether it is done when it is handed in, and not by reading it."""
    phrases: ClassVar[tuple[str, ...]] = ("option", "item", "left", "right")
    """First words of the `texts` that stand in a label or a cell: rendered without paragraphs."""
    seen: ClassVar[tuple[str, ...]] = phrases
    """First words of the `texts` that may be on the page before an answer."""
    sure: ClassVar[bool] = True
    """Whether to ask, before an answer, how sure somebody is."""
    own: ClassVar[bool] = False
    """Whether the score is what the learner says of their own answer; it is shown as that."""

    # what the contract test, the demo and the docs try a kind with
    def sample(self) -> tuple[dict[str, Any], str]:
        """A good example: the YAML and the Markdown of a block."""
        raise NotImplementedError

    def secret_sample(self) -> tuple[dict[str, Any], set[str]]:
        """The sample with a key so unusual that it is found wherever it slips out, and what to
        look for: `{"answer": 73512.625}` and `{"73512.625"}`. For kinds whose key is a word or a
        number; hints, feedback and ids are looked for in every kind."""
        return self.sample()[0], set()

    def another_key(self) -> dict[str, Any] | None:
        """The sample's YAML, were something else right: before an answer nobody may tell the two
        apart. None where the page has to give a little away, and the kind tests how little."""
        raise NotImplementedError

    def wrong(self, data: D) -> list[Response]:
        """Answers that can be marked and earn less than everything; the plainest first."""
        raise NotImplementedError

    def check(self, data: D, body: str) -> Iterator[Problem]:
        """What the types cannot say: no option right, two options alike."""
        yield from ()

    def files(self, data: D) -> list[str]:
        """Paths of the course's files it needs, outside its Markdown."""
        return []

    def plays(self, data: D) -> str:
        """The film or sound among its files that it plays: its template gets the versions there
        are of it as `film` (`courses.queries.films.Played`), or nothing while there are none."""
        return ""

    def texts(self, data: D) -> dict[str, str]:
        """Markdown outside the body, by a name: `option.deeper`, `feedback.deeper`. `hint.0`, `hint.1`
        and `why` are there for every kind that answers."""
        if not isinstance(data, AnswerData):
            return {}
        texts = {f"hint.{index}": hint for index, hint in enumerate(data.hints)}
        return texts | ({"why": data.why} if data.why else {})

    def stops(self, data: D) -> list[Stop]:
        """Where it stops and asks a question of its own lesson; in order."""
        return []

    def check_files(self, data: D, files: Files) -> Iterator[Problem]:
        """What is wrong inside the files it needs: captions that no player would show."""
        yield from ()

    def pieces(self, data: D, files: Files) -> dict[str, str]:
        """What else is worked out once, when the block is saved, and kept in `rendered` under
        other names: addresses of files, a transcript. Everything in it is safe to show."""
        return {}

    def minutes(self, data: D, body: str) -> float:
        """How long it takes, in minutes: reading speed and thinking time."""
        from meanwhile.courses.minutes import reading_minutes

        return reading_minutes(body) + (1.0 if self.answers else 0.0)

    def view(self, data: D, rendered: Mapping[str, str], seed: str) -> dict[str, Any]:
        """What the page may see before an answer: never the key. `seed` is stable for one
        person and block, for shuffling."""
        return {}

    # kinds that answer
    def typed(self, data: D, sent: QueryDict) -> Response:
        """What is in a form so far, right or not, to be kept as a draft. Never raises."""
        return {
            name: keepable(sent.get(name, ""))
            for name in sent
            if name not in NOT_AN_ANSWER and name.isascii()
        }

    def read(self, data: D, sent: QueryDict) -> Response:
        """The answer in a sent form.

        Raises:
            Unreadable: nothing chosen, not a number, …
        """
        raise NotImplementedError

    def score(self, data: D, response: Response) -> Verdict:
        raise NotImplementedError

    def right(self, data: D) -> Response:
        """An answer that earns everything."""
        raise NotImplementedError

    def say(self, data: D, response: Response) -> str:
        """The answer in words, for the teacher and for the learner's own history."""
        return ", ".join(str(value) for value in response.values())


KINDS: dict[str, Kind[Any]] = {}


def register(kind: Kind[Any]) -> None:
    KINDS[kind.name] = kind


def kind_of(name: str) -> Kind[Any]:
    return KINDS[name]


def done_by_reading(kind: str) -> bool:
    """Whether coming to its end is all there is to do."""
    return not (KINDS[kind].answers or KINDS[kind].handed_in)


def data_of(name: str, data: dict[str, Any]) -> Data:
    """The stored YAML of a block as its kind's type."""
    return KINDS[name].Data.model_validate(data)
