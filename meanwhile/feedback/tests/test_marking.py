"""The marking page: drafts that are never lost, held, released; the bank; without names."""

import json

import pytest

from meanwhile.core import clock
from meanwhile.core.models import EventRow
from meanwhile.feedback import actions, draft, queries
from meanwhile.feedback.models import BankComment, Feedback, Promise
from meanwhile.feedback.tests.conftest import TEXT, THURSDAY, TUESDAY, make_task
from meanwhile.people.models import Notice
from meanwhile.people.who import Who

COMMENT = {"uid": "c1", "start": 2, "end": 26, "words": "Scientists measure from the normal.",
           "line": "method"}  # fmt: skip


@pytest.fixture
def promise(handed) -> Promise:
    return handed("amina")


@pytest.fixture
def page(promise) -> str:
    return f"/marking/{promise.code}/"


def save(client, page, words, base="", operation="o1"):
    sent = {"words": json.dumps(words), "base_version": base, "operation": operation}
    return client.post(f"{page}draft/", sent, headers={"accept": "application/json"})


# --- drafts -----------------------------------------------------------------------------------------


def test_what_is_half_written_is_received_and_stands_there_again(as_, page):
    words = {"note": "You noticed", "level.method": ["2"], "comments": json.dumps([COMMENT])}
    answer = save(as_("okafor"), page, words)
    assert answer.status_code == 200
    assert answer.json()["version"] == 1
    assert answer.json()["received_at"]
    shown = as_("lindqvist").get(page).content.decode()
    assert "You noticed</textarea>" in shown
    assert '<mark data-start="2">measured from the mirror</mark>' in shown
    assert 'name="level.method" value="2" checked' in shown


@pytest.mark.promise("T8")
def test_the_same_draft_sent_twice_is_kept_once(as_, page):
    client = as_("okafor")
    first = save(client, page, {"note": "One"}).json()
    assert save(client, page, {"note": "One"}).json() == first
    assert Feedback.objects.get().version == 1
    assert save(client, page, {"note": "Other words"}).status_code == 422, "another deed, same id"


def test_two_markers_never_overwrite_each_other(as_, page):
    save(as_("okafor"), page, {"note": "Mine"})
    answer = save(as_("lindqvist"), page, {"note": "His"}, base="0", operation="o2")
    assert answer.status_code == 409
    assert json.loads(answer.json()["theirs"])["note"] == "Mine"
    assert Feedback.objects.get().words == {"note": "Mine"}


def test_a_form_over_a_newer_draft_shows_both(as_, page):
    save(as_("okafor"), page, {"note": "Mine"})
    sent = {"note": "His", "base_version": "0", "deed": "release"}
    answer = as_("lindqvist").post(page, sent)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "His</textarea>" in shown
    assert "<p>Mine</p>" in shown
    assert Feedback.objects.get().released_at is None


def test_from_the_first_word_on_the_work_cannot_be_taken_back(cast, as_, page, promise):
    save(as_("okafor"), page, {"note": "One"})
    promise.submission.refresh_from_db()
    assert promise.submission.marking_began_at


def test_what_was_taken_back_is_not_marked(cast, promise):
    from meanwhile.assessment.actions import take_back

    take_back(Who(cast.amina), promise.submission)
    with pytest.raises(actions.Refused, match="taken back"):
        actions.save_draft(cast.okafor, promise, {"note": "One"}, None)
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    "words", ["[]", "{", '"x"', json.dumps({"comments": "{]"}), json.dumps({"note": {"a": 1}})]
)
def test_whatever_is_sent_as_words_is_answered_in_words(as_, page, words):
    sent = {"words": words, "base_version": "", "operation": "x"}
    assert as_("okafor").post(f"{page}draft/", sent).status_code in (200, 400)


# --- released ----------------------------------------------------------------------------------------


def test_it_is_released_once_and_the_learner_is_told(cast, as_, page, promise):
    client = as_("okafor")
    sent = {"note": "Good.", "base_version": "", "deed": "release", "operation": "r"}
    with clock.at(TUESDAY):
        assert client.post(page, sent).status_code == 302
        assert client.post(page, sent).status_code == 302
    promise.refresh_from_db()
    assert promise.held
    assert promise.submission.returned_at == TUESDAY
    assert Notice.objects.filter(person=cast.amina).count() == 1
    assert EventRow.objects.filter(name="feedback.FeedbackReleased").count() == 1
    assert client.post(page, sent | {"note": "Bad.", "operation": "s"}).status_code == 422
    assert Feedback.objects.get().words == {"note": "Good."}


def test_nothing_is_released_empty(as_, page):
    answer = as_("okafor").post(page, {"base_version": "", "deed": "release"})
    assert answer.status_code == 422
    assert "There is nothing to read yet." in answer.content.decode()
    assert not Feedback.objects.exclude(released_at=None).exists()


