"""`zhengtong rules tck DIR`: how much of the DMN Technology Compatibility Kit the rules engine passes."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhengtong.engines.rules import tck


class Command(BaseCommand):
    help = "Run a folder in the format of the DMN TCK; the last line is `sum PASSED/ALL value-expecting PASSED/ALL`."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["tck"])
        parser.add_argument("folder", type=Path)

    def handle(self, *, what: str, folder: Path, **options: Any) -> None:
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder")
        tck.main(folder)
