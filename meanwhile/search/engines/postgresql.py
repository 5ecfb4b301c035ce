"""PostgreSQL: a tsvector that the database makes from the stems itself, with a GIN index.

The stems become lexemes as they are (`array_to_tsvector`): no dictionary of the server's is asked,
so a server of any language finds the same. No extension is needed.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from meanwhile.search.engines import Term

CREATE = (
    """ALTER TABLE search_passage ADD COLUMN lexemes tsvector GENERATED ALWAYS AS (
        array_to_tsvector(array_remove(string_to_array(title_stems || ' ' || text_stems, ' '), ''))
    ) STORED""",
    "CREATE INDEX search_passage_lexemes ON search_passage USING gin (lexemes)",
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

    def candidates(self, terms: Sequence[Term], scopes: Sequence[str], most: int) -> list[int]:
        quoted = [f"'{term.stem}'" for term in terms]
        weights = [term.weight for term in terms]
        with connection.cursor() as cursor:
            cursor.execute(BEST, [quoted, weights, list(scopes), most])
            return [row[0] for row in cursor.fetchall()]


ENGINE = Postgresql()
