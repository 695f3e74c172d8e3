"""What other nodes say as keepers has a table of its own, for ballots and draws."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def move(apps: Any, _editor: Any) -> None:
    """Each word to a row; a place is that among the trustees of its ballot."""
    word = apps.get_model("agora", "Word")
    for keeper in apps.get_model("agora", "Keeper").objects.exclude(words=[]).select_related("poll"):
        for told in keeper.words:
            at = {"case_id": keeper.poll.case_id, "phase": keeper.poll.phase, "place": keeper.place}
            word.objects.create(**at, entry=told["acts"][0]["index"], told=told)


class Migration(migrations.Migration):
    dependencies = [("agora", "0003_projects_stay_on_the_ballot"), ("cases", "0002_rows_of_offices")]

    operations = [
        migrations.CreateModel(
            name="Word",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("phase", models.CharField(max_length=60)),
                ("place", models.PositiveSmallIntegerField()),
                ("entry", models.BigIntegerField()),
                ("told", models.JSONField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "phase", "place", "entry"), name="one_word_an_entry")
                ],
            },
        ),
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.RemoveField(model_name="keeper", name="word"),
        migrations.RemoveField(model_name="keeper", name="words"),
    ]
