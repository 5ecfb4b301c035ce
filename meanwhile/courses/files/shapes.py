"""The keys of each file's front matter, once: the reader, the writer and the JSON Schema use these."""

import difflib
import json
import re
from collections.abc import Iterator
from typing import Annotated, Any, TypeVar, get_args

from django.utils.translation import gettext as say
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticUndefined

from meanwhile.courses.files.paths import LONGEST_UID, is_uid
from meanwhile.courses.files.yamls import Read
from meanwhile.courses.source import Remark

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
MOST_MINUTES = 100_000


def _one_line(text: str) -> str:
    if any(sign in text for sign in "\n\u2028\u2029"):
        raise ValueError(say("This is one line; there is a line end in it."))
    return text


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError(say("There is nothing here; write something."))
    return text


def _uid(text: str) -> str:
    if not is_uid(text):
        raise ValueError(
            say(
                "An id is made of lower-case letters, digits and single hyphens, at most 60 of them."
            )
        )
    return text


def _language(text: str) -> str:
    if not LANGUAGE.fullmatch(text) or len(text) > 16:
        raise ValueError(say("This is not a language tag, such as “en” or “pt-BR”."))
    return text


Line = Annotated[str, AfterValidator(_one_line)]
Said = Annotated[str, AfterValidator(_one_line), AfterValidator(_not_blank)]
Uid = Annotated[
    str,
    AfterValidator(_uid),
    Field(json_schema_extra={"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": LONGEST_UID}),
]
Title = Annotated[Said, Field(max_length=200)]
Summary = Annotated[Line, Field(max_length=500)]
Minutes = Annotated[int, Field(ge=1, le=MOST_MINUTES)]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ObjectiveShape(Shape):
    id: Uid
    text: Annotated[Said, Field(max_length=300)]
    builds_on: list[str] = []


class NotHereShape(Shape):
    """A remark of the course check that is not wanted, and why."""

    check: Uid
    block: str = ""
    because: Annotated[Said, Field(max_length=300)]


class CourseShape(Shape):
    """The front matter of course.md."""

    id: Uid
    title: Title
    summary: Summary = ""
    language: Annotated[str, AfterValidator(_language)] = "en"
    licence: Annotated[Line, Field(max_length=120)] = ""
    authors: list[Annotated[Said, Field(max_length=200)]] = []
    ages: Annotated[Line, Field(max_length=20)] = ""
    hours_per_week: Annotated[float | None, Field(gt=0, le=168)] = None
    objectives: list[ObjectiveShape] = []
    units: list[str]
    not_here: list[NotHereShape] = []


class UnitShape(Shape):
    """The front matter of unit.md."""

    id: Uid
    title: Title
    summary: Summary = ""
    lessons: list[str]
    not_here: list[NotHereShape] = []


class LessonShape(Shape):
    """The front matter of a lesson."""

    id: Uid
    title: Title
    summary: Summary = ""
    objectives: list[str] = []
    minutes: Minutes | None = None
    draft: bool = False
    not_here: list[NotHereShape] = []


S = TypeVar("S", bound=BaseModel)
LAST_KEYS = ("hints", "why")


def shaped(shape: type[S], read: Read, path: str) -> S | list[Remark]:
    """The values as their type, or what is wrong with each."""
    try:
        return shape.model_validate_json(json.dumps(read.value), strict=True)
    except ValidationError as error:
        mended = _texts_mended(read, error.errors())
        if mended:
            return shaped(shape, read, path)
        return list(_remarks(shape, read, error.errors(), path))


def _texts_mended(read: Read, errors: list[ErrorDetails]) -> bool:
    """Where a text was meant and a number was read (`text: 42`), take the words as they stand."""
    mended = False
    for each in errors:
        place = _place(each["loc"])
        if each["type"] == "string_type" and read.words.get(place, "") != "":
            mended |= _put(read.value, list(each["loc"]), read.words.pop(place))
    return mended


def _put(value: Any, loc: list[int | str], words: str) -> bool:
    try:
        for step in loc[:-1]:
            value = value[step]
        value[loc[-1]] = words
    except (KeyError, IndexError, TypeError):
        return False
    return True


def _place(loc: tuple[int | str, ...]) -> str:
    return ".".join(str(step) for step in loc)


def _remarks(
    shape: type[BaseModel], read: Read, errors: list[ErrorDetails], path: str
) -> Iterator[Remark]:
    for error in errors:
        loc = error["loc"]
        place = _place(loc)
        while place and place not in read.lines:
            place = place.rpartition(".")[0]
        yield Remark(path, read.lines.get(place, 1), _sentence(shape, error))


def _sentence(shape: type[BaseModel], error: ErrorDetails) -> str:
    loc = error["loc"]
    names = [step for step in loc if isinstance(step, str)]
    key = names[-1] if names else ""
    kind = error["type"]
    if kind == "extra_forbidden":
        return _unknown_key(key, keys_at(shape, loc[:-1]))
    if kind == "missing":
        return say("The key “%(key)s” is missing.") % {"key": key}
    said = {
        "string_type": say("“%(key)s” must be text."),
        "int_type": say("“%(key)s” must be a whole number."),
        "float_type": say("“%(key)s” must be a number."),
        "bool_type": say("“%(key)s” must be true or false."),
        "list_type": say("“%(key)s” must be a list: lines that begin with “- ”."),
        "dict_type": say("“%(key)s” must be lines of “key: value”."),
        "model_type": say("“%(key)s” must be lines of “key: value”."),
        "model_attributes_type": say("“%(key)s” must be lines of “key: value”."),
    }.get(kind)
    if said:
        return said % {"key": key}
    message = str(error.get("ctx", {}).get("error") or error["msg"])
    return f"“{key}”: {message}" if key else message


def _unknown_key(key: str, known: list[str]) -> str:
    close = difflib.get_close_matches(key, known, 1, 0.6)
    if close:
        words = say("There is no key “%(key)s”; did you mean “%(close)s”?")
        return words % {"key": key, "close": close[0]}
    words = say("There is no key “%(key)s”; there may be %(known)s.")
    return words % {"key": key, "known": ", ".join(known)}


def keys_at(shape: Any, loc: tuple[int | str, ...]) -> list[str]:
    """The keys a file may have at a place: of a course at `objectives.0`, id, text, builds_on."""
    for step in loc:
        if isinstance(step, str) and shape is not None:
            found = getattr(shape, "model_fields", {}).get(step)
            shape = _model_in(found.annotation) if found else None
    return list(getattr(shape, "model_fields", {}))


def _model_in(annotation: Any) -> Any:
    """The model inside `list[Model] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for each in get_args(annotation) if (found := _model_in(each))), None)


def plain(model: BaseModel) -> dict[str, Any]:
    """The values as they are written: in the order of the page, without what is absent."""
    fields = type(model).model_fields
    names = [n for n in fields if n not in LAST_KEYS] + [n for n in LAST_KEYS if n in fields]
    values = {}
    for name in names:
        value = getattr(model, name)
        default = fields[name].get_default(call_default_factory=True)
        if default is PydanticUndefined or value != default:
            values[name] = _plain_value(value)
    return values


def _plain_value(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return plain(value)
    if isinstance(value, list | tuple):
        return [_plain_value(each) for each in value]
    if isinstance(value, dict):
        # by name: a database's JSON keeps no order of its own
        return {str(key): _plain_value(value[key]) for key in sorted(value)}
    return value
