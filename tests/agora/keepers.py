"""The keepers of a draw by lot for tests: each has a secret at home, commits, and tells it."""

from datetime import timedelta

from tests.rounds import Rounds
from zhengtong.agora.proceedings.keeping import begin_again, pledge, tell
from zhengtong.agora.proceedings.models import Panel, Pledge
from zhengtong.agora.proceedings.panels import enter, panels_due
from zhengtong.agora.rounds import Round
from zhengtong.engines.sortition import commitment, new_seed
from zhengtong.ledger.acts import sequence
from zhengtong.people.actor import Actor
from zhengtong.people.models import Person


class Keepers:
    """Those of the panel of a round, from 0, in the order of the charter."""

    def __init__(self, rounds: Rounds, round_: Round) -> None:
        self.rounds, self.round = rounds, round_
        self.officers = [rounds.cast.supervisor, rounds.cast.reconsideration]
        self.secrets = [new_seed().hex() for _ in self.officers]
        self.page = f"/take-part/{round_.case.number}/"

    @property
    def now(self):
        return self.rounds.now

    @property
    def commitments(self) -> list[str]:
        return [commitment(bytes.fromhex(each)) for each in self.secrets]

    def residents_enter(self, count: int) -> None:
        """As many as said, who keep no secret of the draw."""
        officers = [each.person.pk for each in self.officers]
        people = Person.objects.exclude(pk__in=officers).order_by("pk")
        for person in [each for each in people if each.id_number.startswith("9901")][:count]:
            enter(round_=self.round, phase="panel", by=Actor(person), now=self.now)

    def pledge(self, keeper: int, committed: str, *, by=None) -> Pledge:
        told = {"committed": committed, "by": by or self.officers[keeper], "now": self.now}
        return pledge(round_=self.round, phase="panel", **told)

    def commit(self, *keepers: int) -> None:
        for keeper in keepers:
            self.pledge(keeper, self.commitments[keeper])

    def tell(self, keeper: int, secret: str | None = None, *, by=None) -> Pledge:
        told = self.secrets[keeper] if secret is None else secret
        return tell(round_=self.round, phase="panel", secret=told, by=by or self.officers[keeper], now=self.now)

    def begin_again(self, reasons: str, *, by=None) -> Panel:
        by = by or self.rounds.host
        return begin_again(round_=self.round, phase="panel", reasons=reasons, by=by, now=self.now)

    def closed(self) -> "Keepers":
        """Entering is over, and the worker has been there."""
        self.round = self.rounds.later(self.round, 30)
        panels_due(now=self.now)
        return self

    def fixed(self) -> dict:
        """The ledger signs a head, and the worker has been there; what is published if it was drawn."""
        self.rounds.now += timedelta(minutes=1)
        sequence(now=self.now)
        panels_due(now=self.now)
        return Panel.objects.get(case=self.round.case).published

    def drawn(self) -> dict:
        """All of it."""
        self.commit(0, 1)
        self.closed().fixed()
        self.tell(0)
        return self.tell(1).panel.published


def charter_without_keepers(monkeypatch, round_: Round) -> None:
    """As a charter has it that names none."""
    monkeypatch.setitem(round_.declared.phase("panel").__dict__, "keepers", [])
