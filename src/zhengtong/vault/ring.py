"""Sealing and opening: every seal names its key, and keys are fetched together, once, however many seals are read.

A seal is a byte for the suite, the key's id (16 bytes), and what the suite made. Subjects are named by random ids
(`person:<handle>`, a case number), never by what people know, so that a name is never used twice.
"""

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

from zhengtong.vault.ciphers import NAMES, NONCE, SUITES, Suite
from zhengtong.vault.models import Key
from zhengtong.vault.secret import blind, derived

KEPT_SECONDS = 60.0  # another process may go on reading so long after a key has been destroyed
MOST_KEPT = 10_000
MOST_AT_ONCE = 500
HEAD = 17
NODE = "node"  # the subject of what is personal of nobody; its key is the installation's, and is never destroyed
NODE_ID = "0" * 32


class Erased(Exception):
    """The key has been destroyed: what it sealed is gone."""


@dataclass(frozen=True)
class _Kept:
    """A key in memory, and the ciphers made from it."""

    key: bytes
    until: float
    suites: dict[int, Suite] = field(default_factory=dict)

    def cipher(self, suite: int) -> Suite:
        if suite not in self.suites:
            self.suites[suite] = SUITES[suite](self.key)
        return self.suites[suite]


@dataclass(frozen=True)
class _Made:
    """Keys that a transaction made, while nobody knows whether it will be committed; `confirm` waits for that."""

    within: tuple[str, ...]  # the savepoints in which they were made
    confirm: Callable[[], None]
    keys: dict[str, _Kept]


_KEPT: OrderedDict[str, _Kept] = OrderedDict()
_MINE = threading.local()
"""Of this thread: the ids that were `seen`, and what its transaction `made`."""


def id_of(subject: str) -> str:
    """The id of a subject's key."""
    return NODE_ID if subject == NODE else _id(subject, settings.ZHENGTONG_VAR)


@lru_cache(maxsize=MOST_KEPT)
def _id(subject: str, _var: str | Path) -> str:
    """It is blinded by the installation's secret, which is in that folder, and asked for at each seal."""
    return blind("key", subject)


def seal(subject: str, plain: bytes, *, about: bytes, new: bool = False) -> bytes:
    """Seal for a subject; its key is made at the first time (`new`: this is the first). Raises `Erased`."""
    key_id, suite = id_of(subject), NAMES[settings.ZHENGTONG_SUITE]
    return bytes([suite]) + bytes.fromhex(key_id) + _to_seal(key_id, new).cipher(suite).seal(plain, about)


def open_(sealed: bytes, *, about: bytes) -> bytes:
    """What was sealed. Raises `Erased`; `InvalidTag` if it was tampered with, or sealed for another place."""
    return _fetched(sealed[1:HEAD].hex()).cipher(sealed[0]).open(sealed[HEAD:], about)


def seen(sealed: bytes) -> None:
    """A seal was read: should it be opened, its key is fetched with those of the others that were read with it."""
    key_id = sealed[1:HEAD].hex()
    if not _is_known(key_id):
        waiting = _waiting()
        if len(waiting) >= MOST_AT_ONCE:
            waiting.clear()
        waiting.add(key_id)


def fetch(seals: Iterable[bytes]) -> None:
    """Fetch the keys of many seals that are about to be opened, in few queries."""
    wanted = sorted({key_id for each in seals if _kept(key_id := each[1:HEAD].hex()) is None})
    for at in range(0, len(wanted), MOST_AT_ONCE):
        _from_table(wanted[at : at + MOST_AT_ONCE])
    _waiting().clear()


def at_hand(subject: str) -> bool:
    """Whether the subject's key is in memory, or something that it sealed was read just now; asks no database else."""
    key_id = id_of(subject)
    if not _is_known(key_id) and key_id not in _waiting():
        return False
    try:
        return _fetched(key_id) is not None
    except Erased:
        return False


def make(subjects: Iterable[str]) -> None:
    """Make the keys of many new subjects in few statements."""
    pairs = [(id_of(each), secrets.token_bytes(32)) for each in subjects]
    Key.objects.bulk_create([Key(pk=key_id, wrapped=_wrap(key_id, key)) for key_id, key in pairs], batch_size=500)
    for key_id, key in pairs:
        _keep_made(key_id, key)


def forget() -> None:
    """Keep no key in memory; they are fetched again."""
    _KEPT.clear()
    _made().clear()


