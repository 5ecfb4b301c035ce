"""How long things take, worked out from the content.

Reading aloud in the head for understanding: 130 words a minute for a 12-year-old reading to
learn, slower than the 238 of adults reading for pleasure (Brysbaert 2019, J. Mem. Lang. 109).
"""

import re

WORDS_A_MINUTE = 130
PICTURE_MINUTES = 0.25
CODE_LINE_MINUTES = 0.05
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
PICTURE = re.compile(r"!\[")
CODE = re.compile(r"^(`{3,}|~{3,})[^\n]*\n(.*?)^\1", re.MULTILINE | re.DOTALL)


def prose_minutes(markdown: str) -> float:
    """Minutes to read the words alone: code is worked through, and pictures are looked at."""
    return len(WORD.findall(CODE.sub("", markdown))) / WORDS_A_MINUTE


def reading_minutes(markdown: str) -> float:
    """Minutes to read and look through a piece of Markdown."""
    code = sum(found[1].count("\n") for found in CODE.findall(markdown))
    prose = CODE.sub("", markdown)
    return (
        prose_minutes(prose)
        + len(PICTURE.findall(prose)) * PICTURE_MINUTES
        + code * CODE_LINE_MINUTES
    )
