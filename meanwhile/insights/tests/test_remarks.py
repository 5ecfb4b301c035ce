"""All checks together: what is not wanted is quiet exactly there, and the order is the course's."""

import pytest

from meanwhile.courses.files.listing import Listing
from meanwhile.courses.files.reading import read_files
from meanwhile.courses.files.writing import files_of
from meanwhile.courses.source import CourseSource, NotHere
from meanwhile.courses.tests.invented import Inventor
from meanwhile.insights.checks import CHECKS
from meanwhile.insights.remarks import remarks
from meanwhile.insights.samples import course, handed_in, lesson, prose, question
from meanwhile.insights.study import Study

JUMPS = "## One\n\n#### Two\n\nText.\n\n## Three\n\n#### Four\n\nText."
ONLY = [CHECKS["heading-jump"]]
FOUR = [("lesson-0", "one"), ("lesson-0", "three"), ("lesson-1", "one"), ("lesson-1", "three")]


def jumps(source: CourseSource) -> list[tuple[str, str]]:
    found = remarks(Study(source), ONLY)
    assert len(found.findings) + len(found.hushed) == len(FOUR)
    assert all(each.because == "A joke." for each in found.hushed)
    return [(each.place.lesson, each.place.block) for each in found.findings]


@pytest.fixture
def two() -> CourseSource:
    return course(JUMPS, JUMPS, units=[1, 1])


def quiet(block: str = "", check: str = "heading-jump") -> list[NotHere]:
    return [NotHere(check, "A joke.", block)]


def test_without_a_word_everything_is_said(two):
    assert jumps(two) == FOUR


def test_of_a_block_it_is_quiet_in_that_block(two):
    two.units[0].lessons[0].not_here = quiet("three")
    assert jumps(two) == [FOUR[0], *FOUR[2:]]


def test_of_a_lesson_it_is_quiet_in_that_lesson(two):
    two.units[0].lessons[0].not_here = quiet()
    assert jumps(two) == FOUR[2:]


def test_of_a_unit_it_is_quiet_in_that_unit(two):
    two.units[1].not_here = quiet()
    assert jumps(two) == FOUR[:2]


def test_of_the_course_it_is_quiet_everywhere(two):
    two.not_here = quiet()
    assert jumps(two) == []


def test_another_check_is_none_of_its_business(two):
    two.not_here = quiet(check="bold-heading")
    assert jumps(two) == FOUR


def test_the_order_is_that_of_the_course_and_of_one_place_the_gravest_first():
    body = f"{question('a', why='', feedback=False)}\n\n#### Late\n\nText."
    source = course(lesson(body, summary=None), lesson(prose(20), summary=None))
    found = [(each.place.lesson, each.check) for each in remarks(Study(source)).findings]
    lessons = [where for where, _check in found]
    assert lessons == sorted(lessons)
    first = [check for where, check in found if where == "lesson-0"]
    assert first.index("no-summary") < first.index("no-explanation") < first.index("heading-jump")
    course_wide = [each.severity for each in remarks(Study(source)).findings if not each.place.unit]
    assert course_wide == sorted(course_wide)


def test_a_fault_of_the_whole_course_is_said_once():
    """Thirty-nine lines of one kind are not read; one that says how many is."""
    aims = [{"id": f"aim-{n}", "text": f"I can do {n}."} for n in range(9)]
    lessons = [lesson(question(), objectives=[aim["id"]]) for aim in aims]
    found = remarks(Study(course(*lessons, objectives=aims)), [CHECKS["never-again"]]).findings
    assert [each.says for each in found] == [
        "7 of 9 objectives are practised in one lesson and never again, “I can do 0” for one."
    ]


