"""`zhengtong draw FILE.json`: draw a citizens' panel again, from the file on the page of its round."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhengtong.agora.proceedings.errors import NotToBeDrawn
from zhengtong.agora.proceedings.panels import redrawn


class Command(BaseCommand):
    help = "Draw a panel again from what was published; fails where another one comes out, or another secret was told."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            told = json.loads(options["file"].read_bytes())
            panel = redrawn(told)
        except (OSError, ValueError, NotToBeDrawn) as fault:
            raise CommandError(str(fault)) from fault
        if panel != told.get("panel"):
            raise CommandError("another panel comes out than the one that was published")
        for code in panel:
            self.stdout.write(code)
