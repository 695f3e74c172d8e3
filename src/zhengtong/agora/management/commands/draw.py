"""`zhengtong draw FILE.json`: draw by lot again, from the file on the page of a round. `zhengtong draw secret`: a
secret for a keeper, with the commitment to it.
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhengtong.agora.management.files import read, write_new
from zhengtong.agora.management.proofs import TRUST, Recorded, add_trust, disagree, proven, whose
from zhengtong.agora.management.spoken import believed, require_spoken
from zhengtong.agora.proceedings import kinds
from zhengtong.agora.proceedings.errors import NotToBeDrawn
from zhengtong.agora.proceedings.redrawn import redrawn, seated
from zhengtong.agora.proceedings.samples import digest_of
from zhengtong.engines.ballots import compact
from zhengtong.engines.sortition import commitment, new_seed

SECRET = "secret"  # noqa: S105 - the word, not one


class Command(BaseCommand):
    help = (
        "Draw by lot again from what was published; fails where others are drawn, another secret was told, or somebody "
        "was replaced by another than the next, or the ledger of a keeper at another node does not say what it is told "
        "to have said. Prints who sits in the end. "
        "`draw secret` makes a keeper's secret and its commitment."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the file, or the word `secret`")
        parser.add_argument("--out", type=Path, help="of `secret`: the files' name, without ending, for a node's word")
        parser.add_argument("--record", type=Path, help="the round's record.json: does the ledger say the same?")
        told = "a node that is a keeper and its ledger's key, from elsewhere; else the one in the file; several may be"
        parser.add_argument("--node", action="append", default=[], metavar="ID=KEY", help=told)
        add_trust(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if str(options["file"]) == SECRET:
            self._secret(options["out"])
        else:
            self._again(options["file"])
            told = read(options["file"])
            of = self._spoken(told, dict(each.partition("=")[::2] for each in options["node"]))
            if options["record"]:
                acts = proven(options["record"], self.stderr, **{each: options[each] for each in TRUST})
                _of_this(of, options["record"], _compare(told, acts))

    def _secret(self, out: Path | None) -> None:
        """To the terminal alone, or to two files: nothing is sent, and nothing else is kept."""
        kept = new_seed()
        if out:
            write_new(out.with_suffix(".secret"), compact(kept.hex()), secret=True)
            write_new(out.with_suffix(".commitment"), compact(commitment(kept)))
            self.stdout.write(f"{out}.secret: keep it · {out}.commitment: send it")
            return
        self.stdout.write(f"秘密 secret (keep it):     {kept.hex()}")
        self.stdout.write(f"封存码 commitment (send it): {commitment(kept)}")

    def _spoken(self, told: dict[str, Any], given: dict[str, str]) -> set[tuple[Any, str]]:
        """What keepers at other nodes are told to have said is theirs; to whom and of which draw they said it."""
        keys = believed(told, given)
        of = require_spoken(told, keys)
        for node, key in keys.items():
            whence = "" if node in given else " （钥匙取自文件，请向该节点核对 the key is the file's: ask that node)"
            self.stderr.write(f"已由节点台账证明 proven by the ledger of {node}: {key}{whence}")
        return of

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


def _of_this(of: set[tuple[Any, str]], record: Path, phase: str | None) -> None:
    """What other nodes said they said to the node with this record, of this draw; CommandError."""
    origin, number = whose(record)
    if of - {(origin, f"{number}/{phase}")}:
        raise disagree("to whom and of what other nodes spoke")


def _compare(told: dict[str, Any], acts: list[Recorded]) -> str | None:
    """Each step of the draw stands in the ledger as it was published, in its order; its phase. CommandError."""
    drawn = next((each for each in acts if _is_of(each, told["panel"])), None)
    if drawn is None:
        raise disagree("who was drawn")
    steps = {
        "commitment": _found(acts, kinds.COMMITTED, {"commitment": _first_commitment(told)}),
        "list": _found(acts, kinds.ENTERING_CLOSED, {"entrants": sorted(told["entrants"])})
        or _found(acts, kinds.LISTED, {"list": digest_of(told["entrants"])}),
        "head": _found(acts, kinds.HEAD_FIXED, {"checkpoint": told["checkpoint"], "root": told["public"]}),
        "panel": drawn,
    }
    phases = set[str | None]()
    for name, step in steps.items():
        if step is None:
            raise disagree(name)
        phases.add(step.says.get("phase"))
    if len(phases - {None}) > 1:  # what is said of a survey’s sample names none: a survey has one
        raise disagree("the phase of the steps")
    at = [each.index for each in steps.values() if each]
    if at != sorted(at):
        raise disagree("the order of the steps")
    return next(iter(phases - {None}), None)


def _is_of(act: Recorded, panel: list[str]) -> bool:
    if act.kind == kinds.DRAWN:
        return bool(act.says["panel"] == panel)
    return act.kind == kinds.ASKED and bool(act.says["drawn"] == digest_of(panel))


def _first_commitment(told: dict[str, Any]) -> str:
    """The node's, of the first attempt: later ones stand in an act of the host."""
    return str((told.get("ended") or [told])[0]["commitment"])


def _found(acts: list[Recorded], kind: str, says: dict[str, Any]) -> Recorded | None:
    return next((each for each in acts if each.kind == kind and says.items() <= each.says.items()), None)
