"""A lesson being written: words kept, never written over, and brought back."""

import json

from django.utils.html import escape

from meanwhile.authoring.models import LessonCopy, LessonVersion
from meanwhile.courses.models import Block


def uids(writer) -> list[str]:
    return [part.uid for part in writer.lesson().document.parts]


def test_looking_writes_nothing(writer):
    page = writer.get("lesson", "?part=text-0", lesson="lesson-0-0")
    assert page.status_code == 200
    assert not LessonCopy.objects.exists()
    assert "## Look first" in page.content.decode()


def test_words_are_kept_and_learners_see_none_of_them(writer):
    answer = writer.write("text-0", "## Look again\n\nOther words.")
    assert answer.status_code == 200
    assert answer.json()["received_at"]
    assert writer.lesson().document.part("text-0").words.startswith("## Look again")
    assert Block.objects.get(lesson__uid="lesson-0-0", uid="text-0").body.startswith(
        "## Look first"
    )
    assert answer.json()["version"] == writer.lesson().document.part("text-0").token


def test_two_tabs_on_one_block_never_write_over_one_another(writer, writer_of):
    other = writer_of("lindqvist")
    on = writer.lesson().document.part("text-0").token
    assert writer.write("text-0", "Mine.", on).status_code == 200
    refused = other.write("text-0", "Theirs.", on)
    assert refused.status_code == 409
    assert refused.json()["theirs"] == "Mine."
    assert writer.lesson().document.part("text-0").words == "Mine."
    # chosen with both in view, it goes through
    assert other.write("text-0", "Both.", refused.json()["version"]).status_code == 200


def test_two_teachers_on_different_blocks_do_not_meet(writer, writer_of):
    other = writer_of("lindqvist")
    tokens = {uid: writer.lesson().document.part(uid).token for uid in ("text-0", "text-1")}
    assert writer.write("text-0", "One.", tokens["text-0"]).status_code == 200
    assert other.write("text-1", "Two.", tokens["text-1"]).status_code == 200
    words = [writer.lesson().document.part(uid).words for uid in ("text-0", "text-1")]
    assert words == ["One.", "Two."]


def test_without_a_script_both_versions_are_shown(writer):
    on = writer.lesson().document.part("text-0").token
    writer.write("text-0", "Mine.", on)
    sends = {"words": "Theirs, typed long.", "base_version": on}
    page = writer.post("words", sends, lesson="lesson-0-0", part="text-0")
    assert page.status_code == 409
    assert "Mine." in page.content.decode()
    assert "Theirs, typed long." in page.content.decode()


def test_the_same_words_sent_twice_are_no_conflict(writer):
    on = writer.lesson().document.part("text-0").token
    assert writer.write("text-0", "Mine.", on).status_code == 200
    assert writer.write("text-0", "Mine.", on).status_code == 200


def test_half_a_question_is_kept_and_said_not_to_be_ready(writer):
    writer.write("fish-0", "Where is the fish?\n\n* [ ] Deeper")
    page = writer.get("lesson", lesson="lesson-0-0").content.decode()
    assert "A choice needs at least two options." in page
    assert "1 thing to put right first" not in page  # there are two of them
    assert "2 things to put right first" in page


def test_an_option_keeps_its_id_when_its_words_change(writer):
    words = writer.lesson().document.part("fish-0").words
    assert "* [x] Deeper than it looks :: Yes." in words
    writer.write("fish-0", words.replace("Deeper than it looks", "Deeper than it seems"))
    part = writer.lesson().document.part("fish-0")
    assert [option["id"] for option in part.read().data["options"]] == ["deeper", "same"]


def test_an_option_that_moves_takes_its_id_along_and_a_new_one_gets_its_own(writer):
    part = writer.lesson().document.part("fish-0")
    lines = part.words.split("\n")
    options = [line for line in lines if line.startswith("* [")]
    head = lines[: lines.index(options[0])]
    tail = lines[lines.index(options[-1]) + 1 :]
    turned = [*head, options[1], "* [ ] Nearer the surface", options[0], *tail]
    writer.write("fish-0", "\n".join(turned))
    data = writer.lesson().document.part("fish-0").read().data
    assert [option["id"] for option in data["options"]] == ["same", "nearer-the-surface", "deeper"]


def test_blocks_are_added_moved_copied_taken_out_and_brought_back(writer):
    writer.arrange("add", kind="choice", uid="text-0")
    assert uids(writer) == ["text-0", "choice", "text-1", "fish-0", "fish-1"]
    writer.arrange("up", uid="choice")
    assert uids(writer)[:2] == ["choice", "text-0"]
    writer.arrange("place", uid="choice", after="fish-1")
    assert uids(writer)[-1] == "choice"
    writer.arrange("remove", uid="text-1")
    assert uids(writer) == ["text-0", "fish-0", "fish-1", "choice"]
    writer.arrange("bring back", uid="text-1")
    assert uids(writer)[:2] == ["text-0", "text-1"]
    writer.arrange("copy", uid="fish-0")
    copied = writer.lesson().document.part("choice-2")
    assert copied.words == writer.lesson().document.part("fish-0").words


def test_a_block_that_was_just_added_is_there_although_it_is_empty(writer):
    writer.arrange("add", kind="text", uid="")
    assert uids(writer)[0] == "text"
    assert writer.write("text", "Now it has words.").status_code == 200


