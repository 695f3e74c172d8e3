"""`zhengtong enact DIR [--on DATE]`: checks a charter and puts it in force, or lays it before the two who do."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from zhengtong.cases.acts import enact, lay_charter, recompute_clocks
from zhengtong.cases.acts.enactment import needs_two
from zhengtong.charter.errors import CharterFaults, NodeIsThisOne
from zhengtong.charter.reading.folder import gather
from zhengtong.people.actor import PROGRAM


class Command(BaseCommand):
    help = "Check the charter in DIR and put it in force: new cases follow it from its day, running ones do not."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--on", type=date.fromisoformat, help="the first day of force (today)")
        parser.add_argument("--note", default="", help="why, for the record")

    def handle(self, *, folder: Path, on: date | None, note: str, **options: Any) -> None:
        now = timezone.now()
        try:
            files, unreadable = gather(folder)
            if unreadable:
                raise CharterFaults(unreadable)
            if needs_two(now=now):
                laid = lay_charter(files=files, on=on or timezone.localdate(now), by=PROGRAM, now=now, note=note)
                self.stdout.write(
                    f"Charter {laid.digest[:12]} is laid before the officers who may enact: one proposes it, another "
                    "confirms it, on their desks under “Two officers”. It is in force when that is done."
                )
                return
            enactment = enact(files=files, on=on or timezone.localdate(now), by=PROGRAM, now=now, note=note)
        except CharterFaults as faults:
            raise CommandError(f"{faults}\nNothing was enacted. `zhengtong check {folder}` tells more.") from faults
        except NodeIsThisOne as told:
            raise CommandError(f"{told}\n{told.advice()['en']}") from told
        moved = recompute_clocks(by=PROGRAM, now=now)
        self.stdout.write(
            f"Charter no. {enactment.number} ({enactment.digest[:12]}) is in force from {enactment.in_force_from}; "
            f"the clocks of {moved} open cases were worked out anew."
        )
