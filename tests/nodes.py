"""Another node for tests: how a charter names it, its installation, and every way to forge what it says."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from zhengtong.agora import kinds
from zhengtong.ledger import words
from zhengtong.ledger.acts import record, sequence
from zhengtong.ledger.models import Act
from zhengtong.ledger.opening import opened_to_all
from zhengtong.people.actor import PROGRAM


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
    "the file is another": lambda word, other: word | {"said": other},
    "what the act says is another": lambda word, other: spoken(word, sha256=words.hash_of(other)) | {"said": other},
    "it is an act of another kind": lambda word, other: recorded_otherwise(word) | {"said": word["said"]},
    "the place is another": lambda word, other: changed(word, index=word["acts"][0]["index"] - 1),
    "the place is a word": lambda word, other: changed(word, index="first"),
    "the place is no whole number": lambda word, other: changed(word, index=word["acts"][0]["index"] + 0.0),
    "the place is beyond all numbers": lambda word, other: changed(word, index=float("inf")),
    "the place is beyond all logs": lambda word, other: changed(word, index=2**64),
    "the proof is cut short": lambda word, other: changed(word, proof=word["acts"][0]["proof"][:-1]),
    "the proof is endless": lambda word, other: changed(word, proof=["A" * 44] * 100_000),
    "the head is not signed": lambda word, other: word | {"checkpoint": word["checkpoint"].partition("\n\n")[0]},
    "there is no act": lambda word, other: word | {"acts": []},
    "there are two acts": lambda word, other: word | {"acts": word["acts"] * 2},
    "it is a list": lambda word, other: [word],
    "it is a number": lambda word, other: 7,
    "it is no JSON": lambda word, other: b"{",
    "it is deeply nested": lambda word, other: b"[" * 100_000,
    "it is empty": lambda word, other: b"",
}


def changed(word, **more):
    return word | {"acts": [word["acts"][0] | more]}


def spoken(word, **more):
    """The opening changed, and the commitment not."""
    *before, says = word["acts"][0]["opened"]
    return changed(word, opened=[*before, says | more])


def recorded_otherwise(word):
    """The same words in an act that somebody may bring about in the ledger, but that gives no word."""
    subject, *_, says = word["acts"][0]["opened"]
    with transaction.atomic():
        act = record(kind=kinds.COUNTED, subject=subject, by=PROGRAM, now=timezone.now(), particulars=says)
    sequence(timezone.now())
    return opened_to_all([Act.objects.get(pk=act.pk)])
