"""Publish: all of it or nothing, as it was shown, and nobody loses what they did."""

import re

import pytest

from meanwhile.authoring.models import NewFile
from meanwhile.core import clock
from meanwhile.courses.models import Asset, Block, Course, Lesson
from meanwhile.learning.models import Answer, BlockState, Participation
from meanwhile.media.models import Blob


@pytest.fixture
def half_way(cast) -> Participation:
    """Amina has done the first question of the first lesson."""
    lesson = Lesson.objects.get(uid="lesson-0-0", course=cast.course)
    block = Block.objects.get(lesson=lesson, uid="fish-0")
    row = Participation.objects.create(
        person=cast.amina, offering=cast.offering, started_at=clock.now(),
        last_active_at=clock.now(), unit=lesson.unit, lesson=lesson, block=block,
    )  # fmt: skip
    Answer.objects.create(
        participation=row, block=block, response={"choice": "deeper"}, score=1.0, right=True,
        edition=1, at=clock.now(),
    )  # fmt: skip
    BlockState.objects.create(
        participation=row, block=block, done_at=clock.now(), tries=1, score=1.0, right=True
    )
    return row


def test_it_says_what_changes_and_for_whom(writer):
    writer.write("text-0", "## Look first\n\nOther words.")
    page = writer.get("publishing").content.decode()
    assert "the text of “Text” (text-0) changes." in page
    assert "learners have this course" in page


def test_learners_see_it_once_it_is_published(writer):
    writer.write("text-0", "## Look first\n\nOther words.")
    writer.publish()
    block = Block.objects.get(lesson__uid="lesson-0-0", lesson__course=writer.course, uid="text-0")
    assert "Other words." in block.rendered["body"]
    assert not writer.lesson().edited
    assert writer.work().changed == []


def test_somebody_in_the_middle_loses_nothing(writer, half_way, cast):
    """Rewritten, moved to another unit and put in another order: the same block, the same answer."""
    block = half_way.block
    words = writer.lesson().document.part("fish-0").words
    writer.write("fish-0", words.replace("Deeper than it looks", "Deeper than one thinks"))
    writer.arrange("place", uid="fish-0", after="")
    writer.order("place lesson", uid="lesson-0-0", unit="unit-1")
    writer.publish()
    again = Block.objects.get(pk=block.pk)
    assert (again.uid, again.position, again.removed_at) == ("fish-0", 0, None)
    assert again.lesson.unit.uid == "unit-1"
    answer = Answer.objects.get(participation=half_way)
    assert answer.block == again
    options = {option["id"]: option["text"] for option in again.data["options"]}
    assert options[answer.response["choice"]] == "Deeper than one thinks"
    assert BlockState.objects.get(participation=half_way, block=again).done_at


def test_a_lesson_that_goes_and_comes_back_brings_its_progress(writer, half_way):
    writer.order("remove lesson", uid="lesson-0-0")
    writer.publish()
    assert Lesson.objects.get(uid="lesson-0-0", course=writer.course).removed_at
    writer.order("bring back", uid="lesson-0-0")
    writer.publish()
    lesson = Lesson.objects.get(uid="lesson-0-0", course=writer.course)
    assert lesson.removed_at is None
    assert Block.objects.get(pk=half_way.block_id).removed_at is None
    assert Answer.objects.filter(participation=half_way, block__lesson=lesson).count() == 1


def test_one_lesson_is_published_and_the_other_stays_as_it_was(writer):
    writer.write("text-0", "First.")
    writer.write("text-0", "Second.", lesson="lesson-0-1")
    writer.publish(lesson="lesson-0-0")
    bodies = dict(
        Block.objects.filter(uid="text-0", lesson__course=writer.course).values_list(
            "lesson__uid", "body"
        )
    )
    assert bodies["lesson-0-0"] == "First."
    assert bodies["lesson-0-1"] != "Second."
    assert writer.lesson("lesson-0-1").edited


