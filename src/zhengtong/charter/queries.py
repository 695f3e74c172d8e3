"""Which law is in force, and which was. Enactments never change, so that what was read once is kept in memory."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath

from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Concat
from django.utils import timezone

from zhengtong.charter.charter import Charter, reopen
from zhengtong.charter.errors import NoSuchEnactment, NothingInForce
from zhengtong.charter.models import EnactedFile, Enactment
from zhengtong.common.compiled import Compiled, Given

MOST_KEPT = 32  # charters in memory; older ones are read anew when an old case asks for them

_CHARTERS: dict[str, Charter] = {}  # by digest
_ENACTMENTS: dict[int, Enactment] = {}  # by number
_UNCOMMITTED: set[int] = set()
# Within `one_law`: what was in force on a day, and what was enacted under a number.
_SEEN: ContextVar[dict[date | int, Enactment] | None] = ContextVar("seen", default=None)

LATEST = Compiled(
    lambda: Enactment.objects.filter(in_force_from__lte=Given("on")).order_by("-in_force_from", "-number")[:1]
)


@dataclass(frozen=True, eq=False)
class Enacted:
    """An enacted charter."""

    charter: Charter
    enactment: Enactment


def in_force(on: date) -> Enacted:
    """The charter in force on a day: of those that have begun, the one that began last. One query.

    Raises `NothingInForce`.
    """
    return _with_charter(_seen(on, lambda: _latest(on)))


def in_force_at(now: datetime) -> Enacted:
    """The same at a moment, by the day that it then is where the government is (not in Greenwich)."""
    return in_force(timezone.localdate(now))


def _latest(on: date) -> Enactment:
    latest = LATEST.first(on=on)
    if latest is None:
        raise NothingInForce(on=on.isoformat())
    return latest


def _seen(which: date | int, find: Callable[[], Enactment]) -> Enactment:
    """Found once within `one_law`, at each asking without it."""
    seen = _SEEN.get()
    if seen is None:
        return find()
    if which not in seen:
        seen[which] = find()
    return seen[which]


@contextmanager
def one_law() -> Iterator[None]:
    """Within it the law does not change, and is looked up once: for one act, or one request."""
    if _SEEN.get() is not None:
        yield
        return
    token = _SEEN.set({})
    try:
        yield
    finally:
        _SEEN.reset(token)


def ever_declared(kind: str) -> set[str]:
    """The ids under which any enacted charter declares something, such as `participation`. One query."""
    files = EnactedFile.objects.filter(path__startswith=f"{kind}/", path__endswith=".yaml")
    return {PurePosixPath(path).stem for path in files.values_list("path", flat=True).distinct()}


def declared_in(enactment: str, kind: str, name: str) -> Exists:
    """Whether the charter of a row declares something: `enactment` and `name` are columns of the row."""
    path = Concat(Value(f"{kind}/"), OuterRef(name), Value(".yaml"))
    return Exists(EnactedFile.objects.filter(enactment=OuterRef(enactment), path=path))


def enacted(number: int) -> Enacted:
    """The charter enacted under this number, however old; raises `NoSuchEnactment`. No query once it is known."""
    if number in _ENACTMENTS:
        return _with_charter(_ENACTMENTS[number])
    enactment = _seen(number, lambda: _numbered(number))
    if number not in _UNCOMMITTED:
        _ENACTMENTS[number] = enactment
    return _with_charter(enactment)


def _numbered(number: int) -> Enactment:
    try:
        return Enactment.objects.get(number=number)
    except Enactment.DoesNotExist as fault:
        raise NoSuchEnactment(number=number) from fault


def enactments() -> list[Enactment]:
    """Every enactment, the newest first."""
    return list(Enactment.objects.order_by("-number"))


def stored(number: int) -> None:
    """An enactment is being stored: until it is committed its number may yet come to mean another."""
    _ENACTMENTS.pop(number, None)
    (_SEEN.get() or {}).clear()
    _UNCOMMITTED.add(number)


def committed(number: int) -> None:
    """It is there to stay, so that it may be kept in memory."""
    _UNCOMMITTED.discard(number)


def _with_charter(enactment: Enactment) -> Enacted:
    charter = _CHARTERS.get(enactment.digest)
    if charter is None:
        files = EnactedFile.objects.filter(enactment=enactment).values_list("path", "blob__content")
        charter = reopen({path: bytes(content) for path, content in files})
        remember(charter)
    return Enacted(charter, enactment)


def remember(charter: Charter) -> None:
    """Keep a charter in memory: whoever asks for its digest gets what reading its files again would give."""
    if len(_CHARTERS) >= MOST_KEPT:
        _CHARTERS.pop(next(iter(_CHARTERS)), None)
    _CHARTERS[charter.digest] = charter
