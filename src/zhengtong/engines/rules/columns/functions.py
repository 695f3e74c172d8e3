"""The functions of the standard that have an exact counterpart in columns."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from zhengtong.engines.rules.columns import groups
from zhengtong.engines.rules.columns.exact import ROUNDINGS
from zhengtong.engines.rules.columns.lists import member, settled
from zhengtong.engines.rules.columns.logic import (
    choose,
    compare,
    conjunction,
    disjunction,
    equal,
    is_null,
    negation,
    surely,
    truth,
)
from zhengtong.engines.rules.columns.lowering import NULL, TRUE, Lowering, listing, named, refuse
from zhengtong.engines.rules.columns.sheet import let, made
from zhengtong.engines.rules.columns.symbols import Column, Fraction, Item, Listing, Members, Record, Symbol
from zhengtong.engines.rules.columns.temporal import months_between
from zhengtong.engines.rules.feel.builtins import BUILTINS

Call = Callable[[Lowering, Sequence[Symbol]], Symbol]
FUNCTIONS: dict[str, Call] = {}


def call_standard(self: Lowering, name: str, arguments: Sequence[Symbol], names: Sequence[str]) -> Symbol:
    """What a function of the standard gives. Raises NotColumns for those that have no counterpart."""
    if name not in FUNCTIONS:
        raise refuse(f"函数“{name}”", f"the function “{name}”")
    if names:
        places = next((found for form in BUILTINS[name].forms if (found := form.places(len(arguments), names))), None)
        if places is None:
            return NULL
        arguments = [value for _, value in sorted(zip(places, arguments, strict=True), key=lambda each: each[0])]
    return FUNCTIONS[name](self, arguments)


def function(*names: str) -> Callable[[Call], Call]:
    def declare(call: Call) -> Call:
        FUNCTIONS.update(dict.fromkeys(names, call))
        return call

    return declare


def _number(symbol: Symbol) -> Column | Fraction | None:
    """A number, or None where the argument is of another kind."""
    if isinstance(symbol, Listing) and len(symbol.items) == 1 and symbol.items[0].present is None:
        symbol = symbol.items[0].value
    if isinstance(symbol, Fraction):
        return symbol
    return symbol if isinstance(symbol, Column) and symbol.kind == "number" else None


def _plain(symbol: Symbol) -> Column | None:
    found = _number(symbol)
    if isinstance(found, Fraction):
        raise refuse("未取整的商继续参与运算", "a quotient is used before it is rounded")
    return found


def _rounding(name: str) -> Call:
    def call(self: Lowering, arguments: Sequence[Symbol]) -> Symbol:
        value = _number(arguments[0])
        places = self.constant(Decimal(0)) if len(arguments) == 1 and name in {"floor", "ceiling"} else arguments[-1]
        if value is None or not isinstance(places, Column) or len(arguments) > 2:
            return NULL
        if not isinstance(places.constant, Decimal):
            raise refuse("取整的位数不是常数", "the number of places is no literal")
        return self.numbers.rounded(value, int(places.constant), ROUNDINGS[name])

    return call


FUNCTIONS.update({name: _rounding(name) for name in ROUNDINGS})


@function("abs")
def _abs(self: Lowering, arguments: Sequence[Symbol]) -> Symbol:
    value = arguments[0] if len(arguments) == 1 else NULL
    if isinstance(value, Column) and value.kind.endswith("duration"):
        return made(value.kind, f"abs({value.sql})", value)
    number = _plain(value)
    return NULL if number is None else self.numbers.absolute(number)


@function("modulo")
def _modulo(self: Lowering, arguments: Sequence[Symbol]) -> Symbol:
    numbers = [_plain(each) for each in arguments]
    found = [each for each in numbers if each is not None]
    return self.numbers.modulo(found[0], found[1]) if len(found) == 2 == len(numbers) else NULL


@function("not")
def _not(self: Lowering, arguments: Sequence[Symbol]) -> Symbol:
    return negation(truth(arguments[0])) if len(arguments) == 1 else NULL


def _items(arguments: Sequence[Symbol]) -> Listing | Members | None:
    """The list that a function such as `sum` takes, given as one list or item by item."""
    if len(arguments) != 1:
        return listing(Item(named(each)) for each in arguments)
    value = arguments[0]
    if isinstance(value, Listing | Members):
        return value
    if isinstance(value, Column) and value.is_null:
        return None
    if isinstance(value, Column) and value.nullable:
        raise refuse("可能为空的值当作列表使用", "a value that may be null is used as a list")
    return Listing((Item(value),))


def _values(items: Listing) -> tuple[list[tuple[Column, Column]], list[Column]]:
    """The items with values, as (where present, value), and where one is present that is null for certain."""
    values: list[tuple[Column, Column]] = []
    nulls: list[Column] = []
    for present, each in zip(_presence(items), items.items, strict=True):
        if isinstance(each.value, Column) and each.value.is_null:
            nulls.append(present)
        elif isinstance(each.value, Column):
            values.append((present, let(each.value)))
        else:
            raise refuse(
                "列表、上下文或未取整的商的汇总", "lists, contexts or unrounded quotients are summed or compared"
            )
    if len({value.kind for _, value in values}) > 1:
        raise refuse("列表项的种类不同", "the items of a list are of different kinds")
    return values, nulls


def _presence(items: Listing) -> list[Column]:
    return [let(each.present or TRUE) for each in items.items]


@function("count")
def _count(self: Lowering, arguments: Sequence[Symbol]) -> Symbol:
    items = _items(arguments)
    if isinstance(items, Members):
        return groups.counted(self, items)
    if items is None:
        return NULL
    found = self.numbers.constant(Decimal(0))
    for each in _presence(items):
        found = self.numbers.add(found, _if_present(self, each, self.numbers.constant(Decimal(1))))
    return found


def _if_present(self: Lowering, present: Column, value: Column) -> Column:
    found = choose(self, [(present, value)], self.numbers.constant(Decimal(0)))
    assert isinstance(found, Column)
    return found


@function("sum")
def _sum(self: Lowering, arguments: Sequence[Symbol]) -> Symbol:
    items = _items(arguments)
    if isinstance(items, Members):
        return groups.summed(self, items)
    values, nulls = _values(items) if items else ([], [])
    if not values:
        return NULL
    if values[0][1].kind != "number":
        raise refuse("对非数字求和", "values are summed that are no numbers")
    total = _if_present(self, *values[0])
    for present, value in values[1:]:
        total = self.numbers.add(total, _if_present(self, present, value))
    some = disjunction(present for present, _ in values)
    return choose(self, [(disjunction(nulls), NULL), (some, let(total))], NULL)


@function("mean")
def _mean(self: Lowering, arguments: Sequence[Symbol]) -> Symbol:
    total, count = _sum(self, arguments), _count(self, arguments)
    if not isinstance(total, Column) or total.kind != "number" or not isinstance(count, Column):
        return NULL
    return self.numbers.mean(total, count)


def _extreme(name: str) -> Call:
    op = "<" if name == "min" else ">"

    def call(self: Lowering, arguments: Sequence[Symbol]) -> Symbol:
        items = _items(arguments)
        if isinstance(items, Members):
            return groups.extreme(self, items, name)
        values, nulls = _values(items) if items else ([], [])
        return choose(self, [(disjunction(nulls), NULL)], _best(self, values, op)) if values else NULL

    return call


def _best(self: Lowering, items: list[tuple[Column, Column]], op: str) -> Symbol:
    """The first of the best; null where one that is present is null."""
    if all(present.constant is True for present, _ in items):
        return _of_all(self, [value for _, value in items], op)
    some, best = items[0]
    for present, value in items[1:]:
        better = conjunction([present, disjunction([negation(some), surely(compare(self, value, op, best))])])
        found = named(choose(self, [(better, value)], best))
        assert isinstance(found, Column)
        some, best = let(disjunction([some, present])), found
    whole = conjunction([some, *(negation(conjunction([present, is_null(value)])) for present, value in items)])
    return choose(self, [(whole, best)], NULL)


def _of_all(self: Lowering, values: list[Column], op: str) -> Symbol:
    """The best of values that are all in the list. SQL's own functions pass over nulls, so those are asked for."""
    span = self.numbers.merged(values) if values[0].kind == "number" else None
    scale = span.scale if span else 0
    if values[0].kind not in {"number", "date"}:
        raise refuse("比较文本、布尔值或时长的大小", "texts, truths or durations are ordered by min or max")
    written = ", ".join(self.branch(each, scale) for each in values)
    sql = f"{'least' if op == '<' else 'greatest'}({written})"
    best = made(values[0].kind, sql, *values, span=span)
    unknown = disjunction(is_null(each) for each in values)
    return choose(self, [(negation(unknown), best)], NULL)


