from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0018_recusals_reminded'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='kept_from',
            field=models.JSONField(default=list),
        ),
    ]
