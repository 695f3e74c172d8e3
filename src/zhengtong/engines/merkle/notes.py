"""Signed notes and checkpoints: C2SP signed-note, tlog-checkpoint and tlog-cosignature.

A note is text and, after an empty line, signature lines: `— name base64(key id, signature)`. A checkpoint is a
note whose text tells the head of a log: origin, size, root.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as BadBase64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from zhengtong.engines.merkle.signatures import COSIGNATURE, ED25519, KINDS, TIME, SigningKey, cosigned, cosigned_at

MOST_SIGNATURES = 100
_LINE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")


class NoteFault(ValueError):
    """A note or checkpoint that is malformed, or not signed by whom it should be."""


@dataclass(frozen=True)
class Verifier:
    """Whose signatures are believed: a name, a public key, and the kind of its signatures."""

    name: str
    key: bytes
    kind: bytes = ED25519

    def __post_init__(self) -> None:
        if not self.name or re.search(r"[\s+]", self.name):
            raise NoteFault(f"a key's name has neither spaces nor plus signs: {self.name!r}")

    @cached_property
    def key_id(self) -> bytes:
        """The four bytes that tell the keys of one name apart."""
        return sha256(self.name.encode() + b"\n" + self.kind + self.key).digest()[:4]

    def __str__(self) -> str:
        """As published: `name+keyid+base64(type, key)`."""
        return f"{self.name}+{self.key_id.hex()}+{_base64(self.kind + self.key)}"

    @classmethod
    def parse(cls, published: str) -> "Verifier":
        """Read what `str()` wrote; NoteFault if it is malformed."""
        name, _, rest = published.partition("+")
        key_id, _, encoded = rest.partition("+")
        key = _bytes(encoded)
        for kind, (length, _) in KINDS.items():
            if key.startswith(kind) and len(key) == len(kind) + length:
                verifier = cls(name, key[len(kind) :], kind)
                if verifier.key_id.hex() == key_id:
                    return verifier
        raise NoteFault(f"not a verifier key of a known kind: {published!r}")

    def verifies(self, text: str, signature: bytes) -> bool:
        """Whether this key made `signature` over `text`."""
        return KINDS[self.kind][1](self.key, text.encode(), signature)


@dataclass(frozen=True)
class Signer:
    """Signs under a name."""

    name: str
    key: SigningKey

    @cached_property
    def verifier(self) -> Verifier:
        return Verifier(self.name, self.key.public, self.key.kind)

    def line(self, text: str) -> str:
        """The signature line over `text`."""
        return signature_line(self.verifier, self.key.sign(text.encode()))


@dataclass(frozen=True)
class Cosigner:
    """A witness: signs, with the time, checkpoints of logs that it has found to be consistent. Its key is Ed25519."""

    name: str
    key: SigningKey

    @cached_property
    def verifier(self) -> Verifier:
        return Verifier(self.name, self.key.public, COSIGNATURE)

    def line(self, text: str, at: int) -> str:
        """The cosignature line over the checkpoint `text`, at a second of POSIX time."""
        return signature_line(self.verifier, at.to_bytes(TIME, "big") + self.key.sign(cosigned(text, at)))


def signature_line(verifier: Verifier, signature: bytes) -> str:
    """How a signature stands in a note."""
    return f"— {verifier.name} {_base64(verifier.key_id + signature)}\n"


def sign_note(text: str, signers: Iterable[Signer]) -> str:
    """The note: `text`, which ends in a newline, signed by all of `signers`."""
    if not text.endswith("\n") or re.search(r"[\x00-\x09\x0b-\x1f]", text):
        raise NoteFault("the text of a note ends in a newline and has no control characters")
    return text + "\n" + "".join(signer.line(text) for signer in signers)


def open_note(note: str, verifiers: Iterable[Verifier]) -> tuple[str, list[str]]:
    """The text of the note, and the names of the believed keys that signed it.

    NoteFault if it is malformed, if a believed key's signature is wrong, or if none has signed.
    """
    text, lines = split_note(note)
    names = [verifier.name for verifier, _ in believed(text, lines, verifiers)]
    if not names:
        raise NoteFault("no signature of a known key")
    return text, list(dict.fromkeys(names))


def split_note(note: str) -> tuple[str, str]:
    """Text and signature lines of a note, of which nothing is checked but its form."""
    text, blank, lines = note.rpartition("\n\n")
    if not blank or not lines.endswith("\n") or re.search(r"[\x00-\x09\x0b-\x1f]", note):
        raise NoteFault("not a signed note")
    return text + "\n", lines


def believed(text: str, lines: str, verifiers: Iterable[Verifier]) -> Iterator[tuple[Verifier, bytes]]:
    """Those of `verifiers` that signed `text`, with their signatures; NoteFault for one that is wrong."""
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    for name, key_id, signature in _signatures(lines):
        verifier = known.get((name, key_id))
        if verifier and not verifier.verifies(text, signature):
            raise NoteFault(f"the signature of {name} is wrong")
        if verifier:
            yield verifier, signature


def cosignatures(note: str, witnesses: Iterable[Verifier]) -> dict[str, int]:
    """Which of the witnesses cosigned the note, and when (seconds of POSIX time); NoteFault as in open_note."""
    return {verifier.name: cosigned_at(signature) for verifier, signature in believed(*split_note(note), witnesses)}


def _signatures(lines: str) -> Iterator[tuple[str, bytes, bytes]]:
    every = lines.removesuffix("\n").split("\n")
    if len(every) > MOST_SIGNATURES:
        raise NoteFault("too many signatures")
    for line in every:
        match = _LINE.fullmatch(line)
        signature = _bytes(match[2]) if match else b""
        if not match or len(signature) < 5:
            raise NoteFault(f"not a signature line: {line!r}")
        yield match[1], signature[:4], signature[4:]


@dataclass(frozen=True)
class Checkpoint:
    """The head of a log: its origin (a name for ever), how many entries, and the root over them."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """As it is signed."""
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n"

    def signed(self, *signers: Signer) -> str:
        return sign_note(self.text, signers)

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read a note's text; extension lines are let be. NoteFault if it is malformed."""
        lines = text.split("\n")
        if len(lines) < 4 or not all(lines[:-1]) or lines[-1] or not re.fullmatch(r"0|[1-9][0-9]{0,18}", lines[1]):
            raise NoteFault("not a checkpoint")
        root = _bytes(lines[2])
        if len(root) != 32:
            raise NoteFault("the root of a checkpoint has 32 bytes")
        return cls(lines[0], int(lines[1]), root)

    @classmethod
    def opened(cls, note: str, verifier: Verifier) -> "Checkpoint":
        """The checkpoint in a note that `verifier`'s key has signed; NoteFault otherwise."""
        return cls.parse(open_note(note, [verifier])[0])


def _base64(data: bytes) -> str:
    return b64encode(data).decode()


def _bytes(encoded: str) -> bytes:
    """Only the one true encoding is read, so that no signed text can be written in two ways."""
    try:
        data = b64decode(encoded, validate=True)
    except (BadBase64, ValueError) as fault:
        raise NoteFault(f"not base64: {encoded!r}") from fault
    if _base64(data) != encoded:
        raise NoteFault(f"not base64: {encoded!r}")
    return data
