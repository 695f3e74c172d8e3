"""A hand-over belongs to a case and is counted in it, so that the database holds that the third goes up."""

import django.db.models.deletion
from django.db import migrations, models


def fill(apps, schema_editor):
    Handover = apps.get_model("cases", "Handover")
    counted = {}
    for handover in Handover.objects.select_related("task").order_by("pk").iterator():
        handover.case_id = handover.task.case_id
        handover.number = counted[handover.case_id] = counted.get(handover.case_id, 0) + 1
        if handover.status == "declined":
            handover.status = "declined" if handover.answer else "lapsed"
            handover.competent = handover.from_post if handover.answer else ""
        handover.save(update_fields=["case", "number", "status", "competent"])


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_sealed")]

    operations = [
        migrations.AddField(
            model_name="handover",
            name="case",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="handovers", to="cases.case"
            ),
        ),
        migrations.AddField(model_name="handover", name="competent", field=models.CharField(blank=True, max_length=130)),
        migrations.AddField(model_name="handover", name="number", field=models.PositiveSmallIntegerField(null=True)),
        migrations.AlterField(
            model_name="handover",
            name="status",
            field=models.CharField(
                choices=[
                    ("offered", "Offered"),
                    ("taken", "Taken"),
                    ("declined", "Declined"),
                    ("lapsed", "Lapsed"),
                    ("to-supervisor", "To Supervisor"),
                ],
                default="offered",
                max_length=14,
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
