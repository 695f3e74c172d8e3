"""zhengtong ballot trustee | credentials | code | open | vote | cast | close | share | count | verify | compare
zhengtong ballot certificate | polynomial | route | part | circle: of trustees of whom some are enough

Every party of an election runs its own step on its own machine, with files: nobody needs our pages, nor this program,
since belenios-tool reads and writes the same files. Nothing here asks the database.
"""

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from gmpy2 import mpz

from zhengtong.agora import kinds
from zhengtong.agora.ballots.roll import checked
from zhengtong.agora.management.files import read, save, told, write_new
from zhengtong.agora.management.proofs import TRUST, add_trust, proven
from zhengtong.agora.management.trustees import CEREMONY, Ceremony, ceremony
from zhengtong.common.text import text
from zhengtong.engines.ballots import (
    Box,
    ElectionArchiveFault,
    Question,
    cast,
    check_grown,
    compact,
    compose,
    fingerprint,
    joint_key,
    new_credential,
    new_token,
    new_trustee,
    open_box,
    public_key,
    read_archive,
    read_trustees,
    verify,
)
from zhengtong.engines.ballots.groups import BELENIOS_2048, GROUPS, group_called


class Command(Ceremony, BaseCommand):
    help = "秘密投票：各方各自的一步。 Secret ballots: each party's own step (Belenios format)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        ways = parser.add_subparsers(dest="way", required=True)
        _trustees_and_roll(ways)
        ceremony(ways)
        _voting(ways)
        _counting(ways)

    def handle(self, *_: Any, way: str, **options: Any) -> None:
        with told():
            getattr(self, f"_{way}")(**{name: options[name] for name in _OPTIONS[way]})

    def _trustee(self, out: Path, group: str) -> None:
        secret, public = new_trustee(group_called(group))
        write_new(out.with_suffix(".privkey"), compact(str(secret)), secret=True)
        write_new(out.with_suffix(".pubkey"), compact(public))
        self.stdout.write(f"{out}.privkey: keep it · {out}.pubkey: send it")

    def _credentials(self, count: int, out: Path, group: str) -> None:
        uuid, codes = new_token(14), [new_credential() for _ in range(count)]
        # Sorted, so that the order of the published keys says nothing of the order of the codes.
        public = sorted(public_key(credential=code, uuid=uuid, group=group_called(group)) for code in codes)
        write_new(out.with_suffix(".codes"), "\n".join(codes) + "\n", secret=True)
        write_new(out.with_suffix(".pubcreds"), compact({"uuid": uuid, "credentials": public}))
        self.stdout.write(f"{out}.codes: one line to each voter, then destroy it · {out}.pubcreds: send it")

    def _code(self, uuid: str, out: Path, group: str) -> None:
        code = new_credential()
        write_new(out.with_suffix(".code"), code + "\n", secret=True)
        write_new(out.with_suffix(".public"), f"{public_key(credential=code, uuid=uuid, group=group_called(group))}\n")
        self.stdout.write(f"{out}.code: keep it, to vote with · {out}.public: enrol with it")

    def _open(self, questions: Path, keys: list[Path], roll: Path, folder: Path, group: str) -> None:
        named, held, asked = group_called(group), read(roll), read(questions)
        trustees = compact([["Pedersen" if "threshold" in one else "Single", one] for one in map(read, keys)])
        key = joint_key(read_trustees(trustees, group=named), group=named)
        listed = tuple(
            Question(one["question"], tuple(one["answers"]), one["min"], one["max"], bool(one.get("blank")))
            for one in asked["questions"]
        )
        election = compose(
            name=asked["name"], description=asked.get("description", ""), uuid=held["uuid"],
            key=key, questions=listed, group=named,
        )  # fmt: skip
        now = int(timezone.now().timestamp())
        box = open_box(election=election, trustees=trustees, credentials=held["credentials"], timestamp=now)
        path = folder / f"{election.uuid}.bel"
        write_new(path, box.archive.bytes())
        self.stdout.write(f"{path}\n{election.fingerprint}")

    def _vote(self, archive: Path, code: Path, votes: str) -> None:
        election = verify(archive.read_bytes()).election
        written = cast(election=election, credential=code.read_text(encoding="utf-8").strip(), votes=json.loads(votes))
        self.stderr.write(f"追踪号 tracking number: {fingerprint(written)}")
        self.stdout.write(written)

    def _cast(self, archive: Path, ballot: Path) -> None:
        box = verify(archive.read_bytes())
        taken = box.accept(ballot.read_text(encoding="utf-8").strip())
        save(archive, box)
        self.stdout.write(taken.tracking_number)

    def _close(self, archive: Path) -> None:
        box = verify(archive.read_bytes())
        box.close()
        save(archive, box)

    def _share(self, archive: Path, key: Path, part: Path | None) -> None:
        box = verify(archive.read_bytes())
        secret = self.opened(box.election.group, key, part) if part else mpz(int(read(key)))
        number, held = box.share(secret)
        self.stdout.write(compact({"owner": number, "share": held, "of": box.opened_by(secret)}))

    def _roll(self, file: Path, **trusted: Any) -> None:
        acts = proven(file, self.stderr, **trusted)
        self.stdout.write(compact(checked(read(file), [(each.kind, each.says) for each in acts])))

    def _count(self, archive: Path, shares: list[Path]) -> None:
        box = verify(archive.read_bytes())
        for one in map(read, shares):
            box.take_share(one["owner"], one["share"])
        found = box.publish()
        save(archive, box)
        self.stdout.write(compact(found))

    def _verify(self, archive: Path, heads: Path | None, **trusted: Any) -> None:
        box = verify(archive.read_bytes())
        if heads:
            self._recorded(box, heads, **trusted)
        self.stdout.write(f"✓ {box.election.fingerprint}")
        self.stdout.write(f"{len(box.ballots)} 次投票 ballots, {len(box.roll)} 人在册 on the roll")
        if box.result is not None:
            for question, row in zip(box.election.questions, box.result, strict=True):
                names = ("(空白 blank)", *question.answers) if question.blank else question.answers
                self.stdout.write(f"{question.question}: {dict(zip(names, row, strict=True))}")

    def _recorded(self, box: Box, heads: Path, **trusted: Any) -> None:
        """The archive is what the ledger recorded, and the ledger did record it."""
        told = read(heads)
        for each in told["heads"]:
            _require(box, each["head"], at=each["ballots"])
        if "acts" in told or trusted["key"]:
            self._ended(box, {each.kind: each.says for each in proven(heads, self.stdout, **trusted)})
        else:
            self.stdout.write("! 没有台账的凭证 the file has no receipts of the ledger")

    def _ended(self, box: Box, says: Mapping[str, Mapping[str, Any]]) -> None:
        """What the ledger says of the end is what the archive says; a round has one ballot at most."""
        closed, counted = says.get(kinds.BOX_CLOSED), says.get(kinds.BALLOT_COUNTED)
        if closed:
            _require(box, closed["head"], at=closed["ballots"] + _ENDING)
        if counted and counted["result"] != box.result:
            raise ElectionArchiveFault(_GONE)
        if box.result is not None and not counted:
            self.stdout.write("! 记录早于计票，请重新下载 what is recorded is older than the count: download it again")

    def _compare(self, before: Path, after: Path) -> None:
        verify(after.read_bytes())
        check_grown(before=read_archive(before.read_bytes()), after=read_archive(after.read_bytes()))
        self.stdout.write("✓ 此前记录的内容都还在。 All that was recorded before is still there.")


