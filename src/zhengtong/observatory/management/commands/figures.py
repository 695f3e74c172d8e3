"""`zhengtong figures`: bring the figures up to date; `zhengtong figures rebuild`: count everything anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from zhengtong.observatory.rollup import bring_up_to_date, rebuild


class Command(BaseCommand):
    help = "Bring the figures of the offices up to date, or count them anew from the cases."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", nargs="?", choices=["update", "rebuild"], default="update")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        if options["what"] == "rebuild":
            for month in rebuild(now=now):
                self.stdout.write(f"{month:%Y-%m} counted")
            return
        while days := bring_up_to_date(now=now):
            self.stdout.write(f"{days} days counted")
