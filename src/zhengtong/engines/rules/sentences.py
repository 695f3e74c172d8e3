"""A trace in words, in Chinese and in English."""

from collections.abc import Sequence

from zhengtong.common.text import Text, text
from zhengtong.engines.rules.trace import Failed, Fired, Nearest, Seen, Step, TableTrace, Trace, Wanted

_DECIDED = text("{name}：{value}。", "{name}: {value}.")
_BECAUSE = text("适用第 {number} 条规则{text}{basis}。", "Rule {number} applies{text}{basis}.")
_SAID = text("：{said}", ": {said}")
_BASIS = text("（依据：{refs}）", " ({refs})")
_SAW = text("所依据的情况：{values}。", "It saw: {values}.")
_VALUE = text("{label}为{value}", "{label} is {value}")
_NONE = text("没有规则适用。", "No rule applies.")
_NEAREST = text(
    "最接近的是第 {number} 条规则{text}{basis}，但不满足：{failed}。",
    "The nearest is rule {number}{text}{basis}, but it asks for: {failed}.",
)
_FAILED = text("{label}应为{test}，实际为{value}", "{label} to be {test}, and it is {value}")
_MEETS = text("（{test}）", ", which is {test}")
_OTHERWISE = text("如果{failed}，则为{value}{basis}。", "It would be {value} if {failed}{basis}.")
_WERE = text("{label}为{test}", "{label} were {test}")
_NOT_ALLOWED = text(
    "{label}为{value}，不在允许的取值（{test}）之内。",
    "{label} is {value}, which is not among the values allowed ({test}).",
)
_UNKNOWN = text("未知", "not known")
_TRUTH = {"true": text("是", "yes"), "false": text("否", "no"), "null": _UNKNOWN}
_JOINTS = text("；", "; ")


def sentences(trace: Trace, language: str, *, otherwise: bool = True) -> list[str]:
    """One entry for each decision that was asked."""
    return [_step(step, language, otherwise) for step in trace.steps]


def _step(step: Step, language: str, otherwise: bool) -> str:
    told = [_DECIDED.format(name=step.name, value=_plain(step.value, language)).in_(language)]
    told += [part for table in step.tables for part in _table(table, language, otherwise)]
    if not step.tables and step.basis:
        told[0] = told[0][:-1] + _refs(step.basis, language) + told[0][-1]
    return _joined(told, language)


def _joined(parts: Sequence[str], language: str) -> str:
    return ("" if language.startswith("zh") else " ").join(parts)


def _table(table: TableTrace, language: str, otherwise: bool) -> list[str]:
    told = [_fired(each, language) for each in table.fired]
    if told:
        saw = [_saw(table.saw, language)] if table.saw else []
        return [*told, *saw, *([_otherwise(table.nearest, language)] if otherwise and _is_told(table.nearest) else [])]
    told.append(_NONE.in_(language))
    told += [_nearest(table.nearest, language)] if table.nearest else []
    told += [_not_allowed(each, language) for each in table.not_allowed]
    return [*told, _saw(table.saw, language)] if table.saw else told


def _is_told(rule: Nearest | None) -> bool:
    """Whether it can be said what would have come out, and what that would have taken."""
    return rule is not None and rule.value != "" and all(each.asked for each in rule.failed)


def _otherwise(rule: Nearest | None, language: str) -> str:
    assert rule is not None
    failed = _JOINTS.in_(language).join(
        _WERE.format(label=each.label, test=_wanted(each.asked, language)).in_(language) for each in rule.failed
    )
    basis, value = _refs(rule.basis, language), _plain(rule.value, language)
    return _OTHERWISE.format(failed=failed, value=value, basis=basis).in_(language)


def _wanted(asked: Wanted | None, language: str) -> str:
    return asked.form.in_(language).format(*(_plain(each["value"], language) for each in asked.values)) if asked else ""


def _fired(rule: Fired, language: str) -> str:
    basis = _refs(rule.basis, language)
    return _BECAUSE.format(number=rule.number, text=_said(rule.text, language), basis=basis).in_(language)


def _nearest(rule: Nearest, language: str) -> str:
    failed = _JOINTS.in_(language).join(_failed(each, language) for each in rule.failed)
    said, basis = _said(rule.text, language), _refs(rule.basis, language)
    return _NEAREST.format(number=rule.number, text=said, basis=basis, failed=failed).in_(language)


def _failed(condition: Failed, language: str) -> str:
    value = _plain(condition.value, language)
    test = _wanted(condition.asked, language) or condition.test
    return _FAILED.format(label=condition.label, test=test, value=value).in_(language)


def _not_allowed(condition: Failed, language: str) -> str:
    value = _plain(condition.value, language)
    return _NOT_ALLOWED.format(label=condition.label, test=condition.test, value=value).in_(language)


def _saw(values: Sequence[Seen], language: str) -> str:
    return _SAW.format(values=_JOINTS.in_(language).join(_value(each, language) for each in values)).in_(language)


def _value(seen: Seen, language: str) -> str:
    value, test = _plain(seen.value, language), _wanted(seen.asked, language)
    told = _VALUE.format(label=seen.label, value=value).in_(language)
    return told if test in {"", value} else told + _MEETS.format(test=test).in_(language)


def _said(wording: Text, language: str) -> str:
    said = wording.in_(language).rstrip("。. ")
    return _SAID.format(said=said).in_(language) if said else ""


def _refs(basis: Sequence[str], language: str) -> str:
    joint = "、" if language.startswith("zh") else ", "
    return _BASIS.format(refs=joint.join(basis)).in_(language) if basis else ""


def _plain(value: str, language: str) -> str:
    """A value as a reader wants it: without the quotes of FEEL, and truth in words."""
    if value in _TRUTH:
        return _TRUTH[value].in_(language)
    is_text = len(value) > 1 and value[0] == value[-1] == '"' and '"' not in value[1:-1]
    return value[1:-1] if is_text else value
