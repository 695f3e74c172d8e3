"""Signed notes and checkpoints: C2SP signed-note and tlog-checkpoint, with Ed25519 (RFC 8032) signatures.

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

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
MOST_SIGNATURES = 100
_LINE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")


class NoteFault(ValueError):
    """A note or checkpoint that is malformed, or not signed by whom it should be."""


@dataclass(frozen=True)
class Verifier:
    """Whose signatures are believed: a name and a public key of 32 bytes."""

    name: str
    key: bytes

    def __post_init__(self) -> None:
        if not self.name or re.search(r"[\s+]", self.name):
            raise NoteFault(f"a key's name has neither spaces nor plus signs: {self.name!r}")

    @cached_property
    def key_id(self) -> bytes:
        """The four bytes that tell the keys of one name apart."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.key).digest()[:4]

    def __str__(self) -> str:
        """As published: `name+keyid+base64(type, key)`."""
        return f"{self.name}+{self.key_id.hex()}+{_base64(ED25519 + self.key)}"

    @classmethod
    def parse(cls, published: str) -> "Verifier":
        """Read what `str()` wrote; NoteFault if it is malformed."""
        name, _, rest = published.partition("+")
        key_id, _, encoded = rest.partition("+")
        key = _bytes(encoded)
        verifier = cls(name, key[1:])
        if len(key) != 33 or key[:1] != ED25519 or verifier.key_id.hex() != key_id:
            raise NoteFault(f"not an Ed25519 verifier key: {published!r}")
        return verifier

    def verifies(self, text: str, signature: bytes) -> bool:
        """Whether this key made `signature` over `text`."""
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Signer:
    """Signs under a name."""

    name: str
    key: Ed25519PrivateKey

    @cached_property
    def verifier(self) -> Verifier:
        return Verifier(self.name, self.key.public_key().public_bytes_raw())

    def line(self, text: str) -> str:
        """The signature line over `text`."""
        signature = self.verifier.key_id + self.key.sign(text.encode())
        return f"— {self.name} {_base64(signature)}\n"


def sign_note(text: str, signers: Iterable[Signer]) -> str:
    """The note: `text`, which ends in a newline, signed by all of `signers`."""
    if not text.endswith("\n") or re.search(r"[\x00-\x09\x0b-\x1f]", text):
        raise NoteFault("the text of a note ends in a newline and has no control characters")
    return text + "\n" + "".join(signer.line(text) for signer in signers)


def open_note(note: str, verifiers: Iterable[Verifier]) -> tuple[str, list[str]]:
    """The text of the note, and the names of the believed keys that signed it.

    NoteFault if it is malformed, if a believed key's signature is wrong, or if none has signed.
    """
    text, blank, lines = note.rpartition("\n\n")
    if not blank or not lines.endswith("\n") or re.search(r"[\x00-\x09\x0b-\x1f]", note):
        raise NoteFault("not a signed note")
    text += "\n"
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    names = []
    for name, key_id, signature in _signatures(lines):
        verifier = known.get((name, key_id))
        if verifier and not verifier.verifies(text, signature):
            raise NoteFault(f"the signature of {name} is wrong")
        if verifier and name not in names:
            names.append(name)
    if not names:
        raise NoteFault("no signature of a known key")
    return text, names


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
