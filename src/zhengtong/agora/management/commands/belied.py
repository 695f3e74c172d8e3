"""`zhengtong belied FILE.json`: does a node's own ledger show that it said what does not hold?"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhengtong.agora.abroad.lies import WHY, shows
from zhengtong.agora.management.files import read, told


class Command(BaseCommand):
    help = (
        "Check again what a round's page shows against another node: whether it said so by its own ledger, and whether "
        "it does not hold. It rests on nothing that the node with the page says. Fails where it does not show it."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--key", help="the verifier key of that node's ledger, from there; else the one in the file"
        )
        answering = "a word of that node by which it had committed to something else in between; several may be"
        parser.add_argument("--answer", type=Path, action="append", default=[], help=answering)

    def handle(self, *, file: Path, key: str | None, answer: list[Path], **options: Any) -> None:
        with told():
            evidence, answers = json.loads(file.read_text(encoding="utf-8")), [read(each) for each in answer]
            believed, node = key or str(evidence["key"]), str(evidence["node"])
        if not shows(evidence, key=believed, answers=answers):
            raise CommandError(f"不能证明 it does not show that {node} said what does not hold")
        what = WHY[evidence["why"]]
        self.stdout.write(f"{node}: {what['zh-Hans']} · {what['en']}")
        if key is None:
            self.stderr.write(f"钥匙取自文件，请向该节点核对 the key is the file's, ask that node: {believed}")
