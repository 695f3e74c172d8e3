from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Figures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('span', models.CharField(choices=[('day', 'Day'), ('month', 'Month'), ('year', 'Year')], max_length=5)),
                ('first_on', models.DateField()),
                ('office', models.CharField(max_length=60)),
                ('procedure', models.CharField(max_length=60)),
                ('filed', models.PositiveIntegerField(default=0)),
                ('closed', models.PositiveIntegerField(default=0)),
                ('on_time', models.PositiveIntegerField(default=0)),
                ('late', models.PositiveIntegerField(default=0)),
                ('corrections', models.PositiveIntegerField(default=0)),
                ('handovers', models.PositiveIntegerField(default=0)),
                ('appeals', models.PositiveIntegerField(default=0)),
                ('overturned', models.PositiveIntegerField(default=0)),
                ('taken', models.JSONField(default=dict)),
                ('ratings', models.JSONField(default=dict)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('span', 'first_on', 'office', 'procedure'), name='one_row_of_figures')],
            },
        ),
        migrations.CreateModel(
            name='Watermark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.BigIntegerField(default=-1)),
                ('read_at', models.DateTimeField(null=True)),
            ],
        ),
    ]