FUNCTIONS.update({name: _extreme(name) for name in ("min", "max")})


@function("all")
def _all(self: Lowering, arguments: Sequence[Symbol]) -> Symbol:
    return settled(self, _items(arguments) or NULL, every=True)


@function("any")
def _any(self: Lowering, arguments: Sequence[Symbol]) -> Symbol:
    return settled(self, _items(arguments) or NULL, every=False)


@function("list contains")
def _contains(self: Lowering, arguments: Sequence[Symbol]) -> Symbol:
    if len(arguments) != 2:
        return NULL
    items, wanted = _items(arguments[:1]), named(arguments[1])
    if isinstance(items, Members):
        if not isinstance(wanted, Column) or not wanted.is_constant:
            raise refuse("成员中包含非常数的值", "members are searched for a value that is no literal")
        return groups.any_of(items.of(surely(equal(self, items.value, wanted))))
    if items is None:
        return NULL
    return disjunction(
        conjunction([each.present or TRUE, surely(equal(self, each.value, wanted))]) for each in items.items
    )


@function("is")
def _is(self: Lowering, arguments: Sequence[Symbol]) -> Symbol:
    return surely(equal(self, arguments[0], arguments[1])) if len(arguments) == 2 else NULL


@function("years and months duration")
def _months(self: Lowering, arguments: Sequence[Symbol]) -> Symbol:
    return months_between(self, arguments[0], arguments[1]) if len(arguments) == 2 else NULL


