"""How a task stands, said to the rooms below, which draw its card (`courses/standing.py`)."""

from meanwhile.assessment import queries
from meanwhile.courses.standing import standings

standings("task")(queries.standing_of)
