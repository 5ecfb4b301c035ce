"""The learner's page: draft, ticks, handing in, taking back."""

import json

from meanwhile.assessment import actions
from meanwhile.assessment.models import Submission, Work
from meanwhile.core import clock
from meanwhile.core.ids import operation_id
from meanwhile.courses.models import Offering
from meanwhile.learning.models import BlockState, Participation


def words(text: str, link: str = "") -> str:
    return json.dumps({"text": text, "link": link})


def test_the_page_says_what_why_how_long_how_marked_and_where_to_get_help(desk):
    page = desk.page()
    for said in (
        "Explain the fish",
        "Tell a ten-year-old where the fish is",
        "Who can explain it has understood it.",
        "25 minutes",
        "By the two lines.",
        "Ask in the lesson.",
        "I say which way the light goes.",
        "Draw one ray.",
        "The light bends.",
        "Write down three things",
    ):
        assert said in page, said


def test_a_draft_is_kept_and_stands_there_again(desk):
    kept = desk.post("draft", {"words": words("Slower."), "base_version": "0"}, json=True)
    assert kept.json()["version"] == 1
    page = desk.page()
    assert "Slower.</textarea>" in page
    assert 'aria-current="step">Draft saved' in page


def test_a_draft_from_another_device_is_never_written_over(desk):
    desk.post("draft", {"words": words("From the phone"), "base_version": "0"}, json=True)
    other = desk.post("draft", {"words": words("From the desk"), "base_version": "0"}, json=True)
    assert other.status_code == 409
    assert json.loads(other.json()["theirs"])["text"] == "From the phone"
    assert Work.objects.get().words == {"text": "From the phone"}


