import django.db.models.deletion
import uuid
import zhengtong.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Record',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('register', models.CharField(max_length=60)),
                ('key', models.CharField(max_length=60)),
                ('handle', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('fields', zhengtong.vault.fields.Sealed(default=dict, owns=True)),
                ('representative', models.CharField(blank=True, db_index=True, max_length=60)),
                ('updated_at', models.DateTimeField()),
                ('ended_by', models.CharField(blank=True, max_length=60)),
                ('ended_on', models.DateField(null=True)),
                ('erased_at', models.DateTimeField(null=True)),
                ('restricted', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('erased_at', None)), fields=['register', 'ended_by', 'ended_on'], name='records_to_end')],
                'constraints': [models.UniqueConstraint(fields=('register', 'key'), name='one_record_a_key')],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='registry.record')),
                ('field', models.CharField(max_length=60)),
                ('told', zhengtong.vault.fields.Sealed(default=dict)),
                ('post', models.CharField(max_length=130)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Restriction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='restrictions', to='registry.record')),
                ('asked_in', models.CharField(blank=True, max_length=40)),
                ('reason', zhengtong.vault.fields.Sealed(default='')),
                ('legal_basis', models.JSONField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('post', models.CharField(blank=True, max_length=130)),
                ('begun_at', models.DateTimeField()),
                ('until', models.DateField(null=True)),
                ('lifted_at', models.DateTimeField(null=True)),
                ('lifted_why', zhengtong.vault.fields.Sealed(default='')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('asked_in', ''), ('lifted_at', None)), fields=('record',), name='one_restriction_of_an_office'), models.UniqueConstraint(condition=models.Q(('lifted_at', None), models.Q(('asked_in', ''), _negated=True)), fields=('record',), name='one_restriction_of_a_person')],
            },
        ),
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.CharField(blank=True, max_length=32)),
                ('register', models.CharField(blank=True, max_length=60)),
                ('key', models.CharField(blank=True, max_length=60)),
                ('fields', models.JSONField()),
                ('agreement', models.CharField(blank=True, max_length=60)),
                ('though_restricted', models.BooleanField(default=False)),
                ('power', models.CharField(blank=True, max_length=100)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='looks', to='people.person')),
                ('post', models.CharField(blank=True, max_length=130)),
                ('case', models.CharField(blank=True, max_length=40)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['about', '-at'], name='looks_at_a_person'), models.Index(condition=models.Q(('post', ''), _negated=True), fields=['by', '-at'], name='looks_of_an_officer')],
            },
        ),
        migrations.CreateModel(
            name='Flag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('look', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='flags', to='registry.look')),
                ('watch', models.CharField(max_length=60)),
                ('raised_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('explained', 'Explained'), ('cleared', 'Cleared'), ('referred', 'Referred')], default='open', max_length=10)),
                ('explanation', zhengtong.vault.fields.Sealed(default='')),
                ('explained_at', models.DateTimeField(null=True)),
                ('reasons', zhengtong.vault.fields.Sealed(default='')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('settled_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state__in', ['open', 'explained'])), fields=['raised_at'], name='flags_to_settle')],
                'constraints': [models.UniqueConstraint(fields=('look', 'watch'), name='one_flag_a_rule')],
            },
        ),
        migrations.CreateModel(
            name='Delay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.CharField(max_length=40)),
                ('until', models.DateField()),
                ('reason', zhengtong.vault.fields.Sealed(default='')),
                ('legal_basis', models.JSONField(default=list)),
                ('state', models.CharField(choices=[('open', 'Open'), ('confirmed', 'Confirmed'), ('rejected', 'Rejected')], default='open', max_length=10)),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('proposed_post', models.CharField(max_length=130)),
                ('proposed_at', models.DateTimeField()),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('answered_post', models.CharField(blank=True, max_length=130)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answer', zhengtong.vault.fields.Sealed(default='')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'rejected'), _negated=True), fields=('case',), name='one_delay_a_case'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True), ('state', 'open')), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), models.Q(('answered_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='four_eyes_on_a_delay')],
            },
        ),
    ]