@pytest.mark.parametrize("points", ["21", "much", "-1", "1e3"])
def test_points_that_cannot_be_are_refused_and_what_was_typed_stays(as_, page, points):
    sent = {"note": "Good.", "points": points, "base_version": "", "deed": "release"}
    answer = as_("okafor").post(page, sent)
    assert answer.status_code == 422
    assert "a number from 0 to 20" in answer.content.decode()
    assert f'value="{points}"' in answer.content.decode()


def test_after_one_comes_the_next(cast, handed, as_, page, promise):
    other = handed("leo")
    sent = {"note": "Good.", "base_version": "", "deed": "release"}
    assert as_("okafor").post(page, sent).headers["Location"] == f"/marking/{other.code}/"
    sent["operation"] = "n"
    assert as_("okafor").post(f"/marking/{other.code}/", sent).headers["Location"] == "/"


def test_what_is_held_is_released_together(cast, handed, as_, page, promise):
    other = handed("leo")
    for each in (promise, other):
        as_("okafor").post(
            f"/marking/{each.code}/", {"note": "Good.", "base_version": "", "deed": "hold"}
        )
    assert not Feedback.objects.exclude(released_at=None).exists()
    as_("okafor").post(f"{page}held/")
    assert Feedback.objects.exclude(released_at=None).count() == 2


# --- comments, without a script --------------------------------------------------------------------


def test_a_comment_is_added_changed_and_taken_out_by_the_form_alone(as_, page):
    client = as_("okafor")
    sentence = draft.sentences(TEXT)[1]
    assert sentence.words == "The differences are small 🙂."
    about = f"{sentence.start}-{sentence.end}"
    client.post(page, {"new_comment": "Careful words.", "about": about, "base_version": "0"})
    shown = client.get(page).content.decode()
    assert "<mark" in shown
    [comment] = draft.read(Feedback.objects.get().words).comments
    assert TEXT[comment.start : comment.end] == sentence.words
    kept = {"comments": draft.dumped([comment]), "base_version": "1"}
    client.post(page, kept | {f"comment.{comment.uid}": "Better words."})
    assert draft.read(Feedback.objects.get().words).comments[0].words == "Better words."
    client.post(page, kept | {f"comment.{comment.uid}": "", "base_version": "2"})
    assert not draft.read(Feedback.objects.get().words).comments


def test_the_bank_grows_from_what_one_writes_and_belongs_to_its_line(cast, as_, page, promise):
    actions.save_draft(cast.okafor, promise, {"comments": json.dumps([COMMENT])}, None)
    actions.release(cast.okafor, promise)
    actions.keep_in_bank(cast.okafor.pk, "results", "Scientists label the axes.")
    found = queries.bank(Who(cast.okafor), "SCIENT", "results")
    assert [each.words for each in found] == [
        "Scientists label the axes.",
        "Scientists measure from the normal.",
    ]
    assert b"Scientists measure" in as_("okafor").get("/marking/comments/?q=from normal").content
    assert b"Scientists" not in as_("lindqvist").get("/marking/comments/?q=scient").content
    actions.keep_in_bank(cast.okafor.pk, "results", "Scientists label the axes.")
    assert BankComment.objects.get(line="results").uses == 2


# --- without names -----------------------------------------------------------------------------------


def test_without_names_no_page_of_the_marker_says_one(cast, handed, as_, page, promise):
    other = handed("leo")
    client = as_("okafor")
    client.post(f"{page}names/", {"to": "codes"})
    with clock.at(TUESDAY):
        for address in (page, f"/marking/{other.code}/", f"{page}move/"):
            shown = client.get(address, follow=True).content.decode()
            for name in ("Amina", "Haddad", "Leo", "Whitfield"):
                assert name not in shown, f"{address}: {name}"
            assert promise.code in shown
        queue = client.get("/").content.decode().split('id="quiet"')[0]
        assert f"Paper {promise.code}" in queue
        assert "Amina" not in queue
    assert str(cast.amina.pk) not in page


def test_once_released_the_name_is_there(cast, as_, page, promise):
    client = as_("okafor")
    client.post(f"{page}names/", {"to": "codes"})
    client.post(page, {"note": "Good.", "base_version": "", "deed": "release"})
    assert "Amina Haddad" in client.get(page).content.decode()


# --- who may -----------------------------------------------------------------------------------------


@pytest.mark.promise("T9")
@pytest.mark.parametrize(
    "key", ["amina", "leo", "haddad", "dunn", "moura", "brandt", "reyes", "farouk", "site"]
)
def test_only_who_teaches_the_class_marks(as_, page, key):
    for address in (page, f"{page}move/"):
        assert as_(key).get(address).status_code == 404
    for address in (page, f"{page}draft/", f"{page}notes/", f"{page}names/", f"{page}held/"):
        assert as_(key).post(address, {"words": "{}", "note": "x"}).status_code == 404
    assert not Feedback.objects.exists()


