import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Signal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signals', to='cases.case')),
                ('phase', models.CharField(max_length=60)),
                ('kind', models.CharField(choices=[('same-text', 'Same Text'), ('burst', 'Burst'), ('same-votes', 'Same Votes')], max_length=12)),
                ('key', models.CharField(max_length=64)),
                ('many', models.PositiveIntegerField()),
                ('told', models.JSONField()),
                ('raised_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('settled_in', models.CharField(blank=True, max_length=130)),
                ('settled_why', models.TextField(blank=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('settled_at__isnull', True)), fields=('case', 'phase', 'kind', 'key'), name='one_open_signal_a_thing')],
            },
        ),
        migrations.CreateModel(
            name='Watched',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='watched', serialize=False, to='cases.case')),
                ('at', models.DateTimeField()),
                ('said', models.PositiveIntegerField(default=0)),
                ('votes_on', models.DateField(blank=True, null=True)),
            ],
        ),
    ]
