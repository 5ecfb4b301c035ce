from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django import forms
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.utils import timezone, translation
from django.utils.translation import get_language

from meanwhile.ui.templatetags import ui

NOW = datetime(2026, 10, 13, 15, 42, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_nairobi():
    with time_machine.travel(NOW, tick=False), timezone.override("Africa/Nairobi"):
        yield


def drawn(source: str, **values) -> str:
    return Template(source).render(Context(values))


class Form(forms.Form):
    minutes = forms.IntegerField(
        label="Minutes a day",
        help_text="From 10 to 180.",
        max_value=180,
        error_messages={"max_value": "Write a number from 10 to 180, for example 40."},
    )
    sure = forms.ChoiceField(
        choices=[("1", "Guessing"), ("2", "Very <sure>")], widget=forms.RadioSelect
    )
    agree = forms.BooleanField(label="I have read it")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_an_icon_is_hidden_and_comes_from_the_one_sprite() -> None:
    icon = drawn('{% icon "next" turn=True %}')
    assert 'aria-hidden="true"' in icon
    assert "ui/sprite.svg#i-next" in icon
    assert "icon-turn" in icon


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("en-GB", '<p lang="en-GB" dir="ltr">'),
        ("ar", '<p lang="ar" dir="rtl">'),
        ("ar-EG", '<p lang="ar-EG" dir="rtl">'),
        ("", "<p>"),
    ],
)
def test_words_keep_their_language_and_its_direction(code: str, says: str) -> None:
    assert drawn("<p{% in_language code %}>", code=code) == says


def test_when_says_day_time_city_and_countdown() -> None:
    moment = datetime(2026, 10, 16, 17, tzinfo=UTC)
    assert drawn("{% when moment %}", moment=moment) == (
        '<time datetime="2026-10-16T20:00+03:00">Fri 16 Oct, 20:00</time> Nairobi · in 3 days'
    )
    assert "Nairobi" not in drawn("{% when moment short=True %}", moment=moment)
    assert drawn("{% when nothing %}") == ""
    assert "Wed 21 Oct" in drawn("{% when day %}", day=date(2026, 10, 21))


def test_a_chip_is_warm_within_a_day_and_dashed_when_suggested() -> None:
    soon = NOW + timedelta(hours=1, minutes=18)
    chip = drawn('{% date_chip soon prefix="Due" %}', soon=soon)
    assert 'class="date-chip time"' in chip
    assert "Due today, 20:00" in chip
    assert "Nairobi · in 1 h 18" in chip
    soft = drawn("{% date_chip day soft=True %}", day=date(2026, 10, 21))
    assert "date-chip-soft" in soft
    assert "suggested" in soft


def test_a_past_date_is_not_warm() -> None:
    assert "date-chip time" not in drawn("{% date_chip past %}", past=NOW - timedelta(hours=1))


def test_a_field_ties_label_hint_and_error_to_its_control() -> None:
    form = Form({"minutes": "400", "sure": "2"})
    field = drawn("{% field form.minutes %}", form=form)
    assert '<label for="id_minutes"' in field
    assert 'aria-describedby="id_minutes_helptext id_minutes_error"' in field
    assert 'aria-invalid="true"' in field
    assert 'id="id_minutes_error"' in field
    assert "Write a number from 10 to 180, for example 40." in field
    assert 'class="input"' in field


def test_choices_are_whole_rows_in_a_fieldset() -> None:
    field = drawn("{% field form.sure row=True %}", form=Form())
    assert field.startswith("<fieldset")
    assert field.count('class="choice"') == 2
    assert "choices-row" in field
    assert "Very &lt;sure&gt;" in field


def test_a_control_takes_further_attributes() -> None:
    assert 'autocomplete="off"' in drawn('{% field f.minutes autocomplete="off" %}', f=Form())


def test_the_summary_leads_to_each_place() -> None:
    form = Form({"minutes": "400"})
    summary = drawn("{% errors form %}", form=form)
    assert "Three things to put right" in summary
    for target in ("#id_minutes", "#id_sure_0", "#id_agree"):
        assert f'href="{target}"' in summary
    assert 'tabindex="-1"' in summary
    assert drawn("{% errors form %}", form=Form()) == ""