@pytest.mark.parametrize("language", ["ar", "fi", "ja", "tr"])
def test_in_a_language_it_does_not_know_it_does_not_guess(language: str):
    hard = "Re-read this. " + "constitutional interoperability characterisation " * 60
    source = course(
        *[f"{hard}.\n\n{question(texts=('A', 'All of the above'))}"] * 5,
        language=language,
        ages="8-9",
        objectives=[{"id": "bend", "text": "Understand light."}],
    )
    said = {each.check for each in remarks(Study(source)).findings}
    depends = {"rereading", "hard-to-read", "long-sentences", "all-of-the-above", "no-plan",
               "no-looking-back", "aim-cannot-be-seen", "learning-styles"}  # fmt: skip
    assert not said & depends


@pytest.mark.parametrize("seed", range(25))
def test_no_course_is_too_odd_to_be_looked_at(seed: int):
    """Every kind, every kind of Markdown, texts in odd places: a remark or none, never an error."""
    source = read_files(Listing(files_of(Inventor(seed, 1 + seed % 3).course())))
    found = remarks(Study(source))
    assert all(each.says for each in found.findings)
    unused = {each.place.path for each in found.findings if each.check == "unused-file"}
    unused |= {
        each.finding.place.path for each in found.hushed if each.finding.check == "unused-file"
    }
    assert unused == {each.path for each in source.remarks if each.path.startswith("media/")}


@pytest.mark.parametrize("seed", range(25))
def test_every_button_does_what_it_says_in_odd_courses_too(seed: int):
    """What is mended is still a course, and is not remarked on again; or the button says no."""
    first = read_files(Listing(files_of(Inventor(seed, 1 + seed % 3).course())))
    for finding in [each for each in remarks(Study(first)).findings if each.mends][:8]:
        source = read_files(Listing(files_of(first)))
        check = CHECKS[finding.check]
        if check.mend(source, finding.place):
            mended = read_files(Listing(files_of(source)))
            before = [each.key for each in check.findings(Study(first))]
            after = [each.key for each in check.findings(Study(mended))]
            assert after.count(finding.key) < before.count(finding.key), finding.says


def checks_of(source: CourseSource) -> set[str]:
    return {each.check for each in remarks(Study(source)).findings}


CODE = "```python\n" + "x = measure(x, 3) + correct(x)\n" * 400 + "```"


def test_code_is_worked_through_and_not_counted_as_reading():
    assert "long-text" not in checks_of(course(f"{prose(200)}\n\n{CODE}\n\n{question()}"))
    assert "long-text" in checks_of(course(f"{prose(1700)}\n\n{CODE}\n\n{question()}"))


def test_a_glossary_needs_no_objective_and_no_summary():
    entries = "\n\n".join(f"**word {n}**: {prose(60)}" for n in range(30))
    page = {"objectives": None, "summary": None}
    glossary = course(lesson(question()), lesson(entries, **page))
    assert not checks_of(glossary) & {"lesson-without-aim", "no-summary"}
    told = course(lesson(question()), lesson(entries.replace("**:", "**"), **page))
    assert checks_of(told) >= {"lesson-without-aim", "no-summary"}


def test_a_task_is_something_to_do():
    asks = course(f"{prose(1000)}\n\n{handed_in()}")
    assert not checks_of(asks) & {"lesson-without-practice", "aim-without-practice"}
    assert "lesson-without-practice" in checks_of(course(prose(1000)))


def test_a_long_task_in_steps_is_not_said_to_be_in_one_piece():
    assert "no-steps" not in checks_of(course(handed_in(minutes=60)))
    assert "no-steps" in checks_of(course(handed_in(minutes=None, steps=None)))
    assert "no-steps" not in checks_of(course(handed_in(minutes=20, steps=None)))


def test_a_task_in_steps_is_done_over_days_and_makes_no_lesson_too_long():
    steps = [{"text": f"Step {n}", "minutes": 30} for n in range(4)]
    long = {"long-lesson", "more-than-a-week"}
    in_steps = lesson(handed_in(steps=steps), minutes=130)
    assert not checks_of(course(in_steps, hours_per_week=1)) & long
    in_one = lesson(handed_in(steps=None, minutes=120), minutes=130)
    assert checks_of(course(in_one, hours_per_week=1)) >= long
