"""Zones of the tz database, for any year: the calendar repeats every 400 years, and so do the rules of the zones."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

_CYCLE = 146_097 * 86_400  # seconds of 400 years
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST, _LAST = -62_135_596_800 + 2 * 86_400, 253_402_300_800 - 2 * 86_400  # what Python's datetime can hold


@lru_cache(1024)
def zone_named(name: str) -> ZoneInfo | None:
    """The zone, or None where the tz database has none of that name."""
    return ZoneInfo(name) if name in _names() else None


@lru_cache(1)
def _names() -> frozenset[str]:
    """All zones: asked anew, a name that is none would each time be looked for on the disk."""
    return frozenset(available_timezones())


@lru_cache(4096)
def offset_at(name: str, seconds: int, *, local: bool = True) -> int:
    """Seconds east of Greenwich in the zone, at `seconds` after 1970-01-01T00:00 local (or, not `local`, UTC)."""
    zone = zone_named(name)
    if zone is None:
        return 0
    while seconds > _LAST:
        seconds -= _CYCLE * max(1, (seconds - _LAST) // _CYCLE)
    while seconds < _FIRST:
        seconds += _CYCLE * max(1, (_FIRST - seconds) // _CYCLE)
    moment = _EPOCH + timedelta(seconds=seconds)
    moment = moment.replace(tzinfo=zone) if local else moment.astimezone(zone)
    offset = moment.utcoffset()
    return int(offset.total_seconds()) if offset else 0
