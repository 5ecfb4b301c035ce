"""What staff see of a class: hand-ins, never drafts."""

import pytest

from meanwhile.assessment import queries
from meanwhile.assessment.models import Submission
from meanwhile.core.ids import operation_id
from meanwhile.people.who import Who


def hand_in(desk, text: str = "The light bends.") -> Submission:
    version = str(getattr(desk, "version", 0))
    desk.post("hand_ins", {"text": text, "base_version": version})
    desk.version = int(version) + 1
    return Submission.objects.order_by("-pk")[0]


def page_of(desk, name: str = "submissions") -> str:
    return desk.get(name).content.decode()


def test_the_list_says_who_has_handed_in_and_who_not_yet(desk, desk_of):
    hand_in(desk)
    page = page_of(desk_of("okafor"))
    assert "1 of 12 people have handed in. 1 waits for an answer." in page
    assert page.count("not yet") == 11
    assert page.count("/hand-ins/") == 1


def test_a_draft_is_not_shown_and_not_even_counted(desk, desk_of):
    before = page_of(desk_of("okafor"))
    desk.post("draft", {"text": "zzcanarydraft", "base_version": "0"})
    after = page_of(desk_of("okafor"))
    assert strip(before) == strip(after)


def strip(page: str) -> str:
    """The page's own part, without tokens and clocks."""
    return page[page.index("<main") : page.index("</main>")]


def test_versions_are_held_side_by_side(desk, desk_of):
    first = hand_in(desk, "The light bends at the water.")
    second = hand_in(desk, "The light bends towards the normal at the water.")
    page = desk_of("okafor").client.get(f"/hand-ins/{second.pk}/?beside=1").content.decode()
    assert "<ins>towards the normal" in page.replace("<ins> ", "<ins>")
    assert "What changed since version 1" in page
    assert first.text in page
    assert second.text in page


def test_what_was_taken_back_is_gone_for_staff_and_stays_with_the_learner(desk, desk_of):
    row = hand_in(desk)
    desk.client.post(f"/hand-ins/{row.pk}/taking-back/", {"operation": operation_id()})
    assert desk_of("okafor").client.get(f"/hand-ins/{row.pk}/").status_code == 404
    assert "not yet" in page_of(desk_of("okafor"))
    assert "taken back" in desk.client.get(f"/hand-ins/{row.pk}/").content.decode()


def test_nonsense_beside_a_version_is_passed_over(desk):
    row = hand_in(desk)
    for beside in ("x", "-1", "9" * 40, "²", "1"):
        assert desk.client.get(f"/hand-ins/{row.pk}/?beside={beside}").status_code == 200


def test_the_tasks_of_a_class_are_counted(desk, desk_of, cast):
    hand_in(desk)
    _offering, learners, lines = queries.tasks_of_class(Who(cast.okafor), cast.offering.pk)
    assert learners == 12
    assert [(each.title, each.handed_in) for each in lines] == [("Explain the fish", 1)]
    page = desk_of("okafor").client.get(f"/classes/{cast.offering.pk}/tasks/").content.decode()
    assert "1 of 12 handed in" in page


def test_a_guardian_sees_that_it_was_handed_in_and_not_a_word(desk, desk_of):
    hand_in(desk, "zzcanarywords")
    home = desk_of("haddad").client.get("/").content.decode()
    assert "Handed in: “Explain the fish”" in home
    assert "zzcanarywords" not in home
    assert "Handed in" not in desk_of("sato").client.get("/").content.decode()


@pytest.mark.parametrize("key", ["leo", "haddad", "dunn", "brandt", "moura", "tiago"])
def test_nobody_else_sees_it(desk, desk_of, key):
    row = hand_in(desk)
    assert desk_of(key).client.get(f"/hand-ins/{row.pk}/").status_code == 404
