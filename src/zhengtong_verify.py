#!/usr/bin/env python3
"""zhengtong-verify: check a government's ledger without the government.

One file. It needs Python 3.11 and the library `cryptography` (or, for ledgers of the Chinese suite, `gmssl_pyx`);
it asks no network and no database. What it reads are files that the government publishes, in the formats of
RFC 6962 and C2SP (signed-note, tlog-checkpoint, tlog-cosignature, tlog-tiles, tlog-proof).

    zhengtong-verify receipt case.tlog-proof --key 'city.example/ledger+0123abcd+AQ…'
    zhengtong-verify acts heads.json --key … --witness …
    zhengtong-verify export FOLDER --key … --since yesterdays-checkpoint --receipt case.tlog-proof --acts heads.json

It ends with 0 if all is well, with 1 if something is wrong, with 2 if it could not read what it was given.
"""

import argparse
import hmac
import json
import re
import sys
from base64 import b64decode
from binascii import Error as BadBase64
from collections.abc import Callable
from hashlib import sha256
from itertools import count, zip_longest
from pathlib import Path
from typing import Any

WIDTH, SIZE = 256, 32
ED25519, COSIGNATURE, SM2 = b"\x01", b"\x04", b"\xffsm2-sm3"
LENGTHS = {ED25519: 32, COSIGNATURE: 32, SM2: 64}
SALT = 16

# What the program itself does in public: a round publishes what each entry of these kinds says, and keeps none back.
BOXED = "agora.ballot.boxed"
PUBLIC = {
    *(BOXED, "agora.ballot.closed", "agora.ballot.counted", "agora.ballot.disagrees", "agora.budget.counted"),
    *("agora.panel.committed", "agora.panel.closed", "agora.panel.head-fixed", "agora.panel.drawn"),
    *("agora.survey.listed", "agora.survey.asked", "ledger.word.given"),
    *("agora.voices.admitted", "agora.ballot.trustee-belied", "agora.panel.keeper-belied"),
    *("agora.opening.round-sealed", "agora.opening.lapsed", "agora.opening.opened", "agora.opening.nobodys"),
}

Digest = Callable[[bytes], bytes]

