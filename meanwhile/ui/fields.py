"""How a form field is drawn: which shape it has, where its errors are, what they say in a list."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True)
class Wrong:
    """One line of the error summary. `target` is the id to jump to, empty for the whole form."""

    label: str
    message: str
    target: str


def shape(bound: BoundField) -> str:
    """hidden, check (one box), choices (radio buttons or boxes), group (several inputs), plain."""
    widget = bound.field.widget
    if bound.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "group" if bound.use_fieldset else "plain"


def drawn(bound: BoundField, **attrs: Any) -> SafeString:
    """The control itself, with the class of its shape and what a reader of screens needs."""
    if shape(bound) in ("plain", "group"):
        own = bound.field.widget.attrs.get("class", "")
        attrs.setdefault("class", f"input {own}".strip())
    return mark_safe(bound.as_widget(attrs=attrs))


def options(bound: BoundField) -> Iterator[dict[str, Any]]:
    """Each choice as its input and its label."""
    for option in bound.subwidgets:
        yield {"input": option.tag(), "label": option.choice_label}


def first_id(bound: BoundField) -> str:
    """Where a link to this field leads: the control, or the first of its choices."""
    if shape(bound) == "choices":
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


def everything_wrong(form: forms.BaseForm) -> list[Wrong]:
    """All errors of a form in the order of the page; those of the whole form first."""
    found = [Wrong("", str(message), "") for message in form.non_field_errors()]
    for bound in form:
        target = "" if bound.is_hidden else first_id(bound)
        found += [Wrong(str(bound.label), str(message), target) for message in bound.errors]
    return found
