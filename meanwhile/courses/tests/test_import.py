"""A course taken in, and taken in again after it was changed: by its ids, whole or not at all."""

import shutil
from io import BytesIO
from pathlib import Path

import pytest

from meanwhile.core.events import record, writing
from meanwhile.core.models import EventRow
from meanwhile.courses.actions import ImportResult, import_course
from meanwhile.courses.events import BlockAnswered
from meanwhile.courses.files import read_folder
from meanwhile.courses.models import Asset, Block, Course, Lesson, Objective, Unit
from meanwhile.courses.queries.changes import differences
from meanwhile.courses.source import Refused
from meanwhile.media.models import Blob

DEMO = Path(__file__).parents[3] / "demo" / "courses" / "light-and-colour"
QUESTION = "three-cards"
LESSON = "shadows/how-light-travels.md"


class Folder:
    """A copy of the demo course to change, and the school it is taken into."""

    def __init__(self, path: Path, school) -> None:
        self.path, self.school = path, school

    def edit(self, name: str, old: str, new: str) -> None:
        text = (self.path / name).read_text()
        assert old in text
        (self.path / name).write_text(text.replace(old, new))

    def take(self, **options) -> ImportResult:
        return import_course(read_folder(self.path), self.school, actor=None, **options)

    def says(self) -> list[str]:
        course = Course.objects.get(uid="light-and-colour")
        return [str(change) for change in differences(read_folder(self.path), course)]


@pytest.fixture
def folder(cast, tmp_path: Path, settings) -> Folder:
    settings.MEDIA_ROOT = tmp_path / "media"
    shutil.copytree(DEMO, tmp_path / "course")
    return Folder(tmp_path / "course", cast.schools["riverside"])


@pytest.fixture
def taken(folder: Folder) -> Folder:
    folder.take(publish=True)
    return folder


def question() -> Block:
    return Block.objects.get(uid=QUESTION, lesson__course__uid="light-and-colour")


def fence(folder: Folder) -> str:
    """The question as it stands in its lesson."""
    text = (folder.path / LESSON).read_text()
    start = text.index(f"::: choice {{#{QUESTION}}}")
    return text[start : text.index("\n:::\n", start) + 5]


def test_a_course_is_taken_in_with_all_that_pages_show(folder: Folder):
    result = folder.take()
    course = result.course
    assert (result.made, result.changed, course.edition, course.published_at) == (
        True,
        True,
        1,
        None,
    )
    assert Unit.objects.live().filter(course=course).count() == 3
    assert all(lesson.minutes >= 1 for lesson in Lesson.objects.filter(course=course))
    assert question().answers
    assert "<strong>middle</strong>" in question().rendered["body"]
    assert question().rendered["why"]
    assert [aim.uid for aim in question().objectives.all()] == ["light-straight"]
    assert Asset.objects.filter(course=course).count() == len(list((DEMO / "media").iterdir()))
    events = EventRow.objects.filter(name="courses.CourseChanged")
    assert [row.facts for row in events] == [{"course": course.pk, "edition": 1}]


def test_taking_in_the_same_again_changes_nothing(taken: Folder):
    events, blobs = EventRow.objects.count(), Blob.objects.count()
    result = taken.take(publish=True)
    assert (result.made, result.changed, result.changes, result.course.edition) == (
        False,
        False,
        [],
        1,
    )
    assert (EventRow.objects.count(), Blob.objects.count()) == (events, blobs)


def test_a_changed_text_keeps_its_block_and_makes_a_new_edition(taken: Folder):
    before = question()
    taken.edit(LESSON, "What happens to the spot?", "What becomes of the spot?")
    result = taken.take()
    assert result.course.edition == 2
    assert question().pk == before.pk
    assert "What becomes of the spot?" in question().rendered["body"]
    assert [change.kind for change in result.changes] == ["text"]


