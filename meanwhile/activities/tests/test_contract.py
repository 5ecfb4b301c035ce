"""What every kind of activity holds, tried on all that are in the list."""

import copy
import re
from functools import partial
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from meanwhile.activities.apps import KINDS as LISTED
from meanwhile.courses.activity import (
    KINDS,
    AnswerData,
    Kind,
    Response,
    Unreadable,
    Verdict,
    data_of,
)
from meanwhile.courses.files import normal
from meanwhile.courses.rendering import block_fields, rendered_of
from meanwhile.courses.source import (
    BlockSource,
    CourseSource,
    FileSource,
    LessonSource,
    UnitSource,
)

HERE = Path(__file__).parents[1]
NAMES = sorted(KINDS)
ASKING = [name for name in NAMES if KINDS[name].answers]
KEYED = [name for name in ASKING if KINDS[name].another_key() is not None]


def sample(name: str) -> tuple[Kind[Any], Any, dict[str, Any], str]:
    raw, body = KINDS[name].sample()
    return KINDS[name], data_of(name, raw), raw, body


def asset_url(path: str) -> str:
    return f"/files/{path}"


def sent(response: Response) -> QueryDict:
    form = QueryDict(mutable=True)
    for field, value in response.items():
        form.setlist(field, value if isinstance(value, list) else [str(value)])
    return form


def page(
    name: str, response: Response | None = None, verdict: Verdict | None = None, seed: str = "1"
) -> str:
    """The kind's part of a page, given only what the player gives."""
    kind, data, raw, body = sample(name)
    rendered = rendered_of(name, raw, body, "b1", asset_url)
    texts = kind.texts(data)
    if kind.answers:
        rendered = {
            key: html
            for key, html in rendered.items()
            if key not in texts or key.split(".")[0] in kind.seen
        }
    context = {
        "rendered": rendered,
        "data_view": kind.view(data, rendered, seed),
        "response": response,
        "verdict": verdict,
        "field_prefix": "b1-",
    }
    return render_to_string(f"{name}/learn.html", context)


class Page(HTMLParser):
    """What stands in a piece of HTML: its tags, its words, what is open at the end."""

    VOID = frozenset(["input", "img", "br", "hr", "track", "source", "use", "path"])

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("p", "div", "ul", "ol", "h2", "h3", "figure") and "label" in self.open:
            self.wrong.append(f"<{tag}> in a label")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")

    def all(self, *names: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.tags if tag in names]