_ENDING = 2  # events between the last ballot and what is recorded of the end: EndBallots, EncryptedTally
_GONE = text("台账记录过的选票已不在其中", "ballots that the ledger recorded are gone")
_OPTIONS = {
    **CEREMONY,
    "trustee": ("out", "group"),
    "credentials": ("count", "out", "group"),
    "code": ("uuid", "out", "group"),
    "open": ("questions", "keys", "roll", "folder", "group"),
    "vote": ("archive", "code", "votes"),
    "cast": ("archive", "ballot"),
    "close": ("archive",),
    "roll": ("file", *TRUST),
    "share": ("archive", "key", "part"),
    "count": ("archive", "shares"),
    "verify": ("archive", "heads", *TRUST),
    "compare": ("before", "after"),
}


def _require(box: Box, head: str, *, at: int) -> None:
    """The chain of a box has this hash there; ElectionArchiveFault."""
    if [event.hash for event in box.archive.events[at : at + 1]] != [head]:
        raise ElectionArchiveFault(_GONE)


def _trustees_and_roll(ways: Any) -> None:
    keeping = ways.add_parser("trustee", help="make a trustee's key, on the trustee's own machine")
    keeping.add_argument("out", type=Path, help="the files' name, without ending")
    giving = ways.add_parser("credentials", help="make the voters' codes, at the credential authority")
    giving.add_argument("count", type=int)
    giving.add_argument("out", type=Path, help="the files' name, without ending")
    own = ways.add_parser("code", help="make a code of your own for an election that takes enrolments")
    own.add_argument("--uuid", required=True, help="of the election; its page says which")
    own.add_argument("out", type=Path, help="the files' name, without ending")
    checking = ways.add_parser(
        "roll", help="another node that keeps the roll: check the list, and print what it closes"
    )
    checking.add_argument("file", type=Path, help="roll.json of the page")
    add_trust(checking)
    opening = ways.add_parser("open", help="open the election: questions, public keys and roll become its archive")
    opening.add_argument("questions", type=Path, help="JSON: name, description, questions")
    opening.add_argument("roll", type=Path, help="the .pubcreds of the credential authority")
    opening.add_argument(
        "keys", type=Path, nargs="+", help="each a .pubkey, without which nothing is opened, or a .circle"
    )
    opening.add_argument("--folder", type=Path, default=Path())
    for each in (keeping, giving, own, opening):
        each.add_argument("--group", choices=list(GROUPS), default=BELENIOS_2048.name)


