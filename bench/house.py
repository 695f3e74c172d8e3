"""A house to measure in: Django as it is served, a database of its own that goes away, and the sample city."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

LIN_YUE = "990102198804120248"  # her number: names are sealed, and not searched
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@contextmanager
def house(urls: str = "zhengtong.project.urls") -> Iterator[str]:
    """Yields the database's kind, sqlite or postgresql (by DATABASE_URL). Its files lie where a database's would."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    with tempfile.TemporaryDirectory(prefix="zhengtong-bench-", dir=os.environ.get("BENCH_DIR", "/var/tmp")) as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "zhengtong.project.settings",
            "ZHENGTONG_VAR": folder,
            "ZHENGTONG_CLOCK": NOW.isoformat(),
        }
        import django
        from django.conf import settings

        settings.ROOT_URLCONF = urls
        settings.ALLOWED_HOSTS = ["testserver"]
        settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in while measured
        settings.DATABASES["default"]["TEST"] = {"NAME": _name(folder)}
        django.setup()
        yield from _with_database()


def _name(folder: str) -> str:
    return (
        f"zhengtong_bench_{os.getpid()}"
        if os.environ.get("DATABASE_URL", "").startswith("postgres")
        else f"{folder}/bench.sqlite3"
    )


def _with_database() -> Iterator[str]:
    from django.conf import settings
    from django.db import connection

    from zhengtong.project.sample.city import found

    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        found(Path(settings.ZHENGTONG_CHARTER), now=NOW)
        yield connection.vendor
    finally:
        connection.creation.destroy_test_db(str(settings.DATABASES["default"]["NAME"]), verbosity=0)
