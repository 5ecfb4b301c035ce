"""Who may what, in sentences: the presets a school gives out. rules.py holds them to it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meanwhile.people.models import Role


@dataclass(frozen=True)
class Grant:
    """One preset. `reach`: whose things it is about."""

    role: Role
    reach: str | Promise
    may: tuple[str | Promise, ...]
    may_not: str | Promise = ""


GRANTS = (
    Grant(
        Role.LEARNER,
        _("the classes they are in"),
        (
            _("read the courses of their classes, practise, keep notes, hand in"),
            _("see their own progress and feedback"),
            _("read the notes their teachers write to the class"),
        ),
        _("look up other people, or see another learner’s work"),
    ),
    Grant(
        Role.ASSISTANT,
        _("the classes they assist in"),
        (
            _("see who is where, and each learner’s page"),
            _("write to the class"),
            _("read the courses as learners see them"),
        ),
        _("enrol, remove or move people, or change the class"),
    ),
    Grant(
        Role.TEACHER,
        _("the classes they teach, and the courses of the school"),
        (
            _("all that an assistant may"),
            _("enrol, remove and move learners; bring in a class list; print name cards"),
            _("renew the class code and make links into the class"),
            _("make groups"),
            _("write courses and offer them to their classes"),
        ),
        _("see classes they do not teach"),
    ),
    Grant(
        Role.DESIGNER,
        _("the courses of the school"),
        (_("write, bring in, take out and publish courses"),),
        _("see learners or their work"),
    ),
    Grant(
        Role.SEND_LEAD,
        _("all classes of the school"),
        (
            _("see who is where, and each learner’s page"),
            _("keep a learner’s accommodations"),
        ),
        _("change classes or courses"),
    ),
    Grant(
        Role.GUARDIAN,
        _("the learners linked to them; the learner is told"),
        (_("see their learner’s courses, dates, progress and feedback"),),
        _("see other learners, private notes or messages"),
    ),
    Grant(
        Role.ADMIN,
        _("the whole school"),
        (
            _("make accounts, give and take roles, suspend and reinstate"),
            _("make a new password or card, take off a lost second step"),
            _("link guardians to learners"),
            _("make classes and terms, bring in lists of people, take them out as CSV"),
            _("see who is where in every class, and all courses"),
        ),
        _("see another school, or read a learner’s password or card"),
    ),
)
