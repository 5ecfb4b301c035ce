"""PostgreSQL: a tsvector that the database makes from the stems itself, with a GIN index.

The stems become lexemes as they are (`array_to_tsvector`): no dictionary of the server's is asked,
so a server of any language finds the same. No extension is needed.

`fastupdate = off`: otherwise new rows lie in a list beside the index until a vacuum sorts them in, and
every stem of every query reads through that list from end to end (up to 4 MB). Passages are written
far less often than they are searched. https://www.postgresql.org/docs/current/gin.html#GIN-FAST-UPDATE
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from meanwhile.search.engines import Term

CREATE = (
    """ALTER TABLE search_passage ADD COLUMN lexemes tsvector GENERATED ALWAYS AS (
        array_to_tsvector(array_remove(string_to_array(title_stems || ' ' || text_stems, ' '), ''))
    ) STORED""",
    """CREATE INDEX search_passage_lexemes ON search_passage USING gin (lexemes)
        WITH (fastupdate = off)""",
)
SORT_IN = (
    "ALTER INDEX search_passage_lexemes SET (fastupdate = off)",
    "SELECT gin_clean_pending_list('search_passage_lexemes')",
)
DROP = (
    "DROP INDEX IF EXISTS search_passage_lexemes",
    "ALTER TABLE search_passage DROP COLUMN IF EXISTS lexemes",
)
# ts_rank knows nothing of how rare a word is, so the weights of the stems that stand in a passage
# are added up instead
BEST = """SELECT id FROM search_passage, unnest(%s::tsquery[], %s::float8[]) AS asked(stem, weight)
    WHERE lexemes @@ asked.stem AND scope = ANY(%s)
    GROUP BY id ORDER BY sum(asked.weight) DESC, id LIMIT %s"""


class Postgresql:
    def install(self, editor: Any) -> None:
        self.remove(editor)
        for statement in CREATE:
            editor.execute(statement)

    def remove(self, editor: Any) -> None:
        for statement in DROP:
            editor.execute(statement)

    def sort_in(self, editor: Any) -> None:
        """An index that was made with a list beside it is as `install` makes it now."""
        for statement in SORT_IN:
            editor.execute(statement)

    def candidates(self, terms: Sequence[Term], scopes: Sequence[str], most: int) -> list[int]:
        quoted = [f"'{term.stem}'" for term in terms]
        weights = [term.weight for term in terms]
        with connection.cursor() as cursor:
            cursor.execute(BEST, [quoted, weights, list(scopes), most])
            return [row[0] for row in cursor.fetchall()]


ENGINE = Postgresql()