@function("get value")
def _get_value(self: Lowering, arguments: Sequence[Symbol]) -> Symbol:
    key = arguments[1] if len(arguments) == 2 else NULL
    if not isinstance(arguments[0], Record) or not isinstance(key, Column) or not isinstance(key.constant, str):
        raise refuse("get value", "`get value` with a key that is no literal")
    return member(self, arguments[0], key.constant)


def _text(template: str) -> Call:
    """A function of two texts, null where one is null or no text."""

    def call(self: Lowering, arguments: Sequence[Symbol]) -> Symbol:
        if len(arguments) != 2 or not all(isinstance(each, Column) and each.kind == "string" for each in arguments):
            return NULL
        whole, part = (let(each) for each in arguments if isinstance(each, Column))
        sql = (
            self.dialect.contains(whole.sql, part.sql)
            if not template
            else template.format(whole=whole.sql, part=part.sql)
        )
        return made("boolean", sql, whole, part)

    return call


FUNCTIONS["contains"] = _text("")
FUNCTIONS["starts with"] = _text("(left({whole}, CAST(length({part}) AS INTEGER)) = {part})")
FUNCTIONS["ends with"] = _text("(right({whole}, CAST(length({part}) AS INTEGER)) = {part})")


@function("string length")
def _length(self: Lowering, arguments: Sequence[Symbol]) -> Symbol:
    value = arguments[0] if len(arguments) == 1 else NULL
    if not isinstance(value, Column) or value.kind != "string":
        return NULL
    return self.numbers.whole(f"CAST(length({value.sql}) AS {self.dialect.long})", 0, 1_000_000, value)


@function("string")
def _string(self: Lowering, arguments: Sequence[Symbol]) -> Symbol:
    value = arguments[0] if len(arguments) == 1 else NULL
    if isinstance(value, Column) and value.kind in {"string", "null"}:
        return value
    raise refuse("把值写成文本", "a value is written as text")
