"""`zhengtong draw FILE.json`: draw by lot again, from the file on the page of a round. `zhengtong draw secret`: a
secret for a keeper, with the commitment to it.
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhengtong.agora.proceedings.errors import NotToBeDrawn
from zhengtong.agora.proceedings.redrawn import redrawn, seated
from zhengtong.engines.sortition import commitment, new_seed

SECRET = "secret"  # noqa: S105 - the word, not one


class Command(BaseCommand):
    help = (
        "Draw by lot again from what was published; fails where others are drawn, another secret was told, or somebody "
        "was replaced by another than the next. Prints who sits in the end. "
        "`draw secret` makes a keeper's secret and its commitment."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the file, or the word `secret`")

    def handle(self, *args: Any, **options: Any) -> None:
        if str(options["file"]) == SECRET:
            self._secret()
        else:
            self._again(options["file"])

    def _secret(self) -> None:
        """To the terminal alone: nothing is sent, and nothing is kept."""
        kept = new_seed()
        self.stdout.write(f"秘密 secret (keep it):     {kept.hex()}")
        self.stdout.write(f"承诺 commitment (send it): {commitment(kept)}")

    def _again(self, file: Path) -> None:
        try:
            told = json.loads(file.read_bytes())
            panel, sits = redrawn(told), seated(told)
        except (OSError, ValueError, NotToBeDrawn) as fault:
            raise CommandError(str(fault)) from fault
        if panel != told.get("panel"):
            raise CommandError("others are drawn than those who were published")
        for code in sits:
            self.stdout.write(code)
        keepers = ", ".join(each["post"] for each in told.get("keepers", [])) or "–"
        self.stderr.write(f"种子的保管人（节点之外） keepers of the seed, beside the node: {keepers}")
