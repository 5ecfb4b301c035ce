"""Views of the room. marking: for who marks. learner: for who handed in."""

from meanwhile.feedback.views.learner import answer, feedback, mine, reading
from meanwhile.feedback.views.marking import bank, draft, held, marking, move, names, staff_notes

__all__ = [
    "answer",
    "bank",
    "draft",
    "feedback",
    "held",
    "marking",
    "mine",
    "move",
    "names",
    "reading",
    "staff_notes",
]