# --- T10: nothing leaves early ----------------------------------------------------------------------

SECRETS = ("Canary-note-q7", "Canary-next-q7", "Canary-comment-q7", "Canary-staff-q7", "17.25")


@pytest.mark.promise("T10")
@pytest.mark.parametrize("state", ["draft", "held", "released"])
def test_canaries_of_drafts_and_held_feedback_reach_nobody_but_the_markers(
    cast, as_, page, promise, state, figure
):
    """Canaries in every field of feedback: who reads them as a draft, held, released."""
    note, next_, comment, staff, points = SECRETS
    words = {"note": note, "next": next_, "points": points,
             "comments": json.dumps([{"uid": "c", "words": comment, "start": 0, "end": 5}])}  # fmt: skip
    with clock.at(TUESDAY):
        actions.save_draft(cast.okafor, promise, words, None)
        actions.note_among_staff(cast.okafor, promise, staff)
        if state == "held":
            actions.hold(cast.okafor, promise)
        if state == "released":
            actions.release(cast.okafor, promise)
        block = promise.block
        addresses = [
            "/", "/feedback/", f"/feedback/{promise.code}/", page, f"{page}move/", "/notices/",
            "/progress/", "/notebook/", f"/hand-ins/{promise.submission_id}/",
            f"/learn/{cast.offering.pk}/",
            f"/learn/{cast.offering.pk}/{block.lesson.uid}/{block.uid}/task/",
            f"/classes/{cast.offering.pk}/", f"/classes/{cast.offering.pk}/table.csv",
            f"/classes/{cast.offering.pk}/tasks/", "/search/?q=canary",
            "/marking/comments/?q=canary",
        ]  # fmt: skip
        read: dict[str, set[str]] = {}
        asked = 0
        for key in ("amina", "leo", "haddad", "sato", "okafor", "osei", "dunn", "farouk", "reyes",
                    "moura", "site"):  # fmt: skip
            client = as_(key)
            for address in addresses:
                answer = client.get(address)
                body = b"".join(answer) if answer.streaming else answer.content
                asked += 1
                for secret in SECRETS:
                    if secret.encode() in body:
                        read.setdefault(secret, set()).add(key)
    markers = {"okafor", "osei"}
    learner = {"amina", "haddad", "farouk", "reyes"} if state == "released" else set()
    assert read[staff] == markers
    for secret in (note, next_, comment):
        expected = markers | learner
        assert read[secret] == expected, f"{secret} as {state}"
    assert read[points] == markers | learner
    told = " ".join(Notice.objects.values_list("words", flat=True))
    assert not [secret for secret in SECRETS if secret in told]
    events = json.dumps(list(EventRow.objects.values_list("facts", flat=True)))
    assert not [secret for secret in SECRETS if secret in events]
    figure(f"{state}: {asked} pages asked by 11 people, canaries with their markers alone"
           f"{' and the learner’s own' if learner else ''}")  # fmt: skip


def test_the_guardian_of_a_learner_of_age_reads_nothing(cast, answered, as_):
    promise = answered("amina")
    assert as_("haddad").get(f"/feedback/{promise.code}/").status_code == 200
    type(cast.amina).objects.filter(pk=cast.amina.pk).update(age_band="adult")
    assert as_("haddad").get(f"/feedback/{promise.code}/").status_code == 404


# --- cost ---------------------------------------------------------------------------------------------


def test_the_page_asks_no_more_with_thirty_hand_ins(
    cast, handed, as_, page, django_assert_num_queries, django_assert_max_num_queries
):
    client = as_("okafor")
    with django_assert_max_num_queries(40) as few:
        client.get(page)
    for key in ("leo", "mei", "hana", "ella", "freya", "jonah", "noor", "priya", "sam", "yusuf"):
        handed(key)
    with django_assert_num_queries(len(few)):
        client.get(page)


def test_what_changed_since_the_version_before_is_shown(cast, answered, handed, as_):
    answered("amina", {"note": "Good.", "next": "Measure from the normal."})
    again = handed("amina", at=THURSDAY, text=TEXT.replace("from the mirror", "from the normal"))
    assert again.again
    shown = as_("okafor").get(f"/marking/{again.code}/").content.decode()
    assert "<del>mirror.</del><ins>normal.</ins>" in shown
    assert "You asked for: Measure from the normal." in shown
    assert "Look again at Amina" in as_("okafor").get("/").content.decode()


def test_two_tasks_of_a_course_are_two_lines(cast, handed, as_):
    handed("amina")
    handed("leo", block=make_task(cast.offering, "other"))
    found = queries.queue(Who(cast.okafor))
    assert found.count == 2
