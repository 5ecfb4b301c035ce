"""The tags of the house: `{% icon %}`, `{% ui %}`, `{% field %}`, `{% when %}`, `{% sky %}` …

Every tag is shown on the gallery page. Arithmetic lives in time.py, sky.py, picture.py, fields.py.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from django import forms, template
from django.conf import settings
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meanwhile.core import clock
from meanwhile.ui import bar, fields, picture, sky, time

register = template.Library()


# --- icons, people, words -------------------------------------------------------------------


@register.simple_tag
def icon(name: str, turn: bool = False) -> SafeString:
    """An icon of the sprite, hidden from screen readers. `turn`: mirrored in right-to-left."""
    return _icon(name, turn)


@cache
def _icon(name: str, turn: bool) -> SafeString:
    turned = " icon-turn" if turn else ""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        turned,
        _sprite(),
        name,
    )


@cache
def _sprite() -> str:
    """Asked some thirty times a page, and looked up in the manifest once."""
    return static("ui/sprite.svg")


@register.simple_tag
def avatar(person: Any, small: bool = False) -> SafeString:
    """A person's initials. Decorative: the name always stands beside it."""
    return format_html(
        '<span class="avatar avatar-{}{}" aria-hidden="true">{}</span>',
        picture.hue(getattr(person, "pk", 0) or 0),
        " avatar-small" if small else "",
        picture.initials(str(getattr(person, "name", person)), getattr(person, "called", "")),
    )


@register.simple_tag(name="tag")
def tag_(word: str, tone: str = "", icon: str = "") -> SafeString:
    """A state in one or two words. tone: act, know, time, stop or none."""
    drawing = globals()["icon"](icon) if icon else ""
    space = " " if icon else ""
    kind = f"tag {tone}".strip()
    return format_html('<span class="{}">{}{}{}</span>', kind, drawing, space, word)


@register.simple_tag
def menu_entries() -> list[bar.MenuEntry]:
    """The lines of one's own menu, as the rooms say (`ui/bar.py`)."""
    return bar.menu_entries()


@register.simple_tag
def bar_buttons() -> tuple[str, ...]:
    """The buttons of the bar, as templates of the rooms that have one (`ui/bar.py`)."""
    return bar.bar_buttons()


# --- blocks ---------------------------------------------------------------------------------


@register.simple_block_tag(takes_context=True)
def ui(context: Context, content: str, name: str, **given: Any) -> SafeString:
    """`{% ui "callout" tone="time" icon="clock" %}…{% endui %}`: a component around its contents."""
    values = {"content": content, "reader": context.get("reader"), **given}
    return render_to_string(f"ui/{name}.html", values)


@register.simple_block_tag(end_name="endkeep_words")
def keep_words(
    content: str,
    key: str,
    url: str,
    version: int | str = 0,
    restore: bool = True,
    named: bool = False,
    shared: bool = False,
    at_last: int = 0,
) -> SafeString:
    """A place whose words are never lost. See islands/keep-words.ts for the server's part.

    key: names the words among all of this account, for example "answer:42"; url: where they are
    posted; version: of the words on the page; named: they travel as an object of the fields by
    name, also where there is but one; shared: a page with many such places carries the question
    about two versions once, `{% two_versions %}`; at_last: milliseconds after which they are sent
    though somebody goes on typing. Put `{% save_state %}` and
    `{% island "keep-words" %}` inside or near it.
    """
    return format_html(
        '<keep-words key="{}" url="{}" version="{}"{}{}{}>{}{}</keep-words>',
        key,
        url,
        version,
        "" if restore else SafeString(" no-restore"),
        SafeString(" named") if named else "",
        format_html(' at-last="{}"', at_last) if at_last else "",
        content,
        "" if shared else two_versions(),
    )


@register.simple_tag
def two_versions() -> SafeString:
    """What is asked when words were changed in two places: once, for all places of a page."""
    return _two_versions(get_language() or "")


@lru_cache(maxsize=64)
def _two_versions(language: str) -> SafeString:
    return render_to_string("ui/two_versions.html")


@register.simple_tag
def save_state(received_at: datetime | None = None) -> SafeString:
    """The three honest states. Shows the last receipt, or nothing until something is typed."""
    at = time.clock(received_at, timezone.get_current_timezone()) if received_at else ""
    return _save_state(at, get_language() or "")


@lru_cache(maxsize=256)
def _save_state(received: str, language: str) -> SafeString:
    """The same words for each question of a page: drawn once a language."""
    return render_to_string("ui/save_state.html", {"received": received})


