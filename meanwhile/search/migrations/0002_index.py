"""What each database looks through, beside the table of passages."""

from typing import Any

from django.db import migrations

from meanwhile.search.engines import engine


def install(apps: Any, editor: Any) -> None:
    engine(editor.connection.vendor).install(editor)


def remove(apps: Any, editor: Any) -> None:
    engine(editor.connection.vendor).remove(editor)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