def _voting(ways: Any) -> None:
    voting = ways.add_parser("vote", help="encrypt and sign a vote; prints the ballot; its tracking number beside it")
    voting.add_argument("archive", type=Path)
    voting.add_argument("code", type=Path, help="the file that holds your code (a command line is seen by others)")
    voting.add_argument("votes", help="one list of 0 and 1 per question, such as [[1,0]]; blank first where allowed")
    casting = ways.add_parser("cast", help="put a ballot into the box")
    casting.add_argument("archive", type=Path)
    casting.add_argument("ballot", type=Path)


def _counting(ways: Any) -> None:
    ways.add_parser("close", help="end voting").add_argument("archive", type=Path)
    sharing = ways.add_parser("share", help="a trustee's share of the decryption; prints it")
    sharing.add_argument("archive", type=Path)
    sharing.add_argument("key", type=Path, help="the .privkey; or the .key of a trustee of a circle, with --part")
    sharing.add_argument("--part", type=Path, help="what `part` printed, or belenios-tool's .dkey")
    counting = ways.add_parser("count", help="put the shares together and publish the result")
    counting.add_argument("archive", type=Path)
    counting.add_argument("shares", type=Path, nargs="+")
    verifying = ways.add_parser("verify", help="verify all of an archive")
    verifying.add_argument("archive", type=Path)
    verifying.add_argument("--heads", type=Path, help="what the ledger recorded (heads.json): is all of it there?")
    add_trust(verifying)
    comparing = ways.add_parser("compare", help="has anything been removed since an earlier copy?")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
