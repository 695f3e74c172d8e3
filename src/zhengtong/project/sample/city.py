"""Founds the sample city: its charter in force since 1 January 2025, and its people."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils.timezone import localdate

from zhengtong.cases.acts import put_in_force
from zhengtong.charter.charter import digest_of
from zhengtong.charter.models import Enactment
from zhengtong.charter.queries import in_force_at
from zhengtong.charter.reading.folder import gather
from zhengtong.people.actor import PROGRAM
from zhengtong.project.sample.people import load_sample

FOUNDED = datetime(2025, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai"))


def found(folder: Path, *, now: datetime = FOUNDED) -> int:
    """Enact the charter if it was not, and load its people; `now` is when the city begins. Returns the people."""
    files, _findings = gather(folder)
    if not Enactment.objects.filter(digest=digest_of(files)).exists():
        begin = FOUNDED if not Enactment.objects.exists() else now
        put_in_force(files=files, on=localdate(begin), by=PROGRAM, now=begin)
    return load_sample(folder, charter=in_force_at(now).charter, now=now)