TOLD = {
    "key": ("钥匙不是可用的验证钥匙：{why}", "The key is not a verifier key that is known here: {why}"),
    "own-key": (
        "注意：钥匙取自文件本身。请与从别处得到的钥匙比较：{key}",
        "Mind: the key came with the file itself. Compare it with one that you have from elsewhere: {key}",
    ),
    "succession": ("钥匙交接记录无效：{why}", "The succession of keys does not hold: {why}"),
    "note": ("{what}不是有效的签名文书：{why}", "{what} is not a validly signed note: {why}"),
    "unsigned": ("{what}没有台账钥匙的签名", "{what} is not signed with the ledger's key"),
    "signed": ("{what}由{name}签名：{size}条记载", "{what} is signed by {name}: {size} entries"),
    "witnessed": ("{what}有{names}会签（{at}）", "{what} is cosigned by {names} ({at})"),
    "unwitnessed": (
        "{what}只有{have}个见证方会签，应有{want}个",
        "{what} is cosigned by {have} of the witnesses you named, and {want} are wanted",
    ),
    "missing": ("缺少文件{path}", "The file {path} is missing"),
    "length": ("文件{path}的长度不对", "The file {path} has not the length it should have"),
    "entry": (
        "第{index}条记载被改写、调换、插入或删除：与树中的哈希值不符",
        "Entry {index} was rewritten, exchanged, inserted or deleted: it does not fit its hash in the tree",
    ),
    "tile": ("哈希块{path}被改动：与其下的记载不符", "The tile {path} was altered: it does not fit what is below it"),
    "root": (
        "全部记载算出的根与检查点签名的根不符：在第0条至第{last}条之间有改动",
        "The root over all entries is not the one that was signed: something between entry 0 and {last} was altered",
    ),
    "whole": ("全部{size}条记载与签名的检查点相符", "All {size} entries fit the signed checkpoint"),
    "earlier": (
        "历史未被改写：较早的检查点（{old}条）是现在台账（{new}条）的开头",
        "History was not rewritten: the earlier checkpoint ({old} entries) is the beginning of the present log ({new})",
    ),
    "rewritten": (
        "历史被改写：前{old}条记载已不是较早的检查点所签名的内容。请保存这两份检查点，它们是证据",
        "HISTORY WAS REWRITTEN: the first {old} entries are not what the earlier checkpoint signed. "
        "Keep both checkpoints: they are evidence",
    ),
    "shortened": (
        "台账被截短：较早的检查点有{old}条记载，现在只有{new}条",
        "The ledger was cut short: the earlier checkpoint has {old} entries, now there are {new}",
    ),
    "other-log": ("是另一本台账的检查点：{origin}", "This is a checkpoint of another log: {origin}"),
    "hole": (
        "第{index}条记载处不连续：{what} {name}的序号应为{due}，实为{number}",
        "A hole at entry {index}: number {due} of the {what} {name} was due, {number} came",
    ),
    "format": ("第{index}条记载无法读懂：{why}", "Entry {index} cannot be read: {why}"),
    "numbered": (
        "每件事项和每个人的序号都没有缺漏（{subjects}件事项，{persons}人）",
        "The numbers of each subject and of each person have no hole ({subjects} subjects, {persons} persons)",
    ),
    "receipt": (
        "凭证成立：第{index}条记载在{size}条记载的台账中",
        "The receipt holds: entry {index} is in the log of {size} entries",
    ),
    "not-included": (
        "凭证不成立：它不能证明第{index}条记载在已签名的台账中",
        "The receipt does not hold: it does not prove that entry {index} is in the signed log",
    ),
    "not-exported": (
        "导出的第{index}条记载不是凭证上的记载",
        "Entry {index} of the export is not the one of the receipt",
    ),
    "says": ("记载内容：{entry}", "The entry says: {entry}"),
    "history": (
        "与凭证涉及同一人的行为共{count}件，第{entries}条",
        "The acts that concern the same person as the receipt are {count}: entries {entries}",
    ),
    "acts": (
        "{round}的{count}项公开行为在{size}条记载的台账中，内容与公布的相同",
        "{count} public acts of {round} are in the log of {size} entries, and say what is published",
    ),
    "act-not-included": (
        "不能证明第{index}条记载在已签名的台账中",
        "It is not proven that entry {index} is in the signed log",
    ),
    "said-otherwise": (
        "第{index}条记载所记的不是公布的内容：{says}",
        "Entry {index} does not say what is published of it: {says}",
    ),
    "not-of": (
        "第{index}条记载（{kind}）不是{round}的公开行为，而是{subject}的",
        "Entry {index} ({kind}) is no public act of {round}, but of {subject}",
    ),
    "unordered": ("公开行为没有按记载的先后排列", "The acts are not in the order of their entries"),
    "no-receipts": (
        "文件没有台账的凭证，本身不能证明什么",
        "The file has no receipts of the ledger: by itself it proves nothing",
    ),
    "head-changed": (
        "第{at}个票箱记录与台账不符：文件写的是{says}，台账记的是{recorded}",
        "Record {at} of the box is not that of the ledger: the file says {says}, and the ledger {recorded}",
    ),
    "waiting": (
        "有{count}项还没有凭证，请几分钟后重新下载",
        "{count} of them have no receipt yet: download the file again in some minutes",
    ),
    "kept-back": (
        "第{index}条记载（{kind}）属于同一活动，却没有公布内容",
        "Entry {index} ({kind}) is of the same round, and what it says is kept back",
    ),
    "later": (
        "第{index}条记载（{kind}）晚于文件，请重新下载文件",
        "Entry {index} ({kind}) came after the file: download the file again",
    ),
    "well": ("一切相符。", "All is well."),
    "bad": ("有{count}处不符。", "{count} things are wrong."),
}


class Unreadable(ValueError):
    """Something that is malformed; its text says why."""


