"""The only place of the faces that reads the clock. Everything below is told the time.

`ZHENGTONG_CLOCK` (an ISO moment with its offset) holds the clock still, for tests and demonstrations.
"""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The present moment, aware."""
    held: str = getattr(settings, "ZHENGTONG_CLOCK", "")
    return datetime.fromisoformat(held) if held else timezone.now()


def today() -> date:
    """The present day where the government is (the time zone of the settings)."""
    return timezone.localdate(now())


def actual() -> datetime:
    """The real moment, held or not: sessions, codes and links live by it."""
    return timezone.now()
