"""Every read of the room's pages. queue: the teacher's. marking: one hand-in. learner: what came and
what is out. turnaround: how long people waited."""

from meanwhile.feedback.queries.learner import Answered, answered, came_back, still_out
from meanwhile.feedback.queries.marking import Marking, bank, changes, marking
from meanwhile.feedback.queries.moving import Moving, moving
from meanwhile.feedback.queries.queue import Queue, held_of, queue
from meanwhile.feedback.queries.turnaround import Turnaround, turnaround, unheard

__all__ = [
    "Answered",
    "Marking",
    "Moving",
    "Queue",
    "Turnaround",
    "answered",
    "bank",
    "came_back",
    "changes",
    "held_of",
    "marking",
    "moving",
    "queue",
    "still_out",
    "turnaround",
    "unheard",
]
