"""Words of a text as the index knows them: cut, folded, brought to their stem.

The same here for both databases, so that they find the same. A stem is what is left of a word
without its endings (Snowball, https://snowballstem.org), then without accents and capitals:
"Réfractions" in a French text is `refract`. Writing without gaps between words (Chinese, Japanese,
Korean, Thai …) is cut into pairs of neighbouring signs.
"""

import re
import sys
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import snowballstemmer

LONGEST_WORD = 60
# the highest of the marks that belong to their letter (virama, nukta, kana voicing): kept
MARKS_OF_THE_LETTER = 9

SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque",
    "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian", "no": "norwegian",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "st": "sesotho", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip

# Words that say nothing about what is looked for. Short on purpose: what is merely frequent
# weighs little anyway.
SAYS_NOTHING = {
    "en": "a an and any are as at be been by can do does for from has have how if in into is it "
    "its of on or such than that the their there these they this to was were what when where "
    "which who why will with",
    "fr": "à au aux avec ce ces cette comment d dans de des du elle en est et il ils elles je l la "
    "le les leur ne ou où par pas pour pourquoi qu quand que quel quelle qui se ses son sont sur "
    "un une",
    "de": "als am an auf aus bei das dem den der des die ein eine einem einen einer es für im in "
    "ist mit nach oder sich sind und von wann warum was welche welcher wer wie wo zu zum zur",
    "es": "a al como cómo con cuál cuando cuándo de del donde dónde el en es esta este la las lo "
    "los o para por porqué que qué quién se sin son su sus un una y",
    "ar": "في من على إلى عن ما ماذا هل كيف متى أين لماذا هذا هذه التي الذي هو هي و أو أن",
}


@cache
def stop_words(language: str) -> frozenset[str]:
    return frozenset(SAYS_NOTHING.get(primary(language), "").split())


def primary(language: str) -> str:
    """`pt-BR` is `pt`."""
    return re.split(r"[-_]", language.lower(), maxsplit=1)[0]


def _marks() -> str:
    """Every combining mark of the basic plane, as the inside of a character class."""
    marks = [n for n in range(0x300, 0x10000) if unicodedata.category(chr(n)).startswith("M")]
    return "".join(f"\\u{n:04x}" for n in marks)


WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_marks()}])*")
# scripts that put no gaps between words, and Hangul, whose endings grow onto the word
GAPLESS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3130-\u318f"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\U00020000-\U0003ffff]+"
)
SINGLE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "æ": "ae", "œ": "oe", "ı": "i", "ى": "ي", "ة": "ه"}
    | {"ـ": ""}  # the Arabic stroke that only stretches a word
)


@dataclass(frozen=True)
class Token:
    """One word where it stands: `text[start:end]`. `shown` is it in small letters, `folded` without
    accents, `stem` without its ending. `stem` is empty where the word says nothing."""

    start: int
    end: int
    shown: str
    folded: str
    stem: str


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Without capitals and accents: `Él` is `el`, `Straße` is `strasse`."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    kept = "".join(c for c in apart if unicodedata.combining(c) <= MARKS_OF_THE_LETTER)
    return unicodedata.normalize("NFC", kept).translate(SINGLE)


_stemmers = threading.local()  # a stemmer keeps the word it is at: one for each thread


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """What a word is found by. `word` is in small letters; `language` is like `fr` or `pt-BR`."""
    name = SNOWBALL.get(primary(language))
    if name is None or any(sign.isdigit() for sign in word):
        return fold(word)
    known = _stemmers.__dict__
    if name not in known:
        known[name] = snowballstemmer.stemmer(name)
    return fold(known[name].stemWord(word)) or fold(word)


def tokens(text: str, language: str) -> Iterator[Token]:
    """The words of a text, in order."""
    nothing = stop_words(language)
    for found in WORD.finditer(text):
        word = found[0]
        if GAPLESS.search(word):
            yield from _pairs(word, found.start(), language)
        else:
            yield _token(word, found.start(), language, nothing)


def _token(word: str, start: int, language: str, nothing: frozenset[str]) -> Token:
    shown = sys.intern(unicodedata.normalize("NFC", word.lower()))
    short = shown[:LONGEST_WORD]
    base = "" if shown in nothing else stem(short, language)
    return Token(start, start + len(word), shown, fold(short), base)


def _pairs(word: str, start: int, language: str) -> Iterator[Token]:
    """`光の屈折` is found by 光の, の屈 and 屈折; a sign by itself is itself."""
    at = 0
    for found in GAPLESS.finditer(word):
        if found.start() > at:
            yield _token(word[at : found.start()], start + at, language, frozenset())
        run, here = found[0], start + found.start()
        for n in range(max(1, len(run) - 1)):
            pair = run[n : n + 2]
            folded = fold(pair)
            yield Token(here + n, here + n + len(pair), pair, folded, folded)
        at = found.end()
    if at < len(word):
        yield _token(word[at:], start + at, language, frozenset())


def is_gapless(word: str) -> bool:
    return bool(GAPLESS.fullmatch(word))


def stems(text: str, language: str) -> list[str]:
    """The stems of a text, in order, without those that say nothing."""
    return [token.stem for token in tokens(text, language) if token.stem]
