"""The words suit the age."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights import words
from meanwhile.insights.check import Check
from meanwhile.insights.evidence import standard
from meanwhile.insights.samples import course, prose
from meanwhile.insights.study import Place, Study

ADULTS = 18  # years: above that a formula of school years says nothing
SCHOOL = 5  # years of age when the first school year begins in the United States
SOME_MORE = 2  # school years: about how far such a formula is off for one text
ENOUGH = 150  # words: on less an average means nothing
HARD = (
    "Refraction constitutes the characteristic deviation experienced by electromagnetic radiation "
    "whenever propagation velocity is significantly altered at a transparent boundary."
)


class HardToRead(Check):
    name = "hard-to-read"
    subject = "words"
    what = _("The words suit the age")
    why = _("Who fights with the sentences has no mind left for what they say.")
    evidence = standard(
        _(
            "The Flesch–Kincaid grade: a formula over the lengths of words and sentences, made for "
            "English. It cannot see whether a text is clear."
        ),
        "Kincaid, Fishburne, Rogers & Chissom 1975",
    )
    how = _("Cut long sentences in two and put a short word for a long one where there is one.")

    def good(self) -> CourseSource:
        return course(prose(200), ages="10-12")

    def bad(self) -> CourseSource:
        return course("\n\n".join([HARD] * 12), ages="10-12")

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        """Only in English, for which the formula was made, and for learners at school."""
        if study.language != "en" or not study.ages or study.ages[1] >= ADULTS:
            return
        for each in study.lessons:
            grade, count = words.grade(each.prose)
            if count >= ENOUGH and grade > study.ages[1] - SCHOOL + SOME_MORE:
                says = say("The text reads as if for age %(age)d; the course is for %(ages)s.")
                yield each.place(), says % {"age": round(grade) + SCHOOL, "ages": study.source.ages}


check = HardToRead()
