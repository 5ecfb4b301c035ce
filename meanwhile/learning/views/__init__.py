"""Pages of the room: thin. lessons: the player. practice: questions. ideas: the progress page."""

from meanwhile.learning.views.ideas import progress
from meanwhile.learning.views.lessons import film, lesson, reading
from meanwhile.learning.views.practice import answer, draft, hint, reason

__all__ = ["answer", "draft", "film", "hint", "lesson", "progress", "reading", "reason"]
