"""What media say happened."""

from dataclasses import dataclass

from meanwhile.core.events import Event


@dataclass(frozen=True, kw_only=True)
class FilmCut(Event):
    """A part of a film was kept as a blob of its own. Who shows the whole at `place` shows it now.

    In the same transaction: the new blob is there and its versions are asked for; in
    `meanwhile.media.actions.make_cut`. `place` is what `meanwhile.media.actions.cut_film` was told.
    """

    whole: int
    part: int
    place: str
