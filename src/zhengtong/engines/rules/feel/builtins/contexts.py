"""Functions of contexts (DMN 1.5, 10.3.4.10), and `not`."""

from zhengtong.engines.rules.feel.forms import builtin
from zhengtong.engines.rules.feel.values import Value

Context = dict[str, Value]


@builtin("not(negand: any)")
def negation(value: Value) -> bool | None:
    return not value if type(value) is bool else None


@builtin("get value(m: context, key: string)")
def get_value(context: Context, key: str) -> Value:
    return context.get(key)


@builtin("get value(context: context, keys: list)")
def get_value_below(context: Context, keys: list[Value]) -> Value:
    found: Value = context
    for key in keys:
        if type(found) is not dict or type(key) is not str:
            return None
        found = found.get(key)
    return found if keys else None


@builtin("get entries(m: context)")
def get_entries(context: Context) -> list[Context]:
    return [{"key": key, "value": value} for key, value in context.items()]


@builtin("context(entries: list)")
def context(entries: list[Value]) -> Context | None:
    made: Context = {}
    for entry in entries:
        if type(entry) is not dict or "value" not in entry or type(entry.get("key")) is not str:
            return None
        if entry["key"] in made:
            return None
        made[entry["key"]] = entry["value"]
    return made


@builtin("context put(context: context, key: string, value: any)")
def context_put(context: Context, key: str, value: Value) -> Context:
    return context | {key: value}


@builtin("context put(context: context, keys: list, value: any)")
def context_put_below(context: Context, keys: list[Value], value: Value) -> Context | None:
    if not keys or type(keys[0]) is not str:
        return None
    if len(keys) == 1:
        return context | {keys[0]: value}
    inner = context.get(keys[0])
    below = context_put_below(inner, keys[1:], value) if type(inner) is dict else None
    return None if below is None else context | {keys[0]: below}


@builtin("context merge(contexts: list)")
def context_merge(contexts: list[Value]) -> Context | None:
    if not all(type(each) is dict for each in contexts):
        return None
    return {key: value for each in contexts for key, value in each.items()}
