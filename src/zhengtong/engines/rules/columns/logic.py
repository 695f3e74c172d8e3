"""Truth of three values, comparison and choice between columns. SQL's AND, OR and NOT are FEEL's."""

from collections.abc import Iterable, Sequence

from zhengtong.engines.rules.columns.lowering import FALSE, NULL, TRUE, Lowering, refuse
from zhengtong.engines.rules.columns.sheet import let, made
from zhengtong.engines.rules.columns.symbols import Column, Fraction, Interval, Item, Listing, Record, Symbol
from zhengtong.engines.rules.feel import equality

Case = tuple[Column, Symbol]
_ORDERED = frozenset(["number", "string", "date", "years and months duration", "days and time duration"])
_COMPARE = {
    "=": equality.equal,
    "!=": equality.unequal,
    "<": equality.less,
    "<=": equality.less_equal,
    ">": equality.greater,
    ">=": equality.greater_equal,
}


def truth(symbol: Symbol) -> Column:
    """The symbol as an operand of logic: what is no boolean counts as null."""
    return symbol if isinstance(symbol, Column) and symbol.kind == "boolean" else NULL


def conjunction(conditions: Iterable[Column]) -> Column:
    """`and` of them all."""
    return _joined("AND", conditions, TRUE, FALSE)


def disjunction(conditions: Iterable[Column]) -> Column:
    """`or` of them all."""
    return _joined("OR", conditions, FALSE, TRUE)


def _joined(word: str, conditions: Iterable[Column], neutral: Column, settled: Column) -> Column:
    found = list(dict.fromkeys(each for each in conditions if each.constant is not neutral.constant))
    if any(each.constant is settled.constant for each in found):
        return settled
    if not found:
        return neutral
    if len(found) == 1:
        return found[0] if not found[0].is_null else made("boolean", "CAST(NULL AS BOOLEAN)")
    return made("boolean", f"({f' {word} '.join(each.sql for each in found)})", *found)


def negation(condition: Column) -> Column:
    """`not`."""
    if condition.is_constant:
        return {True: FALSE, False: TRUE}.get(condition.constant, NULL)
    return made("boolean", f"(NOT {condition.sql})", condition)


def surely(condition: Column) -> Column:
    """Whether it is true, so that null is false."""
    if condition.is_null:
        return FALSE
    return (
        condition
        if not condition.nullable
        else made("boolean", f"COALESCE({condition.sql}, FALSE)", condition, nullable=False)
    )


def is_null(symbol: Symbol) -> Column:
    """Whether there is no value."""
    if isinstance(symbol, Fraction):
        return disjunction([is_null(symbol.over), is_null(symbol.under)])
    if isinstance(symbol, Record):
        return FALSE if symbol.exists is None else negation(symbol.exists)
    if not isinstance(symbol, Column):
        return FALSE
    if symbol.is_null:
        return TRUE
    return made("boolean", f"({symbol.sql} IS NULL)", symbol, nullable=False) if symbol.nullable else FALSE


def equal(self: Lowering, left: Symbol, right: Symbol) -> Column:
    """`left = right` (DMN 1.5, table 53): null equals null, and values of different kinds give null."""
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Column) and one.is_null:
            return is_null(other)
    if not isinstance(left, Column | Fraction) or not isinstance(right, Column | Fraction):
        raise refuse("比较列表或上下文是否相等", "lists or contexts are compared for equality")
    if _kind(left) != _kind(right):
        self.misfit("=", _kind(left), _kind(right))
        either, both = disjunction([is_null(left), is_null(right)]), conjunction([is_null(left), is_null(right)])
        return truth(choose(self, [(either, both)], NULL, "boolean"))
    if isinstance(left, Column) and isinstance(right, Column) and left.nullable and right.nullable:
        return _same(self, left, right)
    plain = _compared(self, left, "=", right)
    return surely(plain)  # where only one of them may be null, that makes it false


def _same(self: Lowering, left: Column, right: Column) -> Column:
    if left.kind == "number" and left.span and right.span:
        left, right = self.numbers.aligned(left, right)  # type: ignore[union-attr]
    return made("boolean", self.dialect.is_same(left.sql, right.sql), left, right, nullable=False)


def compare(self: Lowering, left: Symbol, op: str, right: Symbol) -> Column:
    """`left op right` for `< <= > >=`: null where one is null, or where they have no order."""
    if isinstance(left, Column) and isinstance(right, Column) and left.is_constant and right.is_constant:
        return truth(self.constant(_COMPARE[op](left.constant, right.constant)))
    if op == "=":
        return equal(self, left, right)
    if op == "!=":
        return negation(equal(self, left, right))
    if not isinstance(left, Column | Fraction) or not isinstance(right, Column | Fraction):
        return NULL
    kinds = (_kind(left), _kind(right))
    if kinds[0] != kinds[1] or kinds[0] not in _ORDERED:
        return NULL if "null" in kinds else self.misfit(op, *kinds)
    return _compared(self, left, op, right)


