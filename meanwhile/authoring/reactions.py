"""What the room does when others speak."""

from meanwhile.authoring.actions.films import show_part
from meanwhile.authoring.queries.films import course_and_path
from meanwhile.core.events import listen
from meanwhile.media.events import FilmCut


@listen(FilmCut)
def show_what_was_kept(event: FilmCut) -> None:
    """The file of the course that showed the whole film shows the part, and may be published."""
    if found := course_and_path(event.place):
        show_part(event, *found)
