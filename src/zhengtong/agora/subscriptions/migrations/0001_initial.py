import uuid
import zhengtong.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('handle', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('address', zhengtong.vault.fields.Sealed(default='', owns=True)),
                ('known_by', models.CharField(max_length=64)),
                ('kind', models.CharField(choices=[('place', 'Place'), ('topic', 'Topic'), ('office', 'Office')], max_length=6)),
                ('of', models.CharField(max_length=60)),
                ('language', models.CharField(max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('question_sent_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('told_until', models.DateTimeField(blank=True, null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('known_by', 'kind', 'of'), name='one_subscription_of_a_thing')],
            },
        ),
    ]
