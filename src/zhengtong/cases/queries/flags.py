"""The looks that the charter's rules show to the supervisor, in words; and an officer's own."""

from dataclasses import dataclass
from datetime import datetime

from zhengtong.cases.queries.looks import LookTold, flagged_told
from zhengtong.charter.charter import Charter
from zhengtong.charter.queries import in_force_at, one_law
from zhengtong.common.text import Text, text
from zhengtong.people.models import Person
from zhengtong.registry import queries
from zhengtong.registry.models import Flag

STATES = {
    Flag.State.OPEN: text("待说明", "waits for whoever looked"),
    Flag.State.EXPLAINED: text("已说明，待认定", "explained, waits for you"),
    Flag.State.CLEARED: text("认定正当", "found right"),
    Flag.State.REFERRED: text("移送调查", "referred for investigation"),
}


@dataclass(frozen=True)
class FlagTold:
    """A flagged look: by which rule, by whom, how far it has come."""

    flag: Flag
    look: LookTold
    rule: Text
    basis: list[str]
    officer: str
    state: Text


@one_law()
def flags_told(*, now: datetime, settled: bool = False) -> list[FlagTold]:
    """For the supervisor: the oldest first, or those that were settled, the latest first."""
    return _told(in_force_at(now).charter, queries.flags(settled=settled))


@one_law()
def own_flags_told(officer: Person, *, now: datetime) -> list[FlagTold]:
    """For whoever looked."""
    return _told(in_force_at(now).charter, queries.flags_of(officer))


def _told(charter: Charter, flags: list[Flag]) -> list[FlagTold]:
    looks = flagged_told(charter, [each.look for each in flags])
    watches = {each.id: each for each in charter.privacy.watches} if charter.privacy else {}
    return [
        FlagTold(
            flag=each,
            look=looks[each.look_id],
            rule=watches[each.watch].name if each.watch in watches else text(each.watch, each.watch),
            basis=list(watches[each.watch].legal_basis) if each.watch in watches else [],
            officer=str(each.look.by) if each.look.by else "",
            state=STATES[Flag.State(each.state)],
        )
        for each in flags
    ]
