"""`zhengtong scenarios DIR`: plays the stories of a charter, and tells which did not come true."""

import os
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from zhengtong.charter.charter import inspect
from zhengtong.charter.scenarios import check_stories, read_stories


class Command(BaseCommand):
    help = (
        "Found the charter in DIR in a database made for it, and play its scenarios/*.yaml by the acts of the program. "
        "Exit code 1 if a story does not come true. The node's own data are not touched."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, nargs="?", default=None, help="the charter (the one of the settings)")
        parser.add_argument("ids", nargs="*", help="only these stories, by their ids")
        parser.add_argument("--language", choices=["zh-Hans", "en"], default="en", help="of the stories' names")

    def handle(self, *, folder: Path | None, ids: list[str], language: str, **_: Any) -> None:
        folder = (folder or settings.ZHENGTONG_CHARTER).resolve()
        _require_sound(folder)
        unknown = set(ids) - {story.scenario.id for story in read_stories(folder)[0]}
        if unknown:
            raise CommandError(f"There is no story {', '.join(sorted(unknown))} in {folder}/scenarios.")
        with TemporaryDirectory() as scratch:
            command = [sys.executable, "-m", "zhengtong.project.stories", "--language", language, str(folder), *ids]
            if self._run(command, _elsewhere(Path(scratch), folder)):
                raise SystemExit(1)

    def _run(self, command: list[str], env: dict[str, str]) -> int:
        """Pass on what is said, line by line."""
        with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as running:  # noqa: S603
            for line in running.stdout or ():
                self.stdout.write(line, ending="")
        return running.returncode


def _require_sound(folder: Path) -> None:
    """Nothing is played before the charter and its stories can be understood."""
    charter, findings = inspect(folder, on=timezone.localdate())
    if charter is not None:
        findings += check_stories(folder, charter)
    if any(each.is_error for each in findings):
        raise CommandError(f"The charter or its stories have errors: `zhengtong check {folder}` tells them.")


def _elsewhere(var: Path, folder: Path) -> dict[str, str]:
    """The environment of an installation that has nothing yet: SQLite, no mail server, no scanner, real time."""
    silent = dict.fromkeys(("DATABASE_URL", "ZHENGTONG_SMTP_HOST", "ZHENGTONG_SCANNER", "ZHENGTONG_CLOCK"), "")
    return os.environ | silent | {"ZHENGTONG_VAR": str(var), "ZHENGTONG_CHARTER": str(folder), "ZHENGTONG_ENV": "demo"}
