"""What is found, for whom, and where it opens."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meanwhile.courses.models import Block, Course, Lesson
from meanwhile.people.who import Who
from meanwhile.search import queries
from meanwhile.search.models import Paper

PAGE = "/search/"


def urls(person, typed: str) -> list[str]:
    return [result.place.url for result in queries.search(Who(person), typed).results]


def shown(result: queries.Result) -> str:
    return "".join(f"[{s.text}]" if s.marked else s.text for s in result.snippet.segments)


BODY = (
    '<h2 id="glass-p1">Glass</h2>'
    '<p id="glass-p2">' + "A window lets the day in. " * 20 + "</p>"
    '<p id="glass-p3">Frosted glass scatters what comes through it.</p>'
)


def test_a_result_opens_at_its_paragraph_with_the_words_marked(cast, write, index):
    write("glass", BODY, heading="Glass")
    index()
    [result] = queries.search(Who(cast.amina), "scattering").results
    assert result.place.url == f"/learn/{cast.offering.pk}/lesson-0-0/#glass-p3"
    assert "[scatters] what comes through" in shown(result)


def test_staff_are_taken_to_the_preview(cast, write, index):
    write("glass", BODY)
    index()
    assert urls(cast.brandt, "frosted") == [
        reverse("web:preview", args=[cast.course.pk, "lesson-0-0"]) + "#glass-p3"
    ]


def test_another_way_to_meet_a_block_is_found_and_shown_in_its_place(cast, write, index):
    main = write("glass", BODY, heading="Glass")
    said = '<p id="verre-p1">Le verre dépoli disperse la lumière.</p>'
    write("verre", said, instead_of=main, way="language", language="fr")
    index()
    lesson = f"/learn/{cast.offering.pk}/lesson-0-0/"
    assert urls(cast.amina, "dépoli") == [f"{lesson}?show=verre#verre-p1"]
    preview = reverse("web:preview", args=[cast.course.pk, "lesson-0-0"])
    assert urls(cast.brandt, "dépoli") == [f"{preview}?show=verre#verre-p1"]


def test_what_is_said_in_a_film_opens_at_its_second(cast, write, index):
    cues = "".join(
        f'<li data-at="{n * 20.5:g}" data-to="{n * 20.5 + 9:g}"><span class="soft">0:{n:02d}</span>'
        f" <span>{words}</span></li>"
        for n, words in enumerate(["Look at the beam.", "It meets the water.", "It wobbles."])
    )
    write("beam", kind="video", data={"src": "a.mp4", "title": "x"}, rendered={"cues": cues})
    index()
    assert urls(cast.amina, "wobbling") == [f"/learn/{cast.offering.pk}/lesson-0-0/?second=41#beam"]


def test_a_paper_opens_at_its_block_and_says_the_page(cast, write, index):
    from meanwhile.courses.models import Asset
    from meanwhile.media.models import Blob

    blob = Blob.objects.create(sha256="a" * 64, size=9, type="application/pdf")
    Asset.objects.create(course=cast.course, path="media/optics.pdf", blob=blob)
    url = reverse("courses:asset", args=[cast.course.pk, "media/optics.pdf"])
    write(
        "handout",
        kind="file",
        data={"src": "media/optics.pdf", "title": "x"},
        rendered={"url": url},
    )
    Paper.objects.create(
        sha256="a" * 64, pages=["Lenses.", "Kaleidoscopes."], read_at="2026-11-01T00:00Z"
    )
    index()
    [result] = queries.search(Who(cast.amina), "kaleidoscope").results
    assert result.place.url.endswith("#handout")
    assert result.place.note == "page 2"


def test_slips_are_mended_and_said(cast, as_, write, index):
    write("glass", "<p>A kaleidoscope has mirrors.</p>")
    index()
    page = as_("amina").get(PAGE, {"q": "kalidoscope"}).content.decode()
    assert "“kalidoscope” is nowhere in your courses" in page
    assert "<mark>kaleidoscope</mark>" in page


def test_the_first_letters_are_enough(cast, write, index):
    write("glass", "<p>A kaleidoscope has mirrors.</p>")
    index()
    assert len(urls(cast.amina, "kaleid")) == 1


@pytest.mark.parametrize(
    ("language", "body", "typed"),
    [
        ("fr", "La réfraction des rayons", "refractions"),
        ("fr", "L’élève mesure", "eleves"),
        ("ar", "ينكسر الضَّوْءُ في الماء", "ضوء"),
        ("zh", "光的折射现象", "折射"),
        ("zh", "光的折射现象", "射"),
        ("de", "Die Häuser werfen Schatten", "hauser"),
    ],
)
def test_it_finds_in_other_languages(cast, write, index, language, body, typed):
    Course.objects.filter(pk=cast.course.pk).update(language=language)
    write("other", f'<p id="other-p1">{body}</p>')
    index()
    assert any("#other" in url for url in urls(cast.amina, typed))


def test_the_words_of_a_title_count_too(cast, write, index):
    write("plain", "<p>Nothing of the kind.</p>", heading="Rainbows")
    index()
    assert len(urls(cast.amina, "rainbow")) == 1


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("How light travels", "How light travels: Rainbows"),
        ("Where is the picture?", "Where is the picture? Rainbows"),
        ("لماذا الظل؟", "لماذا الظل؟ Rainbows"),
    ],
)
def test_a_title_that_ends_in_a_mark_gets_no_other(cast, write, index, title, shown):
    write("plain", "<p>Nothing of the kind.</p>", heading="Rainbows")
    Lesson.objects.filter(course=cast.course, uid="lesson-0-0").update(title=title)
    index()
    [result] = queries.search(Who(cast.amina), "rainbow").results
    assert "".join(segment.text for segment in result.title) == shown


def test_a_question_is_found_by_its_wording_after_what_explains(cast, write, index):
    write("ask", "<p>Which way does a comet's tail point?</p>", kind="choice", answers=True)
    write("says", "<p>The tail of a comet points away from the Sun, whichever way it goes.</p>")
    index()
    assert [url.rpartition("#")[2] for url in urls(cast.amina, "comet tail")] == ["says", "ask"]


def test_nobody_finds_more_than_their_courses(cast, write, index):
    write("glass", BODY)
    index()
    for nobody in (cast.ruby, cast.tiago, cast.haddad, cast.site):
        found = queries.search(Who(nobody), "frosted")
        assert not found.results
        assert not queries.suggestions(Who(nobody), "fro")
    assert queries.suggestions(Who(cast.leo), "fro") == ["frosted"]


def test_what_is_withdrawn_is_gone_before_the_index_hears_of_it(cast, write, index):
    block = write("glass", BODY)
    index()
    Block.objects.filter(pk=block.pk).update(removed_at="2026-11-01T00:00Z")
    assert urls(cast.amina, "frosted") == []
    assert urls(cast.okafor, "frosted") == []


def test_suggestions_finish_the_last_word(cast, as_, write, index):
    write("glass", "<p>kaleidoscope kaleidoscopes Kalium</p>")
    index()
    part = as_("amina").get("/search/suggestions/", {"q": "a big kal"}).content.decode()
    assert '<li role="option" aria-selected="false">a big kaleidoscope</li>' in part
    assert "a big kalium" in part
    assert queries.suggestions(Who(cast.amina), "a big ") == []


@pytest.mark.parametrize("typed", ['"', "a OR", "NEAR(", "*", "'; --", "\\", "&|!", "x" * 900])
def test_signs_that_mean_something_to_a_database_mean_nothing(cast, as_, index, typed):
    index()
    assert as_("amina").get(PAGE, {"q": typed}).status_code == 200
    assert as_("amina").get("/search/suggestions/", {"q": typed}).status_code == 200
    assert as_("amina").get(PAGE, {"q": f"light {typed} water"}).status_code == 200


def test_what_is_written_is_never_markup(cast, as_, write, index):
    write("evil", "<p>&lt;script&gt;alert(1)&lt;/script&gt; glimmering</p>", heading="<b>x</b>")
    index()
    page = as_("amina").get(PAGE, {"q": "glimmering"}).content.decode()
    assert "<script>alert" not in page
    assert "<b>x</b>" not in page
    assert "&lt;script&gt;" in page


def test_the_page_says_what_to_try(cast, as_, index):
    index()
    assert "What are you looking for" in as_("amina").get(PAGE).content.decode()
    assert "You could try" in as_("amina").get(PAGE, {"q": "volcano"}).content.decode()
    assert "Nothing to search yet" in as_("haddad").get(PAGE, {"q": "volcano"}).content.decode()


def test_more_results_are_on_a_second_page(cast, as_, write, index):
    for n in range(15):
        write(f"many-{n}", f"<p>Glowworm number {n} glows.</p>")
    index()
    assert "15 places found" in as_("amina").get(PAGE, {"q": "glowworm"}).content.decode()
    second = as_("amina").get(PAGE, {"q": "glowworm", "page": "2"}).content.decode()
    assert second.count("<mark>Glowworm</mark>") == 5


def test_a_search_asks_no_more_of_ten_times_as_much(cast, as_, write, index):
    def asked() -> int:
        client = as_("amina")
        client.get(PAGE, {"q": "glowworm"})  # its words are in memory from here on
        with CaptureQueriesContext(connection) as seen:
            client.get(PAGE, {"q": "glowworm"})
        return len(seen)

    write("one", "<p>Glowworm.</p>")
    index()
    before = asked()
    for n in range(40):
        write(f"many-{n}", f"<p>Glowworm number {n} glows.</p>")
    index()
    assert asked() == before


def note(cast, person, words: str) -> None:
    from meanwhile.learning.actions.notes import keep_note

    block = Block.objects.get(lesson__course=cast.course, lesson__uid="lesson-0-0", uid="text-0")
    keep_note(Who(person), "n1", words, ["exam"], None, (cast.offering, block, {}))


def test_own_notes_are_found_at_once_and_by_nobody_else(cast, index):
    index()
    note(cast, cast.amina, "Ask about the zoetrope.")
    [result] = queries.search(Who(cast.amina), "zoetropes").results
    assert result.kind == "note"
    assert "/lesson-0-0/" in result.place.url
    for other in (cast.leo, cast.okafor, cast.reyes, cast.haddad):
        assert not queries.search(Who(other), "zoetrope").results
        assert not queries.suggestions(Who(other), "zoe")


def test_a_removed_note_is_not_found(cast):
    from meanwhile.learning.actions.notes import put_back_note, remove_note
    from meanwhile.learning.models import LessonNote

    note(cast, cast.amina, "Ask about the zoetrope.")
    kept = LessonNote.objects.get()
    remove_note(kept)
    assert urls(cast.amina, "zoetrope") == []
    put_back_note(Who(cast.amina), kept)
    assert len(urls(cast.amina, "zoetrope")) == 1
