"""`zhengtong check DIR`: everything that is wrong with a charter, as a good compiler tells it."""

import json
import os
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from zhengtong.charter.charter import inspect
from zhengtong.charter.finding import Finding
from zhengtong.charter.report import WORDS, as_data, summary, told
from zhengtong.charter.scenarios import check_stories


class Command(BaseCommand):
    help = "Check the charter in DIR. Exit code 1 if it has errors, which also keep it from being enacted."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, nargs="?", default=None, help="the charter (the one of the settings)")
        parser.add_argument("--on", type=date.fromisoformat, help="the day by which its law is in force (today)")
        parser.add_argument("--json", action="store_true", help="for programs")
        parser.add_argument("--language", choices=list(WORDS), default=_own_language())

    def handle(
        self, *, folder: Path | None, on: date | None, json: bool, language: str, no_color: bool = False, **_: Any
    ) -> None:
        folder = folder or settings.ZHENGTONG_CHARTER
        charter, findings = inspect(folder, on=on or timezone.localdate())
        if charter is not None and not any(each.is_error for each in findings):
            findings += check_stories(folder, charter)
        if json:
            self.stdout.write(_written(findings))
        else:
            self._tell(folder, findings, language, colours=self.stdout.isatty() and not no_color)
        if any(each.is_error for each in findings):
            raise SystemExit(1)

    def _tell(self, folder: Path, findings: list[Finding], language: str, *, colours: bool) -> None:
        for finding in findings:
            self.stdout.write(told(finding, _source(folder / finding.file), language=language, colours=colours))
        self.stdout.write(summary(findings, language))


def _written(findings: list[Finding]) -> str:
    return json.dumps(as_data(findings), ensure_ascii=False, indent=2)


def _source(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""


def _own_language() -> str:
    return "zh-Hans" if os.environ.get("LC_ALL", os.environ.get("LANG", "")).startswith("zh") else "en"
