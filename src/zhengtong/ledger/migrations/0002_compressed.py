"""What entries say repeats itself. PostgreSQL's older way of compressing costs more than it saves."""

from typing import Any

from django.db import migrations


def compress(_apps: Any, editor: Any) -> None:
    if editor.connection.vendor != "postgresql":
        return
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT 'lz4' = ANY(enumvals) FROM pg_settings WHERE name = 'default_toast_compression'")
        found = cursor.fetchone()
        way = "SET COMPRESSION lz4" if found and found[0] else "SET STORAGE EXTERNAL"
        cursor.execute(f"ALTER TABLE ledger_stretch ALTER COLUMN leaves {way}")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [migrations.RunPython(compress, migrations.RunPython.noop)]
