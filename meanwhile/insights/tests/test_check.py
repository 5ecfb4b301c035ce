"""The page of the course check: what it shows, mends, keeps quiet, and says again."""

import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meanwhile.core import clock
from meanwhile.core.ids import operation_id
from meanwhile.core.models import EventRow
from meanwhile.courses.actions import import_course
from meanwhile.courses.files import read_zip, write_zip
from meanwhile.courses.files.listing import has_unseen
from meanwhile.courses.models import Course, Lesson, Milestone, Unit
from meanwhile.courses.queries.source import source_of
from meanwhile.courses.source import CourseSource
from meanwhile.courses.tests.test_unsafe_words import ADDRESSES, MARKUP
from meanwhile.insights.queries import remarks_of, remarks_on, runs_of
from meanwhile.insights.samples import course as sample
from meanwhile.insights.samples import lesson, prose, question
from meanwhile.people.models import Note, Term
from meanwhile.people.who import Who

JUMP = "## Look first\n\nText.\n\n#### Closer\n\nText."
NOW = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)


@pytest.fixture
def taken(cast):
    """Take a sample into Riverside."""

    def take(source: CourseSource) -> Course:
        return import_course(source, cast.schools["riverside"], actor=None).course

    return take


def written(source: CourseSource) -> BytesIO:
    package = BytesIO()
    write_zip(source, package)
    return package


def address(name: str, course: Course) -> str:
    return reverse(f"insights:{name}", args=[course.pk])


def page(client, course: Course) -> str:
    return client.get(address("check", course)).content.decode()


def fields(html: str, action: str, check: str = "") -> dict[str, str]:
    """The hidden fields of the first form of this address, as a browser would send them."""
    forms = re.findall(rf'<form method="post" action="[^"]*/{action}/".*?</form>', html, re.DOTALL)
    form = next((each for each in forms if check in each), "")
    assert form, f"there is no form for {action}"
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))


def test_a_remark_stands_under_its_lesson_with_its_reason_and_its_repair(as_, taken):
    course = taken(sample(JUMP))
    html = page(as_("okafor"), course)
    under = html.split("Lesson 0</a>", 1)[1]
    assert "“Closer” is of level 4, where level 3 comes next." in under
    assert "WCAG 2.2, 1.3.1 (level A)" in under
    assert "Use the next level" in under


def test_the_page_of_the_course_leads_to_it(as_, taken):
    course = taken(sample(JUMP))
    assert address("check", course) in as_("okafor").get(f"/courses/{course.pk}/").content.decode()


def test_a_course_without_a_fault_gets_a_kind_word(as_, taken):
    asked = "\n\n".join(question(f"q{n}", right=n % 2) for n in range(2))
    course = taken(
        sample(
            f"{prose(200)}\n\n{asked}",
            description=prose(60),
            authors=["Ada"],
            ages="12-14",
            hours_per_week=1,
            files={},
        )
    )
    source = source_of(course)
    source.files = {}
    import_course(source, course.school, actor=None)
    html = page(as_("okafor"), course)
    assert "Nothing to mention" in html
    assert 'id="remark-1"' not in html


def test_the_button_mends_it(as_, taken, cast):
    course = taken(sample(JUMP))
    client = as_("reyes")
    before = EventRow.objects.filter(name="courses.CourseChanged").count()
    sent = fields(page(client, course), "mends")
    assert client.post(address("mends", course), sent).status_code == 302
    body = source_of(course).units[0].lessons[0].blocks[0].body
    assert "### Closer" in body
    assert "####" not in body
    assert EventRow.objects.filter(name="courses.CourseChanged").count() == before + 1
    assert "“Closer” is of level 4" not in page(client, course)


def test_a_button_pressed_twice_mends_once(as_, taken):
    course = taken(sample(JUMP))
    client = as_("reyes")
    sent = fields(page(client, course), "mends")
    for _press in range(2):
        assert client.post(address("mends", course), sent).status_code == 302
    course.refresh_from_db()
    assert course.edition == 2
    later = sent | {"operation": operation_id()}
    assert (
        "mended already"
        in client.post(address("mends", course), later, follow=True).content.decode()
    )


