"""Whether a model can be run over columns, told before there is a frame."""

from collections.abc import Generator, Iterator
from datetime import date
from functools import lru_cache

from zhengtong.common.text import text
from zhengtong.engines.rules.columns.dialect import Dialect
from zhengtong.engines.rules.columns.errors import MissingColumns, NotColumns, UnfitColumn
from zhengtong.engines.rules.columns.frame import Field, Frame
from zhengtong.engines.rules.columns.lowering import named
from zhengtong.engines.rules.columns.plan import Planner, inputs_of
from zhengtong.engines.rules.columns.symbols import Span
from zhengtong.engines.rules.dmn.document import Element
from zhengtong.engines.rules.dmn.logic import Workshop
from zhengtong.engines.rules.errors import FeelError, RulesFault, TooMuch
from zhengtong.engines.rules.feel.types import Basic, Constrained, ContextType, ListType, Type
from zhengtong.engines.rules.findings import Finding

_SPAN = Span(2, -(10**12), 10**12)  # amounts of money: ten billion, with cents
_LARGEST = 100  # members of a group
_MOST = 20_000  # elements that are looked at, each anew for every decision that needs it
_MOST_MEMBERS = 10_000
_TOO_MANY = text(
    "决策过多，其余的未检查能否按列计算。",
    "There are too many decisions; whether the rest can be run over columns is not looked at.",
)
_KINDS = frozenset(["number", "string", "boolean", "date"])


def by_columns(workshop: Workshop, on: date | None) -> Iterator[Finding]:
    """What each decision comes to where all that is known of its inputs is their types.

    A warning for each expression that is null whatever the inputs are, since the kinds of its parts do not go
    together; and a note for each decision that cannot be run over columns, with the expression that prevents it.
    Numbers are taken to be amounts of up to ten billion with two decimal places, groups to have up to 100 members.
    """
    left = _MOST
    for element in workshop.library.main.elements.values():
        if element.kind != "decision":
            continue
        if left < 0:
            yield Finding("not-by-columns", "note", element.id, element.line, _TOO_MANY)
            return
        left -= yield from _decision(workshop, element, on or date.today())  # noqa: DTZ011


def _decision(workshop: Workshop, element: Element, on: date) -> Generator[Finding, None, int]:
    """Gives besides how many elements were looked at."""
    try:
        planner = Planner(workshop, *_frames(workshop, element), Dialect(), on, "decimal")
    except (RulesFault, FeelError, RecursionError):
        return 1  # told of elsewhere
    yield from _lowered(planner, element)
    return planner.count


def _lowered(planner: Planner, element: Element) -> Iterator[Finding]:
    try:
        planner.finished({element.name: named(planner.value(element))})
    except NotColumns as fault:
        what = text("不能按列计算：{what}（{where}）", "It cannot be run over columns: {what} ({where})")
        line = fault.line or element.line
        yield Finding("not-by-columns", "note", element.id, line, what.format(what=fault.what, where=fault.where))
    except (MissingColumns, UnfitColumn) as fault:
        yield Finding("not-by-columns", "note", element.id, element.line, fault.told())
    except (RulesFault, FeelError, TooMuch, RecursionError):
        return
    null = text("总是空值：{what}", "It is always null: {what}")
    told = {told["en"]: told for where, told in planner.lowering.misfits if where == element.name}
    for each in told.values():
        yield Finding("type-fault", "warning", element.id, element.line, null.format(what=each))


@lru_cache(4096)
def _parts(kind: Type | None) -> int:
    """How many members there are in a type, each as often as it occurs; types may share parts."""
    base = _base(kind)
    if isinstance(base, ListType):
        return _parts(base.item)
    return 1 + sum(map(_parts, base.members.values())) if isinstance(base, ContextType) else 1


def _frames(workshop: Workshop, element: Element) -> tuple[Frame, dict[str, Frame]]:
    """Frames that hold what the inputs are declared to be."""
    fields, groups = [], {}
    for name, each in inputs_of(workshop, [element]).items():
        kind = _base(workshop.type_of(each))
        if _parts(kind) > _MOST_MEMBERS:
            raise RulesFault(text("类型的成员过多", "the type has too many members"), each.line)
        if isinstance(kind, ListType):
            groups[name] = Frame("members", _field("item", kind.item).members, "key", _LARGEST)
        else:
            fields.append(_field(name, kind))
    return Frame("frame", tuple(fields)), groups


def _field(name: str, kind: Type | None) -> Field:
    kind = _base(kind)
    if isinstance(kind, ContextType):
        return Field(name, "record", members=tuple(_field(*each) for each in kind.members.items()))
    plain = kind.kind if isinstance(kind, Basic) else "a value of no declared type"
    return Field(name, plain, scale=2, span=_SPAN) if plain in _KINDS else Field(name, plain)


def _base(kind: Type | None) -> Type | None:
    return kind.base if isinstance(kind, Constrained) else kind
