"""SQLite: an FTS5 table over the stems, filled by triggers.

https://sqlite.org/fts5.html#external_content_tables: the words stay in `search_passage`. A change of
that table by Django makes it anew and loses the triggers: such a migration installs them again.
"""

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection

from meanwhile.search.engines import Term

# the stems are folded already: only gaps divide them, and marks are part of a word
TOKENIZER = "unicode61 remove_diacritics 0 categories ''L* M* N* Co So''"
CREATE = (
    f"""CREATE VIRTUAL TABLE search_index USING fts5(
        title_stems, text_stems,
        content='search_passage', content_rowid='id', tokenize='{TOKENIZER}')""",
    """CREATE TRIGGER search_passage_in AFTER INSERT ON search_passage BEGIN
        INSERT INTO search_index(rowid, title_stems, text_stems)
        VALUES (new.id, new.title_stems, new.text_stems); END""",
    """CREATE TRIGGER search_passage_out AFTER DELETE ON search_passage BEGIN
        INSERT INTO search_index(search_index, rowid, title_stems, text_stems)
        VALUES ('delete', old.id, old.title_stems, old.text_stems); END""",
    """CREATE TRIGGER search_passage_changed AFTER UPDATE ON search_passage BEGIN
        INSERT INTO search_index(search_index, rowid, title_stems, text_stems)
        VALUES ('delete', old.id, old.title_stems, old.text_stems);
        INSERT INTO search_index(rowid, title_stems, text_stems)
        VALUES (new.id, new.title_stems, new.text_stems); END""",
    "INSERT INTO search_index(search_index) VALUES ('rebuild')",
)
DROP = (
    "DROP TRIGGER IF EXISTS search_passage_in",
    "DROP TRIGGER IF EXISTS search_passage_out",
    "DROP TRIGGER IF EXISTS search_passage_changed",
    "DROP TABLE IF EXISTS search_index",
)
# a title counts twice: bm25() takes the weights of the columns in order
BEST = """SELECT p.id FROM search_index i JOIN search_passage p ON p.id = i.rowid
    WHERE search_index MATCH %s AND p.scope IN (SELECT value FROM json_each(%s))
    ORDER BY bm25(search_index, 2.0, 1.0), p.id LIMIT %s"""


class Sqlite:
    def install(self, editor: Any) -> None:
        self.remove(editor)
        for statement in CREATE:
            editor.execute(statement)

    def remove(self, editor: Any) -> None:
        for statement in DROP:
            editor.execute(statement)

    def candidates(self, terms: Sequence[Term], scopes: Sequence[str], most: int) -> list[int]:
        asked = " OR ".join(f'"{term.stem}"' for term in terms)
        with connection.cursor() as cursor:
            cursor.execute(BEST, [asked, json.dumps(list(scopes)), most])
            return [row[0] for row in cursor.fetchall()]


ENGINE = Sqlite()
