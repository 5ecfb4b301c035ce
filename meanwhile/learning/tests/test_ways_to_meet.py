"""Choosing how to meet a block: who sees which way, and that nothing is lost or counted by it."""

import re

import pytest
from django.urls import reverse

from meanwhile.core import clock
from meanwhile.core.models import EventRow
from meanwhile.courses.models import Block
from meanwhile.learning import actions, queries
from meanwhile.learning.models import Answer, BlockState, Draft, Participation, WayChoice, WayStart
from meanwhile.learning.tests.conftest import kept_of
from meanwhile.people import actions as people
from meanwhile.people.models import Enrolment, Group
from meanwhile.people.who import Who
from meanwhile.testing import CHOICE, CHOICE_HTML

WORDS = {"plain": "Light turns.", "language": "La lumière tourne.", "further": "Snell’s law."}


def another_way(main: Block, way: str, language: str = "") -> Block:
    asks = main.answers
    html = (
        CHOICE_HTML | {"body": "<p>Where is it?</p>"} if asks else {"body": f"<p>{WORDS[way]}</p>"}
    )
    return Block.objects.create(
        lesson=main.lesson,
        uid=f"{main.uid}-{language or way}",
        kind=main.kind,
        data=(CHOICE if asks else {}) | {"instead_of": main.uid, "way": way, "language": language},
        body="Other words.",
        rendered=html,
        answers=asks,
        instead_of=main,
        way=way,
        language=language,
        position=main.position,
        minutes=9,
    )


@pytest.fixture
def lesson(cast, offering):
    """Lesson 0.0, in which a text and a question can be met in other ways."""
    rows = Block.objects.filter(lesson__uid="lesson-0-0", lesson__course=offering.course)
    text, question = rows.get(uid="text-0"), rows.get(uid="fish-0")
    another_way(text, "plain")
    another_way(text, "language", "fr")
    another_way(question, "plain")
    return text.lesson


def url(cast, name="lesson", *more):
    return reverse(f"learning:{name}", args=[cast.offering.pk, "lesson-0-0", *more])


def page(client, cast, ask="") -> str:
    return client.get(f"{url(cast)}{ask}").content.decode()


def shown(person, offering) -> list[str]:
    return [i.block.uid for i in queries.lesson_view(Who(person), offering, "lesson-0-0").items]


def choose(client, cast, block: str, way: str, **more: str):
    sent = {"operation": f"o-{block}-{way}-{len(more)}", **more}
    return client.post(url(cast, "way", block, way), sent)


def start(cast, way, **of):
    return WayStart.objects.create(offering=cast.offering, way=way, set_at=clock.now(), **of)


def group_of(cast, name, *people) -> Group:
    group = Group.objects.create(cohort=cast.cohorts["8b"], name=name)
    group.members.set(Enrolment.objects.filter(cohort=cast.cohorts["8b"], person__in=people))
    return group


# --- who sees which -------------------------------------------------------------------------


def test_everybody_begins_with_what_is_written(cast, as_, lesson):
    seen = page(as_("amina"), cast)
    assert "Light is slower in water." in seen
    assert "Light turns." not in seen
    assert "In shorter sentences" in seen
    assert "Français" in seen


def test_the_order_is_own_choice_person_group_wish_written(cast, as_, lesson, offering):
    me = cast.amina
    assert shown(me, offering)[0] == "text-0"
    actions.keep_wish(Who(me), "plain")
    assert shown(me, offering)[0] == "text-0-plain"
    start(cast, "written", group=group_of(cast, "Lenses", me))
    assert shown(me, offering)[0] == "text-0"
    start(cast, "plain", person=me)
    assert shown(me, offering)[0] == "text-0-plain"
    choose(as_("amina"), cast, "text-0-plain", "in-fr")
    assert shown(me, offering)[0] == "text-0-fr"
    assert shown(me, offering)[2] == "fish-0-plain", "a choice is for one block alone"


def test_what_the_school_agreed_comes_before_what_a_teacher_sets(cast, as_, lesson, offering):
    people.keep_accommodation(
        cast.people["farouk"], cast.amina, cast.schools["riverside"], formats=["listen", "plainer"]
    )
    start(cast, "written", person=cast.amina)
    assert shown(cast.amina, offering)[0] == "text-0-plain"
    paper = reverse("learning:pack", args=[offering.pk, "unit-0"])
    assert "Light turns." in as_("amina").get(paper).content.decode()
    choose(as_("amina"), cast, "text-0-plain", "written")
    assert shown(cast.amina, offering)[0] == "text-0", "who learns may always change over"


