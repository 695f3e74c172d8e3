"""A keeper at another node sends what that node says, by its ledger, is its own; who carries it does not matter.

It may keep a key of a ballot, or a secret of a draw by lot.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from zhengtong.agora.abroad.belying import forked_from, record_fork, record_lie
from zhengtong.agora.abroad.heard import keep_word, place_speaking
from zhengtong.agora.abroad.lies import COMMITMENT, SECRET
from zhengtong.agora.ballots.ceremony import give_certificate, give_part, give_polynomial
from zhengtong.agora.ballots.circle import WAIT, owed_by
from zhengtong.agora.ballots.errors import NotAKeeper
from zhengtong.agora.ballots.preparing import close_roll, give_key
from zhengtong.agora.ballots.queries import Vote
from zhengtong.agora.ballots.roll import PLACE, ROLL
from zhengtong.agora.ballots.roll import step_of as step_of_roll
from zhengtong.agora.ballots.tallying import give_share
from zhengtong.agora.errors import NodeForked, NoSuchRound
from zhengtong.agora.proceedings.errors import DrawNotAtThisStage, NotTheSecret
from zhengtong.agora.proceedings.keeping import pledge, step_of, tell
from zhengtong.agora.proceedings.lots import pledges_of
from zhengtong.agora.proceedings.models import Panel
from zhengtong.agora.rounds import Round, of_case
from zhengtong.agora.seats import place_of_node
from zhengtong.cases.locks import locked
from zhengtong.charter.model import NODES, Phase
from zhengtong.charter.nodes import require_other
from zhengtong.engines.ballots import TrusteeFault
from zhengtong.ledger.errors import SpokenOtherwise
from zhengtong.ledger.succession import own_keys
from zhengtong.ledger.words import Speaker, Word, hear, said_by

OWN = {"key", "certificate", "share", SECRET}  # the other steps may fail by what somebody else has sent since


@dataclass(frozen=True)
class Matter:
    """What bodies keep apart in a phase: the key of a ballot, or the seed of a draw. `about`: as words call it."""

    round: Round
    phase: Phase
    keepers: Sequence[str]
    about: str
    step: Callable[[int], str]  # what the keeper in a place has to send now
    roll: str = ""  # who keeps the roll of a ballot

    def place(self, named: str) -> int | None:
        """Of a keeper that is another node; None if it is none."""
        return PLACE if named == self.roll else place_of_node(self.keepers, named)

    @property
    def acts(self) -> Mapping[str, tuple[Callable[..., Any], str]]:
        """What is done for each thing that a keeper says."""
        return _OF_A_BALLOT if self.phase.ballot else _OF_A_DRAW


def matter_of(round_: Round, phase_id: str) -> Matter:
    """What is kept in a phase; NoSuchRound where there is no such thing."""
    phase = round_.declared.phase(phase_id)
    if phase is None or not (phase.ballot or phase.keepers):
        raise NoSuchRound
    about = f"{round_.case.number}/{phase.id}"
    if phase.ballot:
        vote = Vote(round_, phase)
        trustees, roll = phase.ballot.trustees, phase.ballot.roll
        return Matter(round_, phase, trustees, about, lambda at: owed_by(vote, at) if at else step_of_roll(vote), roll)
    panel = Panel.objects.filter(case=round_.case, phase=phase.id).first()
    if panel is None:
        return Matter(round_, phase, phase.keepers, f"{about}/1", lambda _place: WAIT)
    given = pledges_of(panel)
    about = f"{about}/{panel.attempt}"  # what was said for an attempt is nothing in the next
    return Matter(round_, phase, phase.keepers, about, lambda place: step_of(panel, given.get(place)))


def take_word(*, round_: Round, phase: str, node: str, told: Any, now: datetime) -> None:
    """Do what the other node says, in its place among the keepers.

    NodeIsThisOne, NotItsWord, SpokenOtherwise, SaidBefore, BallotIsClosed, DrawNotAtThisStage; NodeForked, TrusteeFault
    or NotTheSecret where the node did say it and it does not hold: that is recorded where its own words show it.
    """
    matter, named = matter_of(round_, phase), f"{NODES}{node}"
    place = matter.place(named)
    if place is None:
        raise NotAKeeper
    key = round_.charter.nodes[node].ledger
    require_other({node: round_.charter.nodes[node]}, own=own_keys())  # which a charter from before may name
    if earlier := forked_from(round_, told, key=key):
        by = Speaker(named, said_by(told, key=key).index)
        record_fork(round_, matter.phase, place, by, [earlier, told], key=key, now=now)
        raise NodeForked
    word = hear(told, key=key, about=matter.about)
    if word.role not in matter.acts or (word.role == ROLL) != (place == PLACE):
        raise SpokenOtherwise
    by = Speaker(named, word.index)
    act, given = matter.acts[word.role]
    try:
        with transaction.atomic():
            _still(matter)
            act(round_=round_, phase=phase, by=by, now=now, **{given: word.said})
            keep_word(round_, phase, place, word)
    except (TrusteeFault, NotTheSecret):
        if word.role in OWN:
            _belied(matter, by, word, key=key, now=now)
        raise


def _still(matter: Matter) -> None:
    """A draw has not begun again since the word was heard. Its case is locked from here."""
    if matter_of(of_case(locked(matter.round.case.pk)), matter.phase.id).about != matter.about:
        raise DrawNotAtThisStage


@transaction.atomic
def _belied(matter: Matter, by: Speaker, word: Word, *, key: str, now: datetime) -> None:
    """Record, once, that what another node said as a keeper does not hold, where its words show it."""
    fresh = of_case(locked(matter.round.case.pk))
    place = place_speaking(fresh, matter.phase.id, matter.keepers, by)
    if place is None:
        raise NotAKeeper
    record_lie(fresh, matter.phase, place, by, word, key=key, now=now)


_OF_A_BALLOT: Mapping[str, tuple[Callable[..., Any], str]] = {
    ROLL: (close_roll, "roll"),
    "key": (give_key, "key"),
    "certificate": (give_certificate, "held"),
    "polynomial": (give_polynomial, "held"),
    "part": (give_part, "held"),
    "share": (give_share, "share"),
}
_OF_A_DRAW: Mapping[str, tuple[Callable[..., Any], str]] = {COMMITMENT: (pledge, "committed"), SECRET: (tell, "secret")}
