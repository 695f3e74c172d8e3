"""`zhengtong reference [DIR]`: writes the reference pages that are read from the code."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from zhengtong.project.reference import pages


class Command(BaseCommand):
    help = "Write the pages of all refusals and of all kinds of act to DIR."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, nargs="?", default=Path("docs/reference/generated"))

    def handle(self, *, folder: Path, **_: Any) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in pages().items():
            (folder / name).write_text(content, encoding="utf-8")
        self.stdout.write(f"{len(pages())} pages written to {folder}")
