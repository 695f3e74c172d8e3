"""A secret ballot as its round has it: its stage, its election, its archive. Reading only."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from zhengtong.agora.ballots.box import ballots_of
from zhengtong.agora.convened import open_steps
from zhengtong.agora.errors import NoSuchRound
from zhengtong.agora.models import Keeper, Poll
from zhengtong.agora.rounds import Round, by_round
from zhengtong.charter.charter import Charter
from zhengtong.charter.model import Asked, Ballot, Phase
from zhengtong.engines.ballots import Archive, Election, Question, compact
from zhengtong.engines.ballots.credential import ALPHABET
from zhengtong.engines.ballots.group import Group
from zhengtong.engines.ballots.groups import group_called

WAITING, ENROLMENT, PREPARING, VOTING, COUNTING, COUNTED = (
    *("waiting", "enrolment", "preparing", "voting"),
    *("counting", "counted"),
)


@dataclass(frozen=True)
class Vote:
    """A secret ballot in a round, whether or not anything was written of it yet."""

    round: Round
    phase: Phase

    @property
    def declared(self) -> Ballot:
        """What the charter says of it."""
        if self.phase.ballot is None:
            raise NoSuchRound
        return self.phase.ballot

    @cached_property
    def uuid(self) -> str:
        """By which its archive, its database and its voters' keys know it; the same however often it is asked."""
        number = int.from_bytes(sha256(f"{self.round.case.number}|{self.phase.id}".encode()).digest())
        return "".join(ALPHABET[number // 58**at % 58] for at in range(14))

    @property
    def group(self) -> Group:
        """In which its votes are encrypted."""
        return group_called(self.declared.group)

    @cached_property
    def poll(self) -> Poll | None:
        """What was written of it."""
        return Poll.objects.filter(case=self.round.case, phase=self.phase.id).first()

    @cached_property
    def keepers(self) -> dict[int, Keeper]:
        """The trustees that gave a key, by place."""
        return {each.place: each for each in self.poll.keepers.all()} if self.poll else {}

    @cached_property
    def stage(self) -> str:
        """What is going on."""
        poll, steps = self.poll, open_steps(self.round.case)
        if poll and poll.result:
            return COUNTED
        if self.declared.preparing in steps:
            return PREPARING
        if poll and poll.opened_at:
            return VOTING if self.phase.step in steps else COUNTING
        return ENROLMENT if self.declared.enrolment in steps else WAITING

    @property
    def is_open(self) -> bool:
        """Whether roll and keys are final: the box has been opened, if only for the vote to come."""
        return self.poll is not None and self.poll.opened_at is not None

    @property
    def missing(self) -> list[str]:
        """The trustees that still owe their key or, once voting has ended, their share."""
        counting = bool(self.poll and self.poll.tally)
        given = {place for place, each in self.keepers.items() if (each.share if counting else each.key)}
        if counting and len(given) >= self.needed:
            return []
        return [post for place, post in enumerate(self.declared.trustees, 1) if place not in given]

    @property
    def threshold(self) -> int | None:
        """So many trustees are enough; nothing where each must open."""
        return self.declared.threshold

    @property
    def needed(self) -> int:
        """So many trustees open the sum."""
        return self.threshold or len(self.declared.trustees)

    @cached_property
    def election(self) -> Election:
        """What voters encrypt for; NoSuchRound before the box is open."""
        if self.poll is None or not self.poll.election:
            raise NoSuchRound
        return Election.read(self.poll.election)

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is asked, in all languages of the charter; answers as the office wrote them, where it writes them."""
        return tuple(
            Question(_said(each.question), tuple(self._answers(each)), each.min, each.max, each.blank)
            for each in self.declared.questions
        )

    def archive(self) -> Archive:
        """Everything that is public of it, as a file; NoSuchRound before the box is open."""
        archive = self.setup()
        for written in ballots_of(self.uuid):
            archive.append("Ballot", written)
        for kind, payloads in self._ending():
            archive.append(kind, *payloads)
        return archive

    def setup(self) -> Archive:
        """Its beginning: election, trustees, roll."""
        poll = self.poll
        if poll is None or poll.opened_at is None:
            raise NoSuchRound
        archive = Archive(int(poll.opened_at.timestamp()))
        held = {"election": poll.election, "trustees": poll.trustees, "credentials": poll.credentials}
        archive.append("Setup", *held.values(), compact({name: _hash(text) for name, text in held.items()}))
        return archive

    def _ending(self) -> Iterator[tuple[str, list[str]]]:
        poll = self.poll
        if poll is None or not poll.tally:
            return
        yield "EndBallots", []
        yield "EncryptedTally", [poll.sums, poll.sizes]
        if poll.result:
            for place, each in sorted((place, each) for place, each in self.keepers.items() if each.share):
                yield "PartialDecryption", [each.share, compact({"owner": place, "payload": _hash(each.share)})]
            yield "Result", [poll.result]

    def _answers(self, asked: Asked) -> list[str]:
        if asked.answers:
            return list(map(_said, asked.answers))
        lines = str(self.round.case.facts.get(asked.answers_from, "")).splitlines()
        return list(dict.fromkeys(line.strip() for line in lines if line.strip()))


def vote_of(round_: Round, phase_id: str) -> Vote:
    """The secret ballot of this name in a round; NoSuchRound if there is none."""
    phase = round_.declared.phase(phase_id)
    if phase is None or phase.ballot is None:
        raise NoSuchRound
    return Vote(round_, phase)


def votes_of(round_: Round) -> list[Vote]:
    """The secret ballots of a round."""
    return [Vote(round_, phase) for phase in round_.declared.phases if phase.ballot]


def phases_opened(rounds: Sequence[Round]) -> Mapping[int, Sequence[str]]:
    """By round, the secret ballots whose box has been opened. One query."""
    rows = Poll.objects.filter(case__in=[each.case.pk for each in rounds], opened_at__isnull=False).order_by("pk")
    return by_round(rows.values_list("case", "phase"))


def with_ballots(charter: Charter, procedures: Collection[str]) -> set[str]:
    """Of these procedures, those with a secret ballot."""
    return {each for each in procedures if any(phase.ballot for phase in charter.participation[each].phases)}


def _said(text: dict[str, str]) -> str:
    return " / ".join(dict.fromkeys(text.values()))


def _hash(written: str) -> str:
    return sha256(written.encode()).hexdigest()
