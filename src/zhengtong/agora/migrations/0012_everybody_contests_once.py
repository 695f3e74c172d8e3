from django.db import migrations, models


def kept(apps, schema_editor):
    measures = apps.get_model("agora", "Measure")
    link = measures.appeals.through
    contested = measures.objects.filter(appeal__isnull=False).values_list("pk", "appeal_id")
    link.objects.bulk_create([link(measure_id=measure, case_id=appeal) for measure, appeal in contested])


def first(apps, schema_editor):
    """Backwards, the first appeal of each is what is left."""
    measures = apps.get_model("agora", "Measure")
    link = measures.appeals.through
    for measure, appeal in link.objects.order_by("-pk").values_list("measure_id", "case_id"):
        measures.objects.filter(pk=measure).update(appeal_id=appeal)


class Migration(migrations.Migration):

    dependencies = [
        ('agora', '0011_admissions_closed_by_the_day'),
        ('cases', '0018_recusals_reminded'),
    ]

    operations = [
        migrations.AlterField(
            model_name='measure',
            name='appeal',
            field=models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name='+', to='cases.case'),
        ),
        migrations.AddField(
            model_name='measure',
            name='appeals',
            field=models.ManyToManyField(related_name='contested_measures', to='cases.case'),
        ),
        migrations.RunPython(kept, first),
        migrations.RemoveField(
            model_name='measure',
            name='appeal',
        ),
    ]
