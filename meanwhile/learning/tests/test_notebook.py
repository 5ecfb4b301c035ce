"""The notebook: a learner's own notes, in the lesson and over all their courses."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meanwhile.core import clock
from meanwhile.core.events import record, writing
from meanwhile.core.models import EventRow, Receipt
from meanwhile.courses.events import CourseChanged
from meanwhile.courses.models import Block
from meanwhile.learning.models import LessonNote, Participation
from meanwhile.operations.tasks import CHORES
from meanwhile.search.models import Passage

JSON = {"accept": "application/json"}
PARAGRAPH = "Light is slower in water."


@pytest.fixture(autouse=True)
def with_ids(request):
    """The paragraphs of the small course carry ids, as those of a real one do."""
    if "cast" in request.fixturenames:
        cast = request.getfixturevalue("cast")
        for row in Block.objects.filter(lesson__course=cast.course, kind="text"):
            body = row.rendered["body"].replace("<p>", f'<p id="{row.uid}-p2">')
            row.rendered = {"body": body.replace("<h2>", f'<h2 id="{row.uid}--look">')}
            row.save()


def spot(cast, **more) -> str:
    at = {"offering": cast.offering.pk, "lesson": "lesson-0-0", "block": "text-0", "part": "p2"}
    return json.dumps(at | more)


def note_url(uid: str, name: str = "note") -> str:
    return reverse(f"learning:{name}", args=[uid])


def keep(client, cast, uid="n1", words="Slower.", tags="", base="0", operation="", **where):
    """As the island sends it."""
    sent = {"words": words, "tags": tags, "spot": spot(cast, **where)}
    form = {"words": json.dumps(sent), "base_version": base, "operation": operation or f"o-{uid}"}
    return client.post(note_url(uid), form, headers=JSON)


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def lesson(cast) -> str:
    return reverse("learning:lesson", args=[cast.offering.pk, "lesson-0-0"])


@pytest.fixture
def rewrite(cast, django_capture_on_commit_callbacks):
    """`rewrite("<p>…</p>")`: the course is changed and says so, as an import does."""

    def change(body: str, uid: str = "text-0", **more) -> None:
        rows = Block.objects.filter(lesson__uid="lesson-0-0", lesson__course=cast.course, uid=uid)
        rows.update(rendered={"body": body}, **more)
        with django_capture_on_commit_callbacks(execute=True), writing():
            record(CourseChanged(actor=None, school=None, course=cast.course.pk, edition=2))

    return change


def test_a_note_is_received_and_stands_in_the_lesson_and_the_notebook(cast, as_):
    client = as_("amina")
    reply = keep(client, cast, words="Slower = towards it.", tags="#Exam light-rays").json()
    assert reply["version"] == 1
    assert reply["received_at"]
    for page in (lesson(cast), reverse("learning:notebook")):
        words = text_of(client.get(page))
        assert "Slower = towards it." in words
        assert PARAGRAPH in words
        assert "#exam" in words
    assert not Participation.objects.exists(), "to note is not to learn: it counts for nothing"


def test_marked_words_are_a_highlight(cast, as_):
    keep(as_("amina"), cast, words="", quote="slower in", before="Light is ", after=" water.")
    note = LessonNote.objects.get()
    assert (note.state, note.found_part, note.start, note.end) == ("there", "p2", 9, 18)
    assert "Your highlight" in text_of(as_("amina").get(lesson(cast)))


def test_sent_twice_it_is_one_note(cast, as_):
    client = as_("amina")
    assert keep(client, cast).json() == keep(client, cast).json()
    assert LessonNote.objects.get().version == 1


def test_a_second_device_that_wrote_on_an_old_version_is_shown_both(cast, as_):
    one, other = as_("amina"), as_("amina")
    keep(one, cast, words="First")
    assert keep(one, cast, words="Second", base="1", operation="b").json()["version"] == 2
    reply = keep(other, cast, words="Mine", base="1", operation="c")
    assert reply.status_code == 409
    assert json.loads(reply.json()["theirs"])["words"] == "Second"
    assert LessonNote.objects.get().words == "Second"


def test_the_same_words_again_are_never_a_conflict(cast, as_):
    client = as_("amina")
    keep(client, cast, words="Same")
    assert keep(client, cast, words="Same", base="0", operation="b").json()["version"] == 1


def test_the_other_version_is_shown_without_script_too(cast, as_):
    client = as_("amina")
    keep(client, cast, words="First")
    keep(client, cast, words="Second", base="1", operation="b")
    page = client.post(note_url("n1"), {"words": "Mine", "base_version": "1"})
    assert page.status_code == 409
    words = text_of(page)
    assert "Second" in words
    assert "Mine</textarea>" in words
    again = client.post(note_url("n1"), {"words": "Second, mine", "base_version": "2"})
    assert again.status_code == 302
    assert LessonNote.objects.get().words == "Second, mine"


def test_without_script_a_paragraph_is_chosen_from_a_list(cast, as_):
    client = as_("amina")
    page = reverse("learning:lesson_notes", args=[cast.offering.pk, "lesson-0-0"])
    assert f'value="text-0 p2">{PARAGRAPH}' in text_of(client.get(page))
    sent = {"place": "text-0 p2", "words": "By form", "tags": "exam", "operation": "o"}
    assert client.post(page, sent).status_code == 302
    assert client.post(page, sent).status_code == 302
    note = LessonNote.objects.get()
    assert (note.words, note.tags, note.quote) == ("By form", " exam ", PARAGRAPH)
    assert "By form" in text_of(client.get(page))


def test_without_a_paragraph_nothing_is_kept_and_nothing_lost(cast, as_):
    page = reverse("learning:lesson_notes", args=[cast.offering.pk, "lesson-0-0"])
    reply = as_("amina").post(page, {"words": "By form"})
    assert reply.status_code == 422
    assert "By form</textarea>" in text_of(reply)
    assert not LessonNote.objects.exists()


@pytest.mark.parametrize(
    "where",
    [{"block": "nowhere"}, {"lesson": "lesson-9"}, {"offering": 0}, {"block": "../x"}],
)
def test_a_note_on_what_is_not_there_is_refused(cast, as_, where):
    assert keep(as_("amina"), cast, **where).status_code in (400, 404)
    assert not LessonNote.objects.exists()


def test_nobody_notes_in_a_course_of_others(cast, as_):
    assert keep(as_("ruby"), cast).status_code == 404
    assert keep(as_("okafor"), cast).status_code == 404


def test_after_the_text_changed_it_is_still_there(cast, as_, rewrite):
    client = as_("amina")
    keep(client, cast, quote="slower in water")
    rewrite('<p id="text-0-p1">New.</p>\n<p id="text-0-p2">Yes. Light is slower in water.</p>')
    note = LessonNote.objects.get()
    assert (note.state, note.found_part, note.start) == ("there", "p2", 14)
    assert f"{lesson(cast)}#text-0-p2" in text_of(client.get(reverse("learning:notebook")))


def test_it_says_that_the_words_changed(cast, as_, rewrite):
    client = as_("amina")
    keep(client, cast)
    rewrite('<p id="text-0-p1">Light is much slower in water.</p>')
    assert "The words here were changed after you noted this." in text_of(client.get(lesson(cast)))


@pytest.mark.parametrize("how", ["rewritten", "taken out"])
def test_it_says_that_the_spot_is_gone_and_keeps_the_words(cast, as_, how, rewrite):
    client = as_("amina")
    keep(client, cast, words="Mine for good")
    if how == "rewritten":
        rewrite('<p id="text-0-p1">Glass, on the other hand, is brittle.</p>')
    else:
        rewrite(f'<p id="text-0-p2">{PARAGRAPH}</p>', removed_at=clock.now())
    for page in (lesson(cast), reverse("learning:notebook")):
        words = text_of(client.get(page))
        assert "The spot is gone" in words
        assert "Mine for good" in words
        assert PARAGRAPH in words
    rewrite(f'<p id="text-0-p2">{PARAGRAPH}</p>', removed_at=None)
    assert "The spot is gone" not in text_of(client.get(lesson(cast)))


def test_only_notes_in_what_changed_are_looked_for_again(cast, as_, rewrite):
    client = as_("amina")
    keep(client, cast)
    LessonNote.objects.update(found_part="p9")
    rewrite("<p>Other</p>", uid="text-1")
    assert LessonNote.objects.get().found_part == "p9"


def test_a_note_outlives_the_class(cast, as_):
    client = as_("amina")
    keep(client, cast, words="Mine for good")
    cast.amina.enrolments.update(left_at=clock.now())
    words = text_of(client.get(reverse("learning:notebook")))
    assert "Mine for good" in words
    assert lesson(cast) not in words
    assert (
        client.post(note_url("n1"), {"words": "Still mine", "base_version": "1"}).status_code == 302
    )


def test_find_by_words_by_tag_and_by_course(cast, as_):
    client = as_("amina")
    keep(client, cast, "n1", "La lumière est lente", "exam")
    keep(client, cast, "n2", "Something else", "examples", block="text-1")
    notebook = reverse("learning:notebook")

    def shown(query: str) -> set[str]:
        page = text_of(client.get(f"{notebook}?{query}"))
        return {words for words in ("La lumière", "Something else") if words in page}

    assert shown("") == {"La lumière", "Something else"}
    assert shown("q=LUMIERE+lente") == {"La lumière"}
    assert shown("q=slower") == {"La lumière", "Something else"}, "what was marked counts too"
    assert shown("q=%25") == set(), "a sign of the query language is a sign like others"
    assert shown("tag=exam") == {"La lumière"}
    assert shown(f"course={cast.course.pk}") == {"La lumière", "Something else"}
    assert shown("course=999999") == set()
    assert shown("page=99&course=x&tag=%00") == set()


def test_what_is_removed_can_be_put_back_for_30_days(cast, as_):
    client = as_("amina")
    keep(client, cast, words="Oh no")
    client.post(note_url("n1", "note_removal"))
    assert "Oh no" not in text_of(client.get(lesson(cast)))
    assert client.get(note_url("n1")).status_code == 404
    notebook = text_of(client.get(reverse("learning:notebook")))
    assert "1 note removed in the last 30 days" in notebook
    client.post(note_url("n1", "note_return"))
    assert "Oh no" in text_of(client.get(lesson(cast)))


def long_removed(client, cast) -> None:
    """A note that was taken out of the notebook 31 days ago."""
    keep(client, cast, words="Oh no")
    client.post(note_url("n1", "note_removal"))
    LessonNote.objects.update(removed_at=clock.now() - timedelta(days=31))


def test_after_30_days_it_cannot_be_put_back(cast, as_):
    client = as_("amina")
    long_removed(client, cast)
    assert "Oh no" not in text_of(client.get(reverse("learning:notebook")))
    assert client.post(note_url("n1", "note_return")).status_code == 404
    assert LessonNote.objects.get().removed_at is not None


def test_after_30_days_it_is_cleared_out_though_nobody_writes(cast, as_, monkeypatch):
    monkeypatch.setattr("meanwhile.learning.actions.notes.AT_ONCE", 2)
    client = as_("amina")
    for number in range(5):
        keep(client, cast, f"old{number}")
    LessonNote.objects.update(removed_at=clock.now() - timedelta(days=31))
    keep(client, cast, "young")
    client.post(note_url("young", "note_removal"))
    keep(client, cast, "standing")
    [chore] = [chore for chore in CHORES if chore.name == "removed notes"]
    assert chore.do() == 5
    assert set(LessonNote.objects.values_list("uid", flat=True)) == {"young", "standing"}


def test_words_for_a_note_removed_long_ago_make_a_new_one(cast, as_):
    client = as_("amina")
    long_removed(client, cast)
    before = LessonNote.objects.get()
    assert keep(client, cast, words="Anew", operation="again").json()["version"] == 1
    assert LessonNote.objects.get().words == "Anew"
    assert LessonNote.objects.get().pk != before.pk


@pytest.fixture
def full(cast, as_, monkeypatch):
    """A learner whose lesson holds two notes, as many as it may."""
    monkeypatch.setattr("meanwhile.learning.actions.notes.MOST_IN_A_LESSON", 2)
    client = as_("amina")
    keep(client, cast, "n1")
    keep(client, cast, "n2")
    assert keep(client, cast, "n3").status_code == 422
    return client


def test_a_note_that_is_removed_makes_room_for_another(cast, full):
    full.post(note_url("n1", "note_removal"))
    assert keep(full, cast, "n3").status_code == 200
    assert keep(full, cast, "n4").status_code == 422


def test_a_full_lesson_takes_no_note_back(cast, full):
    full.post(note_url("n1", "note_removal"))
    keep(full, cast, "n3")
    page = text_of(full.post(note_url("n1", "note_return"), follow=True))
    assert "Remove one to make room." in page
    assert full.post(note_url("n1", "note_return"), headers=JSON).status_code == 422
    assert keep(full, cast, "n1", words="More", base="1", operation="b").status_code == 422
    assert LessonNote.objects.filter(removed_at=None).count() == 2
    full.post(note_url("n3", "note_removal"))
    full.post(note_url("n1", "note_return"))
    assert "n1" in LessonNote.objects.filter(removed_at=None).values_list("uid", flat=True)


def test_words_typed_for_a_note_removed_elsewhere_bring_it_back(cast, as_):
    client = as_("amina")
    keep(client, cast)
    client.post(note_url("n1", "note_removal"))
    assert keep(client, cast, words="I was typing", base="1", operation="b").status_code == 200
    assert LessonNote.objects.get().removed_at is None


def test_the_file_holds_everything_and_reads_as_markdown(cast, as_):
    client = as_("amina")
    keep(client, cast, words="Slower.\n\n- a *list*", tags="exam")
    reply = client.get(reverse("learning:notebook_export"))
    assert reply.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert reply.content.decode() == (
        "# My notebook\n\n## Light and colour\n\n### Lesson 0.0\n\n"
        f"> {PARAGRAPH}\n\nSlower.\n\n- a *list*\n\n#exam\n"
    )


def test_words_of_a_course_make_no_marks_in_the_file(cast, as_, rewrite):
    rewrite('<p id="text-0-p2"># no *heading* [no](link) &lt;b&gt;</p>')
    client = as_("amina")
    keep(client, cast)
    text = client.get(reverse("learning:notebook_export")).content.decode()
    assert r"> \# no \*heading\* \[no\](link) \<b\>" in text


def test_a_lesson_holds_only_so_many(cast, as_, monkeypatch):
    monkeypatch.setattr("meanwhile.learning.actions.notes.MOST_IN_A_LESSON", 1)
    client = as_("amina")
    keep(client, cast, "n1")
    reply = keep(client, cast, "n2")
    assert reply.status_code == 422
    assert "Remove one" in reply.json()["says"]
    assert keep(client, cast, "n1", "Changed", base="1", operation="b").status_code == 200


def test_a_lesson_costs_the_same_with_one_note_and_with_thirty(cast, as_):
    client = as_("amina")
    counts = set()
    for n in (1, 30):
        for each in range(n):
            keep(client, cast, f"n{each}", "Words", "tag")
        with CaptureQueriesContext(connection) as asked:
            client.get(lesson(cast))
        counts.add(len(asked))
    assert len(counts) == 1


@pytest.mark.promise("T10")
def test_nobody_else_finds_a_word_of_it(
    cast, as_, caplog, mailoutbox, figure, django_capture_on_commit_callbacks
):
    """A canary in every field of a note; every page, export and search, as everybody else; the
    event log, the receipts, the logs, the mail."""
    from tests.personas import PERSONAS, client_of, make_world
    from tests.policies import POLICIES

    world = make_world(cast)
    canaries = ("kanarie-words", "kanarie-tag")
    with django_capture_on_commit_callbacks(execute=True):
        keep(as_("amina"), cast, "secret", canaries[0], canaries[1])
    assert Passage.objects.filter(text__contains=canaries[0]).exists(), "search knows of it"
    asked, found = 0, []
    for persona in sorted(set(PERSONAS) - {"amina"}):
        client = client_of(cast, persona, raise_request_exception=False)
        for name, policy in POLICIES.items():
            for query in ("", "?q=kanarie", "?tag=kanarie-tag"):
                if query and "notebook" not in name and "search" not in name:
                    continue
                page = client.get(reverse(name, kwargs=policy.rows(world)) + query)
                asked += 1
                body = b"".join(page.streaming_content) if page.streaming else page.content
                # the tag that was asked for stands in the page's own form
                wanted = canaries[:1] if "tag" in query else canaries
                if any(word.encode() in body for word in wanted):
                    found.append(f"{name} as {persona}")
        for name in ("note", "note_removal", "note_return"):
            reply = client.post(note_url("secret", name), {"words": "x"})
            assert reply.status_code in (302, 401, 404), f"{name} as {persona}"
    kept = [*EventRow.objects.values_list("facts", flat=True)]
    kept += Receipt.objects.values_list("result", flat=True)
    elsewhere = f"{kept} {caplog.text} {[mail.body for mail in mailoutbox]}"
    assert not any(word in elsewhere for word in canaries)
    assert LessonNote.objects.get(uid="secret").words == canaries[0]
    figure(f"{asked:,} pages as {len(PERSONAS) - 1} other people, logs, mail: {len(found)} found")
    assert not found