def test_not_here_because_is_kept_in_the_file_and_survives_going_out_and_in(as_, taken, cast):
    course = taken(sample(JUMP))
    client = as_("reyes")
    sent = fields(page(client, course), "not-here", "heading-jump")
    sent["because"] = "It is  a joke. "
    assert client.post(address("not_here", course), sent).status_code == 302
    kept = source_of(course).units[0].lessons[0].not_here
    assert [(each.check, each.block, each.because) for each in kept] == [
        ("heading-jump", "look-first", "It is a joke.")
    ]
    once = written(source_of(course))
    again = import_course(read_zip(once), cast.schools["hillside"], actor=None).course
    assert written(source_of(again)).getvalue() == once.getvalue()
    html = page(client, course)
    assert "Because: It is a joke." in html
    assert "“Closer” is of level 4" in html.split("Not wanted here", 1)[1]
    assert "“Closer” is of level 4" not in html.split("Not wanted here", 1)[0]
    client.post(address("heard", course), fields(html, "heard"))
    assert source_of(course).units[0].lessons[0].not_here == []
    assert "Not wanted here" not in page(client, course)


def test_not_here_wants_a_reason_and_gives_the_words_back(as_, taken):
    course = taken(sample(JUMP))
    client = as_("reyes")
    sent = fields(page(client, course), "not-here") | {"because": "x" * 301}
    refused = client.post(address("not_here", course), sent)
    assert refused.status_code == 422
    assert "x" * 301 in refused.content.decode()
    assert source_of(course).not_here == []


def test_whoever_may_not_change_the_course_sees_no_buttons(as_, taken, cast):
    course = taken(sample(JUMP))
    html = page(as_("osei"), course)
    assert "“Closer” is of level 4" in html
    assert "/mends/" not in html
    assert "/not-here/" not in html


def test_a_change_meanwhile_is_not_written_over(as_, taken, monkeypatch):
    course = taken(sample(JUMP))
    client = as_("reyes")
    sent = fields(page(client, course), "mends")
    from meanwhile.insights import actions

    before = actions.mended

    def slow(*args):
        made = before(*args)
        Lesson.objects.filter(course=course).update(title="Changed meanwhile")
        return made

    monkeypatch.setattr(actions, "mended", slow)
    said = client.post(address("mends", course), sent, follow=True).content.decode()
    assert "Somebody changed the course meanwhile" in said
    assert source_of(course).units[0].lessons[0].title == "Changed meanwhile"
    assert "####" in source_of(course).units[0].lessons[0].blocks[0].body


def test_remarks_on_a_lesson_as_it_is_being_written(taken):
    course = taken(sample(JUMP, lesson(prose(20), summary=None)))
    lesson_now = source_of(course).units[0].lessons[0]
    assert [(each.check, each.place.block) for each in remarks_on(course, lesson_now)] == [
        ("heading-jump", "look-first")
    ]
    lesson_now.blocks[0].body = "## Look first\n\nNo jump."
    assert remarks_on(course, lesson_now) == []


# --- the classes that have it --------------------------------------------------------------


def test_dates_are_seen_with_the_eyes_of_every_zone(cast):
    course, cohort = cast.course, cast.cohorts["8b"]
    unit = Unit.objects.filter(course=course).first()
    at = datetime(2026, 10, 16, 19, 0, tzinfo=UTC)
    Milestone.objects.create(offering=cast.offering, unit=unit, wall="2026-10-16T20:00", at=at)
    type(cast.leo).objects.filter(pk=cast.leo.pk).update(zone="Asia/Tokyo")
    cohort.term = Term.objects.create(
        school=cohort.school, name="Autumn", starts_on="2026-09-01", ends_on="2026-10-10"
    )
    cohort.save()
    with clock.at(NOW):
        said = {each.check: each.says for each in remarks_of(Who(cast.okafor), course).findings}
    assert said["unkind-hour"] == "In Tokyo, where 2 learners are, “Unit 0” is due at 04:00."
    assert "“Unit 0” is to be finished on" in said["outside-term"]
    assert said["no-notes"] == "The class has had no note from its teacher yet."


