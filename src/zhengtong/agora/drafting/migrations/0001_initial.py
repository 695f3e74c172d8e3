import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agora', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Amendment',
            fields=[
                ('contribution', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='amendment', serialize=False, to='agora.contribution')),
                ('joining', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='agora.contribution')),
                ('on_version', models.PositiveSmallIntegerField()),
                ('why', models.TextField()),
                ('decider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='to_decide', to='agora.voice')),
                ('until', models.DateField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('accepted', 'Accepted'), ('refused', 'Refused'), ('taken-back', 'Taken Back'), ('lapsed', 'Lapsed'), ('overtaken', 'Overtaken')], default='open', max_length=10)),
                ('decided_why', models.TextField(blank=True)),
                ('decided_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['until'], name='amendments_open')],
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='agora.contribution')),
                ('number', models.PositiveSmallIntegerField()),
                ('text', models.TextField()),
                ('signed', models.PositiveIntegerField()),
                ('changed', models.BooleanField()),
                ('until', models.DateField()),
                ('by', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='replaced', to='drafting.amendment')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('contribution', 'number'), name='one_text_a_version')],
            },
        ),
    ]
