"""What is proposed and answered, and why an officer stands aside, is personal: it is sealed under the case's key."""

from typing import Any

from django.db import migrations, models
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThan

import zhengtong.vault.fields

SEALED = {"proposal": {"content": dict, "answer": ""}, "recusal": {"reason": ""}}
HELD = {"proposal": "rejected_for_a_reason", "recusal": "recused_for_a_reason"}


def seal(apps: Any, _editor: Any) -> None:
    """Seal what was there in clear."""
    for name, columns in SEALED.items():
        for row in apps.get_model("cases", name).objects.select_related("case"):
            row.sealed_for = row.case.number
            for column in columns:
                setattr(row, column, getattr(row, f"{column}_clear"))
            row.save(update_fields=list(columns))


def per_column(make: Any) -> list[Any]:
    return [make(name, column, empty) for name, columns in SEALED.items() for column, empty in columns.items()]


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_rows_of_offices"), ("vault", "0001_initial")]

    operations = [
        *[migrations.RemoveConstraint(name, constraint) for name, constraint in HELD.items()],
        *per_column(lambda name, column, _empty: migrations.RenameField(name, column, f"{column}_clear")),
        *per_column(
            lambda name, column, empty: migrations.AddField(
                name, column, zhengtong.vault.fields.Sealed(default=empty), preserve_default=True
            )
        ),
        migrations.RunPython(seal, migrations.RunPython.noop),
        *per_column(lambda name, column, _empty: migrations.RemoveField(name, f"{column}_clear")),
        migrations.AddConstraint(
            "proposal",
            models.CheckConstraint(
                condition=models.Q(models.Q(status="rejected", _negated=True), GreaterThan(Length("answer"), 0), _connector="OR"),
                name="rejected_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            "recusal",
            models.CheckConstraint(condition=GreaterThan(Length("reason"), 0), name="recused_for_a_reason"),
        ),
    ]
