"""Why something is not done, in words."""

from django.utils.translation import gettext as _


class Refused(Exception):
    """The sentence says why, and what can be done."""


class Changed(Exception):
    """The draft was changed elsewhere since the version these words were written on; `words` and
    `version` are the other's."""

    def __init__(self, words: dict[str, str], version: int) -> None:
        super().__init__(version)
        self.words, self.version = words, version


class Released(Refused):
    """It is with the learner, and does not change any more."""

    def __str__(self) -> str:
        return _("This feedback is released. Write back below it instead.")