def test_a_lesson_that_is_not_ready_holds_back_only_itself(writer):
    writer.write("fish-0", "Half a question")
    writer.write("text-0", "Ready.", lesson="lesson-0-1")
    page = writer.get("publishing")
    chosen = {each.uid: each.chosen for each in page.context["publishing"].choices}
    assert chosen == {"lesson-0-0": False, "lesson-0-1": True}
    refused = writer.get("publishing", "?lesson=lesson-0-0")
    assert "cannot be published yet" in refused.content.decode()
    assert refused.context["publishing"].source is None


def test_what_changed_after_the_list_was_shown_is_not_published_unseen(writer):
    writer.write("text-0", "Seen.")
    token = writer.get("publishing").context["publishing"].token
    writer.write("text-0", "Not seen.")
    sends = {"choose": "1", "token": token, "lesson": "lesson-0-0"}
    page = writer.post("publishing", sends)
    assert page.status_code == 409
    assert "Something changed since you looked" in page.content.decode()
    assert Course.objects.get(pk=writer.course.pk).edition == 1


def test_a_new_lesson_takes_the_outline_with_it_and_an_unready_one_waits(writer):
    writer.order("add lesson", uid="unit-0", title="Sound", template="explain")
    writer.order("add lesson", uid="unit-0", title="Later", template="empty")
    writer.arrange("add", lesson="later", kind="choice", uid="")
    writer.publish(lesson="sound")
    assert Lesson.objects.get(course=writer.course, uid="sound").removed_at is None
    assert not Lesson.objects.filter(course=writer.course, uid="later").exists()
    assert "later" in writer.work().outline.lessons(), "what was not published is still there"


def test_an_edition_that_was_taken_in_meanwhile_is_said(writer):
    writer.write("text-0", "Mine.")
    Block.objects.filter(lesson__uid="lesson-0-0", uid="text-0").update(body="Theirs.")
    page = writer.get("lesson", lesson="lesson-0-0").content.decode()
    assert "A newer edition of this lesson was published since you began" in page


def test_a_new_file_goes_with_what_shows_it_and_only_then(writer):
    blob = Blob.objects.create(sha256="1" * 64, size=3, type="image/svg+xml")
    for name in ("shown", "spare"):
        NewFile.objects.create(
            course=writer.course, path=f"media/{name}.svg", blob=blob, at=clock.now()
        )
    writer.write("text-0", "![A prism](media/shown.svg)")
    assert not Asset.objects.filter(course=writer.course, path="media/shown.svg").exists()
    writer.publish()
    paths = set(Asset.objects.filter(course=writer.course).values_list("path", flat=True))
    assert "media/shown.svg" in paths
    assert "media/spare.svg" not in paths
    assert [row.path for row in NewFile.objects.filter(course=writer.course)] == ["media/spare.svg"]


def test_publishing_a_draft_shows_it(writer):
    Course.objects.filter(pk=writer.course.pk).update(published_at=None)
    writer.course.refresh_from_db()
    writer.write("text-0", "Ready.")
    assert "The course is a draft." in writer.get("publishing").content.decode()
    writer.publish()
    assert Course.objects.get(pk=writer.course.pk).published_at


def test_a_new_order_alone_can_be_published_from_the_outline(writer):
    assert "/publishing/" not in writer.get("outline").content.decode()
    writer.order("lesson down", uid="lesson-0-0")
    assert "/publishing/" in writer.get("outline").content.decode()
    writer.publish()
    rows = Lesson.objects.filter(course=writer.course, unit__uid="unit-0").order_by("position")
    assert list(rows.values_list("uid", flat=True)) == ["lesson-0-1", "lesson-0-0"]
    assert not writer.work().reordered


def test_the_form_as_it_stands_on_the_page_publishes_a_changed_lesson(writer):
    """Nothing but the fields that the page draws: where the outline is as it was, none is for it."""
    writer.write("text-0", "Other words, as somebody types them.")
    page = writer.get("publishing").content.decode()
    assert 'name="outline"' not in page
    token = re.search(r'name="token" value="([^"]+)"', page)
    lessons = re.findall(r'name="lesson" value="([^"]+)"[^>]* checked', page)
    assert token
    sends = {"choose": "1", "token": token[1], "lesson": lessons}
    assert writer.post("publishing", sends).status_code == 302
    assert not writer.lesson().edited
