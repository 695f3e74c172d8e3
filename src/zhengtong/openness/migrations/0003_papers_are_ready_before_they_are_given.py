from django.db import migrations, models

READY = models.Q(("ready_at__isnull", True), ("ready_path", "")) | models.Q(
    ("ready_at__isnull", False), models.Q(("ready_path", ""), _negated=True)
)


class Migration(migrations.Migration):
    dependencies = [("openness", "0002_rows_of_offices")]

    operations = [
        migrations.RemoveConstraint("paper", "given_as_a_file"),
        migrations.RenameField("paper", "given_path", "ready_path"),
        migrations.RenameField("paper", "given_type", "ready_type"),
        migrations.RenameField("paper", "given_sha256", "ready_sha256"),
        migrations.RenameField("paper", "given_at", "ready_at"),
        migrations.AddField("paper", "given_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddConstraint("paper", models.CheckConstraint(condition=READY, name="ready_as_a_file")),
        migrations.AddConstraint(
            "paper",
            models.CheckConstraint(
                condition=models.Q(("given_at__isnull", True), ("ready_at__isnull", False), _connector="OR"),
                name="given_when_ready",
            ),
        ),
    ]
