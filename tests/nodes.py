"""Another node for tests: how a charter names it, its ledger, an installation, every way to forge what it says."""

import os
import secrets
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from zhengtong.agora import kinds
from zhengtong.engines import merkle
from zhengtong.ledger import words
from zhengtong.ledger.kinds import WORD_GIVEN
from zhengtong.ledger.leaf import canonical
from zhengtong.ledger.suite import SUITES

SUITE = SUITES["ed25519-sha256"]


class Elsewhere:
    """The ledger of another node, under a key that is in no file here: it says whatever a test has it say."""

    def __init__(self, name: str = "linshui.example/ledger") -> None:
        self.signer = merkle.Signer(name, merkle.Ed25519Key(Ed25519PrivateKey.generate()))
        self.leaves: list[bytes] = []
        for _ in range(3):  # it had something to say before
            self.told(WORD_GIVEN, "word:", {})

    @property
    def key(self) -> str:
        return str(self.signer.verifier)

    def give(self, said, *, to: str, about: str, role: str) -> dict:
        """Its word, as `zhengtong ledger word` prints it."""
        says = {"to": to, "about": about, "role": role, "sha256": words.hash_of(said)}
        return self.told(WORD_GIVEN, words.subject_of(says["sha256"]), says) | {"said": said}

    def told(self, kind: str, subject: str, says: dict) -> dict:
        """An act of this kind, recorded and opened under a new head."""
        opened, salt = [subject, "program", "", says], secrets.token_bytes(16)
        entry = {"v": 1, "kind": kind, "version": 1, "subject": secrets.token_hex(16), "position": 1}
        entry |= {"at": "2026-03-02T01:00:00.000000Z", "post": "", "power": "", "basis": ""}
        leaf = canonical(entry | {"commitment": SUITE.mac(salt, canonical(opened)).hex()})
        self.leaves.append(leaf)
        index, hashes = len(self.leaves) - 1, [SUITE.hashing.leaf(each) for each in self.leaves]
        proof = merkle.inclusion_proof(index=index, size=len(hashes), read=merkle.reader(hashes))
        root = merkle.tree_root(size=len(hashes), read=merkle.reader(hashes))
        act = {"index": index, "leaf": leaf.decode(), "salt": salt.hex(), "opened": opened}
        return {
            "round": subject,
            "keys": [self.key],
            "successions": [],
            "checkpoint": merkle.Checkpoint(self.signer.name, len(hashes), root).signed(self.signer),
            "acts": [act | {"proof": [b64encode(each).decode() for each in proof]}],
            "waiting": 0,
        }


def linshui(key: str) -> bytes:
    """`nodes.yaml` of a charter that names Linshui County, by its key."""
    node = f"linshui:\n  name: {{zh-Hans: 临水县, en: Linshui County}}\n  ledger: {key}\n"
    return f"{node}  address: https://linshui.example/take-part/\n".encode()


def installation(folder: Path) -> Callable[..., str]:
    """A second installation with a ledger of its own, ready: its commands; what each printed."""

    def there(*asked: str) -> str:
        kept = {name: each for name, each in os.environ.items() if not name.startswith(("ZHENGTONG_", "DATABASE_"))}
        place = {"ZHENGTONG_VAR": str(folder / "elsewhere"), "ZHENGTONG_URL": "https://linshui.example"}
        command = [sys.executable, "-m", "zhengtong", *asked]
        done = subprocess.run(command, env=kept | place, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return there


FORGED = {
    "the file is another": lambda word, other, there: word | {"said": other},
    "what the act says is another": lambda word, other, there: (
        spoken(word, sha256=words.hash_of(other)) | {"said": other}
    ),
    "it is an act of another kind": lambda word, other, there: recorded_otherwise(word, there) | {"said": word["said"]},
    "the place is another": lambda word, other, there: changed(word, index=word["acts"][0]["index"] - 1),
    "the place is a word": lambda word, other, there: changed(word, index="first"),
    "the place is no whole number": lambda word, other, there: changed(word, index=word["acts"][0]["index"] + 0.0),
    "the place is beyond all numbers": lambda word, other, there: changed(word, index=float("inf")),
    "the place is beyond all logs": lambda word, other, there: changed(word, index=2**64),
    "the proof is cut short": lambda word, other, there: changed(word, proof=word["acts"][0]["proof"][:-1]),
    "the proof is endless": lambda word, other, there: changed(word, proof=["A" * 44] * 100_000),
    "the head is not signed": lambda word, other, there: word | {"checkpoint": word["checkpoint"].partition("\n\n")[0]},
    "there is no act": lambda word, other, there: word | {"acts": []},
    "there are two acts": lambda word, other, there: word | {"acts": word["acts"] * 2},
    "it is a list": lambda word, other, there: [word],
    "it is a number": lambda word, other, there: 7,
    "it is no JSON": lambda word, other, there: b"{",
    "it is deeply nested": lambda word, other, there: b"[" * 100_000,
    "it is empty": lambda word, other, there: b"",
}


def changed(word, **more):
    return word | {"acts": [word["acts"][0] | more]}


def spoken(word, **more):
    """The opening changed, and the commitment not."""
    *before, says = word["acts"][0]["opened"]
    return changed(word, opened=[*before, says | more])


def recorded_otherwise(word, there):
    """The same words in an act that somebody may bring about in that ledger, but that gives no word."""
    subject, *_, says = word["acts"][0]["opened"]
    return there.told(kinds.COUNTED, subject, says)