def test_a_lesson_that_moves_to_another_unit_keeps_its_rows(taken: Folder):
    lesson = Lesson.objects.get(uid="how-we-see")
    blocks = set(lesson.blocks.values_list("pk", "uid"))
    (taken.path / "shadows/how-we-see.md").rename(taken.path / "reflection/how-we-see.md")
    taken.edit("shadows/unit.md", "- how-we-see\n", "")
    taken.edit("reflection/unit.md", "lessons:\n", "lessons:\n- how-we-see\n")
    assert any("moves to the unit" in words for words in taken.says())
    taken.take()
    lesson.refresh_from_db()
    assert lesson.unit.uid == "reflection"
    assert set(lesson.blocks.filter(removed_at=None).values_list("pk", "uid")) == blocks


def test_what_is_taken_out_comes_back_with_its_row(taken: Folder):
    before, words = question(), fence(taken)
    taken.edit(LESSON, words, "")
    taken.take()
    assert question().removed_at is not None
    assert question().pk == before.pk
    taken.edit(LESSON, "\n<!-- id: straight-lines -->", f"\n{words}\n<!-- id: straight-lines -->")
    taken.take()
    assert (question().pk, question().removed_at) == (before.pk, None)


def test_a_unit_that_goes_and_comes_back_keeps_its_lessons(taken: Folder):
    rows = set(Block.objects.live().values_list("pk", flat=True))
    text = (taken.path / "course.md").read_text()
    for path in [*taken.path.glob("shadows/*.md"), *taken.path.glob("refraction/*.md")]:
        path.write_text(path.read_text().replace("](lesson:", "](https://example.org/"))
    taken.take()
    taken.edit("course.md", "- reflection\n", "")
    taken.take()
    assert not Lesson.objects.live().filter(unit__uid="reflection").exists()
    (taken.path / "course.md").write_text(text)
    taken.take()
    assert set(Block.objects.live().values_list("pk", flat=True)) == rows


def test_a_question_that_moves_to_another_lesson_keeps_its_row(taken: Folder):
    before, words = question(), fence(taken)
    taken.edit(LESSON, words, "")
    with (taken.path / "shadows/how-we-see.md").open("a") as file:
        file.write(f"\n{words}")
    assert any("moves to the lesson" in says for says in taken.says())
    taken.take()
    assert question().pk == before.pk
    assert question().lesson.uid == "how-we-see"


def test_a_text_with_a_common_id_in_another_lesson_is_not_taken_for_a_move(taken: Folder):
    before = Block.objects.get(lesson__uid="how-light-travels", uid="look-first")
    taken.edit(LESSON, "<!-- id: look-first -->", "<!-- id: looking -->")
    taken.edit("shadows/how-we-see.md", "<!-- id: from-memory -->", "<!-- id: look-first -->")
    taken.take()
    before.refresh_from_db()
    assert before.lesson.uid == "how-light-travels"
    assert before.removed_at is not None


def test_another_kind_under_the_same_id_is_another_block_and_the_first_comes_back(taken: Folder):
    before, words = question(), fence(taken)
    other = f"::: reveal {{#{QUESTION}}}\nanswer: It goes.\n---\nWhat happens?\n:::\n"
    taken.edit(LESSON, words, other)
    taken.take()
    assert (question().kind, question().pk == before.pk) == ("reveal", False)
    before.refresh_from_db()
    assert before.removed_at is not None
    taken.edit(LESSON, other, words)
    taken.take()
    assert (question().pk, question().kind) == (before.pk, "choice")
    assert Block.objects.filter(lesson=before.lesson, removed_at=None, uid=QUESTION).count() == 1


def test_objectives_go_and_come_back(taken: Folder):
    words = "- id: later\n  text: I can do one thing more.\n"
    taken.edit("course.md", "units:\n", f"{words}units:\n")
    taken.take()
    aim = Objective.objects.get(uid="later")
    taken.edit("course.md", words, "")
    assert taken.says() == ["The objective “I can do one thing more.” goes."]
    taken.take()
    aim.refresh_from_db()
    assert aim.removed_at is not None
    taken.edit("course.md", "units:\n", f"{words}units:\n")
    taken.take()
    aim.refresh_from_db()
    assert aim.removed_at is None


