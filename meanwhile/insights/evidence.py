"""What the checks rest on, said once: each source with what it found and how far we know it.

An effect is an average over many studies, mostly of factual outcomes and shorter than a course
(Donoghue & Hattie 2021 say so of their own table), so it says what is likely, not what will happen
in one class. A correlation is told as "associated with". Where nobody has measured anything the
check says which standard it follows, or that it is plain sense, and quotes nothing.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.translation import gettext_lazy as _


class Status(Enum):
    """How far a sentence of evidence can be relied on."""

    READ = _("Experiments, put together. Figures read in the source.")
    UNREAD = _(
        "Experiments, put together. Figures as commonly reported; we have not read them in the source."
    )
    LINKED = _("A correlation: the two go together, which does not show that one causes the other.")
    LINKED_UNREAD = _(
        "A correlation, as commonly reported: the two go together, and we have not read the figures "
        "in the source."
    )
    STANDARD = _("A standard, not a measurement.")
    SENSE = _("Plain sense of people who teach. We know of no measurement.")


@dataclass(frozen=True)
class Evidence:
    """`says` is a sentence with the effect in it; `source` where it stands, empty for plain sense."""

    says: Any
    status: Status
    source: str = ""


def standard(says: Any, source: str) -> Evidence:
    return Evidence(says, Status.STANDARD, source)


def plain_sense(says: Any) -> Evidence:
    return Evidence(says, Status.SENSE)


RETRIEVAL = Evidence(
    _(
        "Practice questions and spreading them over time are the two strongest of ten ways to learn "
        "that were compared; frequent testing raised achievement by d = 0.46 over 78 studies."
    ),
    Status.READ,
    "Donoghue & Hattie 2021; Basol & Johanson 2009",
)
SPACING = Evidence(
    _(
        "Coming back to something after days is, with practice questions, the strongest of ten ways "
        "to learn that were compared."
    ),
    Status.READ,
    "Donoghue & Hattie 2021",
)
UTILITY = Evidence(
    _(
        "Practice questions and spacing are rated highly useful; highlighting, reading again and "
        "summarising are rated of little use."
    ),
    Status.UNREAD,
    "Dunlosky et al. 2013",
)
INTERLEAVING = Evidence(
    _("Mixing kinds of question in one sitting is rated moderately useful."),
    Status.UNREAD,
    "Dunlosky et al. 2013",
)
ELABORATED = Evidence(
    _(
        "In computer-based questions an explanation raised learning by 0.49, the right answer alone "
        "by 0.32, and only “right” or “wrong” by 0.05."
    ),
    Status.READ,
    "Van der Kleij et al. 2015",
)
FEEDBACK = Evidence(
    _("Feedback raised achievement by d = 0.48 over 435 studies, with wide differences."),
    Status.READ,
    "Wisniewski et al. 2020",
)
WORKED = Evidence(
    _(
        "In mathematics, worked examples raised learning by g = 0.48 over 55 studies, for beginners "
        "above all."
    ),
    Status.READ,
    "Barbieri et al. 2023",
)
PROMPTED = Evidence(
    _("Questions put into worked examples lowered what the examples did for learning."),
    Status.READ,
    "Barbieri et al. 2023",
)
SELF_EXPLANATION = Evidence(
    _("Being asked to explain something to oneself raised learning by about g = 0.55."),
    Status.UNREAD,
    "Bisra et al. 2018",
)
SEGMENTS = Evidence(
    _(
        "Cutting what is shown into parts that learners go through at their own pace raised what "
        "they kept by about d = 0.32."
    ),
    Status.UNREAD,
    "Rey et al. 2019",
)
SHORT_FILMS = Evidence(
    _("In large open courses, watching fell off after about six minutes of a film."),
    Status.LINKED_UNREAD,
    "Guo, Kim & Rubin 2014",
)
EXPECTATIONS = Evidence(
    _("Clear aims and criteria go with an effect of about d = 0.43."),
    Status.UNREAD,
    "Hattie 2009",
)
PLANS = Evidence(
    _(
        "Plans of the form “when it is …, I will …” raised what people carried out by about "
        "d = 0.65; in very large open courses the gain was near zero."
    ),
    Status.UNREAD,
    "Gollwitzer & Sheeran 2006; Kizilcec et al. 2020",
)
METACOGNITION = Evidence(
    _("Prompts to think about one's own learning raised it by about g = 0.40 to 0.50."),
    Status.UNREAD,
    "Guo 2022",
)
PRESENCE = Evidence(
    _(
        "Teaching presence is associated with how much learners feel they learn (r = 0.60 over 23 "
        "studies) and with how content they are. Neither is achievement."
    ),
    Status.LINKED,
    "Caskurlu et al. 2020",
)
SCHEDULE = Evidence(
    _(
        "Managing one's time is associated with grades, more weakly online than in class (12 studies)."
    ),
    Status.LINKED,
    "Broadbent & Poon 2015",
)
PROCRASTINATION = Evidence(
    _("Putting things off is associated with lower grades (33 studies, 38,529 people)."),
    Status.LINKED,
    "Kim & Seo 2015",
)
INTERACTION = Evidence(
    _(
        "More interaction between learners and what they learn raised achievement by about g = 0.38."
    ),
    Status.UNREAD,
    "Bernard et al. 2009",
)
STYLES = Evidence(
    _("Teaching to somebody's “learning style” has not been found to help."),
    Status.UNREAD,
    "Pashler et al. 2008",
)


def wcag(number: str, says: Any) -> Evidence:
    """A success criterion of the Web Content Accessibility Guidelines 2.2."""
    return standard(says, f"WCAG 2.2, {number}")
