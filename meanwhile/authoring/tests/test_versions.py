"""Versions: read as differences, gone back to, and nothing lost on the way."""

from meanwhile.authoring.models import LessonVersion
from meanwhile.authoring.queries.versions import pieces


def test_there_are_none_before_a_word_is_changed(writer):
    assert "No versions yet" in writer.get("versions", lesson="lesson-0-0").content.decode()


def test_differences_are_word_by_word(writer):
    writer.write("text-0", "## Look first\n\nLight is faster in water.")
    first = LessonVersion.objects.last()
    page = writer.get("versions", f"?version={first.pk}", lesson="lesson-0-0").content.decode()
    assert "<del>slower</del><ins>faster</ins>" in page


def test_going_back_is_a_step_that_can_be_taken_back(writer):
    writer.write("text-0", "Other words.")
    first = LessonVersion.objects.last()
    writer.post("versions", {"version": first.pk}, lesson="lesson-0-0")
    assert writer.lesson().document.part("text-0").words.startswith("## Look first")
    assert not writer.lesson().edited, "as published again"
    newest = LessonVersion.objects.first()
    assert newest.says == "Went back to an earlier version"
    writer.post("versions", {"version": newest.pk}, lesson="lesson-0-0")
    assert writer.lesson().document.part("text-0").words == "Other words."


def test_a_version_of_another_lesson_is_not_gone_back_to(writer):
    writer.write("text-0", "Other words.", lesson="lesson-0-1")
    other = LessonVersion.objects.last()
    page = writer.client.post(
        writer.address("versions", lesson="lesson-0-0"), {"version": other.pk}, follow=True
    )
    assert "not kept any more" in page.content.decode()


def test_what_was_published_is_a_version(writer):
    writer.write("text-0", "Other words.")
    writer.publish()
    assert "Published" in writer.get("versions", lesson="lesson-0-0").content.decode()


def test_pieces_put_together_are_the_new_words():
    old, new = "Light is slower\nin water.", "Light is much slower in\nwater."
    made = pieces(old, new)
    assert "".join(each.words for each in made if each.sign != "-") == new
    assert "".join(each.words for each in made if each.sign != "+") == old
