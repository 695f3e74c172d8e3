"""A plausible year of history, many acts in one transaction; see `life` for what happens to one application."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from zhengtong.cases.models import Case, Letter
from zhengtong.charter.charter import Charter
from zhengtong.charter.queries import one_law
from zhengtong.people.models import Person
from zhengtong.project.sample.citizens import Citizen, settle
from zhengtong.project.sample.life import Life, Officers

KEY = "sample:"  # the beginning of the request keys of the sample
CASES_A_CITIZEN = 4
BATCH = 50
LENGTH = timedelta(days=365)


def write_history(*, cases: int, seed: int, charter: Charter, until: datetime, service: str = "") -> Iterator[int]:
    """File and live through the sample's applications in the year before `until`; yields how many there are so far.

    What was committed before is kept: each application is known by its index. KeyError for an unknown `service`.
    """
    settle(map(Citizen, range(cases // CASES_A_CITIZEN + 1)), charter=charter, now=until - LENGTH)
    officers = Officers.on(localdate(until))
    there = _indices()
    yield len(there)
    missing = [index for index in range(cases) if index not in there]
    for at in range(0, len(missing), BATCH):
        batch = missing[at : at + BATCH]
        with transaction.atomic(), one_law():
            for index in batch:
                Life(index=index, seed=seed, charter=charter, officers=officers, until=until, service=service).live()
            _keep_letters_home()
        yield len(there) + at + len(batch)


def _indices() -> set[int]:
    keys = Case.objects.filter(request_key__startswith=KEY).values_list("request_key", flat=True)
    return {int(key.removeprefix(KEY)) for key in keys}


def _keep_letters_home() -> None:
    """Nobody is written to: the letters are there to be read, and no mail goes out."""
    invented = Person.objects.filter(cases__request_key__startswith=KEY)
    waiting = Letter.objects.filter(sent_at__isnull=True, next_try_at__isnull=False)
    waiting.filter(recipient__in=invented).update(next_try_at=None)
