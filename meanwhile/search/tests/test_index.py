"""The index is fresh after an edit, and made anew by one command."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from meanwhile.core import clock, events
from meanwhile.core.events import record, writing
from meanwhile.courses.actions import withdraw_course
from meanwhile.courses.events import CourseChanged
from meanwhile.courses.models import Asset, Block
from meanwhile.media.models import Blob
from meanwhile.operations.tasks import CHORES
from meanwhile.people.who import Who
from meanwhile.search import actions, queries
from meanwhile.search.lexicon import KEPT, Words
from meanwhile.search.models import Lexicon, Passage
from meanwhile.testing import make_course


def finds(person, typed: str) -> int:
    return queries.search(Who(person), typed).count


@pytest.mark.django_db(transaction=True)
def test_an_edit_is_found_once_it_is_said(cast, write):
    write("new", "<p>A glowworm glows.</p>")
    with writing():
        record(CourseChanged(actor=None, school=None, course=cast.course.pk, edition=2))
    assert finds(cast.amina, "glowworm") == 1
    withdraw_course(None, cast.course)
    assert not Passage.objects.exists()
    assert not Lexicon.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_edit_is_found_within_a_minute_also_where_the_server_died_first(
    cast, write, monkeypatch
):
    """Nobody has to ask for it: the chore of each minute brings what was not taken in."""
    write("new", "<p>A glowworm glows.</p>")
    with monkeypatch.context() as patch, writing():
        patch.setattr(events, "deliver", lambda *never: None)
        record(CourseChanged(actor=None, school=None, course=cast.course.pk, edition=2))
    assert finds(cast.amina, "glowworm") == 0
    chore = next(chore for chore in CHORES if chore.name == "late events")
    assert chore.every <= timedelta(minutes=1)
    with clock.at(clock.now() + timedelta(minutes=1)):
        chore.do()
    assert finds(cast.amina, "glowworm") == 1


def test_one_command_makes_an_index_that_was_lost_anew(cast, write, index):
    write("new", "<p>A glowworm glows.</p>")
    index()
    Passage.objects.all().delete()
    Lexicon.objects.update(words=b"")
    KEPT.clear()
    assert finds(cast.amina, "glowworm") == 0
    call_command("index", anew=True, verbosity=0)
    assert finds(cast.amina, "glowworm") == 1


def test_only_what_changed_is_cut_again(cast, write, index, monkeypatch):
    block = write("new", "<p>A glowworm glows.</p>")
    index()
    kept = set(Passage.objects.exclude(row=block.pk).values_list("pk", flat=True))
    Block.objects.filter(pk=block.pk).update(rendered={"body": "<p>A firefly flies.</p>"})
    assert index() == 1
    assert index() == 0
    assert set(Passage.objects.exclude(row=block.pk).values_list("pk", flat=True)) == kept
    assert (finds(cast.amina, "firefly"), finds(cast.amina, "glowworm")) == (1, 0)


def test_words_after_many_edits_are_those_of_an_index_made_anew(cast, write, index):
    block = write("new", "<p>A glowworm glows in Réunion.</p>")
    for body in ("<p>A firefly.</p>", "", "<p>Two glowworms, three glowworms.</p>"):
        Block.objects.filter(pk=block.pk).update(rendered={"body": body})
        index()
    held = Words.unpacked(bytes(Lexicon.objects.get().words))
    KEPT.clear()
    call_command("index", anew=True, verbosity=0)
    anew = Words.unpacked(bytes(Lexicon.objects.get().words))
    assert (held.stems, held.passages, held.length) == (anew.stems, anew.passages, anew.length)
    assert {word: entry[1:] for word, entry in held.words.items()} == {
        word: entry[1:] for word, entry in anew.words.items()
    }


def test_the_command_indexes_every_course_and_forgets_what_is_gone(cast, index, capsys):
    index()
    other = make_course(cast.schools["hillside"], uid="other")
    cast.course.delete()
    call_command("index")
    assert "1 indexed" in capsys.readouterr().out
    assert set(Passage.objects.values_list("scope", flat=True)) == {f"course:{other.pk}"}


def test_a_paper_is_read_and_indexed_by_a_chore(cast, write, monkeypatch):
    blob = Blob.objects.create(sha256="b" * 64, size=9, type="application/pdf")
    Asset.objects.create(course=cast.course, path="media/a.pdf", blob=blob)
    url = reverse("courses:asset", args=[cast.course.pk, "media/a.pdf"])
    write("handout", f'<p><a href="{url}">Hand-out</a></p>')
    tried = []
    monkeypatch.setattr(
        actions, "pages_of", lambda blob: tried.append(blob) or (["One.", "Kaleidoscope."], "")
    )
    chore = next(chore for chore in CHORES if chore.name == "papers to read")
    assert (chore.do(), chore.do()) == (1, 0)
    assert tried == [blob], "once, and never again"
    [result] = queries.search(Who(cast.amina), "kaleidoscope").results
    assert (result.place.note, result.kind) == ("page 2", "paper")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own index")
def test_new_passages_are_in_the_index_and_not_in_a_list_beside_it(cast, index):
    index()
    with connection.cursor() as cursor:
        cursor.execute("SELECT reloptions FROM pg_class WHERE relname = 'search_passage_lexemes'")
        assert cursor.fetchone() == (["fastupdate=off"],)
        cursor.execute("SELECT gin_clean_pending_list('search_passage_lexemes')")
        assert cursor.fetchone() == (0,), "pages that were waiting to be sorted in"
