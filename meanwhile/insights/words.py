"""Plain words out of Markdown, and how hard they are to read."""

import re
from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token

LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
ENDS = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9À-ÖØ-Þ])")
NOT_AN_END = re.compile(r"\b(?:e\.g|i\.e|etc|cf|vs|Dr|Mr|Mrs|Ms|Prof|St|No|Fig|[A-Z])\.$")
VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(r"(?:[^laeiouy]es|[^aeiouy]ed|[^l]e)$")
SAID_E = re.compile(r"(?:[td]ed|[sxz]es|[cs]hes|[cg]es)$")
NUMBER = re.compile(r"\d+")
OLDEST = 99
SHORT = 60


def inline(tokens: Iterable[Token]) -> Iterator[tuple[Token, int]]:
    """Every inline token with its line, from 0."""
    for token in tokens:
        line = token.map[0] if token.map else 0
        for child in token.children or []:
            yield child, line
            if child.type in ("softbreak", "hardbreak"):
                line += 1


def of_inline(token: Token) -> str:
    """The words of one paragraph or heading. Code and formulas stand as one word, pictures as none."""
    said = []
    for child in token.children or []:
        if child.type == "text":
            said.append(child.content)
        elif child.type in ("code_inline", "math_inline"):
            said.append("x")
        elif child.type in ("softbreak", "hardbreak"):
            said.append(" ")
    return " ".join("".join(said).split())


def paragraphs(tokens: Sequence[Token]) -> Iterator[tuple[str, int]]:
    """Paragraphs and list items as plain words, with their line: no headings, tables or code."""
    for n, token in enumerate(tokens):
        in_paragraph = n and tokens[n - 1].type == "paragraph_open"
        if token.type == "inline" and in_paragraph and (said := of_inline(token)):
            yield said, token.map[0] if token.map else 0


def begins_with_term(tokens: Sequence[Token]) -> tuple[int, int]:
    """How many paragraphs begin with a term in bold and a colon, and how many there are."""
    paragraphs = [
        [each for each in token.children or [] if each.type != "text" or each.content]
        for n, token in enumerate(tokens)
        if token.type == "inline" and n and tokens[n - 1].type == "paragraph_open"
    ]
    terms = [each for each in paragraphs if each and each[0].type == "strong_open"]
    return sum(_says_what_it_is(each) for each in terms), len(paragraphs)


def _says_what_it_is(paragraph: Sequence[Token]) -> bool:
    """“**shadow**: where …” or “**shadow:** where …”."""
    ends = next((n for n, each in enumerate(paragraph) if each.type == "strong_close"), 0)
    after = paragraph[ends + 1].content if ends + 1 < len(paragraph) else ""
    return after.lstrip().startswith((":", "–", "—")) or paragraph[ends - 1].content.endswith(":")


def plain(tokens: Iterable[Token]) -> list[str]:
    """All words, headings and tables too."""
    return [said for token in tokens if token.type == "inline" and (said := of_inline(token))]


def links(tokens: Iterable[Token]) -> Iterator[tuple[str, str, int]]:
    """Links as target, words and line."""
    said: list[str] = []
    target, start = "", 0
    for child, line in inline(tokens):
        if child.type == "link_open":
            target, said, start = str(child.attrs["href"]), [], line
        elif child.type == "link_close":
            yield target, " ".join("".join(said).split()), start
            target = ""
        elif target:
            said.append(child.content)


def shortened(text: str, most: int = SHORT) -> str:
    """The first words, with a sign that there are more."""
    return text if len(text) <= most else f"{text[:most].rpartition(' ')[0] or text[:most]} …"


def named(text: str) -> str:
    """A name or an aim, to be set in quotation marks inside a sentence: without its full stop."""
    return text.strip().removesuffix(".")


def sentences(text: str) -> list[str]:
    """A paragraph's sentences. Good enough for counting: an abbreviation does not end one."""
    found: list[str] = []
    for piece in ENDS.split(text):
        if found and NOT_AN_END.search(found[-1]):
            found[-1] = f"{found[-1]} {piece}"
        elif piece.strip():
            found.append(piece)
    return found


EXAMPLE = re.compile(
    r"[:–—]\s*(?:for example|for instance|e\.g\.|par exemple|zum Beispiel|por ejemplo"
    r"|per esempio|por exemplo|bijvoorbeeld|til exempel|for eksempel|na przykład)\b.*",
    re.IGNORECASE | re.DOTALL,
)
QUOTATION = 5  # words
QUOTED = re.compile(r"“[^”]*”|«[^»]*»|„[^“”]*[“”]|(?<!\w)\"[^\"]*\"")


def own(sentence: str) -> str:
    """A sentence without the words that it only shows: what is quoted, and what stands after
    “…: for example”."""
    return QUOTED.sub(_unless_a_word, EXAMPLE.sub("", sentence))


def _unless_a_word(quoted: re.Match[str]) -> str:
    """A word or two in quotation marks are said like others."""
    return "" if count(quoted[0]) >= QUOTATION else quoted[0]


def count(text: str) -> int:
    return len(LETTERS.findall(text))


def syllables(word: str) -> int:
    """Of an English word: groups of vowels, without an e that is not said. At least 1.

    Right for about nine words in ten, which is enough for an average over hundreds.
    """
    word = word.lower().strip("'’")
    groups = len(VOWELS.findall(word))
    if SILENT.search(word) and not SAID_E.search(word):
        groups -= 1
    return max(1, groups)


def grade(paragraphs_of: Iterable[str]) -> tuple[float, int]:
    """The Flesch–Kincaid grade of English prose, and over how many words.

    0.39 · words/sentences + 11.8 · syllables/words − 15.59: a school year in the United States;
    age is about five more. It counts length only, so a rare short word counts as easy.

    Source: Kincaid, Fishburne, Rogers & Chissom 1975, Naval Technical Training Command, Research
    Branch Report 8-75.
    """
    lines = [sentence for text in paragraphs_of for sentence in sentences(text)]
    found = [word for line in lines for word in LETTERS.findall(line)]
    lines = [line for line in lines if LETTERS.search(line)]
    if not found:
        return 0.0, 0
    long = sum(syllables(word) for word in found) / len(found)
    return 0.39 * len(found) / len(lines) + 11.8 * long - 15.59, len(found)


def ages(said: str) -> tuple[int, int] | None:
    """“12-14” is (12, 14), “16+” is (16, 99), “adults” nothing."""
    found = [int(n) for n in NUMBER.findall(said)]
    if not found or not 2 <= found[-1] <= OLDEST:
        return None
    *_more, first, last = found if len(found) > 1 else found * 2
    return first, OLDEST if "+" in said else max(first, last)


def has_any(text: str, phrases: str) -> bool:
    """Whether one of the phrases (a regular expression) stands in it, capitals or not."""
    return bool(re.search(rf"\b(?:{phrases})", text, re.IGNORECASE))