def test_of_two_groups_the_one_set_last_counts(cast, lesson, offering):
    start(cast, "plain", group=group_of(cast, "One", cast.amina))
    start(cast, "written", group=group_of(cast, "Two", cast.amina))
    assert shown(cast.amina, offering)[0] == "text-0"


def test_a_start_is_for_nobody_else(cast, lesson, offering):
    start(cast, "plain", person=cast.amina)
    assert shown(cast.amina, offering)[0] == "text-0-plain"
    assert shown(cast.leo, offering)[0] == "text-0"


def test_who_left_the_group_or_the_class_is_not_meant(cast, lesson, offering):
    group = group_of(cast, "Lenses", cast.amina)
    start(cast, "plain", group=group)
    assert shown(cast.amina, offering)[0] == "text-0-plain"
    group.members.clear()
    assert shown(cast.amina, offering)[0] == "text-0"


def test_a_way_that_a_block_does_not_have_is_passed_over(cast, lesson, offering):
    start(cast, "listen", person=cast.amina)
    actions.keep_wish(Who(cast.amina), "plain")
    assert shown(cast.amina, offering)[0] == "text-0-plain"


def test_ones_own_language_is_offered_first_and_never_forced(cast, as_, lesson, offering):
    another_way(Block.objects.get(lesson=lesson, uid="text-0"), "language", "es")
    cast.amina.language = "es"
    cast.amina.save()
    view = queries.lesson_view(Who(cast.amina), offering, "lesson-0-0")
    assert view.items[0].block.uid == "text-0"
    assert [each.key for each in view.items[0].ways] == ["written", "plain", "in-es", "in-fr"]
    actions.keep_wish(Who(cast.amina), "language")
    assert shown(cast.amina, offering)[0] == "text-0-es"


def test_another_language_says_which_it_is(cast, as_, lesson):
    choose(as_("amina"), cast, "text-0", "in-fr")
    assert 'id="text-0-fr" class="prose" data-part data-place="text-0" lang="fr" dir="ltr"' in page(
        as_("amina"), cast
    )


def test_a_link_shows_a_way_and_keeps_nothing(cast, as_, lesson):
    client = as_("amina")
    assert "Light turns." in page(client, cast, "?show=text-0-plain")
    assert not WayChoice.objects.exists()
    assert not Participation.objects.exists()
    assert "Light turns." not in page(client, cast)


def test_what_is_not_there_cannot_be_chosen(cast, as_, lesson):
    client = as_("amina")
    assert choose(client, cast, "text-0", "further").status_code == 404
    assert choose(client, cast, "text-1", "plain").status_code == 404
    assert choose(as_("ruby"), cast, "text-0", "plain").status_code == 404
    assert not WayChoice.objects.exists()


# --- nothing is lost ------------------------------------------------------------------------


def test_changing_over_in_the_middle_keeps_what_is_typed(cast, as_, lesson):
    client = as_("amina")
    response = choose(client, cast, "fish-0", "plain", choice="deeper")
    assert response.url == f"{url(cast)}#fish-0"
    assert Draft.objects.get().words["choice"] == "deeper"
    assert 'id="fish-0-plain"' in page(client, cast)
    choose(client, cast, "fish-0-plain", "written")
    assert re.search(r'name="choice" value="\w+" checked', page(client, cast))


def test_an_answer_in_one_way_counts_for_the_block_and_is_said_in_the_other(
    cast, as_, lesson, offering
):
    client = as_("amina")
    choose(client, cast, "fish-0", "plain")
    client.post(url(cast, "answer", "fish-0-plain"), {"choice": "deeper", "operation": "a"})
    kept = kept_of(cast.amina, offering)
    assert (kept.done, kept.answered, kept.right) == (1, 1, 1)
    assert Answer.objects.get().block.uid == "fish-0-plain"
    choose(client, cast, "fish-0-plain", "written")
    again = kept_of(cast.amina, offering)
    assert (again.done, again.answered, again.right) == (1, 1, 1)
    assert "You answered this in another way, and it was right." in page(client, cast)


