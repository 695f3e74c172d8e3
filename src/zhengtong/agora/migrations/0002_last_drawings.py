"""Drawings say whether they are the last of their phase: a counted vote is; a conversation that is over is drawn anew."""

from typing import Any

from django.db import migrations, models


def know(apps: Any, _editor: Any) -> None:
    """What has no groups in it is a vote that was counted."""
    apps.get_model("agora", "Drawn").objects.exclude(found__has_key="groups").update(last=True)


class Migration(migrations.Migration):

    dependencies = [
        ("agora", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="drawn",
            name="last",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(know, migrations.RunPython.noop),
    ]
