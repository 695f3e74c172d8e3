"""An election from its opening to its result, in its archive; and the verification of all of it (section 3)."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from gmpy2 import mpz

from zhengtong.common.text import text
from zhengtong.engines.ballots.archive import Archive, read_archive
from zhengtong.engines.ballots.ballot import Ballot, read_ballot
from zhengtong.engines.ballots.election import Election, compact, load
from zhengtong.engines.ballots.errors import BallotFault, ElectionArchiveFault, TrusteeFault
from zhengtong.engines.ballots.group import Element, Group, fixed
from zhengtong.engines.ballots.tally import (
    Sums,
    check_partly,
    counted,
    last_of_each,
    made_for,
    open_partly,
    sums,
    sums_json,
)
from zhengtong.engines.ballots.trustees import Circle, joint_key, keys_in_order, read_trustees

_ORDER = re.compile(r"Setup( Ballot)*( EndBallots( EncryptedTally( PartialDecryption)*( Result)?)?)?")
_SHAPE = text("内容的形状不对", "something has not the shape of the format")


@dataclass
class Box:
    """What is known of a running election; every change is an event of the archive."""

    archive: Archive
    election: Election
    circles: tuple[Circle, ...]
    roll: dict[str, Element]
    ballots: list[Ballot] = field(default_factory=list)
    factors: dict[int, list[list[Element]]] = field(default_factory=dict)
    encrypted: Sums | None = None
    result: list[list[int]] | None = None
    _seen: set[str] = field(default_factory=set)

    def accept(self, written: str) -> Ballot:
        """Put a ballot in; raises BallotFault. A later ballot of the same credential takes the place of the earlier."""
        ballot = self._admitted(written)
        self.archive.append("Ballot", written)
        return ballot

    def close(self) -> None:
        """End voting and publish the encrypted sums."""
        if self.encrypted is not None:
            raise ElectionArchiveFault(text("投票已结束", "voting has ended"))
        self.encrypted = sums(self.election, self.ballots)
        self.archive.append("EndBallots")
        held = compact(sums_json(self.election.group, self.encrypted))
        self.archive.append("EncryptedTally", held, compact(self._sized(held)))

    def share(self, secret: mpz) -> tuple[int, dict[str, Any]]:
        """A trustee's number and share of the decryption, from their private key."""
        keys = keys_in_order(self.circles)
        group = self.election.group
        public = fixed(group, group.g).power(secret)
        if self.encrypted is None or public not in keys:
            raise TrusteeFault(
                text("此密钥不属于本次选举，或投票尚未结束", "no key of this election, or before its end")
            )
        held = open_partly(election=self.election, secret=secret, encrypted=self.encrypted)
        return keys.index(public) + 1, held

    def opened_by(self, secret: mpz) -> dict[str, str]:
        """What a share made with this key is made for."""
        group = self.election.group
        written = compact(sums_json(group, self.encrypted or ()))
        return made_for(self.election, written, group.write(fixed(group, group.g).power(secret)))

    def take_share(self, number: int, held: Any) -> None:
        """Record a share; raises TrusteeFault where its proofs do not hold."""
        self._shared(number, held)
        written = compact(held)
        self.archive.append("PartialDecryption", written, compact({"owner": number, "payload": _hash_of(written)}))

    def publish(self) -> list[list[int]]:
        """Open the sums and record the result; raises TrusteeFault where too few trustees have opened."""
        self.result = self._count()
        self.archive.append("Result", compact({"result": self.result}))
        return self.result

    def _admitted(self, written: str) -> Ballot:
        if self.encrypted is not None:
            raise BallotFault(text("投票已结束", "voting has ended"))
        ballot = read_ballot(election=self.election, written=written, roll=self.roll)
        if ballot.credential not in self.roll:
            raise BallotFault(text("投票码不在名册中", "its credential is not on the roll"))
        if ballot.tracking_number in self._seen:
            raise BallotFault(text("此选票已投过", "this very ballot was cast before"))
        self._seen.add(ballot.tracking_number)
        self.ballots.append(ballot)
        return ballot

    def _sized(self, written: str) -> dict[str, Any]:
        size = len(last_of_each(self.ballots))
        return {"num_tallied": size, "total_weight": size, "encrypted_tally": _hash_of(written)}

    def _shared(self, number: int, held: Any) -> None:
        keys = keys_in_order(self.circles)
        if self.encrypted is None or number in self.factors or not 1 <= number <= len(keys):
            raise TrusteeFault(text("此时不能提交", "it cannot be sent now"))
        self.factors[number] = check_partly(
            election=self.election, public=keys[number - 1], encrypted=self.encrypted, held=held
        )

    def _count(self) -> list[list[int]]:
        if self.encrypted is None:
            raise TrusteeFault(text("投票尚未结束", "voting has not ended"))
        size = len(last_of_each(self.ballots))
        return counted(
            group=self.election.group,
            circles=self.circles,
            encrypted=self.encrypted,
            factors=self.factors,
            ballots=size,
        )


