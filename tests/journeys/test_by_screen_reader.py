"""A lesson is written, published, read and answered by somebody who only hears; and no page speaks of
a control without its name."""

import re
import shutil
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.reader import Reader, Spoken
from tests.journeys.visitor import Visitor, come, environment_of, served

TITLE = "Why the sky is blue"
LESSON = "why-the-sky-is-blue"
TEXT = "## Small things scatter blue\n\nSunlight has all colours. Air sends the blue on in all directions."
QUESTION = (
    "Which colour does the air scatter most?\n\n"
    "* [ ] Red :: Red goes on almost straight.\n* [ ] Green :: A little.\n"
)
MISTAKE = "Exactly one option is right; here 0 are."


@pytest.fixture(scope="module")
def own_site(school: Path, tmp_path_factory) -> Iterator[str]:
    """A school of one's own: what is published here, nobody else counts."""
    folder = tmp_path_factory.mktemp("heard") / "school"
    with served(environment_of(Path(shutil.copytree(school, folder)))) as address:
        yield address


@pytest.fixture
def by_ear(browser, own_site, kept_here) -> Iterator[Callable[[str, str], Reader]]:
    """Somebody who hears: `by_ear("okafor", "/courses/1/writing/")`."""
    came: list[Visitor] = []

    def arrive(who: str, path: str) -> Reader:
        came.append(
            come(browser, own_site, "wide", "Europe/London", kept_here, reduced_motion="reduce")
        )
        came[-1].sign_in(who)
        return Reader(came[-1].go(path))

    yield arrive
    for each in came:
        each.context.close()
    assert not [fault for each in came for fault in each.faults]


@pytest.fixture(scope="module")
def kept_here() -> dict[str, list]:
    return {}


@pytest.mark.promise("T29")
def test_a_lesson_is_written_and_answered_by_ear_alone(by_ear, figure):
    """By screen reader alone: a teacher writes, mends a mistake and publishes; a learner answers."""
    teacher = by_ear("okafor", "/courses/1/writing/")
    begins(teacher)
    writes(teacher)
    asks(teacher)
    publishes(teacher)
    learner = by_ear("amina", "/learn/1/how-light-travels/")
    reads(learner)
    answers(learner)
    goes_on(learner)
    figure(
        f"by ear alone: {len(teacher.phrases)} phrases to write and publish a lesson,"
        f" {len(learner.phrases)} to read and answer it"
    )


def begins(teacher: Reader) -> None:
    teacher.step()
    assert teacher.phrases[0].startswith("Writing: Light and colour")
    teacher.landmark("^main$")
    assert teacher.heading("level 1") == "heading, Write this course, level 1"
    assert "Shadows" in teacher.heading("level 2")
    teacher.go_to("^textbox, Title of a new lesson in Shadows.*required")
    teacher.type(TITLE)
    with teacher.page.expect_navigation():
        teacher.press("Enter")


def writes(teacher: Reader) -> None:
    """Where they are; a text with a heading; that it is received; how it will look."""
    teacher.step()
    assert f"Writing: {TITLE} · Meanwhile" in teacher.phrases
    teacher.landmark("^main$")
    assert teacher.heading("level 1") == f"heading, {TITLE}, level 1"
    teacher.go_to("^link, Write Block 1, Text")
    teacher.press("Enter")
    teacher.here("^textbox, Text")
    teacher.press("Control+a")
    teacher.type(TEXT)
    teacher.hears("^polite: .*Received")
    teacher.go_to("^region, How it will look")
    assert teacher.heading("Small things") == "heading, Small things scatter blue, level 2"
    teacher.step()  # into the paragraph
    assert teacher.go_to("Sunlight").startswith("Sunlight has all colours.")
    teacher.go_to("^button, Done")
    teacher.press("Enter")
    teacher.here("^link, Write Block 1, Text")  # the box is closed, and the place is not lost


def asks(teacher: Reader) -> None:
    """A question typed in lines; what is wrong with it is heard, mended, and heard no more."""
    teacher.go_to("^link, Add a block here")
    teacher.press("Enter")
    teacher.here("^button, Text")
    teacher.go_to("^button, Question: one choice")
    teacher.press("Enter")
    said = teacher.here("^textbox, Question: one choice")
    assert "First the question, then one line for each" in said
    assert "* [x]" in said
    assert "A choice needs at least two options." in said  # what is to be put right, with the box
    teacher.type(QUESTION)
    heard = teacher.hears(f"^polite: .*{MISTAKE}")
    assert "at least two" not in heard
    teacher.hears("^polite: .*Received")
    teacher.type("* [x] Blue :: Yes: short waves are scattered most.")
    teacher.hears("^polite: .*Received")
    teacher.go_to("^region, How it will look")
    teacher.go_to("^radio, Blue Right, checked")
    expect(teacher.page.get_by_text(MISTAKE)).to_have_count(0)
    teacher.go_to("^button, Done")
    teacher.press("Enter")
    teacher.here("^link, Write Block 2, Question: one choice")


def publishes(teacher: Reader) -> None:
    teacher.open("^link, Publish$")
    assert teacher.phrases[-1].startswith("Publish: Light and colour")
    assert teacher.heading("level 1") == "heading, Publish, level 1"
    teacher.heading("What changes")
    teacher.go_to(f"The lesson “{TITLE}” is added to “Shadows”")
    teacher.open("^button, Publish now")
    teacher.landmark("^main$")
    teacher.go_to("^status")
    teacher.go_to(r"^Published: \d+ changes?\. Learners see")


