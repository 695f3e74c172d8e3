"""`zhengtong record SERVICE --out permits.xes.gz`: what the node did for a service, as an event log for other tools."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from zhengtong.common.refusal import Refusal
from zhengtong.engines.mining import write_log
from zhengtong.observatory.processes import record_of


class Command(BaseCommand):
    help = "Write the record of a service as an event log: XES, CSV or OCEL 2.0. Posts are named, persons are not."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("service", help="its id in the charter")
        parser.add_argument("--period", default="", help="a year or a month: 2026, 2026-03; the present year")
        parser.add_argument("--office", default="", help="only cases in which this organisation acted")
        parser.add_argument("--language", choices=["zh-Hans", "en"], default="zh-Hans")
        parser.add_argument("--out", type=Path, required=True, help=".xes, .xes.gz, .csv, .json, .xml or .sqlite")

    def handle(self, *, service: str, period: str, office: str, language: str, out: Path, **options: Any) -> None:
        asked = {"procedure": service, "code": period, "office": office}
        try:
            with record_of(**asked, language=language, now=timezone.now()) as log:
                count = write_log(log, out)
        except KeyError as fault:
            raise CommandError(f"There is no service {service}.") from fault
        except Refusal as refusal:
            raise CommandError(refusal.told().in_(language)) from refusal
        self.stdout.write(f"{out}: {count} events")
