"""Recording acts, in the transaction of their effect."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from zhengtong.common.rows import Columns
from zhengtong.ledger import keys
from zhengtong.ledger.cosigning import require_witnessed
from zhengtong.ledger.device import signing_key
from zhengtong.ledger.errors import NotInATransaction, PowerNotNamed, UndeclaredKind
from zhengtong.ledger.keys import blind_person
from zhengtong.ledger.kinds import ERASED, KEY_REPLACED, KINDS, SUBJECT_ERASED
from zhengtong.ledger.leaf import commitment, facts, plain
from zhengtong.ledger.models import Act, Checkpoint, Waiting
from zhengtong.ledger.sequencer import one_at_a_time, sequence
from zhengtong.ledger.succession import Succession, end_broken, succeed
from zhengtong.vault import ring

__all__ = ["By", "Deed", "erase", "erase_subject", "record", "record_many", "replace_key", "sequence"]

BATCH = 2000

# The position is found in the statement itself. Two transactions on one subject at once find the same; the second
# waits for the first, inserts nothing, and asks again.
COLUMNS = Columns([field for field in Act._meta.concrete_fields if field.name not in {"id", "position"}])
INSERT = (
    f"INSERT INTO ledger_act ({', '.join(COLUMNS.names)}, position) "  # noqa: S608 - only names of the model
    f"VALUES ({', '.join('%s' for _ in COLUMNS.names)}, "
    "(SELECT COALESCE(MAX(position), 0) + 1 FROM ledger_act WHERE subject = %s)) "
    "ON CONFLICT (subject, position) DO NOTHING RETURNING id, position"
)
# What the sequencer will read of it goes along: in the same statement where the database can.
WAITING = "INSERT INTO ledger_waiting (act_id, position, person, facts, seal)"
ALONG = f"WITH act AS ({INSERT}) {WAITING} SELECT id, position, %s, %s, %s FROM act RETURNING act_id, position"  # noqa: S608
AFTER = f"{WAITING} VALUES (%s, %s, %s, %s, %s)"


class By(Protocol):
    """Who acts: an opaque handle, and the post or nothing."""

    @property
    def handle(self) -> str: ...

    @property
    def post(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Deed:
    """What `record` is told, for `record_many`."""

    kind: str
    subject: str
    by: By
    now: datetime
    power: str = ""
    basis: Sequence[str] = ()
    reason: str = ""
    particulars: Mapping[str, Any] | None = None
    person: str = ""


def record(
    *,
    kind: str,
    subject: str,
    by: By,
    now: datetime,
    power: str = "",
    basis: Sequence[str] = (),
    reason: str = "",
    particulars: Mapping[str, Any] | None = None,
    person: str = "",
) -> Act:
    """Record one act of `subject`: one insert, in the caller's transaction.

    `person` is the handle of whom it concerns; if it is not told, the act concerns whom the subject's first act did.
    `particulars` hold strings, whole numbers, truth values, lists, mappings, and dates and decimals, which become
    strings. NotInATransaction, UndeclaredKind, PowerNotNamed; Unwitnessed: no witness looks on at official acts.
    """
    act = _written(
        Deed(
            kind=kind,
            subject=subject,
            by=by,
            now=now,
            power=power,
            basis=basis,
            reason=reason,
            particulars=particulars,
            person=person,
        )
    )
    _require_transaction()
    said = facts(act)
    waiting = act.person, said, keys.sealing()(said, act.person)
    act.pk, act.position = _insert([*COLUMNS.values(act, new=True), act.subject], waiting)
    act._state.adding, act._state.db = False, connection.alias
    return act


def record_many(deeds: Iterable[Deed]) -> int:
    """Record many acts, in order and in few statements; how many. For loads, where nobody else writes the subjects."""
    _require_transaction()
    acts = [_written(deed) for deed in deeds]
    for at in range(0, len(acts), BATCH):
        batch = acts[at : at + BATCH]
        _number(batch)
        Act.objects.bulk_create(batch)
        Waiting.objects.bulk_create(_waiting(act) for act in batch)
    return len(acts)


def erase(act: Act, *, by: By, now: datetime, basis: Sequence[str], reason: str = "", power: str = "") -> Act:
    """Erase what is personal in an act; the act itself and its proof remain. The erasing is an act, too."""
    act.actor, act.reason, act.particulars, act.salt = "", "", None, b""
    act.save(update_fields=["actor", "reason", "particulars", "salt"])
    erased = {"position": act.position}
    return record(
        kind=ERASED, subject=act.subject, by=by, now=now, power=power, basis=basis, reason=reason, particulars=erased
    )


def replace_key(*, by: By, now: datetime, device: str = "", reason: str = "") -> Succession:
    """Let another key sign the ledger from now on: a new one, or the one in a device that the address names.

    What the present key signed stays proven. What waits is still signed with it; then nobody else may sign until the
    other key is in its place.
    """
    end_broken()
    while sequence(now):
        pass
    with transaction.atomic():
        one_at_a_time()
        last = Checkpoint.objects.order_by("-size").first()
        name, size = (last.origin, last.size) if last else (keys.origin(), 0)
        told = {"size": size, "old": str(keys.signer(name).verifier)}
        record(kind=KEY_REPLACED, subject="ledger", by=by, now=now, reason=reason, particulars=told)
        return succeed(name, size, signing_key(device) if device else None)


def erase_subject(
    subject: str,
    *,
    by: By,
    now: datetime,
    basis: Sequence[str],
    reason: str = "",
    person: str = "",
    power: str = "",
    until: int | None = None,
) -> Act:
    """Destroy the key of a subject: all that is personal of it is gone, in its acts and wherever else it was sealed.

    What its acts say under the key of the node is blanked. `until`: only up to this position, and no key is destroyed.

    Acts and proofs remain. The erasing is an act, too, whose reason is nothing personal.
    """
    last = Act.objects.filter(subject=subject).aggregate(last=Max("position"))["last"] or 0
    if until is None:
        ring.destroy([subject], now=now)
    last = last if until is None else until
    _blank(subject, last)
    told = {"positions": last}
    return record(
        kind=SUBJECT_ERASED,
        subject=subject,
        by=by,
        now=now,
        power=power,
        basis=basis,
        reason=reason,
        particulars=told,
        person=person,
    )


def _blank(subject: str, last: int) -> None:
    """Take what can still be read from the acts of a subject: those that were not sealed under its key."""
    told = Act.objects.filter(subject=subject, position__lte=last).exclude(salt=b"")
    readable = [act.pk for act in told.iterator() if not act.is_erased and (act.reason or act.particulars)]
    Act.objects.filter(pk__in=readable).update(reason=b"", particulars=None, salt=b"")


def _written(deed: Deed) -> Act:
    """The act as it will stand, without its number."""
    if deed.kind not in KINDS:
        raise UndeclaredKind(f"{deed.kind!r} is not declared: see docs/reference on kinds of act")
    if deed.by.post and not deed.power:
        raise PowerNotNamed(f"{deed.kind} by {deed.by.post}: an act in a post names the power that it rests on")
    if deed.by.post:
        require_witnessed()
    act = Act(
        kind=deed.kind,
        version=KINDS[deed.kind].version,
        subject=deed.subject,
        at=deed.now,
        recorded_at=timezone.now(),
        person=blind_person(deed.person) if deed.person else "",
        actor=deed.by.handle,
        actor_post=deed.by.post,
        power=deed.power,
        legal_basis=list(deed.basis),
        reason=deed.reason,
        particulars=plain(deed.particulars),
        salt=secrets.token_bytes(16),
    )
    act.commitment = commitment(act)
    return act


def _waiting(act: Act) -> Waiting:
    """What the sequencer will read of an act."""
    said = facts(act)
    sealed = keys.sealing()(said, act.person)
    return Waiting(act=act, position=act.position, person=act.person, facts=said, seal=sealed)


def _insert(act: list[Any], waiting: tuple[Any, ...]) -> tuple[int, int]:
    """Write the row of an act and of what waits of it; its id and position."""
    along = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        placed: tuple[int, int] | None = None
        while placed is None:
            cursor.execute(*((ALONG, [*act, *waiting]) if along else (INSERT, act)))
            placed = cursor.fetchone()
        if not along:
            cursor.execute(AFTER, [*placed, *waiting])
    return placed


def _number(batch: Sequence[Act]) -> None:
    subjects = {act.subject for act in batch}
    rows = Act.objects.filter(subject__in=subjects).values_list("subject").annotate(Max("position")).order_by()
    last = dict(rows)
    for act in batch:
        act.position = last[act.subject] = last.get(act.subject, 0) + 1


def _require_transaction() -> None:
    if not connection.in_atomic_block:
        raise NotInATransaction("an act is recorded in the transaction of its effect: use transaction.atomic()")
