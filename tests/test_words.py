"""Every sentence of the product in every language it is offered in, and none out of step."""

import re
from html.parser import HTMLParser

import pytest
from house.messages import Catalogue, catalogue

from tests.house import HOUSE
from tests.words import (
    FRAME,
    Place,
    among,
    key_of,
    of_the_frame,
    said_by_the_house,
    templates,
)

LOCALE = HOUSE / "locale"
LANGUAGES = ("fr", "ar")
PLURALS = re.compile(r"nplurals=(\d+)")
HOLDERS = re.compile(r"%\(\w+\)[sd]|%[sd](?!\w)|(?<!\{)\{\w*\}(?!\})")
NUMBER_MAY_GO = {"fr": 0, "ar": 3}
"""In so many first forms: of Arabic those for 0, 1 and 2. The first of French is for 0 *and* 1, so
it keeps the number, unless English leaves it out as well and so never says it of 0."""

ENGLISH_ONLY = (
    "ui/templates/ui/gallery.html",
    "ui/templates/ui/gallery/*.html",
    "ui/templates/500.html",
)
"""The gallery is for those who build; the last error page must need nothing that can fail."""


def read(language: str) -> str:
    return (LOCALE / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")


def translations(text: str) -> Catalogue:
    """Only what is finished: without fuzzy and empty entries, and without the header."""
    return {key: words for key, words in catalogue(text).items() if key}


def in_words(key: str, place: Place | None = None) -> str:
    said = key.replace("\x04", ": ").replace("\0", " / ")
    return f"{place[0]}:{place[1]}: {said}" if place else said


@pytest.fixture(scope="module")
def said() -> dict[str, Place]:
    return {key_of(each): place for each, place in said_by_the_house().items()}


# ── What is missing, what is left over ─────────────────────────────────────────────────────────


def missing(said: dict[str, Place], text: str) -> list[str]:
    known = translations(text)
    return sorted(in_words(key, place) for key, place in said.items() if key not in known)


def left_over(said: dict[str, Place], text: str) -> list[str]:
    unfinished = re.findall(r"^#, .*fuzzy.*$|^#~.*$", text, re.MULTILINE)
    return unfinished + [in_words(key) for key in translations(text) if key not in said]


def test_french_has_every_sentence(said):
    """A new sentence is written in French before a release: locale/fr says in which tone."""
    lacking = missing(said, read("fr"))
    assert not lacking, f"{len(lacking)} of {len(said)}:\n" + "\n".join(lacking)


def test_arabic_has_all_that_a_learner_meets_first(said):
    lacking = missing(of_the_frame(said), read("ar"))
    assert not lacking, f"{len(lacking)} missing:\n" + "\n".join(lacking)


def test_the_frame_is_still_where_it_was(said):
    """A pattern that matches nothing would excuse a page that moved."""
    files = {place[0] for place in said.values()}
    assert not [each for each in FRAME if not any(among((each,), path) for path in files)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_over(said, language):
    assert not left_over(said, read(language))


# ── What is out of step ────────────────────────────────────────────────────────────────────────


def out_of_step(text: str, language: str) -> list[str]:
    """Placeholders that a translation lost or made up, and plural forms that are not all there."""
    forms = int(PLURALS.search(catalogue(text)[""])[1])
    return [
        f"{in_words(key)} → {form}"
        for key, words in translations(text).items()
        for form in _wrong_forms(key, words.split("\0"), forms, NUMBER_MAY_GO[language])
    ]


def _wrong_forms(key: str, given: list[str], forms: int, may_go: int) -> list[str]:
    """The forms that are wrong. The last of the source's forms says which placeholders there are."""
    source = key.rpartition("\x04")[2].split("\0")
    if len(source) == 2 and not may_go:
        may_go = len(set(HOLDERS.findall(source[0]))) < len(set(HOLDERS.findall(source[1])))
    if len(given) != (forms if len(source) == 2 else 1):
        return [f"{len(given)} forms"]
    wanted = sorted(set(HOLDERS.findall(source[-1])))
    wrong = []
    for index, form in enumerate(given):
        found = sorted(set(HOLDERS.findall(form)))
        without = len(source) == 2 and index < may_go and not set(found) - set(wanted)
        if found != wanted and not without:
            wrong.append(form)
    return wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_and_plural_forms_are_all_there(language):
    assert not out_of_step(read(language), language)


# ── How French is written ──────────────────────────────────────────────────────────────────────

NO_BREAK = "\u00a0"
FRENCH = (
    ("no-break space before : ; ?", re.compile(rf"[^\s{NO_BREAK}]?[^{NO_BREAK}:;?][;:?](?=\s|$)")),
    ("no-break space inside « »", re.compile(rf"«(?!{NO_BREAK})|(?<!{NO_BREAK})»")),
    ("no sentence ends in !", re.compile(r"!\W*$")),
    ("apostrophes are ’", re.compile(r"(?<=[A-Za-zéèêà])'(?=[A-Za-zéèêàÉ])")),
    ("“de” or “que” before a name", re.compile(r"\b(?:[Dd]e|[Qq]ue) %\((?:name|person|who)\)s")),
)
CODE = re.compile(r"“[^”]*”|``[^`]*``|\bhttps?:|\b(?:lesson|clé|key): ?|:::")
"""What is quoted as code, or written into a file, is written as the file wants it."""


def badly_set(text: str) -> list[str]:
    return [
        f"{rule}: {form}"
        for words in translations(text).values()
        for form in words.split("\0")
        for rule, wrong in FRENCH
        if wrong.search(CODE.sub("", form))
    ]


def test_french_is_set_as_french_is():
    assert not badly_set(read("fr"))


# ── Words in templates that nobody can translate ───────────────────────────────────────────────

UNSEEN = re.compile(
    r"\{%\s*(blocktrans\w*|comment)\b.*?\{%\s*end\1\s*%\}|\{#.*?#\}|\{\{.*?\}\}"
    r"|\{%\s*block page\s*%\}.*?\{%\s*endblock[^%]*%\}",
    re.DOTALL,
)
VARIABLE_TAG = re.compile(r"<\{\{.*?\}\}")
TAG = re.compile(r"\{%\s*(\w+)(.*?)%\}", re.DOTALL)
NOT_WORDS = {"translate", "trans", "url", "include", "extends", "load", "static", "island", "block"}
BARE_LITERAL = re.compile(r"""(?<![\w(])["']([^"']*)["']""")
SENTENCE = re.compile(r"[A-Za-z]\s+[A-Za-z]|^[A-Z][a-z]")
SAID_ALOUD = {"aria-label", "aria-description", "title", "alt", "placeholder", "label"}
# names, which are the same in every language
NAMES = {"Meanwhile", "· Meanwhile", "English", "Français"}


class Words(HTMLParser):
    """Words as a browser would show or say them; nothing of scripts, pictures and code."""

    SILENT = {"script", "style", "svg", "code", "kbd"}

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag in self.SILENT
        for name, value in attrs:
            if name in SAID_ALOUD or (name == "value" and tag == "input" and _is_button(attrs)):
                self.note(value or "")

    def handle_endtag(self, tag):
        self.silent -= tag in self.SILENT

    def handle_data(self, data):
        if not self.silent:
            self.note(data)

    def note(self, words: str) -> None:
        if re.search(r"[A-Za-z]{2}", words) and words.strip() not in NAMES:
            self.found.append(f"{self.getpos()[0]}: {words.strip()}")


def _is_button(attrs) -> bool:
    return ("type", "submit") in attrs or ("type", "button") in attrs


def bare_words(template: str) -> list[str]:
    """English outside the translation tags: as text, as an attribute said aloud, as an argument."""
    seen = UNSEEN.sub(lambda each: "\n" * each[0].count("\n"), VARIABLE_TAG.sub("<div", template))
    arguments = [
        literal[1]
        for tag in TAG.finditer(seen)
        if tag[1] not in NOT_WORDS
        for literal in BARE_LITERAL.finditer(tag[2])
        if SENTENCE.search(literal[1])
    ]
    words = Words()
    words.feed(TAG.sub(lambda each: "\n" * each[0].count("\n"), seen))
    return words.found + arguments


def test_no_template_says_what_nobody_can_translate():
    found = [
        f"{path.relative_to(HOUSE.parent)}:{words}"
        for path in templates()
        if not among(ENGLISH_ONLY, str(path.relative_to(HOUSE.parent)))
        for words in bare_words(path.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


# ── Each of these can fail ─────────────────────────────────────────────────────────────────────

HEADER = 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
ONE, MANY = "%(count)s day", "%(count)s days"
PLACE = ("meanwhile/web/context.py", 1)


def po(words: str, *forms: str, plural: str = "", flag: str = "") -> str:
    lines = [flag, f'msgid "{words}"']
    if plural:
        lines += [f'msgid_plural "{plural}"']
        lines += [f'msgstr[{n}] "{form}"' for n, form in enumerate(forms)]
    else:
        lines += [f'msgstr "{forms[0]}"']
    return HEADER + "\n".join(filter(None, lines)) + "\n"


@pytest.mark.parametrize(
    "text", [po("Other", "Autre"), po("Save", ""), po("Save", "Garder", flag="#, fuzzy")]
)
def test_a_missing_an_empty_and_an_unsure_translation_are_seen(text):
    assert missing({"Save": PLACE}, text) == ["meanwhile/web/context.py:1: Save"]
    assert not missing({"Save": PLACE}, po("Save", "Enregistrer"))


def test_a_sentence_nobody_says_any_more_is_seen():
    assert left_over({}, po("Gone", "Parti")) == ["Gone"]
    assert left_over({}, HEADER + '#~ msgid "Gone"\n#~ msgstr "Parti"\n')


@pytest.mark.parametrize(
    "text",
    [
        po("Hello, %(name)s", "Bonjour"),
        po("Hello, %(name)s", "Bonjour, %(nom)s"),
        po("{n} of {of}", "{n} sur"),
        po(ONE, "%(count)s jour", plural=MANY),
        po(ONE, "un jour", "%(count)s jours", plural=MANY),
        po(ONE, "%(count)s jour", "des jours", plural=MANY),
        po(ONE, "%(count)s jour", "%(count)s jours", "%(count)s jours", plural=MANY),
    ],
)
def test_a_lost_placeholder_and_a_lost_form_are_seen(text):
    assert out_of_step(text, "fr")


@pytest.mark.parametrize(
    "words",
    ["Pourquoi ?", "Pourquoi?", "Note: ici", "« ici »", "Bravo\u00a0!", "l'heure", "de %(name)s"],
)
def test_french_that_is_badly_set_is_seen(words):
    assert badly_set(po("x", words))


@pytest.mark.parametrize(
    "words",
    ["Pourquoi\u00a0?", "à 14:05", "«\u00a0ici\u00a0»", "l’heure\u00a0: 9", "de https: rien"],
)
def test_french_that_is_well_set_is_not(words):
    assert not badly_set(po("x", words))


@pytest.mark.parametrize(
    "template",
    [
        "<p>Save</p>",
        '<a aria-label="Save it">{% icon "x" %}</a>',
        '{% ui "callout" title="Look first" %}',
        "<p>{{ name }}, welcome</p>",
        "{% blocktranslate %}a{% endblocktranslate %} and more",
    ],
)
def test_a_bare_word_in_a_template_is_seen(template):
    assert bare_words(template)


def test_words_in_tags_are_not_bare():
    assert not bare_words('{% translate "Save" %}{% ui "callout" title=_("Look first") %}<b>1</b>')