def test_the_list_and_the_folders_say_the_same():
    folders = {each.parent.name for each in HERE.glob("*/kind.py")}
    assert set(LISTED) == folders == set(NAMES)
    assert all(KINDS[name].name == name for name in NAMES)
    assert all((HERE / name / "learn.html").exists() for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_its_sample_is_valid(name):
    kind, data, _raw, body = sample(name)
    assert list(kind.check(data, body)) == []
    assert str(kind.label)
    assert type(kind).__doc__, "docs/kinds.md is made of it"
    assert 0 < kind.minutes(data, body) < 30
    assert (HERE.parent / "ui/art/sprite.svg").read_text().count(f'id="i-{kind.icon}"') == 1


@pytest.mark.parametrize("name", NAMES)
def test_an_unknown_key_is_refused(name):
    raw, _body = KINDS[name].sample()
    with pytest.raises(ValueError):
        data_of(name, raw | {"no-such-key": 1})


MAY_BE_EMPTY = ("criteria", "exemplars", "steps")
"""Lists without which a block is poorer, but whole."""


def emptied(raw: dict[str, Any]) -> list[dict[str, Any]]:
    """The sample with one thing empty at a time: each list, each text of its own keys."""
    made = []
    for key, value in raw.items():
        if isinstance(value, list) and key not in ("hints", "near", "extra", "objectives"):
            if key not in MAY_BE_EMPTY:
                made.append(raw | {key: []})
            if value and isinstance(value[0], dict):
                for inner in value[0]:
                    if inner in ("text", "left", "right") and isinstance(value[0][inner], str):
                        broken = copy.deepcopy(raw)
                        broken[key][0][inner] = "  "
                        made.append(broken)
                made.append(raw | {key: [value[0], value[0]]})
        if key in ("answer", "title", "src") and isinstance(value, str):
            made.append(raw | {key: ""})
    return made


@pytest.mark.parametrize("name", [name for name in NAMES if emptied(KINDS[name].sample()[0])])
def test_what_is_empty_or_doubled_is_refused_in_words(name):
    kind, _data, raw, body = sample(name)
    for broken in emptied(raw):
        problems = list(kind.check(data_of(name, broken), body))
        assert problems, broken
        for problem in problems:
            assert re.match(r"[A-Z“].{12,}[.!?]$", problem.says), problem.says


@pytest.mark.parametrize("name", ASKING)
def test_an_empty_answer_is_refused_in_words(name):
    kind, data, _raw, _body = sample(name)
    for value in (None, "", " "):
        form = sent(dict.fromkeys(kind.right(data), value)) if value is not None else QueryDict("")
        with pytest.raises(Unreadable) as refused:
            kind.read(data, form)
        assert re.match(r"[A-Z“].{12,}\.$", str(refused.value))


@pytest.mark.parametrize("name", ASKING)
def test_nonsense_is_refused_or_wrong_and_never_breaks(name):
    kind, data, _raw, _body = sample(name)
    fields = set(kind.right(data))
    for value in ("\x00", "💥" * 50, "1e999", "<script>", "9" * 3000, "../..", "[]", "-1", "nan"):
        form = sent(dict.fromkeys(fields, value))
        assert isinstance(kind.typed(data, form), dict)
        try:
            verdict = kind.score(data, kind.read(data, form))
        except Unreadable:
            continue
        assert not verdict.right


@pytest.mark.parametrize("name", ASKING)
def test_the_right_answer_earns_everything(name):
    kind, data, _raw, _body = sample(name)
    response = kind.read(data, sent(kind.right(data)))
    verdict = kind.score(data, response)
    assert verdict.score == 1
    assert verdict.right
    assert all(verdict.parts.values())
    assert kind.say(data, response).strip()


@pytest.mark.parametrize("name", ASKING)
def test_a_wrong_answer_earns_less(name):
    kind, data, _raw, _body = sample(name)
    answers = kind.wrong(data)
    assert answers
    for response in answers:
        again = kind.read(data, sent(response))
        verdict = kind.score(data, again)
        assert 0 <= verdict.score < 1
        assert set(verdict.texts) <= set(kind.texts(data))
        assert kind.say(data, again).strip()


@pytest.mark.parametrize("name", ASKING)
def test_a_draft_is_what_was_typed(name):
    kind, data, _raw, _body = sample(name)
    whole = kind.right(data)
    again = kind.typed(data, sent(whole))
    assert {key: again[key] for key in whole} == whole
    assert kind.typed(data, sent(again)) == again
    assert isinstance(kind.typed(data, QueryDict("")), dict)


@pytest.mark.parametrize("name", NAMES)
def test_every_text_is_rendered_and_safe(name):
    kind, data, raw, body = sample(name)
    rendered = rendered_of(name, raw, body, "b1", asset_url)
    assert set(kind.texts(data)) | {"body"} <= set(rendered)
    assert all(isinstance(html, str) for html in rendered.values())
    assert set(kind.files(data)) == {
        value for value in raw.values() if str(value).startswith("media/")
    }
    fields = block_fields(name, raw, body, "b1", asset_url)
    assert fields["answers"] is kind.answers
    assert fields["minutes"] > 0


@pytest.mark.parametrize("name", NAMES)
def test_markup_in_any_of_its_words_stays_words(name):
    raw, body = KINDS[name].sample()
    nasty = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'

    def spoil(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {k: spoil(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [spoil(each, key) for each in value]
        words = ("text", "feedback", "why", "left", "right", "answer", "label", "title", "extra")
        return f"{value} {nasty}" if isinstance(value, str) and key in words else value

    kind = KINDS[name]
    spoiled = spoil(raw)
    rendered = rendered_of(name, spoiled, f"{body} {nasty}", "b1", asset_url)
    view = kind.view(data_of(name, spoiled), rendered, "1")
    context = {"rendered": rendered, "data_view": view, "field_prefix": "b1-"}
    html = render_to_string(f"{name}/learn.html", context)
    scripts = [a for a in Page(html).all("script") if not (a.get("src") or "").endswith(".js")]
    assert not scripts
    assert not [name for _tag, attrs in Page(html).tags for name in attrs if name.startswith("on")]


@pytest.mark.parametrize("name", NAMES)
def test_it_is_drawn_without_script_and_well_formed(name):
    kind, data, _raw, _body = sample(name)
    states: list[tuple[Response | None, Verdict | None]] = [(None, None)]
    if kind.answers:
        response = kind.right(data)
        states += [(response, None), (response, kind.score(data, response)), (response, Verdict(0))]
        states += [({}, None)]
    for response, verdict in states:
        html = page(name, response, verdict)
        found = Page(html)
        assert found.wrong == []
        assert found.open == []
        assert "style=" not in html
        assert not re.search(r"\son\w+=", html)
        ids = [attrs["id"] for _tag, attrs in found.tags if attrs.get("id")]
        assert len(ids) == len(set(ids))
        assert all(str(each).startswith("b1-") for each in ids), ids
        if kind.answers:
            fields = {attrs.get("name") for attrs in found.all("input", "select", "textarea")}
            assert set(kind.right(data)) <= fields


@pytest.mark.parametrize("name", NAMES)
def test_every_field_and_picture_has_a_name(name):
    html = page(name)
    found = Page(html)
    labelled = {attrs.get("for") for attrs in found.all("label")}
    ids = {attrs.get("id") for _tag, attrs in found.tags}
    inside = re.findall(r"<label[^>]*>\s*<input", html)
    ticks = [a for a in found.all("input") if a.get("type") in ("radio", "checkbox")]
    assert len(inside) >= len(ticks)
    for attrs in found.all("input", "select", "textarea"):
        by = str(attrs.get("aria-labelledby") or "").split()
        assert (
            attrs in ticks or attrs.get("id") in labelled or (by and set(by) <= ids)
            or "data-not-kept" in attrs
        ), attrs  # fmt: skip
        described = str(attrs.get("aria-describedby") or "").split()
        assert set(described) <= ids
    for attrs in found.all("video", "audio"):
        assert attrs.get("aria-label")
        assert "controls" in attrs
    for attrs in found.all("img"):
        assert "alt" in attrs


@pytest.mark.parametrize("name", ASKING)
def test_what_was_answered_is_drawn_again(name):
    kind, data, _raw, _body = sample(name)
    blank, filled = page(name), page(name, kind.right(data))
    assert blank != filled
    assert kind.right(data) == {
        field: value
        for field, value in kind.typed(data, form_of(filled)).items()
        if field in kind.right(data)
    }


class Drawn(HTMLParser):
    """What a browser would send of the fields as they are drawn."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.form = QueryDict(mutable=True)
        self.options: list[tuple[str | None, bool]] = []
        self.inside: dict[str, dict[str, str | None]] = {}
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("textarea", "select", "option"):
            self.inside[tag] = given
            self.words = ""
        elif tag == "input" and (
            given.get("type") not in ("radio", "checkbox") or "checked" in given
        ):
            self.send(given, given.get("value") or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_endtag(self, tag: str) -> None:
        given = self.inside.pop(tag, None)
        if given is None:
            return
        if tag == "textarea":
            self.send(given, self.words.removeprefix("\n"))
        elif tag == "option":
            value = given.get("value")
            value = " ".join(self.words.split()) if value is None else value
            self.options.append((value, "selected" in given))
        elif tag == "select":
            chosen = [value for value, is_chosen in self.options if is_chosen]
            if not chosen and "multiple" not in given:
                chosen = [value for value, _ in self.options[:1]]  # a list shows its first
            for value in chosen:
                self.send(given, value)
            self.options = []

    def send(self, given: dict[str, str | None], value: str | None) -> None:
        if given.get("name") and "disabled" not in given:
            self.form.appendlist(str(given["name"]), value or "")


def form_of(html: str) -> QueryDict:
    return Drawn(html).form


def test_every_sort_of_field_is_read_as_a_browser_sends_it():
    """So that a new kind may have any of them."""
    form = form_of(
        '<textarea name="essay">\nTwo &amp; more\nlines</textarea><input name="one" value="1">'
        '<input type="radio" name="a" value="x"><input type="radio" name="a" value="y" checked/>'
        '<select name="first"><option>Red hat</option><option>Cap</option></select>'
        '<select name="some" multiple><option value="p" selected>P</option>'
        '<option value="q">Q</option><option value="r" selected>R</option></select>'
        '<select name="none" multiple><option>P</option></select><input name="gone" disabled>'
    )
    assert dict(form.lists()) == {
        "essay": ["Two & more\nlines"],
        "one": ["1"],
        "a": ["y"],
        "first": ["Red hat"],
        "some": ["p", "r"],
    }


def with_another_key(name: str) -> dict[str, Any]:
    """The same question, were something else right, and its help other help."""
    other = KINDS[name].another_key()
    assert other is not None
    return other | {"hints": ["Another"], "why": "Another reason."}


@pytest.mark.parametrize("name", KEYED)
def test_another_key_is_another(name):
    """Else the tests below would prove nothing: what was right no longer is. Only where nothing is
    ever marked wrong but by the learner, it is the same key."""
    kind, data, _raw, body = sample(name)
    other = data_of(name, with_another_key(name))
    assert list(kind.check(other, body)) == []
    still = kind.score(other, kind.read(other, sent(kind.right(data)))).right
    besides = {"hints", "why"}
    assert still is (other.model_dump(exclude=besides) == data.model_dump(exclude=besides))


@pytest.mark.parametrize("name", KEYED)
def test_the_page_before_an_answer_does_not_depend_on_the_key(name, monkeypatch):
    other = with_another_key(name)
    body = KINDS[name].sample()[1]
    before = [page(name, seed=str(seed)) for seed in range(20)]
    monkeypatch.setattr(type(KINDS[name]), "sample", lambda _self: (other, body))
    assert [page(name, seed=str(seed)) for seed in range(20)] == before


@pytest.mark.parametrize("name", KEYED)
def test_what_a_page_is_given_does_not_depend_on_the_key(name):
    kind, other = KINDS[name], with_another_key(name)
    for seed in "123":
        views = [kind.view(data_of(name, raw), {}, seed) for raw in (kind.sample()[0], other)]
        assert views[0] == views[1]


@pytest.mark.parametrize("name", ASKING)
def test_the_page_before_an_answer_holds_no_key(name, monkeypatch):
    raw, words = KINDS[name].secret_sample()
    body = KINDS[name].sample()[1]
    monkeypatch.setattr(type(KINDS[name]), "sample", lambda _self: (raw, body))
    kind, data, _raw, _body = sample(name)
    assert isinstance(data, AnswerData)
    assert all(word in repr(raw) for word in words)
    shown = "".join(page(name, seed=str(seed)) for seed in range(5))
    for key, text in kind.texts(data).items():
        if key.split(".")[0] not in kind.seen:
            assert text not in shown, key
    for inner in (each for value in raw.values() if isinstance(value, list) for each in value):
        if isinstance(inner, dict) and "id" in inner:
            assert f'"{inner["id"]}"' not in shown
    assert not {word for word in words if word in shown}


@pytest.mark.parametrize("name", ASKING)
def test_the_fields_do_not_begin_with_the_answer(name):
    kind, data, _raw, _body = sample(name)
    for seed in range(20):
        assert kind.typed(data, form_of(page(name, seed=str(seed)))) != kind.right(data)


@pytest.mark.parametrize("name", NAMES)
def test_it_comes_back_from_its_files_unchanged(name):
    kind, data, raw, body = sample(name)
    block = BlockSource(name, "b1", raw, body)
    if name == "text":
        block.uid = "what-the-water-does"
    files = {path: FileSource(path, 20, partial(opened, path)) for path in kind.files(data)}
    lesson = LessonSource("one", "One", blocks=[block], path="u/one.md")
    course = CourseSource("c", "C", units=[UnitSource("u", "U", lessons=[lesson])], files=files)
    [again] = normal(course).units[0].lessons[0].blocks
    assert (again.kind, again.uid, again.body) == (name, block.uid, body)
    assert data_of(name, again.data) == data


def opened(path: str) -> BytesIO:
    """Bytes that are what their name says."""
    starts = {"mp4": b"\0\0\0\x18ftypmp42", "mp3": b"ID3\4", "vtt": b"WEBVTT\n", "csv": b"a,b\n"}
    return BytesIO(starts[path.rpartition(".")[2]].ljust(20))