def open_box(*, election: Election, trustees: str, credentials: Sequence[str], timestamp: int) -> Box:
    """A new election; raises TrusteeFault or ElectionArchiveFault where keys or roll do not hold."""
    roll = compact(sorted(credentials, key=lambda one: (len(one), one)))
    archive = Archive(timestamp)
    setup = {"election": election.written, "trustees": trustees, "credentials": roll}
    archive.append("Setup", *setup.values(), compact({name: _hash_of(held) for name, held in setup.items()}))
    return set_up(archive)


def verify(raw: bytes) -> Box:
    """Everything that can be verified about an election, running or counted.

    Raises ElectionArchiveFault, BallotFault or TrusteeFault at the first that does not hold.
    """
    archive = read_archive(raw)
    box = set_up(archive)
    if not _ORDER.fullmatch(" ".join(event.kind for event in archive.events)):
        raise ElectionArchiveFault(text("事件的次序或种类不对", "an event is out of its order"))
    for event in archive.events[1:]:
        try:
            _STEPS[event.kind](box, archive.payload(event) if event.payload else "")
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            raise ElectionArchiveFault(_SHAPE) from fault
    archive.check_nothing_beside()
    return box


def set_up(archive: Archive) -> Box:
    """The box of an archive that holds a setup; whatever follows is not looked at."""
    if not archive.events or archive.events[0].kind != "Setup":
        raise ElectionArchiveFault(text("没有选举设置", "it has no setup"))
    held = load(archive.payload(archive.events[0]))
    election = Election.read(archive.found(held.get("election")))
    circles = read_trustees(archive.found(held.get("trustees")), group=election.group)
    if joint_key(circles, group=election.group) != election.key:
        raise ElectionArchiveFault(text("公钥不是保管人的公钥之积", "its key is not the trustees' keys together"))
    return Box(archive, election, circles, _roll(election.group, archive.found(held.get("credentials"))))


def _roll(group: Group, written: str) -> dict[str, Element]:
    try:
        listed = list(map(str, json.loads(written)))
    except (ValueError, TypeError, RecursionError) as fault:
        raise ElectionArchiveFault(_SHAPE) from fault
    if any("," in one for one in listed):
        raise ElectionArchiveFault(text("不支持加权或带姓名的名册", "a roll with weights or names is not counted here"))
    found = {one: group.read(one) for one in listed}
    if len(found) != len(listed):
        raise ElectionArchiveFault(text("名册有重复", "the roll holds a credential twice"))
    return found


def _end(box: Box, payload: str) -> None:
    if payload:
        raise ElectionArchiveFault(_SHAPE)
    box.encrypted = sums(box.election, box.ballots)


def _tally(box: Box, payload: str) -> None:
    held = load(payload)
    written = box.archive.found(held.get("encrypted_tally"))
    if (
        box.encrypted is None
        or json.loads(written) != sums_json(box.election.group, box.encrypted)
        or held != box._sized(written)
    ):
        raise ElectionArchiveFault(text("加密总和与选票不符", "the encrypted sums are not those of the ballots"))


def _decryption(box: Box, payload: str) -> None:
    held = load(payload)
    box._shared(held["owner"], load(box.archive.found(held.get("payload"))))


def _result(box: Box, payload: str) -> None:
    box.result = box._count()
    if load(payload) != {"result": box.result}:
        raise ElectionArchiveFault(text("结果与解密不符", "the result is not what the trustees opened"))


def _ballot(box: Box, payload: str) -> None:
    box._admitted(payload)


def _hash_of(written: str) -> str:
    return sha256(written.encode()).hexdigest()


_STEPS = {
    "Ballot": _ballot,
    "EndBallots": _end,
    "EncryptedTally": _tally,
    "PartialDecryption": _decryption,
    "Result": _result,
}
