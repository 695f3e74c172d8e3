"""Figures of the members of a group: each becomes an aggregate of a GROUP BY over the members' sheet."""

from zhengtong.engines.rules.columns.logic import conjunction, is_null
from zhengtong.engines.rules.columns.lowering import TRUE, Lowering, refuse
from zhengtong.engines.rules.columns.sheet import Sheet, made
from zhengtong.engines.rules.columns.symbols import Column, Members, Span


class Group(Sheet):
    """The rows of another frame with the same key as a row of `outer`. No row at all is an empty list.

    `most`: how many the largest group has. `has_list`: where the list is not null; None means everywhere.
    """

    def __init__(self, outer: Sheet, prefix: str, most: int, has_list: Column | None = None) -> None:
        super().__init__(outer.dialect, prefix)
        self.outer, self.most, self.has_list = outer, most, has_list
        self.aggregates: dict[str, str] = {}

    def aggregate(self, sql: str) -> str:
        """The name of an aggregate among the columns of the outer sheet."""
        return self.aggregates.setdefault(sql, f"{self.prefix}g{len(self.aggregates) + 1}")


def _group(members: Members) -> Group:
    assert isinstance(members.sheet, Group)
    return members.sheet


def _where(members: Members, *more: Column) -> str:
    condition = conjunction([members.kept or TRUE, *more])
    return "" if condition.constant is True else f" FILTER (WHERE {condition.sql})"


def _found(members: Members, kind: str, sql: str, *, nullable: bool, span: Span | None = None) -> Column:
    """A column of the outer sheet, null where the list itself is null."""
    group = _group(members)
    column = group.outer.base(sql, Column(sql, kind, nullable, span))
    if group.has_list is None:
        return column
    guarded = f"CASE WHEN {group.has_list.sql} THEN {column.sql} END"
    return made(kind, guarded, group.has_list, column, nullable=True, span=span)


def counted(self: Lowering, members: Members) -> Column:
    """`count(list)`."""
    group = _group(members)
    name = group.aggregate(f"count(*){_where(members)}")
    found = self.numbers.whole(f"COALESCE({name}, 0)", 0, group.most)
    return _found(members, "number", found.sql, nullable=False, span=found.span)


def _values(members: Members) -> Column:
    value = members.value
    if not isinstance(value, Column) or value.is_null:
        raise refuse("对成员的这种汇总", "members are summed or compared that are no plain values")
    return value


def _whole(members: Members, value: Column, sql: str) -> str:
    """The aggregate, null where one of the values is null, as FEEL has it."""
    if not value.nullable:
        return sql
    group = _group(members)
    nulls = group.aggregate(f"count(*){_where(members, is_null(value))}")
    return f"CASE WHEN {nulls} = 0 THEN {sql} END"


def summed(self: Lowering, members: Members) -> Column:
    """`sum(list)`; null of no members."""
    value = _values(members)
    if value.kind != "number":
        raise refuse("对非数字求和", "values are summed that are no numbers")
    group = _group(members)
    span = self.numbers.total(value, group.most)
    name = group.aggregate(self.numbers.summed(f"sum({value.sql}){_where(members)}", span))
    return _found(members, "number", _whole(members, value, name), nullable=True, span=span)


def extreme(self: Lowering, members: Members, function: str) -> Column:
    """`min(list)` and `max(list)`; null of no members."""
    value = _values(members)
    if value.kind == "boolean":
        raise refuse("比较布尔值的大小", "truths are ordered")
    if value.kind == "string" and self.dialect.name == "postgres":
        raise refuse("在此数据库中比较文本的大小", "texts are ordered by the database's own rules")
    name = _group(members).aggregate(f"{function}({value.sql}){_where(members)}")
    return _found(members, value.kind, _whole(members, value, name), nullable=True, span=value.span)


def any_of(members: Members) -> Column:
    """Whether a truth holds for any: true, else null where one is null, else false."""
    value = members.value
    if not isinstance(value, Column):
        raise refuse("对成员的这种判断", "members are asked for what is no truth")
    group = _group(members)
    if value.is_constant or value.is_null:
        raise refuse("对成员的常数判断", "members are asked for a literal")
    true = group.aggregate(f"count(*){_where(members, value)}")
    sql = f"COALESCE({true}, 0) > 0"
    if not value.nullable:
        return _found(members, "boolean", f"({sql})", nullable=False)
    nulls = group.aggregate(f"count(*){_where(members, is_null(value))}")
    cases = f"CASE WHEN {sql} THEN TRUE WHEN COALESCE({nulls}, 0) > 0 THEN NULL ELSE FALSE END"
    return _found(members, "boolean", cases, nullable=True)
