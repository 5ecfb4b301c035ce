"""`make words` brings a .po file up to date and leaves what people wrote as it is."""

from house.messages import catalogue
from house.words import LOCALE, Sentence, brought_up_to_date

from tests.words import wanted

HEADER = '# In French.\nmsgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n'
KEPT = '\n# a note of the translator\n#: old/place.py\nmsgid "Save"\nmsgstr ""\n"Enre"\n"gistrer"\n'
GONE = '\n#: gone.py\nmsgid "Gone"\nmsgstr "Parti"\n\n#~ msgid "Older"\n#~ msgstr "Vieux"\n'


def test_what_is_new_comes_in_empty_and_what_nobody_says_goes_out():
    said = [
        Sentence({"msgid": "Save"}, "b.py", 9),
        Sentence({"msgctxt": "noun", "msgid": 'The “a\\b" of %(name)s'}, "a.py", 30),
        Sentence({"msgid": "%(n)s day", "msgid_plural": "%(n)s days"}, "a.py", 4),
    ]
    brought = brought_up_to_date(HEADER + KEPT + GONE, said)
    assert (brought.new, brought.gone) == (2, 1)
    assert brought.text == (
        HEADER
        + '\n#: a.py\n#, python-format\nmsgid "%(n)s day"\nmsgid_plural "%(n)s days"\n'
        + 'msgstr[0] ""\nmsgstr[1] ""\n'
        + '\n#: a.py\n#, python-format\nmsgctxt "noun"\nmsgid "The “a\\\\b\\" of %(name)s"\nmsgstr ""\n'
        + KEPT.replace("old/place.py", "b.py")
    )
    assert brought_up_to_date(brought.text, said) == (brought.text, 0, 0), "twice is once"


def test_a_language_that_is_only_begun_is_not_filled_with_holes():
    optional = [Sentence({"msgid": word}, "b.py", 1, needed=False) for word in ("Save", "Send")]
    assert 'msgid "Send"' not in brought_up_to_date(HEADER + KEPT, optional).text
    assert 'msgid "Save"' in brought_up_to_date(HEADER + KEPT, optional).text


def test_no_translation_of_ours_is_lost():
    for path in LOCALE.glob("*/LC_MESSAGES/*.po"):
        text = path.read_text("utf-8")
        brought = brought_up_to_date(text, wanted(path.parts[-3]))
        before, after = catalogue(text), catalogue(brought.text)
        assert after.items() <= before.items()
        assert len(before) - len(after) <= brought.gone
