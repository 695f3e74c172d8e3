"""`zhengtong charter schemas [DIR]`: writes the reference pages of the charter's format."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from zhengtong.charter.reference import pages


class Command(BaseCommand):
    help = "Write the JSON Schemas of a charter's files, and the list of faults, to DIR."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["schemas"])
        parser.add_argument("folder", type=Path, nargs="?", default=Path("docs/reference/charter"))

    def handle(self, *, folder: Path, **_: Any) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in pages().items():
            (folder / name).write_text(content)
        self.stdout.write(f"{len(pages())} pages written to {folder}")
