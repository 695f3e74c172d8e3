"""Entries lie in stretches, what waits lies apart, and each person's acts are listed by batches.

A stretch is a row where each entry was one; see docs/decisions/entries-lie-in-stretches.md.
"""

import json
from collections import defaultdict
from itertools import islice
from struct import pack

import django.db.models.deletion
from django.db import migrations, models

BATCH = 10_000
WIDTH = 256


def compress(apps, schema_editor):
    """What entries say repeats itself. PostgreSQL's older way of compressing costs more than it saves."""
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT 'lz4' = ANY(enumvals) FROM pg_settings WHERE name = 'default_toast_compression'")
        found = cursor.fetchone()
        way = "SET COMPRESSION lz4" if found and found[0] else "SET STORAGE EXTERNAL"
        cursor.execute(f"ALTER TABLE ledger_stretch ALTER COLUMN leaves {way}")


def move(apps, schema_editor):
    model = {name: apps.get_model("ledger", name) for name in ("Entry", "Stretch", "History", "Act", "Waiting")}
    columns = ("index", "act_id", "leaf", "person", "number")
    rows = model["Entry"].objects.order_by("index").values_list(*columns).iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        model["Stretch"].objects.bulk_create(_stretches(model["Stretch"], batch))
        model["History"].objects.bulk_create(_histories(model["History"], batch), ignore_conflicts=True)
    waiting = model["Act"].objects.filter(sequenced=False, entry=None).order_by("pk").iterator(chunk_size=BATCH)
    model["Waiting"].objects.bulk_create(_waiting(model["Waiting"], waiting), batch_size=1000)


def _stretches(stretch, batch):
    found, before = [], None
    for index, act, leaf, _person, _number in batch:
        content = len(leaf).to_bytes(2, "big") + bytes(leaf)
        if found and index % WIDTH and before == (index - 1, act - 1):
            found[-1].count += 1
            found[-1].leaves += content
        else:
            found.append(stretch(index=index, act=act, count=1, leaves=content))
        before = index, act
    return found


def _histories(history, batch):
    last, acts = {}, defaultdict(list)
    for _index, act, _leaf, person, number in batch:
        if person:
            last[person] = number
            acts[person].append(act)
    return [history(person=each, number=last[each], acts=pack(f">{len(ids)}q", *ids)) for each, ids in acts.items()]


def _waiting(waiting, acts):
    """What bears the seal of before is sealed anew; the rest stays out, as it did."""
    from zhengtong.ledger import keys
    from zhengtong.ledger.leaf import canonical, facts

    for act in acts:
        said = facts(act)
        told = {name: value for name, value in json.loads(said).items() if name not in ("v", "subject")}
        told |= {"subject": act.subject} | ({"person": act.person} if act.recorded_at else {})
        genuine = keys._keyed(b"act", canonical(told)) == bytes(act.seal)
        seal = keys.sealing()(said, act.person) if genuine else bytes(act.seal)
        yield waiting(act_id=act.pk, position=act.position, person=act.person, facts=said, seal=seal)


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0003_sealed"),
    ]

    operations = [
        migrations.CreateModel(
            name="History",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.CharField(max_length=32)),
                ("number", models.PositiveIntegerField()),
                ("acts", models.BinaryField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person", "number"), name="one_history_a_number")],
            },
        ),
        migrations.CreateModel(
            name="Stretch",
            fields=[
                ("index", models.BigIntegerField(primary_key=True, serialize=False)),
                ("act", models.BigIntegerField(unique=True)),
                ("count", models.PositiveSmallIntegerField()),
                ("leaves", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Waiting",
            fields=[
                (
                    "act",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="waiting",
                        serialize=False,
                        to="ledger.act",
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("person", models.CharField(blank=True, max_length=32)),
                ("facts", models.BinaryField()),
                ("seal", models.BinaryField(max_length=32)),
            ],
        ),
        migrations.RunPython(compress, migrations.RunPython.noop),
        migrations.RunPython(move),
        migrations.DeleteModel(name="Entry"),
        migrations.RemoveIndex(model_name="act", name="acts_to_sequence"),
        migrations.RemoveField(model_name="act", name="seal"),
        migrations.RemoveField(model_name="act", name="sequenced"),
    ]
