"""Sealed columns. A model says for whom a row is sealed (`sealed_for`); values go in and come out as ever.

What is empty is stored as nothing, so it needs no key. A sealed column cannot be searched; one with an `index`, a
`Blind` column beside it, is found by equality.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.db import models
from django.db.models.lookups import Exact, In
from django.db.models.query_utils import DeferredAttribute

from zhengtong.vault import ring
from zhengtong.vault.secret import blind

_WRITER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
GONE = "—"  # what is read where a text was erased


@dataclass(frozen=True, slots=True)
class Envelope:
    """A value as the database has it; opened when it is first asked for."""

    sealed: bytes


def gone(instance: Any, name: str) -> bool:
    """Whether a sealed value of a row was erased. It is opened, if it can be."""
    getattr(instance, name)
    held = instance.__dict__[name]
    return isinstance(held, Envelope)


def jsons_of(model: type[models.Model], name: str, column: Sequence[Any]) -> list[str | None]:
    """Sealed values, as `values_list` gives them, as JSON texts, in few queries; None for the empty and the erased."""
    about = cast(Sealed, model._meta.get_field(name)).about
    ring.fetch(each.sealed for each in column if isinstance(each, Envelope))
    return [_json(each.sealed, about) if isinstance(each, Envelope) else None for each in column]


def _json(sealed: bytes, about: bytes) -> str | None:
    try:
        return ring.open_(sealed, about=about).decode()
    except ring.Erased:
        return None


class _Opening(DeferredAttribute):
    """The attribute of a sealed column."""

    field: "Sealed"

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        held = instance.__dict__[name] if name in instance.__dict__ else super().__get__(instance, cls)
        if not isinstance(held, Envelope):
            return held
        try:
            value = instance.__dict__[name] = self.field.opened(held)
        except ring.Erased:
            return self.field.gone()
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class Sealed(models.Field):  # type: ignore[type-arg]
    """A column sealed under the key of the row's subject: a text, or with `default=dict` and the like any JSON.

    `owns`: the row is the subject itself, so that inserting it makes the key.
    """

    if TYPE_CHECKING:
        _pyi_private_set_type: Any
        _pyi_private_get_type: Any

    descriptor_class = _Opening
    empty_strings_allowed = False

    def __init__(self, *args: Any, owns: bool = False, index: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("default", "")
        self.owns, self.index = owns, index
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs |= {key: value for key in ("owns", "index") if (value := getattr(self, key))}
        return name, path, args, kwargs

    def get_lookup(self, name: str) -> Any:
        """Equality alone, and that only where there is an index: what is sealed has no order and no parts."""
        return super().get_lookup(name) if name in {"exact", "in", "isnull"} else None

    def get_internal_type(self) -> str:
        return "BinaryField"

    @property
    def about(self) -> bytes:
        """Where it belongs: a seal copied to another column does not open."""
        return f"{self.model._meta.label_lower}.{self.name}".encode()

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Any:
        if value is None:
            return None
        sealed = bytes(value)
        if not sealed:
            return self.get_default()
        ring.seen(sealed)
        return Envelope(sealed)

    def opened(self, held: Envelope) -> Any:
        """What is in the envelope. Raises `Erased`."""
        return json.loads(ring.open_(held.sealed, about=self.about))

    def gone(self) -> Any:
        """What is read where the value was erased."""
        empty = self.get_default()
        return GONE if empty == "" else empty

    def pre_save(self, instance: Any, add: bool) -> Any:
        value = instance.__dict__.get(self.attname)
        if isinstance(value, Envelope) or value is None or value == self.get_default():
            return value
        plain = _WRITER.encode(value).encode()
        return Envelope(ring.seal(instance.sealed_for, plain, about=self.about, new=add and self.owns))

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Envelope):
            return value.sealed
        if value is None or isinstance(value, bytes):
            return value
        if value == self.get_default():
            return b""
        raise TypeError(f"{self.name} is sealed: it is written by saving a row, and cannot be searched")

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        plain = value if prepared else self.get_prep_value(value)
        return None if plain is None else connection.Database.Binary(plain)


class _ByIndex:
    """A lookup by the blind column beside a sealed one."""

    prepare_rhs = False

    def process_lhs(self, compiler: Any, connection: Any, lhs: Any = None) -> Any:
        column = (lhs or self.lhs).target  # type: ignore[attr-defined]
        if not column.index:
            raise TypeError(f"{column.name} is sealed and has no index: it cannot be searched")
        beside = column.model._meta.get_field(column.index)
        return compiler.compile(beside.get_col((lhs or self.lhs).alias))  # type: ignore[attr-defined]

    def blinded(self, value: Any) -> str:
        column = self.lhs.target  # type: ignore[attr-defined]
        made: str = column.model._meta.get_field(column.index).blinded(str(value))
        return made


@Sealed.register_lookup
class _Equal(_ByIndex, Exact):
    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self.blinded(self.rhs)]


@Sealed.register_lookup
class _Among(_ByIndex, In):
    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        values = [self.blinded(each) for each in self.rhs]
        return f"({', '.join('%s' for _ in values)})", values


class Blind(models.CharField):  # type: ignore[type-arg]
    """The keyed hash of a sealed column beside it, by which it is found. Columns of one `purpose` compare."""

    def __init__(self, *args: Any, of: str = "", purpose: str = "", **kwargs: Any) -> None:
        self.of, self.purpose = of, purpose
        super().__init__(*args, **{"max_length": 32, "null": True, "editable": False} | kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of, "purpose": self.purpose}

    def blinded(self, value: str) -> str:
        """What the column holds for a value."""
        return blind(self.purpose, value)

    def pre_save(self, instance: Any, add: bool) -> Any:
        if isinstance(instance.__dict__.get(self.of), Envelope):
            return getattr(instance, self.attname)
        value = getattr(instance, self.of)
        setattr(instance, self.attname, self.blinded(str(value)) if value else None)
        return getattr(instance, self.attname)