def test_without_script_two_versions_are_both_on_the_page(desk):
    desk.post("draft", {"text": "From the phone", "base_version": "0"})
    answer = desk.post("hand_ins", {"text": "From the desk", "base_version": "0"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "From the desk</textarea>" in page
    assert "<blockquote>From the phone" in page
    assert not Submission.objects.exists()
    merged = {"text": "From both", "base_version": "1"}
    assert desk.post("hand_ins", merged).status_code == 302
    assert Submission.objects.get().text == "From both"


def test_ticks_are_kept_each_list_by_itself_and_are_the_learners_alone(desk, desk_of):
    of = {"words": json.dumps({"criteria": ["path"]}), "base_version": "0"}
    assert desk.post("marks", of, json=True, of="criteria").json()["version"] == 1
    steps = {"steps": ["0", "1"], "base_version": "0"}
    assert desk.post("marks", steps, of="steps").status_code == 302
    assert desk.post("marks", of, json=True, of="nonsense").status_code == 404
    page = desk.page()
    assert 'value="path" checked' in page
    assert 'name="steps" value="1" checked' in page
    assert "What good looks like: 1 of 2" in page
    others = desk_of("leo").page()
    assert 'value="path" checked' not in others
    assert 'name="steps" value="1" checked' not in others


def test_handing_in_gives_a_receipt_that_stays_on_the_page(desk):
    desk.post("hand_ins", {"text": "The light bends.", "base_version": "0"})
    row = Submission.objects.get()
    page = desk.page()
    assert f"{row.code[:4]}-{row.code[4:]}" in page
    assert row.sha256 in page
    assert row.signature in page
    assert "Take it back" in page
    assert row.number == 1


def test_nothing_is_not_handed_in_and_says_so(desk):
    answer = desk.post("hand_ins", {"text": "  \n", "base_version": "0"})
    assert answer.status_code == 422
    assert "There is nothing to hand in yet." in answer.content.decode()
    assert not Submission.objects.exists()


def test_a_link_begins_with_https_and_is_never_fetched(desk, monkeypatch):
    from meanwhile.core import egress

    def fetched(*given, **named):
        raise AssertionError("a learner's link was fetched")

    for name in ("fetch", "open", "get"):
        if hasattr(egress, name):
            monkeypatch.setattr(egress, name, fetched)
    for link in ("http://example.org", "javascript:alert(1)", "https://a b.org", "https://u@x.org"):
        answer = desk.post("hand_ins", {"text": "Here.", "link": link, "base_version": "0"})
        assert answer.status_code == 422, link
        page = answer.content.decode()
        assert "A link begins with https://" in page
        assert "Here.</textarea>" in page
    assert desk.post("hand_ins", {"link": "https://example.org/fish"}).status_code == 302
    assert Submission.objects.get().link == "https://example.org/fish"


def test_the_same_again_is_the_same_hand_in(desk):
    sent = {"operation": operation_id(), "text": "The light bends.", "base_version": "0"}
    assert desk.post("hand_ins", sent).status_code == 302
    assert desk.post("hand_ins", sent).status_code == 302
    again = {"text": "The light bends.", "base_version": "1"}  # another press, the same work
    assert desk.post("hand_ins", again).status_code == 302
    assert Submission.objects.count() == 1
    other = desk.post("hand_ins", sent | {"text": "Something else."})
    assert other.status_code == 422
    assert Submission.objects.count() == 1


def test_each_hand_in_is_a_version_and_the_newest_counts(desk):
    desk.post("hand_ins", {"text": "First.", "base_version": "0"})
    desk.post("hand_ins", {"text": "Second.", "base_version": "1"})
    first, second = Submission.objects.all()
    assert (first.text, first.number) == ("First.", 1)
    assert (second.text, second.number) == ("Second.", 2)
    assert first.replaced_at
    assert not second.replaced_at
    assert list(Submission.objects.standing()) == [second]


def test_taken_back_it_is_a_draft_again_and_its_words_are_there(desk):
    desk.post("hand_ins", {"text": "Too early.", "base_version": "0"})
    row = Submission.objects.get()
    desk.client.post(f"/hand-ins/{row.pk}/taking-back/", {"operation": operation_id()})
    row.refresh_from_db()
    assert row.taken_back_at
    page = desk.page()
    assert "Too early.</textarea>" in page
    assert "taken back" in page
    assert 'aria-current="step">Draft saved' in page


def test_what_somebody_has_begun_to_mark_is_not_taken_back(desk):
    desk.post("hand_ins", {"text": "Done.", "base_version": "0"})
    row = Submission.objects.get()
    actions.note_marking_began(row)
    assert "Take it back" not in desk.page()
    desk.client.post(f"/hand-ins/{row.pk}/taking-back/", {"operation": operation_id()})
    row.refresh_from_db()
    assert row.taken_back_at is None


def test_returned_is_the_last_step(desk):
    desk.post("hand_ins", {"text": "Done.", "base_version": "0"})
    actions.note_returned(Submission.objects.get())
    assert 'aria-current="step">Returned' in desk.page()


def test_it_is_done_when_it_is_handed_in_and_not_by_reading(
    desk, cast, offering, task, django_capture_on_commit_callbacks
):
    from meanwhile.learning import actions as learning
    from meanwhile.people.who import Who

    learning.note_reading(Who(cast.amina), offering, task.lesson, done=["text-0", task.uid])
    learning.finish_lesson(Who(cast.amina), offering, task.lesson, None)
    assert done(task) == 0
    with django_capture_on_commit_callbacks(execute=True):
        desk.post("hand_ins", {"text": "Done.", "base_version": "0"})
    assert done(task) == 1
    before = Participation.objects.get().done
    row = Submission.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        desk.client.post(f"/hand-ins/{row.pk}/taking-back/", {"operation": operation_id()})
    assert done(task) == 0
    assert Participation.objects.get().done == before - 1
    with django_capture_on_commit_callbacks(execute=True):
        desk.post("hand_ins", {"text": "Better.", "base_version": "1"})
    assert done(task) == 1
    assert Participation.objects.get().done == before
    assert Participation.objects.get().answered == 0, "a task is never understood by itself"


def done(task) -> int:
    return BlockState.objects.filter(block=task, done_at__isnull=False).count()


def test_after_the_end_of_the_course_nothing_is_handed_in_and_the_words_stay_on_the_page(
    desk, offering
):
    Offering.objects.filter(pk=offering.pk).update(closed_at=clock.now())
    answer = desk.post("hand_ins", {"text": "Too late?", "base_version": "0"})
    assert answer.status_code == 403
    assert "This course has ended" in answer.content.decode()
    assert not Submission.objects.exists()
    assert "Hand in" not in desk.page().replace("Handed in", "")


def test_the_lesson_shows_its_card_with_how_it_stands(desk, offering):
    lesson = f"/learn/{offering.pk}/lesson-0-0/"
    assert "Open the task" in desk.client.get(lesson).content.decode()
    desk.post("draft", {"text": "Slower.", "base_version": "0"})
    assert "Go on with your draft" in desk.client.get(lesson).content.decode()
    desk.post("hand_ins", {"text": "Slower.", "base_version": "1"})
    assert "See your hand-in" in desk.client.get(lesson).content.decode()


def test_today_says_draft_saved_and_handed_in(desk):
    desk.post("draft", {"text": "Slower.", "base_version": "0"})
    assert "Draft saved" in desk.client.get("/").content.decode()
    desk.post("hand_ins", {"text": "Slower.", "base_version": "1"})
    assert "Handed in" in desk.client.get("/").content.decode()


def test_markup_in_what_is_handed_in_stays_words(desk, desk_of):
    nasty = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    desk.post("hand_ins", {"text": nasty, "base_version": "0"})
    row = Submission.objects.get()
    for each in (desk, desk_of("okafor")):
        page = each.client.get(f"/hand-ins/{row.pk}/").content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;alert(1)" in page