class Report:
    """Prints what is found, in both languages, and counts what is wrong."""

    def __init__(self) -> None:
        self.faults = 0

    def good(self, code: str, **values: object) -> None:
        self._say("✓", code, values)

    def bad(self, code: str, **values: object) -> None:
        self.faults += 1
        self._say("✗", code, values)

    def mind(self, code: str, **values: object) -> None:
        self._say("!", code, values)

    def _say(self, sign: str, code: str, values: dict[str, object]) -> None:
        if self.faults <= 1000:
            zh, en = (told.format(**values) for told in TOLD[code])
            print(f"{sign} {zh}\n  {en}")


def unbase64(written: str) -> bytes:
    try:
        return b64decode(written, validate=True)
    except (BadBase64, ValueError) as fault:
        raise Unreadable(f"not base64: {written[:60]!r}") from fault


class Key:
    """A verifier key as it is published: `name+keyid+base64(kind, key)`."""

    def __init__(self, published: str) -> None:
        self.published = published.strip()
        self.name, _, rest = self.published.partition("+")
        key_id, _, encoded = rest.partition("+")
        data = unbase64(encoded)
        self.kind = next((kind for kind, length in LENGTHS.items() if data.startswith(kind)), b"")
        self.key = data[len(self.kind) :]
        self.id = sha256(self.name.encode() + b"\n" + data).digest()[:4]
        if not self.name or LENGTHS.get(self.kind) != len(self.key) or self.id.hex() != key_id:
            raise Unreadable(repr(self.published))

    @property
    def digest(self) -> Digest:
        if self.kind == SM2:
            from gmssl_pyx import sm3_hash

            return lambda data: bytes(sm3_hash(data))
        return lambda data: sha256(data).digest()

    def mac(self, key: bytes, content: bytes) -> bytes:
        """The commitment to what an act says, by its salt."""
        if self.kind == SM2:
            from gmssl_pyx import sm3_hmac

            return bytes(sm3_hmac(key, content))
        return hmac.digest(key, content, "sha256")

    def verifies(self, text: str, signature: bytes) -> bool:
        if self.kind == SM2:
            return _sm2(self.key, text.encode(), signature)
        if self.kind == COSIGNATURE:
            text, signature = f"cosignature/v1\ntime {seconds(signature)}\n{text}", signature[8:]
        return _ed25519(self.key, text.encode(), signature)


def _ed25519(key: bytes, message: bytes, signature: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _sm2(key: bytes, message: bytes, signature: bytes) -> bool:
    from gmssl_pyx import sm2_verify

    def number(half: bytes) -> bytes:
        plain = (b"\0" + half.lstrip(b"\0")) if half.lstrip(b"\0")[:1] >= b"\x80" else half.lstrip(b"\0") or b"\0"
        return b"\x02" + bytes([len(plain)]) + plain

    pair = number(signature[:32]) + number(signature[32:])
    return len(signature) == 64 and bool(sm2_verify(key, message, b"\x30" + bytes([len(pair)]) + pair))


def seconds(signature: bytes) -> int:
    return int.from_bytes(signature[:8], "big")


class Note:
    """A signed note. Nothing in it is believed until a key has been asked."""

    def __init__(self, written: str) -> None:
        text, blank, lines = written.rpartition("\n\n")
        if not blank or not lines.endswith("\n") or re.search(r"[\x00-\x09\x0b-\x1f]", written):
            raise Unreadable("not a signed note")
        self.text, self.signatures = text + "\n", []
        for line in lines[:-1].split("\n"):
            match = re.fullmatch(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})", line)
            data = unbase64(match[2]) if match else b""
            if not match or len(data) < 5:
                raise Unreadable(f"not a signature line: {line[:60]!r}")
            self.signatures.append((match[1], data[:4], data[4:]))

    def signed_by(self, key: Key) -> bytes | None:
        """The key's signature, if it has signed; Unreadable if it is wrong."""
        for name, key_id, signature in self.signatures:
            if (name, key_id) == (key.name, key.id):
                if not key.verifies(self.text, signature):
                    raise Unreadable(f"the signature of {name} is wrong")
                return signature
        return None


