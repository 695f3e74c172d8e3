import django.db.models.deletion
import zhengtong.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agora', '0001_initial'),
        ('cases', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Sheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='cases.case')),
                ('phase', models.CharField(max_length=60)),
                ('voice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agora.voice')),
                ('answers', models.JSONField(default=dict)),
                ('finished_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('voice', 'phase'), name='one_sheet_a_voice')],
            },
        ),
        migrations.CreateModel(
            name='Frame',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='frame', to='cases.case')),
                ('service', models.CharField(max_length=60)),
                ('served', models.PositiveIntegerField()),
                ('key', zhengtong.vault.fields.Sealed(default=None, null=True)),
                ('listed', models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name='Invited',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('frame', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invited', to='proceedings.frame')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('frame', 'person'), name='asked_once')],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='cases.case')),
                ('kind', models.CharField(choices=[('evidence', 'Evidence'), ('simulation', 'Simulation')], max_length=12)),
                ('title', models.CharField(max_length=200)),
                ('name', models.CharField(max_length=150)),
                ('path', models.CharField(max_length=80)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('run', models.JSONField(default=None, null=True)),
                ('post', models.CharField(max_length=130)),
                ('put_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='ProjectFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='project_file', to='cases.case')),
                ('name', models.CharField(max_length=150)),
                ('sha256', models.CharField(max_length=64)),
                ('votes', models.PositiveIntegerField()),
                ('otherwise', models.JSONField(default=list)),
                ('post', models.CharField(max_length=130)),
                ('put_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='FiledProject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('contribution', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='filed', to='agora.contribution')),
                ('code', models.CharField(max_length=60)),
                ('name', models.TextField()),
                ('category', models.TextField(blank=True)),
                ('target', models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name='Panel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='panels', to='cases.case')),
                ('phase', models.CharField(max_length=60)),
                ('attempt', models.PositiveSmallIntegerField(default=1)),
                ('commitment', models.CharField(max_length=64)),
                ('kept', zhengtong.vault.fields.Sealed(default='')),
                ('committed_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('sealed_at', models.DateTimeField(blank=True, null=True)),
                ('checkpoint', models.BigIntegerField(blank=True, null=True)),
                ('public', models.CharField(blank=True, max_length=64)),
                ('fixed_at', models.DateTimeField(blank=True, null=True)),
                ('drawn_at', models.DateTimeField(blank=True, null=True)),
                ('published', models.JSONField(default=dict)),
                ('ended', models.JSONField(default=list)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'phase'), name='one_panel_a_phase')],
            },
        ),
        migrations.CreateModel(
            name='Pledge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('panel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pledges', to='proceedings.panel')),
                ('attempt', models.PositiveSmallIntegerField()),
                ('place', models.PositiveSmallIntegerField()),
                ('commitment', models.CharField(max_length=64)),
                ('committed_at', models.DateTimeField()),
                ('secret', models.CharField(blank=True, max_length=64)),
                ('told_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('panel', 'attempt', 'place'), name='one_pledge_a_keeper'), models.UniqueConstraint(fields=('panel', 'commitment'), name='one_commitment_once')],
            },
        ),
        migrations.CreateModel(
            name='Entrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('panel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entrants', to='proceedings.panel')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('code', models.CharField(max_length=16)),
                ('stratum', models.JSONField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('panel', 'person'), name='one_entry_a_person'), models.UniqueConstraint(fields=('panel', 'code'), name='one_code_an_entry')],
            },
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('panel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='proceedings.panel')),
                ('entrant', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='offer', to='proceedings.entrant')),
                ('offered_at', models.DateTimeField()),
                ('answer_until', models.DateField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('silent', 'Silent'), ('given-back', 'Given Back')], default='open', max_length=10)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('replaced', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('replaced', False)), fields=['answer_until'], name='offers_to_be_looked_at')],
                'constraints': [models.CheckConstraint(condition=models.Q(('replaced', False), ('state__in', ('declined', 'silent', 'given-back')), _connector='OR'), name='who_accepts_is_not_replaced')],
            },
        ),
    ]
