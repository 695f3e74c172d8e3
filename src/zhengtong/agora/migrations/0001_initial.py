import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Poll',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='polls', to='cases.case')),
                ('phase', models.CharField(max_length=60)),
                ('uuid', models.CharField(max_length=14, unique=True)),
                ('credentials', models.TextField(blank=True)),
                ('election', models.TextField(blank=True)),
                ('trustees', models.TextField(blank=True)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('recorded', models.PositiveIntegerField(default=0)),
                ('tally', models.TextField(blank=True)),
                ('result', models.TextField(blank=True)),
                ('filed', models.PositiveBigIntegerField(default=0)),
                ('filed_at', models.CharField(blank=True, max_length=20)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'phase'), name='one_poll_a_phase')],
            },
        ),
        migrations.CreateModel(
            name='Keeper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('poll', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='keepers', to='agora.poll')),
                ('place', models.PositiveSmallIntegerField()),
                ('certificate', models.TextField(blank=True)),
                ('polynomial', models.TextField(blank=True)),
                ('part', models.TextField(blank=True)),
                ('key', models.TextField(blank=True)),
                ('share', models.TextField(blank=True)),
                ('word', models.BigIntegerField(blank=True, null=True)),
                ('words', models.JSONField(blank=True, default=list)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('poll', 'place'), name='one_keeper_a_place')],
            },
        ),
        migrations.CreateModel(
            name='Admission',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='admissions', to='cases.case')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('blinded', models.BinaryField(max_length=512)),
                ('on', models.DateField()),
                ('closed', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed', False)), fields=['on'], name='admissions_to_be_closed')],
                'constraints': [models.UniqueConstraint(fields=('case', 'person'), name='one_voice_a_person')],
            },
        ),
        migrations.CreateModel(
            name='Voice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='cases.case')),
                ('token', models.BinaryField(max_length=32)),
                ('name', models.CharField(max_length=20)),
                ('on', models.DateField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'token'), name='one_voice_a_token'), models.UniqueConstraint(fields=('case', 'name'), name='one_name_a_voice')],
            },
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='cases.case')),
                ('phase', models.CharField(max_length=60)),
                ('number', models.PositiveIntegerField()),
                ('voice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='agora.voice')),
                ('place', models.CharField(blank=True, max_length=60)),
                ('addressed', models.CharField(blank=True, max_length=60)),
                ('text', models.TextField()),
                ('cost', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('shown', 'Shown'), ('hidden', 'Hidden')], default='shown', max_length=10)),
                ('show_on', models.DateField()),
                ('sponsored', models.BooleanField(default=True)),
                ('request_key', models.CharField(max_length=100)),
                ('made_at', models.DateTimeField()),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='agora.contribution')),
                ('joined', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='joining', to='agora.contribution')),
                ('alike', models.CharField(blank=True, max_length=16)),
                ('same_as', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='repeats', to='agora.contribution')),
                ('repeated', models.PositiveIntegerField(default=0)),
                ('signed', models.PositiveIntegerField(default=0)),
                ('opposed', models.PositiveIntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(fields=['case', 'phase', 'state', '-signed'], name='contributions_by_support'), models.Index(fields=['case', 'phase', 'alike'], name='contributions_alike'), models.Index(condition=models.Q(('same_as__isnull', True)), fields=['case', 'phase', 'place', 'number'], name='contributions_told_once')],
                'constraints': [models.UniqueConstraint(fields=('case', 'number'), name='one_contribution_a_number'), models.UniqueConstraint(fields=('voice', 'request_key'), name='one_contribution_a_request')],
            },
        ),
        migrations.CreateModel(
            name='Stance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stances', to='agora.contribution')),
                ('voice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stances', to='agora.voice')),
                ('value', models.SmallIntegerField()),
                ('counted', models.SmallIntegerField(default=0)),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('asked', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('counted', models.F('value')), _negated=True), fields=['contribution'], name='stances_to_be_counted'), models.Index(condition=models.Q(('asked', True)), fields=['voice'], name='stances_to_be_said_again')],
                'constraints': [models.UniqueConstraint(fields=('contribution', 'voice'), name='one_stance_a_voice'), models.CheckConstraint(condition=models.Q(('value__in', (-1, 0, 1))), name='stance_is_a_sign')],
            },
        ),
        migrations.CreateModel(
            name='Drawn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drawings', to='cases.case')),
                ('phase', models.CharField(max_length=60)),
                ('on', models.DateField()),
                ('found', models.JSONField()),
                ('places', models.JSONField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'phase'), name='one_drawing_a_phase')],
            },
        ),
        migrations.CreateModel(
            name='VoteFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('drawing', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='file', to='agora.drawn')),
                ('content', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='BudgetVote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='budget_votes', to='cases.case')),
                ('phase', models.CharField(max_length=60)),
                ('voice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agora.voice')),
                ('projects', models.JSONField(default=list)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('voice', 'phase'), name='one_budget_vote_a_voice')],
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('contribution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='agora.contribution')),
                ('petition', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='withholdings', to='cases.case')),
                ('rule', models.CharField(max_length=60)),
                ('facts', models.TextField()),
                ('was', models.TextField(blank=True)),
                ('found', models.CharField(choices=[('own', 'Own'), ('notice', 'Notice'), ('signal', 'Signal')], default='own', max_length=10)),
                ('post', models.CharField(max_length=130)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('until', models.DateField(blank=True, null=True)),
                ('taken_at', models.DateTimeField()),
                ('lifted_at', models.DateTimeField(blank=True, null=True)),
                ('lifted_why', models.TextField(blank=True)),
                ('appeals', models.ManyToManyField(related_name='contested_measures', to='cases.case')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True)), fields=('contribution',), name='one_measure_at_a_time'), models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True)), fields=('petition',), name='withheld_once_at_a_time'), models.CheckConstraint(condition=models.Q(('contribution__isnull', True), ('petition__isnull', True), _connector='XOR'), name='measure_of_one_thing')],
            },
        ),
        migrations.CreateModel(
            name='Limit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='limits', to='cases.case')),
                ('shown_a_day', models.PositiveIntegerField()),
                ('until', models.DateField()),
                ('reason', models.TextField()),
                ('legal_basis', models.JSONField()),
                ('proposed_in', models.CharField(max_length=130)),
                ('confirmed_in', models.CharField(max_length=130)),
                ('begun_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_why', models.TextField(blank=True)),
                ('day', models.DateField(blank=True, null=True)),
                ('shown', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('case',), name='one_limit_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='cases.case')),
                ('verdict', models.CharField(choices=[('adopted', 'Adopted'), ('partly', 'Partly'), ('declined', 'Declined')], max_length=10)),
                ('text', models.TextField()),
                ('post', models.CharField(max_length=130)),
                ('given_at', models.DateTimeField()),
                ('done_on', models.DateField(blank=True, null=True)),
                ('contributions', models.ManyToManyField(related_name='answers', to='agora.contribution')),
            ],
        ),
    ]