class Checkpoint:
    """The head of a log: origin, size, root."""

    def __init__(self, note: Note) -> None:
        lines = note.text.split("\n")
        if len(lines) < 4 or not all(lines[:-1]) or not re.fullmatch(r"0|[1-9][0-9]{0,18}", lines[1]):
            raise Unreadable("not a checkpoint")
        self.origin, self.size, self.root = lines[0], int(lines[1]), unbase64(lines[2])


def checkpoint(
    report: Report, written: str, what: str, keys: list[Key], witnesses: list[Key], quorum: int
) -> Checkpoint | None:
    """The checkpoint, if one of the ledger's keys has signed it and enough witnesses have; None otherwise."""
    try:
        note = Note(written)
        found, signers = Checkpoint(note), [key for key in keys if note.signed_by(key) is not None]
        seen = {key.name: when for key in witnesses if (when := note.signed_by(key)) is not None}
    except Unreadable as why:
        report.bad("note", what=what, why=why)
        return None
    if not signers:
        report.bad("unsigned", what=what)
        return None
    if found.origin != signers[0].name:
        report.bad("other-log", origin=found.origin)
        return None
    report.good("signed", what=what, name=signers[0].name, size=found.size)
    if len(seen) < quorum:
        report.bad("unwitnessed", what=what, have=len(seen), want=quorum)
    elif seen:
        report.good("witnessed", what=what, names=", ".join(seen), at=max(map(seconds, seen.values())))
    return found


def row_up(level: list[bytes], digest: Digest) -> list[bytes]:
    odd = level[-1:] if len(level) % 2 else []
    return [digest(b"\x01" + a + b) for a, b in zip(level[::2], level[1::2], strict=False)] + odd


def root(level: list[bytes], digest: Digest) -> bytes:
    while len(level) > 1:
        level = row_up(level, digest)
    return level[0] if level else digest(b"")