def test_every_form_gets_an_operation_of_its_own() -> None:
    first, second = drawn("{% operation %}"), drawn("{% operation %}")
    assert 'name="operation"' in first
    assert first != second


def test_an_island_is_asked_for_once_a_page() -> None:
    request = RequestFactory().get("/")
    source = '{% island "keep-words" %}{% island "keep-words" %}{% island "other" %}'
    html = Template(source).render(RequestContext(request))
    assert html.count("keep-words.js") == 1
    assert html.count('type="module"') == 2


def test_each_sky_has_a_gradient_of_its_own() -> None:
    request = RequestFactory().get("/")
    values = {"a": NOW - timedelta(hours=2), "b": NOW + timedelta(hours=40)}
    strip = "{% sky a b sent=a promised=b %}"
    html = Template(strip + strip).render(RequestContext(request, values))
    assert 'id="sky-1"' in html
    assert 'id="sky-2"' in html
    assert html.count('fill="var(--lamp)"') == 2
    assert 'style="' not in html


def test_numbers_in_drawings_are_not_written_in_the_readers_language() -> None:
    with translation.override("ar"):
        html = drawn("{% sky a b promised=b %}", a=NOW, b=NOW + timedelta(days=2))
        assert 'r="6.5"' in html
        assert 'max="2.5"' in drawn('{% progress 1.5 2.5 "x" %}')


def test_a_bar_is_never_fuller_than_full() -> None:
    assert 'max="22" value="22"' in drawn('{% progress 30 22 "x" %}')


def test_keep_words_wraps_a_writing_place() -> None:
    html = drawn(
        '{% keep_words key="answer:1" url="/w" version=3 %}<textarea></textarea>{% save_state %}'
        "{% endkeep_words %}"
    )
    assert '<keep-words key="answer:1" url="/w" version="3"' in html
    for words in ("Saved on this device", "Sending", "Received", "Not received"):
        assert words in html
    for choice in ("mine", "theirs", "both"):
        assert f'data-choose="{choice}"' in html


def test_a_receipt_is_shown_with_its_time() -> None:
    assert "Received 18:42" in drawn("{% save_state now %}", now=NOW)


def test_a_component_wraps_its_contents_and_escapes_its_words() -> None:
    html = drawn('{% ui "callout" tone="time" title=title %}<p>x</p>{% endui %}', title="<i>")
    assert 'class="callout time"' in html
    assert "&lt;i&gt;" in html
    assert "<p>x</p>" in html


def test_numbered_pages_keep_the_rest_of_the_address() -> None:
    page = Paginator(range(90), 10).page(2)
    request = RequestFactory().get("/?q=a b&page=2")
    html = Template("{% pagination page %}").render(RequestContext(request, {"page": page}))
    assert "?q=a+b&amp;page=3" in html
    assert html.count("aria-current") == 1
    assert drawn("{% pagination page %}", page=Paginator([1], 10).page(1)).strip() == ""


def test_an_avatar_is_decorative() -> None:
    class Person:
        pk, name, called = 7, "Amina Haddad", ""

    assert drawn("{% avatar p %}", p=Person()) == (
        '<span class="avatar avatar-3" aria-hidden="true">AH</span>'
    )


def test_tags_and_axes_always_carry_words() -> None:
    assert drawn('{% tag "Yours" "know" "check" %}').endswith(" Yours</span>")
    assert drawn('{% axis "know" 3 4 %}').endswith("3 of 4 right</span>")


def test_what_is_the_same_for_all_is_drawn_once_a_language(monkeypatch) -> None:
    drawn: list[str] = []

    def draw(name: str, *given: object) -> str:
        drawn.append(name)
        return f"{name} in {get_language()}"

    ui._same_for_all.cache_clear()
    monkeypatch.setattr(ui, "render_to_string", draw)
    for language in ("en-gb", "fr", "en-gb", "fr"):
        with translation.override(language):
            for n in (1, 2, 1):
                assert ui.same_for_all("a.html", n=n) == f"a.html in {language}"
    assert len(drawn) == 4
    ui._same_for_all.cache_clear()
