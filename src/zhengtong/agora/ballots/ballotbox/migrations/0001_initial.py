import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Waiting',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('election', models.CharField(max_length=14)),
                ('kind', models.CharField(max_length=6)),
                ('sealed', models.BinaryField()),
            ],
            options={
                'indexes': [models.Index(fields=['election', 'kind'], name='waiting_by_election')],
            },
        ),
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('election', models.CharField(max_length=14)),
                ('mark', models.BinaryField(max_length=32)),
                ('value', models.BinaryField(max_length=32)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('election', 'mark'), name='one_mark_of_each')],
            },
        ),
        migrations.CreateModel(
            name='Voter',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('election', models.CharField(max_length=14)),
                ('key', models.BinaryField(max_length=32)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('election', 'key'), name='one_voter_a_key')],
            },
        ),
        migrations.CreateModel(
            name='Boxed',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('election', models.CharField(max_length=14)),
                ('number', models.PositiveIntegerField()),
                ('written', models.TextField()),
                ('tracking_number', models.CharField(max_length=43)),
                ('event', models.CharField(max_length=64)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('election', 'number'), name='one_ballot_a_number'), models.UniqueConstraint(fields=('election', 'tracking_number'), name='one_ballot_a_tracking_number')],
            },
        ),
    ]
