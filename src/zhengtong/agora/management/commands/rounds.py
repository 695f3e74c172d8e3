"""`zhengtong rounds`: what every round of participation holds, and whether the ledger has recorded the same."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from zhengtong.agora.queries import all_rounds
from zhengtong.agora.reconciled import boxes, files, reconciled, sums, texts, voices
from zhengtong.charter.queries import in_force_at

CHECKS = (reconciled, voices, texts, sums, boxes, files)


class Command(BaseCommand):
    help = "Count every round of participation in the tables and in the ledger; fails where they do not agree."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--wrong", action="store_true", help="only what does not agree")

    def handle(self, *args: Any, **options: Any) -> None:
        rounds = all_rounds(in_force_at(timezone.now()).charter)
        lines = [each for check in CHECKS for each in check(rounds)]
        wrong = [each for each in lines if not each.agrees]
        for each in wrong if options["wrong"] else lines:
            self.stdout.write(f"{each.round}\t{each.kind}\t{each.held} {each.sign} {each.recorded}")
        if wrong:
            raise CommandError(f"{len(wrong)} counts do not agree with the ledger; see `zhengtong ledger verify`")
        self.stdout.write(f"{len(lines)} counts agree with the ledger.")
