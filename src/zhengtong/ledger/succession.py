"""One signing key follows another, and what the earlier ones signed stays proven.

A succession is a note that both keys sign: it names the log, its size, the key that ends there and the one that goes
on. They are kept beside the keys and published, so that whoever trusts one key can follow to the next.
"""

import json
from dataclasses import dataclass

from zhengtong.engines import merkle
from zhengtong.engines.merkle import NoteFault, Signer, SigningKey, Verifier
from zhengtong.ledger import keys, outside

FIRST_LINE = "zhengtong/key-succession@v1"


@dataclass(frozen=True)
class Succession:
    """At `size` entries of the log `origin`, the key `new` goes on where `old` ends."""

    origin: str
    size: int
    old: Verifier
    new: Verifier

    @property
    def text(self) -> str:
        return f"{FIRST_LINE}\n{self.origin}\n{self.size}\n{self.old}\n{self.new}\n"

    @classmethod
    def opened(cls, note: str) -> "Succession":
        """The succession in a note that both of its keys have signed; NoteFault otherwise."""
        text, lines = merkle.split_note(note)
        first, *rest = text.split("\n")
        if first != FIRST_LINE or len(rest) != 5 or not rest[1].isdecimal():
            raise NoteFault("not a succession of keys")
        found = cls(rest[0], int(rest[1]), Verifier.parse(rest[2]), Verifier.parse(rest[3]))
        if {each for each, _ in merkle.believed(text, lines, [found.old, found.new])} != {found.old, found.new}:
            raise NoteFault("a succession of keys is signed by both")
        return found


def notes() -> list[str]:
    """Every succession, the oldest first."""
    path = keys.folder() / "succession.json"
    return list(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else []


def verifier_at(name: str, size: int) -> Verifier:
    """The key whose signature a checkpoint of that size must bear."""
    verifier = keys.signer(name).verifier
    for note in reversed(notes()):
        each = Succession.opened(note)
        if each.new != verifier or each.origin != name:
            raise NoteFault("the succession of keys does not lead to the key of this node")
        if size > each.size:
            break
        verifier = each.old
    return verifier


def own_keys() -> set[bytes]:
    """The public keys that this node has and had, whatever anybody calls them: of its ledger, and as a witness."""
    drafted = [keys.drafted_key().public] if keys.is_drafted() else []
    before = [each.key for note in notes() for found in [Succession.opened(note)] for each in (found.old, found.new)]
    return {keys.signing_key().public, keys.cosigner().verifier.key, *drafted, *before}


def succeed(name: str, size: int, device: SigningKey | None = None) -> Succession:
    """Let another key sign from the next entry on: one in a device, or one that is made now and put in its place."""
    old, new = keys.signer(name), Signer(name, device or keys.drafted_key())
    found = Succession(name, size, old.verifier, new.verifier)
    written = [*notes(), merkle.sign_note(found.text, [old, new])]
    outside.put(keys.folder() / "succession.json", json.dumps(written))
    if device is None:
        keys.take_draft()
    return found


def end_broken() -> None:
    """If a succession was written and its key not put in its place, do so now."""
    if keys.is_drafted() and notes():
        last = Succession.opened(notes()[-1])
        if Signer(last.origin, keys.drafted_key()).verifier == last.new:
            keys.take_draft()