def test_answers_in_both_ways_are_one_question(cast, as_, lesson, offering):
    client = as_("amina")
    client.post(url(cast, "answer", "fish-0"), {"choice": "deeper", "operation": "a"})
    client.post(url(cast, "answer", "fish-0-plain"), {"choice": "same", "operation": "b"})
    kept = kept_of(cast.amina, offering)
    assert (kept.done, kept.answered, kept.right) == (1, 1, 0), "the last answer counts"
    state = BlockState.objects.get(block__uid="fish-0")
    assert (state.tries, state.first_right, state.right, state.wrong_run) == (2, True, False, 1)
    cells = queries.unit_cells(offering, [cast.amina.pk])[cast.amina.pk]
    assert (cells[lesson.unit_id].done, cells[lesson.unit_id].answered) == (1, 1)
    said = EventRow.objects.filter(name="courses.BlockDone")
    assert [row.facts["block"] for row in said] == [state.block_id], "done once, and said once"


def test_reading_another_way_is_reading_the_block(cast, as_, lesson, offering):
    sent = {"done": "text-0-plain", "block": "text-0-plain", "spot": "p1", "operation": "r"}
    client = as_("amina")
    client.post(url(cast, "reading"), sent)
    kept = kept_of(cast.amina, offering)
    assert (kept.done, kept.block.uid, kept.spot) == (1, "text-0", "p1")
    client.post(url(cast, "reading"), sent | {"done": "text-0", "operation": "s"})
    assert kept_of(cast.amina, offering).done == 1


def test_taking_a_way_out_loses_nothing(cast, as_, lesson, offering):
    client = as_("amina")
    choose(client, cast, "fish-0", "plain")
    client.post(url(cast, "answer", "fish-0-plain"), {"choice": "deeper", "operation": "a"})
    Block.objects.filter(uid="fish-0-plain").update(removed_at=clock.now())
    type(offering.course).objects.filter(pk=offering.course_id).update(edition=2)
    actions.recount_course(offering.course_id)
    kept = kept_of(cast.amina, offering)
    assert (kept.done, kept.answered, kept.right, kept.counted_in) == (1, 1, 1, 2)
    seen = page(client, cast)
    assert 'id="fish-0"' in seen
    assert "You answered this in another way" not in seen, "there is no other way any more"


def test_the_hint_opened_in_one_way_stays_there(cast, as_, lesson):
    client = as_("amina")
    client.post(url(cast, "hint", "fish-0-plain", 1), {"operation": "h"})
    assert BlockState.objects.get(block__uid="fish-0-plain").hints == 1
    assert not BlockState.objects.filter(block__uid="fish-0", hints__gt=0).exists()


def test_a_course_that_has_ended_can_still_be_read_in_another_way(cast, as_, lesson, offering):
    type(offering).objects.filter(pk=offering.pk).update(closed_at=clock.now())
    client = as_("amina")
    assert choose(client, cast, "fish-0", "plain", choice="deeper").status_code == 302
    assert 'id="fish-0-plain"' in page(client, cast)
    assert not Draft.objects.exists()


# --- every reader of blocks -----------------------------------------------------------------


def test_lists_of_parts_never_count_a_place_twice(cast, lesson, offering):
    way = queries.outline_of(offering, cast.amina)
    uids = [part.uid for each in way.lessons for part in each.parts]
    assert "text-0-plain" not in uids
    assert way.lesson("lesson-0-0").figures.total == 4
    assert way.lesson("lesson-0-0").figures.questions == 2
    cells = queries.unit_cells(offering, [cast.amina.pk])
    assert next(iter(cells[cast.amina.pk].values())).total == 8


def test_questions_are_numbered_by_place(cast, lesson, offering):
    items = queries.lesson_view(Who(cast.amina), offering, "lesson-0-0").items
    assert [(i.number, i.of) for i in items if i.number] == [(1, 2), (2, 2)]


def test_paper_shows_the_way_that_is_chosen(cast, as_, lesson, offering):
    choose(as_("amina"), cast, "text-0", "plain")
    paper = reverse("learning:pack", args=[offering.pk, "unit-0"])
    mine = as_("amina").get(paper).content.decode()
    assert "Light turns." in mine
    theirs = as_("leo").get(paper).content.decode()
    assert "Light turns." not in theirs
    staff = reverse("web:pack", args=[offering.course_id, "unit-0"])
    assert "Light turns." not in as_("okafor").get(staff).content.decode()
    assert "Light turns." in as_("okafor").get(f"{staff}?way=plain").content.decode()


def test_a_preview_can_change_over(cast, as_, lesson, offering):
    preview = reverse("web:preview", args=[offering.course_id, "lesson-0-0"])
    client = as_("okafor")
    assert "Light turns." not in client.get(preview).content.decode()
    assert "?show=text-0-plain" in client.get(preview).content.decode()
    assert "Light turns." in client.get(f"{preview}?show=text-0-plain").content.decode()


