from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Key',
            fields=[
                ('id', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('wrapped', models.BinaryField()),
                ('destroyed_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=110)),
                ('basis', models.JSONField(default=list)),
                ('at', models.DateTimeField()),
                ('listed', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('listed', False)), fields=['id'], name='erasures_to_list')],
            },
        ),
    ]
