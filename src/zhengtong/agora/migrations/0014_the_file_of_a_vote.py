from django.db import migrations, models
from django.db.models import deletion


class Migration(migrations.Migration):
    dependencies = [("agora", "0013_looks_for_sponsors")]

    operations = [
        migrations.CreateModel(
            name="VoteFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.BinaryField()),
                (
                    "drawing",
                    models.OneToOneField(on_delete=deletion.PROTECT, related_name="file", to="agora.drawn"),
                ),
            ],
        ),
    ]