def test_what_a_block_holds_and_its_lines_do_not_show_stays(writer):
    block = Block.objects.get(lesson__uid="lesson-0-0", uid="fish-0")
    block.data = block.data | {"objectives": ["bend"], "shuffle": True, "minutes": 3}
    block.save()
    part = writer.lesson().document.part("fish-0")
    assert "shuffle" not in part.words
    writer.write("fish-0", part.words.replace("Where is", "Where"))
    data = writer.lesson().document.part("fish-0").read().data
    assert (data["objectives"], data["shuffle"], data["minutes"]) == (["bend"], True, 3)


def test_a_block_is_turned_to_its_source_and_back(writer):
    before = writer.lesson().document.part("fish-0")
    writer.arrange("turn", uid="fish-0", form="source")
    source = writer.lesson().document.part("fish-0")
    assert source.form == "source"
    assert "feedback: Yes." in source.words
    assert source.read().data == before.read().data
    writer.arrange("turn", uid="fish-0", form="lines")
    assert writer.lesson().document.part("fish-0").words == before.words


def test_the_title_is_written_like_everything_else(writer):
    on = writer.lesson().document.token
    sends = {"title": "Straws", "summary": "A sentence.", "minutes": "9", "base_version": on}
    writer.post("front", sends, lesson="lesson-0-0")
    document = writer.lesson().document
    assert (document.title, document.summary, document.minutes) == ("Straws", "A sentence.", 9)
    again = writer.post("front", {**sends, "title": "Other"}, json=True, lesson="lesson-0-0")
    assert again.status_code == 409
    theirs = json.loads(again.json()["theirs"])
    assert (theirs["title"], theirs["minutes"]) == ("Straws", "9"), "fit for the fields of the form"


def test_a_lesson_without_a_title_is_refused_in_words(writer):
    page = writer.post("front", {"title": " "}, lesson="lesson-0-0")
    assert page.status_code == 422


def test_how_it_will_look_is_made_by_what_learners_see_and_kept_nowhere(writer):
    sends = {"words": "## Maths\n\n$x^2$ and\n\n::: key One\nline\n:::"}
    page = writer.post("look", sends, lesson="lesson-0-0", part="text-0").content.decode()
    assert "<math" in page
    assert "note-box-key" in page
    assert not LessonCopy.objects.exists()


def test_what_was_typed_is_shown_as_text_and_never_run(writer):
    words = "<script>alert(1)</script> <img src=x onerror=alert(1)>"
    writer.write("text-0", words)
    page = writer.get("lesson", "?part=text-0", lesson="lesson-0-0").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert escape(words) in page


def test_a_sitting_is_one_version_and_what_stood_before_it_is_kept(writer):
    for words in ("One.", "Two.", "Three."):
        writer.write("text-0", words)
    assert LessonVersion.objects.count() <= 2
    first = LessonVersion.objects.last().document["parts"][0]["words"]
    assert first.startswith("## Look first")


def test_a_picture_without_a_description_is_said_in_the_margin(writer):
    writer.write("text-0", "![](media/nothing.svg)")
    page = writer.get("lesson", lesson="lesson-0-0").content.decode()
    assert "There is no file “media/nothing.svg”." in page


def test_objectives_minutes_and_mixing_are_set_beside_the_words(writer):
    sends = {"objectives": ["bend"], "minutes": "3", "shuffle": "1"}
    writer.arrange("settle", uid="fish-0", **sends)
    part = writer.lesson().document.part("fish-0")
    data = part.read().data
    assert (data["objectives"], data["minutes"], data["shuffle"]) == (["bend"], 3, True)
    assert [option["id"] for option in data["options"]] == ["deeper", "same"]
    writer.arrange("settle", uid="fish-0")
    assert (
        not {"objectives", "minutes", "shuffle"}
        & writer.lesson().document.part("fish-0").read().data.keys()
    )


def test_signs_that_no_file_may_hold_are_left_out(writer):
    assert writer.write("text-0", "a\x0bb\x07c\r\nd").status_code == 200
    assert writer.lesson().document.part("text-0").words == "abc\nd"
    writer.order("add unit", title="x\x07y")
    assert writer.work().outline.units[-1].title == "xy"


def test_a_callout_that_is_never_closed_is_said_beside_its_block(writer):
    writer.write("text-0", "::: note One\nwords")
    page = writer.get("lesson", lesson="lesson-0-0").content.decode()
    assert "“::: note” is never closed with “:::”." in page


def test_chapters_and_questions_of_a_film_are_typed_as_lines(writer):
    values = {
        "title": "A beam",
        "link": "https://films.example/1",
        "chapters": "0:00 Air\r\n\r\n1:23 Into the water",
        "questions": "0:42 text-0\n1:00",
    }
    writer.arrange("add", kind="video", uid="")
    part = next(each for each in writer.lesson().document.parts if each.kind == "video")
    writer.post("words", values | {"base_version": part.token}, lesson="lesson-0-0", part=part.uid)
    read = writer.lesson().document.part(part.uid).read()
    assert read.data["chapters"] == [
        {"at": "0:00", "title": "Air"},
        {"at": "1:23", "title": "Into the water"},
    ]
    assert [each.says for each in read.problems] == [
        "Which question? Expected the id of one in this lesson."
    ]
    page = writer.get("lesson", f"?part={part.uid}", lesson="lesson-0-0").content.decode()
    assert "1:23 Into the water</textarea>" in page
    assert "The questions of this lesson: fish-0" in page
