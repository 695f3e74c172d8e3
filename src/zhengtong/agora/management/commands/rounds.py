"""`zhengtong rounds`: what every round and every meeting holds, and whether the ledger has recorded the same."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhengtong.agora.reconciled import boxes, files, meetings, reconciled, sums, texts, voices
from zhengtong.agora.rounds import rounds

CHECKS = (reconciled, voices, texts, sums, boxes, files)


class Command(BaseCommand):
    help = "Count every round and every meeting in the tables and in the ledger; fails where they do not agree."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--wrong", action="store_true", help="only what does not agree")

    def handle(self, *args: Any, **options: Any) -> None:
        every = rounds()
        lines = [each for check in CHECKS for each in check(every)] + meetings()
        wrong = [each for each in lines if not each.agrees]
        for each in wrong if options["wrong"] else lines:
            self.stdout.write(f"{each.round}\t{each.kind}\t{each.held} {each.sign} {each.recorded}")
        if wrong:
            raise CommandError(f"{len(wrong)} counts do not agree with the ledger; see `zhengtong ledger verify`")
        self.stdout.write(f"{len(lines)} counts agree with the ledger.")
