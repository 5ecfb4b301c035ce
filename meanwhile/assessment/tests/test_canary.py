"""T10: words and file names of a draft are nobody's but the learner's, of a hand-in nobody's but
theirs and who watches the class's. Looked for on every page that each persona can open."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from meanwhile.assessment.models import Submission, Work
from meanwhile.core.models import EventRow
from meanwhile.people.models import Notice
from tests.personas import PERSONAS, WATCHERS, client_of, make_world
from tests.policies import POLICIES

DRAFT = ("zzcanarydraft", "zzcanarynotes", "zzcanaryplain")
HANDED = ("zzcanarywords", "zzcanaryfile", "https://zzcanary.example/")


def rows_of(world, key: str = "amina") -> dict:
    """Somebody's work on the task of this test."""
    task = {"block__uid": "task-0", "block__lesson__uid": "lesson-1-1"}
    return {"person": world.cast.people[key], "offering": world.offering} | task


@pytest.fixture
def world(cast):
    """Amina handed something in and goes on writing; Leo has only a draft, with a file."""
    world = make_world(cast)
    rows = {"offering": world.offering.pk, "lesson": "lesson-1-1", "block": "task-0"}
    for key, name, words in (
        (
            "amina",
            "zzcanaryfile.txt",
            {"text": "zzcanarywords", "link": HANDED[2]},
        ),
        ("leo", "zzcanarynotes.txt", {"text": "zzcanaryplain"}),
    ):
        client = client_of(cast, key)
        version = str(Work.objects.get(**rows_of(world, key)).version)
        file = {"files": [SimpleUploadedFile(name, key.encode())], "base_version": version}
        answer = client.post(reverse("assessment:files", kwargs=rows), words | file)
        assert answer.status_code == 302
    amina = client_of(cast, "amina")
    version = str(Work.objects.get(**rows_of(world)).version)
    words = {"text": "zzcanarywords", "link": HANDED[2], "base_version": version}
    assert amina.post(reverse("assessment:hand_ins", kwargs=rows), words).status_code == 302
    more = {"text": "zzcanarydraft", "base_version": version}
    assert amina.post(reverse("assessment:draft", kwargs=rows), more).status_code == 302
    world.submissions["amina"] = Submission.objects.filter(**rows_of(world)).order_by("-pk")[0]
    return world


def addresses(world, persona: str) -> list[str]:
    """Every page that somebody may open, with 8B's rows. That the others stay shut asks T9."""
    mine = (pair for pair in POLICIES.items() if persona in pair[1].see)
    return sorted({reverse(name, kwargs=policy.rows(world)) for name, policy in mine})


@pytest.mark.promise("T10")
def test_no_word_of_a_draft_and_no_hand_in_is_seen_by_anybody_else(world, figure):
    """Canaries in drafts, hand-ins and names of files, over every page as every persona"""
    tried = 0
    seen: dict[str, set[str]] = {}
    for persona in PERSONAS:
        client = client_of(world.cast, persona)
        for address in addresses(world, persona):
            response = client.get(address)
            page = b"".join(response) if response.streaming else response.content
            tried += 1
            for word in (*DRAFT, *HANDED):
                if word.encode() in page:
                    seen.setdefault(word, set()).add(persona)
    assert seen["zzcanarydraft"] == {"amina"}
    assert seen["zzcanarynotes"] == seen["zzcanaryplain"] == {"leo"}
    for word in HANDED:
        assert seen[word] == {"amina"} | WATCHERS, word
    figure(f"{tried} pages, {len(DRAFT) + len(HANDED)} canaries: each seen by its own alone")


def test_neither_events_nor_notices_carry_a_word(world):
    held = " ".join(str(row.facts) for row in EventRow.objects.all())
    held += " ".join(f"{row.words} {row.link}" for row in Notice.objects.all())
    assert "zzcanary" not in held
