import django.db.models.deletion
import zhengtong.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                ('key', models.CharField(max_length=100)),
                ('digest', models.CharField(max_length=64)),
                ('status', models.PositiveSmallIntegerField(default=0)),
                ('body', zhengtong.vault.fields.Sealed(default='')),
                ('answered_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['answered_at'], name='faces_api_a_answere_2eabaf_idx')],
                'constraints': [models.UniqueConstraint(fields=('person', 'key'), name='one_answer_a_key')],
            },
        ),
    ]