def included(index: int, size: int, leaf: bytes, proof: list[bytes], expected: bytes, digest: Digest) -> bool:
    """RFC 9162, section 2.1.3.2."""
    if not 0 <= index < size:
        return False
    at, last, reached = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            reached = digest(b"\x01" + sibling + reached)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            reached = digest(b"\x01" + reached + sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and reached == expected


def path(level: int | str, index: int, width: int = WIDTH) -> str:
    """Where tlog-tiles has a tile."""
    digits = f"{index:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    partial = f".p/{width}" if width < WIDTH else ""
    return "/".join([f"tile/{level}", *(f"x{part}" for part in parts[:-1]), parts[-1]]) + partial


class Log:
    """An export on disk, read tile by tile."""

    def __init__(self, folder: Path, size: int, digest: Digest, report: Report) -> None:
        self.folder, self.size, self.digest, self.report = folder, size, digest, report
        self.tile_roots: list[bytes] = []  # over 256 entries each

    def read(self, level: int | str, index: int, width: int) -> bytes:
        where = path(level, index, width)
        try:
            return (self.folder / where).read_bytes()
        except OSError:
            self.report.bad("missing", path=where)
            return b""

    def entries(self, tile: int) -> list[bytes]:
        width = min(WIDTH, self.size - tile * WIDTH)
        data, found, at = self.read("entries", tile, width), [], 0
        while at + 2 <= len(data):
            end = at + 2 + (data[at] << 8 | data[at + 1])
            found.append(data[at + 2 : end])
            at = end
        if data and (at != len(data) or len(found) != width):
            self.report.bad("length", path=path("entries", tile, width))
        return found

    def hashes(self, level: int, index: int) -> list[bytes]:
        width = min(WIDTH, (self.size >> (8 * level)) - index * WIDTH)
        data = self.read(level, index, width)
        if data and len(data) != width * SIZE:
            self.report.bad("length", path=path(level, index, width))
        return [data[at : at + SIZE] for at in range(0, len(data), SIZE)]

    def check(self, expected: bytes) -> bool:
        """Every entry against its hash, every tile against those below it, all against the signed root."""
        digest, before = self.digest, self.report.faults
        for tile in range(-(-self.size // WIDTH)):
            kept = self.hashes(0, tile)
            fresh = [digest(b"\x00" + entry) for entry in self.entries(tile)]
            if kept != fresh:
                for at in range(max(len(kept), len(fresh))):
                    if kept[at : at + 1] != fresh[at : at + 1]:
                        self.report.bad("entry", index=tile * WIDTH + at)
            self.tile_roots.append(root(kept, digest))
        self._check_upper(list(self.tile_roots))
        if root(self.tile_roots, digest) != expected:
            self.report.bad("root", last=self.size - 1)
        return self.report.faults == before

    def _check_upper(self, below: list[bytes]) -> None:
        for level in count(1):
            below = below[: self.size >> (8 * level)]
            if not below:
                return
            tiles = [below[at : at + WIDTH] for at in range(0, len(below), WIDTH)]
            for index, fresh in enumerate(tiles):
                if self.hashes(level, index) != fresh:
                    self.report.bad("tile", path=path(level, index, len(fresh)))
            below = [root(tile, self.digest) for tile in tiles]

    def root_at(self, size: int) -> bytes:
        """The root over the first `size` entries; call `check` first."""
        whole, rest = divmod(size, WIDTH)
        partial = [root(self.hashes(0, whole)[:rest], self.digest)] if rest else []
        return root(self.tile_roots[:whole] + partial, self.digest)

    def check_numbers(self, person: str) -> list[int]:
        """Holes in the numbers of subjects and persons; the entries that concern `person`."""
        last: dict[tuple[str, str], int] = {}
        before, theirs = self.report.faults, []
        for tile in range(-(-self.size // WIDTH)):
            for index, entry in enumerate(self.entries(tile), start=tile * WIDTH):
                try:
                    said = json.loads(entry)
                    counted = [("subject", said["subject"], said["position"])]
                    counted += [("person", said["person"], said["number"])] if "person" in said else []
                except (ValueError, KeyError, TypeError) as why:
                    self.report.bad("format", index=index, why=why)
                    continue
                for what, name, number in counted:
                    due = last.get((what, name), 0) + 1
                    if number != due:
                        self.report.bad("hole", index=index, what=what, name=name, due=due, number=number)
                    last[what, name] = number
                if person and said.get("person") == person:
                    theirs.append(index)
        if self.report.faults == before:
            persons = sum(what == "person" for what, _ in last)
            self.report.good("numbered", subjects=len(last) - persons, persons=persons)
        return theirs


class Receipt:
    """A C2SP tlog-proof; its extra data is the entry itself."""

    def __init__(self, written: str) -> None:
        head, _, self.note = written.partition("\n\n")
        lines = head.split("\n")
        if lines[:1] != ["c2sp.org/tlog-proof@v1"] or len(lines) < 3:
            raise Unreadable("not a tlog-proof with its entry")
        match = re.fullmatch(r"extra (\S+)\nindex (0|[1-9][0-9]{0,18})", "\n".join(lines[1:3]))
        if not match:
            raise Unreadable("not a tlog-proof with its entry")
        self.entry, self.index = unbase64(match[1]), int(match[2])
        self.proof = [unbase64(line) for line in lines[3:]]


class PublicAct:
    """An act that was published with the opening of its commitment; nothing in it is believed yet."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.index, self.leaf, self.salt = int(told["index"]), told["leaf"].encode(), bytes.fromhex(told["salt"])
        self.proof = [unbase64(each) for each in told["proof"]]
        self.opened, self.entry = told["opened"], json.loads(self.leaf)
        self.subject, _, _, self.says = self.opened
        self.kind = self.entry["kind"]
        if len(self.salt) != SALT or canonical(self.entry) != self.leaf:
            raise Unreadable(f"entry {self.index}")

    @property
    def head(self) -> tuple[int, str]:
        return self.says["ballots"], self.says["head"]

    def wrong(self, head: Checkpoint, key: Key, round_: str) -> tuple[str, dict[str, object]] | None:
        """What keeps it from proving what it says, if anything does."""
        digest = key.digest
        if not included(self.index, head.size, digest(b"\x00" + self.leaf), self.proof, head.root, digest):
            return "act-not-included", {}
        if key.mac(self.salt, canonical(self.opened)).hex() != self.entry["commitment"]:
            return "said-otherwise", {"says": self.says}
        if self.subject != round_ or self.kind not in PUBLIC:
            return "not-of", {"kind": self.kind, "round": round_, "subject": self.subject}
        return None


def canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def check_acts(report: Report, told: dict[str, Any], given: argparse.Namespace) -> list[PublicAct]:
    """The public acts of a round, as a file such as heads.json has them; those that are proven, if all are."""
    if not told.get("checkpoint"):
        report.bad("no-receipts")
        return []
    head = checkpoint(report, told["checkpoint"], "checkpoint", given.keys, given.witnesses, given.quorum)
    if head is None:
        return []
    acts, before = [PublicAct(each) for each in told["acts"]], report.faults
    for act in acts:
        if wrong := act.wrong(head, given.keys[0], told["round"]):
            report.bad(wrong[0], index=act.index, **wrong[1])
    places = [act.index for act in acts]
    if places != sorted(set(places)):
        report.bad("unordered")
    if report.faults == before:
        check_heads(report, told, acts)
    if report.faults == before:
        report.good("acts", round=told["round"], count=len(acts), size=head.size)
        return acts
    return []


def check_heads(report: Report, told: dict[str, Any], acts: list[PublicAct]) -> None:
    """The list of heads is what the acts say of the ballot; the last may be too new to have a receipt."""
    if told["waiting"]:
        report.mind("waiting", count=told["waiting"])
    if "heads" not in told:
        return
    listed = [(each["ballots"], each["head"]) for each in told["heads"]]
    boxed = [act.head for act in acts if act.kind == BOXED and act.says["phase"] == told["phase"]]
    for at, (says, recorded) in enumerate(zip_longest(listed, boxed), start=1):
        if recorded and says != recorded:
            report.bad("head-changed", at=at, says=says, recorded=recorded)
    if len(listed) - len(boxed) > told["waiting"] or (listed and not boxed):
        report.bad("no-receipts")


def check_none_kept_back(report: Report, log: Log, told: dict[str, Any], acts: list[PublicAct]) -> None:
    """Each act is in the export as it was published, and none of the round is there that was not."""
    subjects, shown = {act.entry["subject"] for act in acts}, {act.index: act.leaf for act in acts}
    size = Checkpoint(Note(told["checkpoint"])).size
    for tile in range(-(-log.size // WIDTH)):
        for index, entry in enumerate(log.entries(tile), start=tile * WIDTH):
            if index in shown:
                if shown.pop(index) != entry:
                    report.bad("not-exported", index=index)
                continue
            said = json.loads(entry)
            if said["subject"] in subjects and said["kind"] in PUBLIC:
                if index < size:
                    report.bad("kept-back", index=index, kind=said["kind"])
                else:
                    report.mind("later", index=index, kind=said["kind"])
    for index in shown:
        report.bad("not-exported", index=index)


def check_receipt(report: Report, receipt: Receipt, given: argparse.Namespace) -> None:
    """The receipt by itself, as its holder keeps it."""
    head = checkpoint(report, receipt.note, "receipt", given.keys, given.witnesses, given.quorum)
    if head is None:
        return
    digest = given.keys[0].digest
    if included(receipt.index, head.size, digest(b"\x00" + receipt.entry), receipt.proof, head.root, digest):
        report.good("receipt", index=receipt.index, size=head.size)
        report.good("says", entry=receipt.entry.decode(errors="replace"))
    else:
        report.bad("not-included", index=receipt.index)


def check_export(report: Report, given: argparse.Namespace) -> None:
    """The whole export; against an earlier checkpoint and a receipt, if they are given."""
    written = read(given.folder / "checkpoint")
    head = checkpoint(report, written, "checkpoint", given.keys, given.witnesses, given.quorum)
    if head is None:
        return
    log = Log(given.folder, head.size, given.keys[0].digest, report)
    if log.check(head.root):
        report.good("whole", size=head.size)
    if given.since:
        check_since(report, log, given)
    receipt = given.receipt and Receipt(read(given.receipt))
    for told in map(json.loads, map(read, given.acts)):
        check_none_kept_back(report, log, told, check_acts(report, told, given))
    theirs = log.check_numbers(json.loads(receipt.entry).get("person", "") if receipt else "")
    if receipt:
        check_receipt(report, receipt, given)
        tile, at = divmod(receipt.index, WIDTH)
        if receipt.index >= head.size or log.entries(tile)[at : at + 1] != [receipt.entry]:
            report.bad("not-exported", index=receipt.index)
        elif theirs:
            report.good("history", count=len(theirs), entries=", ".join(map(str, theirs)))


def check_since(report: Report, log: Log, given: argparse.Namespace) -> None:
    old = checkpoint(report, read(given.since), "earlier checkpoint", given.keys, [], 0)
    if old is None:
        return
    if old.size > log.size:
        report.bad("shortened", old=old.size, new=log.size)
    elif log.root_at(old.size) != old.root:
        report.bad("rewritten", old=old.size)
    else:
        report.good("earlier", old=old.size, new=log.size)


def trusted(report: Report, given: argparse.Namespace) -> list[Key]:
    """The ledger's keys: the one that the caller trusts, and those that lawfully followed it."""
    match given.way:
        case "export":
            told = json.loads(read(given.folder / "keys.json"))
        case "acts":
            told = json.loads(read(given.file))
        case _:
            told = {}
    if given.key:
        keys = [Key(given.key)]
    else:
        keys = [Key(told["keys"][0])]
        report.mind("own-key", key=keys[0].published)
    for written in told.get("successions", []):
        note = Note(written)
        _, origin, _, old, new, _ = note.text.split("\n")
        if old == keys[-1].published and origin == keys[-1].name:
            following = Key(new)
            if note.signed_by(keys[-1]) is None or note.signed_by(following) is None:
                raise Unreadable("a succession is signed by both keys")
            keys.append(following)
    return keys


def read(where: Path) -> str:
    return where.read_text(encoding="utf-8")


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="zhengtong-verify", description="不依赖政府核验政府台账。 Check a ledger.")
    ways = parser.add_subparsers(dest="way", required=True)
    asked = {
        "export": ("folder", "核验导出的台账 · an exported log"),
        "receipt": ("receipt", "核验凭证 · one receipt"),
        "acts": ("file", "核验公开行为（如heads.json） · the public acts of a round, such as heads.json"),
    }
    for name, (what, about) in asked.items():
        way = ways.add_parser(name, help=about)
        way.add_argument(what, type=Path)
        way.add_argument("--key", help="台账的验证钥匙 · the ledger's verifier key", required=name == "receipt")
        way.add_argument(
            "--witness", action="append", default=[], help="见证方的钥匙 · a witness's key; several may be"
        )
        way.add_argument("--quorum", type=int, help="至少几个见证方 · how many of them must have cosigned; else all")
        if name == "export":
            way.add_argument("--since", type=Path, help="较早的检查点 · an earlier checkpoint that was kept")
            way.add_argument("--receipt", type=Path, help="一份凭证 · a receipt to look up in the export")
            way.add_argument(
                "--acts", type=Path, action="append", default=[],
                help="公开行为 · the public acts of a round: is each in the export, and is none kept back?",
            )  # fmt: skip
    return parser


def main(words: list[str] | None = None) -> int:
    given, report = arguments().parse_args(words), Report()
    try:
        given.keys, given.witnesses = trusted(report, given), [Key(each) for each in given.witness]
        given.quorum = len(given.witnesses) if given.quorum is None else given.quorum
        if given.way == "export":
            check_export(report, given)
        elif given.way == "acts":
            check_acts(report, json.loads(read(given.file)), given)
        else:
            check_receipt(report, Receipt(read(given.receipt)), given)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as why:
        print(f"✗ 无法读取 · cannot be read: {why}")
        return 2
    report.bad("bad", count=report.faults) if report.faults else report.good("well")
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
