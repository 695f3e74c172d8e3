"""What waits may look for sponsors; which does, only the charter of its round says, and the worker (acts.contributing).

Until the worker has looked, all that waits and that a voice brought forward is held to look for them: what need not is
shown a little later, and nothing is shown that has none. Authors are not among their own sponsors any more.
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def _look(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    contributions = apps.get_model("agora", "Contribution").objects
    stances = apps.get_model("agora", "Stance").objects
    waiting = contributions.filter(state="waiting", amends=None, voice__isnull=False)
    waiting.update(sponsored=False)
    for own in stances.filter(contribution__in=waiting, voice=F("contribution__voice")):
        contributions.filter(pk=own.contribution_id).update(signed=F("signed") - int(own.counted == 1))
        own.delete()


class Migration(migrations.Migration):
    dependencies = [("agora", "0012_everybody_contests_once")]

    operations = [
        migrations.AddField("contribution", "sponsored", models.BooleanField(default=True)),
        migrations.RunPython(_look, migrations.RunPython.noop),
    ]
