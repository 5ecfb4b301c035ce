"""A deed that is not done, with the sentence that says why."""

from django.utils.functional import Promise

from meanwhile.people.models import Person


class Refused(Exception):
    """The deed is not done. `words`: what is wrong and how to mend it, for the person."""

    def __init__(self, words: "str | Promise") -> None:
        super().__init__(words)
        self.words = words

    def __str__(self) -> str:
        return str(self.words)


def key(actor: "Person | int | None") -> int | None:
    """The key of who does it; None for the machine itself."""
    return actor.pk if isinstance(actor, Person) else actor