def test_a_note_to_the_class_is_heard(cast):
    Note.objects.create(
        cohort=cast.cohorts["8b"],
        author=cast.okafor,
        words="Well done",
        sent_at=NOW - timedelta(days=3),
    )
    with clock.at(NOW):
        checks = {each.check for each in remarks_of(Who(cast.okafor), cast.course).findings}
    assert "no-notes" not in checks


def test_classes_of_others_are_not_spoken_of(cast):
    with clock.at(NOW):
        assert [run.name for run in runs_of(Who(cast.okafor), cast.course)] == ["8B Science"]
        assert runs_of(Who(cast.dunn), cast.course) == []


def test_the_check_asks_no_more_of_a_larger_course(cast, taken):
    small, large = taken(sample(JUMP)), None
    with CaptureQueriesContext(connection) as few:
        remarks_of(Who(cast.okafor), small)
    large = taken(sample(*[JUMP] * 12, id="large", units=[4, 4, 4]))
    with CaptureQueriesContext(connection) as many:
        remarks_of(Who(cast.okafor), large)
    assert len(many) == len(few) <= 14


PAYLOADS = [each for each in (*MARKUP, *ADDRESSES) if not has_unseen(each)]
ACTS = {"iframe", "object", "embed", "base", "style", "template", "math", "keep-words", "video"}


class Looker(HTMLParser):
    """Notes what could act in a page that should hold only words of the course."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        ours = values.get("src", "").startswith("/static/")
        if tag in ACTS or (tag in ("script", "img") and not ours):
            self.wrong.append(f"<{tag} {values}>")
        if tag == "meta" and "http-equiv" in values:
            self.wrong.append(f"<meta {values}>")
        for name, value in values.items():
            address = "".join(value.split()).lower()
            bad = name in ("href", "src", "action") and ":" in address.split("/")[0]
            if (
                name.startswith("on")
                or name == "srcdoc"
                or (bad and not address.startswith("http"))
            ):
                self.wrong.append(f"{name}={value}")


def tricky(payload: str) -> tuple[dict, str]:
    """A lesson that many checks have something to say about, quoting the trick each time."""
    body = (
        f"#### {payload}\n\n**{payload[:50]}**\n\nRe-read {payload}.\n\nText. {payload} {'and on ' * 180}\n\n"
        + question(texts=(payload, f"{payload} 2"), why="Yes.", feedback=False)
    )
    return lesson(body, title=payload[:200], summary=None)


@pytest.mark.slow
@pytest.mark.promise("T11")
def test_words_of_a_course_never_act_in_remarks(as_, taken, figure):
    """Titles, objectives, headings, sentences, options and reasons, in every remark and form."""
    client, quoted = as_("reyes"), 0
    for at in range(0, len(PAYLOADS), 12):
        some = PAYLOADS[at : at + 12]
        aims = [{"id": f"aim-{n}", "text": f"Understand {each}"} for n, each in enumerate(some)]
        lessons = [tricky(each) for each in some]
        for n, (front, _body) in enumerate(lessons):
            front["objectives"] = [f"aim-{n}"]
        course = taken(sample(*lessons, id=f"tricks-{at}", title=some[0], objectives=aims))
        html = page(client, course)
        sent = fields(html, "not-here", "rereading") | {"because": some[0]}
        client.post(address("not_here", course), sent)
        refused = client.post(address("not_here", course), sent | {"because": some[0] * 300})
        for shown in (page(client, course), refused.content.decode()):
            looker = Looker()
            looker.feed(shown)
            assert looker.wrong == []
            quoted += shown.count("alert(1)")
    figure(f"{len(PAYLOADS)} payloads in remarks, forms and reasons, quoted {quoted} times: 0 act")
    assert quoted > 5 * len(PAYLOADS)
