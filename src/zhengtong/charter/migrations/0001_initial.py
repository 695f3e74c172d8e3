import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Enactment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True)),
                ('charter_id', models.CharField(max_length=60)),
                ('digest', models.CharField(max_length=64)),
                ('in_force_from', models.DateField()),
                ('enacted_at', models.DateTimeField()),
                ('by', models.CharField(blank=True, max_length=64)),
                ('signature', models.TextField(blank=True)),
                ('note', models.TextField(blank=True)),
            ],
            options={
                'indexes': [models.Index(fields=['-in_force_from', '-number'], name='enactments_by_force')],
            },
        ),
        migrations.CreateModel(
            name='Blob',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('content', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='LaidCharter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('files', models.JSONField()),
                ('on', models.DateField()),
                ('note', models.TextField(blank=True)),
                ('laid_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='EnactedFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('enactment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='charter.enactment')),
                ('path', models.CharField(max_length=300)),
                ('blob', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charter.blob')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('enactment', 'path'), name='one_file_a_path')],
            },
        ),
    ]
