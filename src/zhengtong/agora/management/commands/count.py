"""`zhengtong count FILE.pb`: count a vote on projects, ours or any city's, by equal shares and greedily; one that puts
them in an order by the rule that it names.
"""

from argparse import ArgumentParser
from collections.abc import Sequence
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import get_language

from zhengtong.agora import kinds
from zhengtong.agora.acts.counting import STEPS
from zhengtong.agora.management.proofs import TRUST, add_trust, disagree, proven
from zhengtong.engines.budgets import (
    Election,
    ElectionFault,
    Outcome,
    equal_shares,
    greedy,
    put_in_order,
    ranks_projects,
    read,
)


class Command(BaseCommand):
    help = "Count a file of Pabulib again: what equal shares and the greedy rule choose, or the order that it asks for."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--record", type=Path, help="the round's record.json: does the ledger know this file?")
        add_trust(parser)
        parser.add_argument("--completion", choices=["none", "greedy", "add1", "add1u"], default="add1u")
        parser.add_argument("--measure", choices=["cost", "count"], default="cost")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            election = read(options["file"].read_bytes())
            ordered = put_in_order(election).elected if ranks_projects(election) else None
        except ElectionFault as fault:
            raise CommandError(f"{options['file']}:{fault.line}: {fault.told()[_language()]}") from fault
        except OSError as fault:
            raise CommandError(str(fault)) from fault
        if options["record"]:
            acts = proven(options["record"], self.stderr, **{each: options[each] for each in TRUST})
            if not any(each.kind == kinds.COUNTED and each.says["sha256"] == _hash(options["file"]) for each in acts):
                raise disagree("the SHA-256 of the votes")
        if ordered is not None:
            self._order(election, ordered)
            return
        ties, measure = list(election.projects), options["measure"]
        step = election.budget / max(len(election.votes), 1) / STEPS or Fraction(1)
        shares = equal_shares(election, measure=measure, completion=options["completion"], step=step, ties=ties)
        self._tell("equal shares", shares)
        self._tell("greedy", greedy(election, measure=measure, ties=ties))

    def _order(self, election: Election, chosen: Sequence[str]) -> None:
        self.stdout.write(f"{election.meta['rule']}: {len(chosen)} projects, the first before the next")
        for each in chosen:
            self.stdout.write(f"  {each}\t{' '.join(election.projects[each].name.split())}")

    def _tell(self, rule: str, outcome: Outcome) -> None:
        budget = float(outcome.election.budget)
        self.stdout.write(f"{rule}: {len(outcome.winners)} projects, {float(outcome.spent):,.2f} of {budget:,.2f}")
        for each in outcome.winners:
            project = outcome.election.projects[each]
            self.stdout.write(f"  {each}\t{float(project.cost):,.2f}\t{' '.join(project.name.split())}")


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh-Hans"


def _hash(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()
