import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agora', '0001_initial'),
        ('cases', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='report', to='cases.case')),
                ('kind', models.CharField(max_length=60)),
                ('region', models.CharField(max_length=6)),
                ('filed_on', models.DateField()),
                ('is_public', models.BooleanField(default=False)),
                ('words', models.TextField(blank=True)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('latitude', models.FloatField(blank=True, null=True)),
                ('longitude', models.FloatField(blank=True, null=True)),
                ('photo', models.CharField(blank=True, max_length=80)),
                ('withheld_for', models.TextField(blank=True)),
                ('withheld_by', models.CharField(blank=True, max_length=80)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('is_public', True)), fields=['-filed_on', '-id'], name='public_reports')],
                'constraints': [models.CheckConstraint(condition=models.Q(('is_public', True), models.Q(('latitude', None), ('longitude', None), ('photo', ''), ('place', ''), ('words', '')), _connector='OR'), name='nothing_told_without_consent'), models.CheckConstraint(condition=models.Q(('withheld_for', ''), models.Q(('photo', ''), ('words', ''), models.Q(('withheld_by', ''), _negated=True)), _connector='OR'), name='withheld_by_a_law')],
            },
        ),
        migrations.CreateModel(
            name='Kept',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='kept', to='reports.report')),
                ('measure', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='kept', to='agora.measure')),
                ('words', models.TextField(blank=True)),
                ('photo', models.CharField(blank=True, max_length=80)),
                ('with_place', models.BooleanField(default=False)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('latitude', models.FloatField(blank=True, null=True)),
                ('longitude', models.FloatField(blank=True, null=True)),
            ],
        ),
    ]