@register.simple_tag(takes_context=True)
def island(context: Context, name: str) -> SafeString:
    """The script of an island that is not in app.js: once a page, however often it is asked for."""
    seen = _kept(context, "islands", set)
    if name in seen:
        return SafeString("")
    seen.add(name)
    return format_html('<script type="module" src="{}"></script>', static(f"ui/islands/{name}.js"))


@register.simple_tag
def in_language(code: str) -> SafeString:
    """` lang="en" dir="ltr"` for words that keep their own language on a page of any other."""
    if not code:
        return mark_safe("")
    rtl = code.partition("-")[0].lower() in settings.LANGUAGES_BIDI
    return format_html(' lang="{}" dir="{}"', code, "rtl" if rtl else "ltr")


@register.simple_tag
def same_for_all(template: str, **given: Any) -> SafeString:
    """A part of a page in which only the language differs, and the few plain values it is given:
    drawn once for each."""
    if settings.DEBUG:
        return render_to_string(template, given)
    return _same_for_all(template, get_language() or "", **given)


@lru_cache(maxsize=256)
def _same_for_all(template: str, language: str, **given: Any) -> SafeString:
    return render_to_string(template, given)


# --- forms ----------------------------------------------------------------------------------


@register.simple_tag
def field(
    bound: BoundField,
    label: str = "",
    hint: str = "",
    row: bool = False,
    plain: bool = False,
    optional: bool = False,
    hide_label: bool = False,
    **attrs: Any,
) -> SafeString:
    """A form field: label above, hint below, error with icon; choices as whole-row targets.

    row: short choices beside each other. plain: choices as a checklist. optional: says so beside
    the label. Other names become attributes of the control: `rows=3`, `autocomplete="username"`.
    """
    values = {
        "field": bound,
        "label": label or bound.label,
        "hint": hint or bound.help_text,
        "shape": fields.shape(bound),
        "row": row,
        "plain": plain,
        "optional": optional,
        "hide_label": hide_label,
        "control": fields.drawn(bound, **{k.replace("_", "-"): v for k, v in attrs.items()}),
        "options": fields.options(bound) if fields.shape(bound) == "choices" else (),
        "first_id": fields.first_id(bound),
    }
    return render_to_string("ui/field.html", values)


@register.simple_tag
def errors(*forms_: forms.BaseForm) -> SafeString:
    """The list of what to put right, at the top of a form, each with a link to its place."""
    wrong = [line for form in forms_ if form is not None for line in fields.everything_wrong(form)]
    return render_to_string("ui/errors.html", {"wrong": wrong}) if wrong else SafeString("")


@register.simple_tag
def operation() -> SafeString:
    """The id of the deed this form will do, so that sent twice is done once."""
    from meanwhile.core.ids import operation_id

    return format_html('<input type="hidden" name="operation" value="{}">', operation_id())


# --- time -----------------------------------------------------------------------------------


@register.simple_tag
def when(moment: datetime | date | None, short: bool = False, countdown: bool = True) -> SafeString:
    """'Fri 16 Oct, 20:00 Nairobi · in 3 days' in the reader's zone.

    short: without city and countdown, for what has happened ("today, 15:20"). A date alone has
    neither time nor zone.
    """
    if not moment:
        return SafeString("")
    if not isinstance(moment, datetime):
        return _day_alone(moment)
    said = time.said(moment, timezone.get_current_timezone(), clock.now(), counted=countdown)
    stamp = format_html('<time datetime="{}">{}</time>', said.iso, said.text)
    if short:
        return stamp
    left = format_html(" · {}", said.countdown) if said.countdown else ""
    return format_html("{} {}{}", stamp, said.city, left)


@register.simple_tag
def date_chip(
    moment: datetime | date, soft: bool = False, prefix: str = "", note: str = ""
) -> SafeString:
    """A date in a frame: solid is fixed, dashed is suggested, warm is within a day."""
    zone, now = timezone.get_current_timezone(), clock.now()
    if isinstance(moment, datetime):
        said = time.said(moment, zone, now)
        near = not soft and timedelta() <= moment - now < timedelta(days=1)
        beside = note or f"{said.city} · {said.countdown}"
        stamp = format_html('<time datetime="{}">{}</time>', said.iso, _led(prefix, said.text))
    else:
        near = False
        beside = note or (_("suggested") if soft else "")
        stamp = _day_alone(moment, prefix)
    return format_html(
        '<span class="date-chip{}{}">{}{}{}</span>',
        " date-chip-soft" if soft else "",
        " time" if near else "",
        icon("clock" if near else "calendar"),
        stamp,
        format_html("<span>{}</span>", beside) if beside else "",
    )