def _compared(self: Lowering, left: Column | Fraction, op: str, right: Column | Fraction) -> Column:
    if _kind(left) == "number":
        return self.numbers.compared(left, op, right)
    assert isinstance(left, Column) and isinstance(right, Column)
    if left.kind == "string" and op != "=":
        return made("boolean", self.dialect.less(left.sql, op, right.sql), left, right)
    return made("boolean", f"({left.sql} {op} {right.sql})", left, right)


def _kind(symbol: Column | Fraction) -> str:
    return symbol.kind if isinstance(symbol, Column) else "number"


def within(self: Lowering, value: Symbol, bounds: Interval) -> Column:
    """`value in [start..end]`; null where an end is null that is not left out."""
    conditions = []
    if bounds.start is not None:
        conditions.append(compare(self, value, ">=" if bounds.start_included else ">", bounds.start))
    if bounds.end is not None:
        conditions.append(compare(self, value, "<=" if bounds.end_included else "<", bounds.end))
    return conjunction(conditions)


def ordered(self: Lowering, bounds: Interval, condition: Column) -> Column:
    """The condition, null where the ends of the range are in the wrong order: then there is no range."""
    if bounds.start is None or bounds.end is None:
        return condition
    right_way = compare(self, bounds.start, "<=", bounds.end)
    if right_way.constant is True:
        return condition
    found = choose(self, [(right_way, condition)], NULL, "boolean")
    assert isinstance(found, Column)
    return found


def choose(self: Lowering, cases: Sequence[Case], otherwise: Symbol, kind: str = "") -> Symbol:
    """The first symbol whose condition is true. Branches of one kind become a CASE; records go member by member."""
    live = [each for each in cases if each[0].constant is not False and not each[0].is_null]
    for place, (condition, symbol) in enumerate(live):
        if condition.constant is True:
            live, otherwise = live[:place], symbol
            break
    symbols = [*(each[1] for each in live), otherwise]
    if not live or all(each is symbols[0] for each in symbols):
        return symbols[-1]
    real = [each for each in symbols if not (isinstance(each, Column) and each.is_null)]
    if not real:
        return NULL
    if all(isinstance(each, Column) for each in real):
        return _case(self, live, otherwise, kind)
    if all(isinstance(each, Record) for each in real):
        return _records(self, live, otherwise)
    if all(isinstance(each, Listing) for each in symbols):
        return _lists(live, otherwise)
    raise refuse("分支的结果种类不同或无法合并", "the branches give results of different kinds, or unrounded quotients")


def _case(self: Lowering, cases: Sequence[Case], otherwise: Symbol, kind: str) -> Column:
    conditions = [condition for condition, _ in cases]
    values = [each for each in [*(value for _, value in cases), otherwise] if isinstance(each, Column)]
    known = [each for each in values if not each.is_null]
    kinds = {each.kind for each in known} | ({kind} if kind else set())
    if len(kinds) > 1:
        raise refuse(
            f"分支的结果种类不同（{'、'.join(sorted(kinds))}）",
            f"the branches give results of different kinds ({', '.join(sorted(kinds))})",
        )
    found = kinds.pop()
    span = self.numbers.merged(known) if found == "number" else None
    written = [self.branch(each, span.scale if span else 0) for each in values]
    pairs = zip(conditions, written, strict=False)
    sql = f"CASE {' '.join(f'WHEN {condition.sql} THEN {value}' for condition, value in pairs)} ELSE {written[-1]} END"
    return made(found, sql, *conditions, *values, nullable=any(each.nullable for each in values), span=span)


def _records(self: Lowering, cases: Sequence[Case], otherwise: Symbol) -> Record:
    symbols = [*(value for _, value in cases), otherwise]
    records = [each for each in symbols if isinstance(each, Record)]
    names = list(dict.fromkeys(name for each in records for name in each.members))
    if any(set(each.members) != set(names) for each in records):
        raise refuse("分支给出的上下文成员不同", "the branches give contexts with different members")

    def part(symbol: Symbol, name: str) -> Symbol:
        return symbol.members[name] if isinstance(symbol, Record) else NULL

    members = {
        name: choose(self, [(condition, part(value, name)) for condition, value in cases], part(otherwise, name))
        for name in names
    }
    exists = choose(self, [(condition, _exists(value)) for condition, value in cases], _exists(otherwise))
    assert isinstance(exists, Column)
    return Record(members, None if exists.constant is True else let(exists))


def _exists(symbol: Symbol) -> Column:
    return (symbol.exists or TRUE) if isinstance(symbol, Record) else FALSE


def _lists(cases: Sequence[Case], otherwise: Symbol) -> Listing:
    items: list[Item] = []
    before: list[Column] = []
    for condition, value in [*cases, (TRUE, otherwise)]:
        sure = let(surely(condition))
        here = conjunction([sure, *(negation(each) for each in before)])
        assert isinstance(value, Listing)
        items += [Item(each.value, let(conjunction([here, each.present or TRUE]))) for each in value.items]
        before.append(sure)
    return Listing(tuple(items))