def test_the_teacher_reads_the_last_answer_in_whichever_way(cast, as_, lesson, offering):
    client = as_("amina")
    client.post(url(cast, "answer", "fish-0"), {"choice": "deeper", "operation": "a"})
    client.post(url(cast, "answer", "fish-0-plain"), {"choice": "same", "operation": "b"})
    unit = lesson.unit
    cell = as_("okafor").get(
        reverse("web:class", args=[offering.pk]), {"cell": f"{cast.amina.pk}-{unit.pk}"}
    )
    assert "Exactly where it looks" in cell.content.decode()


# --- the learner's wish and the teacher's start ---------------------------------------------


def test_the_wish_is_kept_and_taken_back(cast, as_, lesson, offering):
    client = as_("amina")
    client.post(reverse("learning:wish"), {"way": "plain", "operation": "w"})
    assert shown(cast.amina, offering)[0] == "text-0-plain"
    kept = re.search(r'<input[^>]*value="plain"[^>]*>', page_of(client, "wish"))
    assert kept
    assert "checked" in kept[0]
    client.post(reverse("learning:wish"), {"way": "", "operation": "x"})
    assert shown(cast.amina, offering)[0] == "text-0"
    refused = client.post(reverse("learning:wish"), {"way": "easy", "operation": "y"})
    assert refused.status_code == 422


def page_of(client, name, *args) -> str:
    return client.get(reverse(f"learning:{name}", args=args)).content.decode()


def test_a_teacher_sets_a_start_and_takes_it_away(cast, as_, lesson, offering):
    group = group_of(cast, "Lenses", cast.amina)
    teacher, address = as_("okafor"), reverse("learning:starts", args=[offering.pk])
    sent = {f"group-{group.pk}": "plain", f"person-{cast.leo.pk}": "language"}
    assert teacher.post(address, sent | {"operation": "s"}).status_code == 302
    assert shown(cast.amina, offering)[0] == "text-0-plain"
    assert f'id="id_person-{cast.leo.pk}"' in page_of(teacher, "starts", offering.pk)
    assert "Lenses" in page_of(teacher, "starts", offering.pk)
    teacher.post(address, {f"group-{group.pk}": "", "operation": "t"})
    assert shown(cast.amina, offering)[0] == "text-0"
    assert WayStart.objects.count() == 1, "who was not sent is not meant"


def test_a_start_that_is_none_is_refused_in_words(cast, as_, lesson, offering):
    teacher, address = as_("okafor"), reverse("learning:starts", args=[offering.pk])
    refused = teacher.post(address, {f"person-{cast.amina.pk}": "easy", "operation": "s"})
    assert refused.status_code == 422
    assert not WayStart.objects.exists()


def test_only_who_leads_the_class_sets_a_start(cast, as_, lesson, offering):
    address = reverse("learning:starts", args=[offering.pk])
    sent = {f"person-{cast.amina.pk}": "plain", "operation": "s"}
    assert as_("farouk").get(address).status_code == 200, "who supports the school may look"
    assert as_("farouk").post(address, sent).status_code == 404
    for who in ("amina", "leo", "haddad", "ruby"):
        assert as_(who).get(address).status_code == 404
        assert as_(who).post(address, sent).status_code == 404
    assert not WayStart.objects.exists()


def test_nobody_else_learns_which_way_somebody_reads(cast, as_, lesson, offering):
    """Neither a guardian nor a classmate nor the log of events."""
    teacher, address = as_("okafor"), reverse("learning:starts", args=[offering.pk])
    teacher.post(address, {f"person-{cast.amina.pk}": "plain", "operation": "s"})
    choose(as_("amina"), cast, "text-0", "in-fr")
    facts = [str(row.facts) for row in EventRow.objects.all()]
    assert not [each for each in facts if "plain" in each or "fr" in each]
    for who in ("leo", "haddad"):
        for place in (reverse("web:today"), url(cast), reverse("web:course", args=[offering.pk])):
            seen = as_(who).get(place).content.decode()
            assert "In shorter sentences" not in seen or place == url(cast)


def test_no_way_is_called_anything_that_judges(cast, as_, lesson):
    seen = page(as_("amina"), cast).lower()
    for word in (
        "easy",
        "easier",
        "simple",
        "simpler",
        "basic",
        "weak",
        "advanced",
        "support",
        "level",
        "sen ",
    ):
        assert f">{word}" not in seen
    bar = seen[seen.index('class="ways"') :].split("</div>")[0]
    assert not [w for w in ("easy", "simpl", "basic", "advanced", "lower", "higher") if w in bar]
