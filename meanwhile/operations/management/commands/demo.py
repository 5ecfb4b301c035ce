"""`meanwhile demo`: the demo school, made once, and who may sign in there."""

from typing import Any

from django.core.management.base import BaseCommand

from demo.cast import BY_KEY, PASSWORD
from demo.play import play

SHOWN = (
    ("okafor", "teacher of 8B Science, Leeds"),
    ("amina", "learner, Nairobi"),
    ("leo", "learner, Leeds"),
    ("hana", "learner, Tokyo"),
    ("haddad", "guardian of Amina"),
    ("farouk", "SEND lead"),
    ("reyes", "school admin of Riverside School"),
    ("site", "site admin"),
)


class Command(BaseCommand):
    help = "Make the demo school, once, and say who may sign in."

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        say = self.stdout.write if verbosity else (lambda line: None)
        if play(say):
            say("The demo school is ready.")
        say(f"Sign in with the password {PASSWORD} as")
        for key, what in SHOWN:
            say(f"  {key:<8} {BY_KEY[key].name}, {what}")
