"""PostgreSQL no longer keeps new passages in a list beside the index (engines/postgresql.py)."""

from typing import Any

from django.db import migrations

from meanwhile.search.engines.postgresql import ENGINE


def sort_in(apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        ENGINE.sort_in(editor)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_index")]
    operations = [migrations.RunPython(sort_in, migrations.RunPython.noop)]