def destroy(subjects: Iterable[str], *, now: datetime) -> int:
    """Destroy the keys of subjects, and with them all that they sealed; how many there were."""
    return destroy_ids([id_of(each) for each in subjects], now=now)


def destroy_ids(key_ids: Iterable[str], *, now: datetime) -> int:
    """The same by the ids of the keys."""
    ids = list(key_ids)
    for key_id in ids:
        for keys in (_KEPT, *(each.keys for each in _made())):
            keys.pop(key_id, None)
    return Key.objects.filter(pk__in=ids, destroyed_at=None).update(wrapped=b"", destroyed_at=now)


def is_destroyed(subject: str) -> bool:
    """Whether the subject had a key, and it is gone."""
    return Key.objects.filter(pk=id_of(subject), destroyed_at__isnull=False).exists()


def _waiting() -> set[str]:
    waiting: set[str] | None = getattr(_MINE, "seen", None)
    if waiting is None:
        waiting = _MINE.seen = set()
    return waiting


def _is_known(key_id: str) -> bool:
    """Whether a key is in memory, be it only of this transaction; it may have run out."""
    return key_id in _KEPT or any(key_id in each.keys for each in _made())


def _made() -> list[_Made]:
    """What this thread's transaction made; what was rolled back is not among it."""
    made: list[_Made] = getattr(_MINE, "made", [])
    waits = {id(each[1]) for each in connections[DEFAULT_DB_ALIAS].run_on_commit} if made else set()
    _MINE.made = left = [each for each in made if id(each.confirm) in waits]
    return left


def _to_seal(key_id: str, new: bool) -> _Kept:
    kept = _kept(key_id)
    if kept is not None:
        return kept
    if new or not Key.objects.filter(pk=key_id).exists():
        key = secrets.token_bytes(32)
        Key.objects.bulk_create([Key(pk=key_id, wrapped=_wrap(key_id, key))], ignore_conflicts=not new)
        if new:
            return _keep_made(key_id, key)
        _from_table([key_id], keep=_keep_made)  # another process may have made it before
    return _fetched(key_id)


def _fetched(key_id: str) -> _Kept:
    """The key from memory, else from the table, with those that will be wanted next. Raises `Erased`."""
    kept = _kept(key_id)
    if kept is None:
        waiting = _waiting()
        keys = _from_table([*waiting, key_id])
        waiting.clear()
        kept = keys.get(key_id)
    if kept is None:
        raise Erased(key_id)
    return kept


def _from_table(key_ids: Collection[str], keep: Callable[[str, bytes], _Kept] | None = None) -> dict[str, _Kept]:
    """The keys that are there; those that were destroyed are not."""
    found = Key.objects.filter(pk__in=key_ids).values_list("pk", "wrapped")
    return {each: (keep or _keep)(each, _unwrap(each, bytes(wrapped))) for each, wrapped in found if wrapped}


def _kept(key_id: str) -> _Kept | None:
    if key_id == NODE_ID:
        return _node(derived("node"))
    kept = _KEPT.get(key_id)
    if kept is not None and kept.until > time.monotonic():
        return kept
    return next((each.keys[key_id] for each in _made() if key_id in each.keys), None)


@lru_cache(maxsize=4)
def _node(key: bytes) -> _Kept:
    return _Kept(key, float("inf"))


def _keep(key_id: str, key: bytes) -> _Kept:
    kept = _KEPT[key_id] = _Kept(key, time.monotonic() + KEPT_SECONDS)
    while len(_KEPT) > MOST_KEPT:
        _KEPT.popitem(last=False)
    return kept


def _keep_made(key_id: str, key: bytes) -> _Kept:
    """Keep a key that was just made: for good once it is committed. Rolled back it is no key, and what it would go on
    to seal nobody could open.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if not connection.in_atomic_block:
        return _keep(key_id, key)
    within, made = tuple(connection.savepoint_ids), _made()
    if not made or made[-1].within != within:
        keys: dict[str, _Kept] = {}
        made.append(_Made(within, lambda: _KEPT.update(keys), keys))
        connection.on_commit(made[-1].confirm)
    kept = made[-1].keys[key_id] = _Kept(key, time.monotonic() + KEPT_SECONDS)
    return kept


def _wrap(key_id: str, key: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(derived("wrap")).encrypt(nonce, key, key_id.encode())


def _unwrap(key_id: str, wrapped: bytes) -> bytes:
    return AESGCM(derived("wrap")).decrypt(wrapped[:NONCE], wrapped[NONCE:], key_id.encode())
