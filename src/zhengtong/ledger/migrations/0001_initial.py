import django.db.models.deletion
import zhengtong.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Act',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60)),
                ('version', models.PositiveSmallIntegerField()),
                ('subject', models.CharField(max_length=100)),
                ('position', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField(null=True)),
                ('person', models.CharField(blank=True, max_length=32)),
                ('actor', models.CharField(blank=True, max_length=64)),
                ('actor_post', models.CharField(blank=True, max_length=130)),
                ('power', models.CharField(blank=True, max_length=100)),
                ('legal_basis', models.JSONField(default=list)),
                ('reason', zhengtong.vault.fields.Sealed(default='')),
                ('particulars', zhengtong.vault.fields.Sealed(default=None, null=True)),
                ('salt', models.BinaryField(max_length=16)),
                ('commitment', models.BinaryField(max_length=32)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('subject', 'position'), name='one_act_a_position')],
            },
        ),
        migrations.CreateModel(
            name='Waiting',
            fields=[
                ('act', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='waiting', serialize=False, to='ledger.act')),
                ('position', models.PositiveIntegerField()),
                ('person', models.CharField(blank=True, max_length=32)),
                ('facts', models.BinaryField()),
                ('seal', models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name='Stretch',
            fields=[
                ('index', models.BigIntegerField(primary_key=True, serialize=False)),
                ('act', models.BigIntegerField(unique=True)),
                ('count', models.PositiveSmallIntegerField()),
                ('leaves', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='History',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.CharField(max_length=32)),
                ('number', models.PositiveIntegerField()),
                ('acts', models.BinaryField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'number'), name='one_history_a_number')],
            },
        ),
        migrations.CreateModel(
            name='Tile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField()),
                ('index', models.BigIntegerField()),
                ('hashes', models.BinaryField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('level', 'index'), name='one_tile_a_place')],
            },
        ),
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('size', models.BigIntegerField(primary_key=True, serialize=False)),
                ('root', models.BinaryField(max_length=32)),
                ('note', models.TextField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Cosignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('checkpoint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cosignatures', to='ledger.checkpoint')),
                ('witness', models.CharField(max_length=200)),
                ('line', models.TextField()),
                ('at', models.DateTimeField(db_index=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('checkpoint', 'witness'), name='one_cosignature_a_witness')],
            },
        ),
        migrations.CreateModel(
            name='Witnessed',
            fields=[
                ('origin', models.CharField(max_length=200, primary_key=True, serialize=False)),
                ('size', models.BigIntegerField()),
                ('note', models.TextField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(max_length=200)),
                ('held', models.TextField()),
                ('shown', models.TextField()),
                ('at', models.DateTimeField()),
            ],
        ),
    ]