def test_a_changed_key_says_how_many_answers_are_kept(taken: Folder, cast):
    block = question()
    with writing():
        for person in ("amina", "amina", "joao"):
            pk = cast.people.get(person, cast.okafor).pk
            record(
                BlockAnswered(
                    actor=pk,
                    school=taken.school.pk,
                    offering=1,
                    block=block.pk,
                    answer=1,
                    score=1,
                    right=True,
                    confidence=None,
                )
            )
    taken.edit(LESSON, "  text: The spot disappears", "  text: It disappears")
    (said,) = taken.says()
    assert "the answers of" in said
    assert said.endswith("2 people have answered this question; their answers are kept.")


def test_differences_are_said_in_sentences(taken: Folder):
    taken.edit("course.md", "title: Light and colour", "title: Light")
    taken.edit("shadows/unit.md", "title: ", "title: On ")
    taken.edit(LESSON, "title: How light travels", "title: Straight light")
    taken.edit(LESSON, "minutes: 16", "minutes: 20")
    (taken.path / "media/new.csv").write_text("a,b\n")
    said = taken.says()
    assert said[0] == "The title of the course changes."
    assert "is now called “On " in said[1]
    assert said[2:4] == [
        "The lesson “How light travels” is now called “Straight light”.",
        "The minutes of the lesson “Straight light” change.",
    ]
    assert said[-1] == "The file “media/new.csv” is added."
    assert len(said) == 5


def test_looking_at_the_differences_changes_nothing(taken: Folder):
    taken.edit(LESSON, "minutes: 16", "minutes: 20")
    before = (EventRow.objects.count(), Blob.objects.count())
    taken.says()
    assert (EventRow.objects.count(), Blob.objects.count()) == before
    assert Lesson.objects.get(uid="how-light-travels").minutes_set == 16


def test_a_failure_half_way_leaves_nothing(folder: Folder, monkeypatch):
    from meanwhile.courses.actions import importing

    def broken(*_args) -> dict:
        raise RuntimeError("power cut")

    monkeypatch.setattr(importing, "block_fields", broken)
    with pytest.raises(RuntimeError):
        folder.take()
    assert not Course.objects.filter(uid="light-and-colour").exists()
    assert not EventRow.objects.filter(name="courses.CourseChanged").exists()


def test_publishing_is_asked_for_and_never_taken_back(taken: Folder):
    course = Course.objects.get(uid="light-and-colour")
    assert course.published_at is not None
    taken.edit(LESSON, "minutes: 16", "minutes: 20")
    assert taken.take().course.published_at == course.published_at


def test_the_same_id_in_two_schools_is_two_courses(taken: Folder, cast):
    other = next(school for key, school in cast.schools.items() if key != "riverside")
    result = import_course(read_folder(taken.path), other, actor=None)
    assert result.made
    assert Course.objects.filter(uid="light-and-colour").count() == 2


def test_another_course_is_not_taken_into_this_one(taken: Folder):
    course = Course.objects.get(uid="light-and-colour")
    taken.edit("course.md", "id: light-and-colour", "id: other")
    with pytest.raises(Refused, match="This is the course “other”, not “light-and-colour”"):
        taken.take(course=course)


def test_a_file_that_cannot_be_kept_refuses_the_whole(folder: Folder):
    source = read_folder(folder.path)
    source.files["media/prism.svg"].open = lambda: BytesIO(b"<svg><script/></svg>")
    with pytest.raises(Refused, match=r"media/prism\.svg"):
        import_course(source, folder.school, actor=None)
    assert not Course.objects.filter(uid="light-and-colour").exists()