@register.simple_tag
def countdown(moment: datetime) -> str:
    """'in 1 h 18'."""
    return time.countdown(moment, clock.now())


@register.simple_tag
def minutes(count: float, short: bool = False) -> str:
    """'12 minutes', 'about 1 h 20'; short: '12 min'."""
    return time.minutes_short(count) if short else time.minutes(count)


def _day_alone(day: date, prefix: str = "") -> SafeString:
    today = clock.now().astimezone(timezone.get_current_timezone()).date()
    words = _led(prefix, time.day(day, today))
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), words)


def _led(prefix: str, words: str) -> str:
    return f"{prefix} {words}" if prefix else capfirst(words)


# --- the sky --------------------------------------------------------------------------------


@register.simple_tag(takes_context=True, name="sky")
def sky_(
    context: Context,
    start: datetime,
    end: datetime,
    marks: Iterable[sky.Mark] = (),
    sent: datetime | None = None,
    promised: datetime | None = None,
    date: datetime | None = None,
    now: bool = True,
) -> SafeString:
    """A strip from start to end. Marks by name, or a list of `meanwhile.ui.sky.Mark`."""
    all_marks = list(marks)
    for kind, at in (("sent", sent), ("promised", promised), ("date", date)):
        all_marks += [sky.Mark(kind, at)] if at else []
    moment = clock.now()
    if now and start <= moment <= end:
        all_marks.append(sky.Mark("now", moment))
    strip = sky.strip(start, end, timezone.get_current_timezone(), all_marks)
    tall = any(mark.kind in ("block", "date") for mark in strip.marks)
    ident = f"sky-{_count(context)}"
    return render_to_string("ui/sky.html", {"strip": strip, "ident": ident, "tall": tall})


@register.simple_tag
def sky_now() -> SafeString:
    """The docked strip at the top of each page: today, with only "now" on it."""
    place = sky.percent(sky.part_of_day(clock.now(), timezone.get_current_timezone()))
    return render_to_string("ui/sky_now.html", {"place": place})


# --- numbers --------------------------------------------------------------------------------


@register.simple_tag
def cell(done: int, total: int, right: int, answered: int, label: str | None = None) -> SafeString:
    """Square for done, circle for understood. label="" when the words stand beside it."""
    return mark_safe(picture.cell(done, total, right, answered, label))


@register.simple_tag
def axis(kind: str, n: int, of: int, words: str = "") -> SafeString:
    """`{% axis "done" 4 5 %}`: squares; `{% axis "know" 3 4 %}`: circles; each says what it counts."""
    drawing = mark_safe(picture.row_of_marks(kind, n, of))
    said = words or picture.axis_words(kind, n, of)
    return format_html('<span class="axis axis-{}">{} {}</span>', kind, drawing, said)


@register.simple_tag
def progress(value: float, most: float, label: str) -> SafeString:
    """A bar, for minutes only: `{% progress 10 22 "10 of 22 minutes" %}`."""
    return format_html(
        '<progress class="progress" max="{}" value="{}" aria-label="{}"></progress>',
        most or 1,
        min(value, most or 1),
        label,
    )


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(context: Context, page: Any, name: str = "page") -> dict[str, Any]:
    """Numbered pages of a Django Page; the other words of the address stay."""
    request = context.get("request")
    query = request.GET.copy() if request is not None else QueryDict(mutable=True)

    def address(n: int) -> str:
        query[name] = str(n)
        return f"?{query.urlencode()}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "numbers": [(n, address(n) if isinstance(n, int) else "") for n in numbers],
        "before": address(page.number - 1),
        "after": address(page.number + 1),
    }


def _kept(context: Context, name: str, make: type) -> Any:
    """Something remembered for the length of a request (or of this render without one)."""
    request = context.get("request")
    holder = request.__dict__ if request is not None else context.render_context
    return holder.setdefault(f"_ui_{name}", make())


def _count(context: Context) -> str:
    """A number not used before on this page; a fragment's carry its own mark."""
    seen = _kept(context, "sky", list)
    seen.append(None)
    request = context.get("request")
    part = request is not None and "HX-Request" in request.headers
    return f"{clock.now():%H%M%S%f}-{len(seen)}" if part else str(len(seen))
