"""Which databases: `DATABASE_URL`, else SQLite in the variable folder; and the ballots' own beside it.

Nothing else in the program knows.
"""

from copy import deepcopy
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def databases(url: str, ballots: str, *, var: Path) -> dict[str, dict[str, Any]]:
    """Django's `DATABASES`. Of ballots nothing said, they lie in `name_ballots` beside the other database."""
    first = database(url or None, var=var)
    second = database(ballots, var=var) if ballots else _beside(first)
    if first["NAME"] == second["NAME"] and first.get("HOST") == second.get("HOST"):
        raise ValueError("BALLOTS_DATABASE_URL: ballots need a database of their own, apart from DATABASE_URL")
    return {"default": first, "ballots": second}


def _beside(first: dict[str, Any]) -> dict[str, Any]:
    name = first["NAME"]
    return deepcopy(first) | {
        "NAME": name.with_name("ballots.sqlite3") if isinstance(name, Path) else f"{name}_ballots"
    }


def database(url: str | None, *, var: Path) -> dict[str, Any]:
    """Django's settings for `url`: `postgres://user:password@host:port/name?sslmode=…` or `sqlite:///path`."""
    if not url:
        return _sqlite(var / "zhengtong.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": parts.port or "",
            "OPTIONS": dict(parse_qsl(parts.query)),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ValueError(f"DATABASE_URL: {parts.scheme!r} is not supported; use postgres:// or sqlite:///")


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "zhengtong.common.sqlite",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "TEST": {"NAME": ":memory:"},  # said, since test runners know only Django's own engine to do so
    }
