"""Calling a function: arguments by position or by name, each made to conform to its parameter."""

from collections.abc import Sequence

from zhengtong.engines.rules.feel.types import conform
from zhengtong.engines.rules.feel.values import Builtin, Function, Value
from zhengtong.engines.rules.limits import Run


def invoke(run: Run, function: Value, arguments: Sequence[Value], names: Sequence[str] = ()) -> Value:
    """The result of the call; null where it is no function, or the arguments do not fit."""
    if type(function) is Function:
        return _invoke_own(run, function, arguments, names)
    if type(function) is Builtin:
        return call_builtin(run, function, arguments, names)
    return None


def call_builtin(run: Run, function: Builtin, arguments: Sequence[Value], names: Sequence[str] = ()) -> Value:
    """Try each form of a function of the standard whose number and names of parameters fit.

    `before(range, point)` and `before(point, range)` have the same names: the order in which they are written tells.
    """
    for form in sorted(function.forms, key=lambda form: form.names != tuple(names)) if names else function.forms:
        places = form.places(len(arguments), names)
        if places is not None:
            fits, result = form.call(run, arguments, places)
            if fits:
                return result
    return None


def _invoke_own(run: Run, function: Function, arguments: Sequence[Value], names: Sequence[str]) -> Value:
    if names:
        if set(names) != set(function.parameters) or len(names) != len(function.parameters):
            return None
        given = dict(zip(names, arguments, strict=True))
        arguments = [given[name] for name in function.parameters]
    if len(arguments) != len(function.parameters):
        return None
    for place, kind in enumerate(function.kinds):
        if kind is not None:
            fitting = conform(arguments[place], kind, run.spend)
            if fitting is None and arguments[place] is not None:
                return None
            arguments = [*arguments[:place], fitting, *arguments[place + 1 :]]
    run.enter()
    result = function.body(run, *arguments)
    run.leave()
    return result if function.result is None else conform(result, function.result, run.spend)
