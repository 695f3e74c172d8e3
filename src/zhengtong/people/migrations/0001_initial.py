import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import uuid
import zhengtong.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('handle', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('id_number', zhengtong.vault.fields.Sealed(default='', index='id_index', owns=True)),
                ('id_index', zhengtong.vault.fields.Blind(editable=False, max_length=32, null=True, of='id_number', purpose='person', unique=True)),
                ('name', zhengtong.vault.fields.Sealed(default='', owns=True)),
                ('email', zhengtong.vault.fields.Sealed(default='', owns=True)),
                ('phone', zhengtong.vault.fields.Sealed(default='', owns=True)),
                ('language', models.CharField(default='zh-Hans', max_length=10)),
            ],
        ),
        migrations.CreateModel(
            name='Enterprise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uscc', models.CharField(max_length=18, unique=True)),
                ('name', models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=150, unique=True)),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='account', to='people.person')),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Holding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='people.person')),
                ('post', models.CharField(db_index=True, max_length=130)),
                ('from_on', models.DateField()),
                ('to_on', models.DateField(blank=True, null=True)),
                ('skills', models.JSONField(blank=True, default=list)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'post', 'from_on'), name='one_holding_a_start'), models.CheckConstraint(condition=models.Q(('to_on__isnull', True), ('to_on__gte', models.F('from_on')), _connector='OR'), name='holding_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('power', models.CharField(max_length=60)),
                ('from_post', models.CharField(max_length=130)),
                ('to_post', models.CharField(db_index=True, max_length=130)),
                ('acts', models.JSONField()),
                ('matters', models.JSONField()),
                ('region', models.CharField(max_length=6)),
                ('legal_basis', models.JSONField()),
                ('reason', models.TextField()),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('from_on', models.DateField()),
                ('to_on', models.DateField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('from_post', models.F('to_post')), _negated=True), name='delegated_to_another'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='delegated_for_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to='people.person')),
                ('post', models.CharField(max_length=130)),
                ('deputy', models.CharField(db_index=True, max_length=130)),
                ('from_on', models.DateField()),
                ('to_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('post', models.F('deputy')), _negated=True), name='deputy_is_another')],
            },
        ),
        migrations.CreateModel(
            name='Motion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('handle', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('act', models.CharField(max_length=20)),
                ('content', zhengtong.vault.fields.Sealed(default=dict, owns=True)),
                ('digest', models.CharField(max_length=64)),
                ('concerns', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('about', models.CharField(blank=True, db_index=True, max_length=110)),
                ('legal_basis', models.JSONField()),
                ('two_offices', models.BooleanField(default=False)),
                ('status', models.CharField(choices=[('open', 'Open'), ('confirmed', 'Confirmed'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn')], default='open', max_length=10)),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('proposed_in', models.CharField(max_length=130)),
                ('proposed_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('answered_in', models.CharField(blank=True, max_length=130)),
                ('answer', zhengtong.vault.fields.Sealed(default='')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('carried_out_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('status', 'open')), fields=['act'], name='open_motions')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['confirmed', 'rejected']), _negated=True), models.Q(('answered_by__isnull', False), models.Q(('answered_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='motion_of_two_persons'), models.CheckConstraint(condition=models.Q(('concerns__isnull', True), models.Q(models.Q(('concerns', models.F('proposed_by')), _negated=True), models.Q(('answered_by__isnull', True), models.Q(('concerns', models.F('answered_by')), _negated=True), _connector='OR')), _connector='OR'), name='motion_about_neither_of_them'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'rejected'), _negated=True), django.db.models.lookups.GreaterThan(django.db.models.functions.text.Length('answer'), 0), _connector='OR'), name='motion_rejected_for_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('status', 'open')), models.Q(models.Q(('status', 'open'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='motion_is_open_or_answered'), models.CheckConstraint(condition=models.Q(('carried_out_at__isnull', True), ('status', 'confirmed'), _connector='OR'), name='only_what_is_confirmed_is_done')],
            },
        ),
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('enterprise', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='people.enterprise')),
                ('grantor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mandates_given', to='people.person')),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates_held', to='people.person')),
                ('procedures', models.JSONField(blank=True, default=list)),
                ('from_on', models.DateField()),
                ('to_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('enterprise__isnull', False), ('grantor__isnull', True)), models.Q(('enterprise__isnull', True), ('grantor__isnull', False)), _connector='OR'), name='mandate_of_one_party')],
            },
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('at', models.DateTimeField(db_index=True)),
                ('verb', models.CharField(max_length=10)),
                ('route', models.CharField(max_length=100)),
                ('target', models.CharField(max_length=130)),
                ('code', models.CharField(max_length=60)),
                ('times', models.PositiveIntegerField(default=1)),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'at'], name='attempts_of_a_person')],
            },
        ),
        migrations.CreateModel(
            name='Token',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to='people.person')),
                ('name', models.CharField(max_length=100)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('scopes', models.JSONField(default=list)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
    ]
