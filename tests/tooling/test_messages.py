"""Translations compiled by our own few lines are read by gettext as msgfmt's would be."""

import gettext
from io import BytesIO

from house.messages import catalogue, compiled

SOURCE = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"

#: somewhere.py
msgid "Hand in"
msgstr "Rendre"

msgctxt "noun"
msgid "Hand in"
msgstr "Remise"

msgid "%(count)s minute"
msgid_plural "%(count)s minutes"
msgstr[0] "%(count)s minute"
msgstr[1] "%(count)s minutes entières"

msgid ""
"Two lines\n"
"with a \"quote\""
msgstr ""
"Deux lignes\n"
"avec des « guillemets »"

#, fuzzy
msgid "Unsure"
msgstr "Peut-être"

msgid "Untranslated"
msgstr ""

#~ msgid "Gone"
#~ msgstr "Parti"
"""


def translations() -> gettext.GNUTranslations:
    return gettext.GNUTranslations(BytesIO(compiled(catalogue(SOURCE))))


def test_plain_context_and_plural_are_found() -> None:
    french = translations()
    assert french.gettext("Hand in") == "Rendre"
    assert french.pgettext("noun", "Hand in") == "Remise"
    many = "%(count)s minute", "%(count)s minutes"
    assert french.ngettext(*many, 1) == "%(count)s minute"
    assert french.ngettext(*many, 2) == "%(count)s minutes entières"


def test_text_over_several_lines_is_one() -> None:
    assert translations().gettext('Two lines\nwith a "quote"').endswith("« guillemets »")


def test_what_is_not_finished_stays_in_the_source_language() -> None:
    french = translations()
    for text in ("Unsure", "Untranslated", "Gone"):
        assert french.gettext(text) == text