def reads(learner: Reader) -> None:
    learner.landmark("^navigation, Unit 1, Shadows")
    learner.open(f"^link, .*{TITLE}")
    assert learner.phrases[-1] == f"{TITLE} · Meanwhile"
    learner.landmark("^main$")
    assert learner.heading("level 1") == f"heading, {TITLE}, level 1"
    assert learner.heading("level 2") == "heading, Small things scatter blue, level 2"
    learner.go_to("^Sunlight has all colours")


def answers(learner: Reader) -> None:
    """The wrong answer, what is said to it; the right one."""
    learner.go_to("^group, Question 1 of 1")
    learner.go_to("Which colour does the air scatter most")
    learner.go_to("^radio, Red.*not checked")
    learner.press("Space")
    learner.go_to("^group, How sure are you")
    learner.go_to("^button, Check my answer")
    learner.press("Enter")
    said = learner.here("^group, Not yet")
    assert "Red goes on almost straight." in said
    assert "Received" in said
    learner.go_to("^radio, Blue.*not checked")
    learner.press("Space")
    learner.go_to("^button, Check again")
    learner.press("Enter")
    said = learner.here("^group, Right")
    assert "Yes: short waves are scattered most." in said


def goes_on(learner: Reader) -> None:
    learner.landmark("^contentinfo|^main$")
    learner.open("^button, (Next|Done)")
    assert TITLE not in learner.phrases[-1]
    assert learner.heading("level 1").endswith("level 1")


# ── What every page says ───────────────────────────────────────────────────────────────────────

CONTROLS = re.compile(
    r"^(button|link|textbox|searchbox|checkbox|radio|combobox|listbox|slider|spinbutton|switch|tab|menuitem)\b"
)


def faults_of(spoken: list[Spoken]) -> list[str]:
    """A control without a name, a picture that only decorates, headings that jump, a main part that
    is missing or there twice."""
    faults = [
        f"no name: “{each.phrase}”: {each.markup}"
        for each in spoken
        if CONTROLS.match(each.phrase) and (each.role == each.phrase or not each.item.strip())
    ]
    faults += [
        f"decoration is spoken: {each.markup}"
        for each in spoken
        if each.phrase in ("img", "image", "graphics-document") or each.tag in ("svg", "path")
        if not each.item.strip()
    ]
    levels = [int(each.phrase[-1]) for each in headings_of(spoken)]
    if levels[:1] != [1] or levels.count(1) != 1:
        faults.append(f"headings begin {levels[:3]}, {levels.count(1)} of level 1")
    faults += [f"a heading jumps from {a} to {b}" for a, b in pairwise(levels) if b > a + 1]
    mains = sum(each.phrase.startswith("main") and each.tag == "main" for each in spoken)
    return faults + ([f"{mains} main landmarks"] if mains != 1 else [])


def headings_of(spoken: list[Spoken]) -> list[Spoken]:
    return [each for each in spoken if re.match(r"heading, .*level \d$", each.phrase)]


FILMED = "/courses/1/writing/lessons/when-light-slows-down/"
# Who, where, what is opened from there by ear, and what it opens.
PAGES = {
    "outline": ("okafor", "/courses/1/writing/", "", "main"),
    "editor": ("okafor", FILMED, "", "main"),
    "a text that is written": (
        "okafor",
        FILMED,
        "^link, Write Block 1, Text",
        "write-box textarea",
    ),
    "a film that is written": ("okafor", f"{FILMED}?part=film", "", "file-fields"),
    "what to add": ("okafor", FILMED, "^link, Add a block here", ".kinds"),
    "captions": ("okafor", f"{FILMED}parts/film/captions/", "", "main"),
    "publish": ("okafor", "/courses/1/publishing/", "", "main"),
    "marking": ("okafor", "/", "^link, Mark", "marking-page"),
    "lesson": ("amina", "/learn/1/when-light-slows-down/", "", "main"),
    "task": ("amina", "/learn/1/explain-a-rainbow/tell-a-ten-year-old/task/", "", "main"),
}


@pytest.mark.promise("T29")
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_spoken_without_a_name(by_ear, name, figure):
    """Page by page: names of controls, decoration, order of headings, one main part."""
    who, path, opens, opened = PAGES[name]
    reader = by_ear(who, path)
    if opens:
        reader.go_to(opens)
        reader.press("Enter")
    expect(reader.page.locator(opened).first).to_be_visible()
    reader.page.wait_for_load_state("networkidle")
    spoken = reader.everything()
    assert len(spoken) > 40
    faults = faults_of(spoken) + [f"no name: {role}" for role in reader.nameless()]
    figure(f"{name}: {len(spoken)} phrases, {len(headings_of(spoken))} headings")
    assert not faults, "\n".join(faults)


PLANTED = {
    "no name: .button": "document.querySelector('[popovertarget=reading]').ariaLabel = ''",
    "decoration is spoken": "document.querySelector('main').insertAdjacentHTML("
    "'beforeend', '<img src=\"data:,\">')",
    "2 main landmarks": "document.body.insertAdjacentHTML('beforeend', '<main>More</main>')",
    "a heading jumps from 1 to 4": "document.querySelector('main h1').insertAdjacentHTML("
    "'afterend', '<h4>Too deep</h4>')",
}


def test_a_planted_fault_is_heard(by_ear):
    """A button without its name, a picture without words, a second main part, a heading too deep."""
    reader = by_ear("amina", "/progress/")
    assert not faults_of(reader.everything())
    for said, fault in PLANTED.items():
        reader.page.reload()
        reader.page.evaluate(f"() => {{ {fault} }}")
        faults = faults_of(reader.everything())
        assert any(re.match(said, each) for each in faults), (said, faults)
        assert said[:7] != "no name" or "button" in reader.nameless()
