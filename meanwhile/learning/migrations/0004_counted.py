from django.db import migrations, models
from django.db.models import Q


def finished_now(apps, _editor) -> None:
    """So far one column said both: everything is done, and when it was. `counted_in` stays 0:
    these counts are worked out afresh when somebody looks, and stored with the next deed."""
    rows = apps.get_model("learning", "Participation").objects
    rows.update(finished=Q(finished_at__isnull=False))


class Migration(migrations.Migration):
    dependencies = [
        ("learning", "0003_marks"),
    ]

    operations = [
        migrations.AddField(
            model_name="participation",
            name="counted_in",
            field=models.PositiveIntegerField(default=0, help_text="the edition counted over"),
        ),
        migrations.AddField(
            model_name="participation",
            name="finished",
            field=models.BooleanField(default=False, help_text="everything there is now is done"),
        ),
        migrations.AlterField(
            model_name="participation",
            name="finished_at",
            field=models.DateTimeField(help_text="when it was for the first time", null=True),
        ),
        migrations.RunPython(finished_now, migrations.RunPython.noop),
    ]
