"""zhengtong ledger verify | sequence | prove | export | word | state | key | kinds"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from zhengtong.engines.merkle import NoteFault
from zhengtong.ledger import keys, words
from zhengtong.ledger.export import export
from zhengtong.ledger.kinds import KINDS
from zhengtong.ledger.models import Act
from zhengtong.ledger.published import state
from zhengtong.ledger.queries import proof, verifier
from zhengtong.ledger.sequencer import sequence
from zhengtong.ledger.verify import verify


class Command(BaseCommand):
    help = "台账：校验、编序、出证、导出。 The ledger: verify, sequence, prove, export."

    def add_arguments(self, parser: ArgumentParser) -> None:
        ways = parser.add_subparsers(dest="way", required=True)
        checking = ways.add_parser("verify", help="is everything there, in order, unaltered?")
        checking.add_argument("--since", type=Path, help="a checkpoint kept outside: check only what came after it")
        ways.add_parser("sequence", help="give the acts that wait their place, and sign the head")
        proving = ways.add_parser("prove", help="print the proof of an act, to be kept and checked by anyone")
        proving.add_argument("act", help="its number, or subject#position")
        writing = ways.add_parser("export", help="write the log as files that anyone can serve and check")
        writing.add_argument("folder", type=Path)
        speaking = ways.add_parser("word", help="tell another node that a file is ours; prints what to send it")
        speaking.add_argument("file", type=Path, help="JSON")
        speaking.add_argument("--to", required=True, help="the name of the other node's ledger")
        speaking.add_argument("--about", required=True, help="what it is about, as that node calls it")
        speaking.add_argument("--as", dest="role", required=True, help="what it is there")
        ways.add_parser("state", help="how fast acts get their places, and which witness looked when")
        ways.add_parser("key", help="print the keys by which others check this ledger, and cosignatures of this node")
        ways.add_parser("kinds", help="list the kinds of act")

    def handle(self, *_: Any, way: str, **options: Any) -> None:
        getattr(self, f"_{way}")(options)

    def _verify(self, options: dict[str, Any]) -> None:
        since = options["since"]
        try:
            report = verify(since.read_text(encoding="utf-8") if since else None)
        except (OSError, NoteFault) as why:
            raise CommandError(f"--since: {why}") from why
        for fault in report.faults:
            self.stdout.write(f"✗ {fault.told['zh-Hans']}\n  {fault.told['en']}")
        told = (
            f"{report.entries} entries, {report.checkpoints} checkpoints, {report.erased} erased, "
            f"{report.pending} acts not sequenced yet"
        )
        if not report.sound:
            raise CommandError(f"{len(report.faults)} faults in {told}")
        self.stdout.write(f"✓ 完整、有序、未经更改。 All there, in order, unaltered: {told}.")

    def _sequence(self, _: dict[str, Any]) -> None:
        total = 0
        while count := sequence(timezone.now()):
            total += count
        self.stdout.write(f"{total} acts sequenced")

    def _prove(self, options: dict[str, Any]) -> None:
        receipt = proof(_found(options["act"]))
        if receipt is None:
            raise CommandError("this act has no place in the log yet; `zhengtong ledger sequence` gives it one")
        self.stdout.write(str(receipt), ending="")

    def _export(self, options: dict[str, Any]) -> None:
        self.stdout.write(f"{export(options['folder'])} entries in {options['folder']}")

    def _word(self, options: dict[str, Any]) -> None:
        try:
            said = json.loads(options["file"].read_text(encoding="utf-8"))
        except (OSError, ValueError) as why:
            raise CommandError(f"{options['file']}: {why}") from why
        spoken = words.give(said, to=options["to"], about=options["about"], role=options["role"], now=timezone.now())
        self.stdout.write(json.dumps(spoken, ensure_ascii=False))

    def _state(self, _: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(state(timezone.now()).told(), indent=1))

    def _key(self, _: dict[str, Any]) -> None:
        self.stdout.write(f"{verifier()}\n{keys.cosigner().verifier}")

    def _kinds(self, _: dict[str, Any]) -> None:
        for name, kind in sorted(KINDS.items()):
            self.stdout.write(f"{name}\t{kind.version}\t{kind.title['zh-Hans']}\t{kind.title['en']}")


def _found(named: str) -> Act:
    subject, _, position = named.rpartition("#")
    wanted = {"subject": subject, "position": position} if subject else {"pk": named}
    try:
        return Act.objects.get(**wanted)
    except (Act.DoesNotExist, ValueError) as why:
        raise CommandError(f"there is no act {named!r}; give its number, or subject#position") from why
