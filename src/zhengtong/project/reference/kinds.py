"""docs/reference/generated/acts.md: every kind of act that the ledger can hold."""

import ast
from collections import defaultdict
from dataclasses import dataclass, field

from zhengtong.ledger.kinds import KINDS
from zhengtong.people.actor import PROGRAM
from zhengtong.project.reference.code import Spot, cell, spots

HEAD = """# Kinds of act · 行政行为的种类

Written by `zhengtong reference`; a test holds this page in step with the program.

Every act holds its kind and the version of the kind, its subject (a case number, `charter`, `register:…`) and its
position among the acts of the subject, the moment, who acted (an opaque handle), in which post and by which power, the
legal basis, the reason, and the particulars of the table. An act of the program has no post. *officer* is an act for
which a power is asked; *person or officer* may be either.
"""
RECORDING = {"record", "Deed"}


@dataclass
class Use:
    """How a kind is recorded, in all the places where it is."""

    who: set[str] = field(default_factory=set)
    fields: set[str] = field(default_factory=set)
    where: set[str] = field(default_factory=set)


def page() -> str:
    """The page."""
    uses = _uses()
    lines = [HEAD, "| kind | version | 名称 · title | who | particulars | recorded in |", "|---|---|---|---|---|---|"]
    for name in _declared():
        kind, use = KINDS[name], uses.get(name, Use())
        title = f"{cell(kind.title['zh-Hans'])}<br>{cell(kind.title['en'])}"
        fields = ", ".join(f"`{each}`" for each in sorted(use.fields))
        where = "<br>".join(f"`{each}`" for each in sorted(use.where))
        lines.append(f"| `{name}` | {kind.version} | {title} | {', '.join(sorted(use.who))} | {fields} | {where} |")
    return "\n".join([*lines, ""])


def _declared() -> list[str]:
    """The kinds that the program's own source declares."""
    found = set()
    for spot in spots():
        match spot.node:
            case ast.Call(func=ast.Name(id="declare"), args=[ast.Constant(value=str(name)), *_]):
                found.add(name)
    return sorted(found & set(KINDS))


def _uses() -> dict[str, Use]:
    found: dict[str, Use] = defaultdict(Use)
    for spot in spots():
        if isinstance(spot.node, ast.Call) and isinstance(spot.node.func, ast.Name) and spot.node.func.id in RECORDING:
            given = {each.arg: each.value for each in spot.node.keywords if each.arg}
            for name in _kinds(spot, given.get("kind")):
                use = found[name]
                use.where.add(spot.function)
                use.who.add(_who(spot, given))
                use.fields |= _fields(spot, given.get("particulars"))
    return found


def _kinds(spot: Spot, given: ast.AST | None) -> list[str]:
    """The kinds that an expression can be: one, or one of two."""
    either = [given.body, given.orelse] if isinstance(given, ast.IfExp) else [given]
    return [meant for each in either if isinstance(meant := spot.means(each), str) and meant in KINDS]


def _who(spot: Spot, given: dict[str, ast.expr]) -> str:
    if spot.means(given.get("by")) is PROGRAM:
        return "program"
    if _program_unless_told(spot):
        return "officer or program"
    return "officer" if "power" in given else "person or officer"


def _program_unless_told(spot: Spot) -> bool:
    """Whether the function that records takes `by`, and it is the program where nobody is given."""
    for each in spots():
        if each.function == spot.function and isinstance(each.node, ast.FunctionDef):
            named = zip(each.node.args.kwonlyargs, each.node.args.kw_defaults, strict=True)
            return any(arg.arg == "by" and spot.means(default) is PROGRAM for arg, default in named)
    return False


def _fields(spot: Spot, given: ast.AST | None) -> set[str]:
    """The keys of the particulars, where they stand in the call or in a name of the same function."""
    if isinstance(given, ast.Dict):
        return _keys(given)
    if not isinstance(given, ast.Name | ast.Attribute):
        return set()
    return {key for each in spots() if each.function == spot.function for key in _assigned(each.node, given)}


def _assigned(node: ast.AST, to: ast.Name | ast.Attribute) -> set[str]:
    """The keys of a mapping that is assigned to this name, alone or beside others."""
    if not isinstance(node, ast.Assign):
        return set()
    for target in node.targets:
        if ast.unparse(target) == ast.unparse(to) and isinstance(node.value, ast.Dict):
            return _keys(node.value)
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            for one, value in zip(target.elts, node.value.elts, strict=False):
                if ast.unparse(one) == ast.unparse(to) and isinstance(value, ast.Dict):
                    return _keys(value)
    return set()


def _keys(mapping: ast.Dict) -> set[str]:
    return {each.value for each in mapping.keys if isinstance(each, ast.Constant) and isinstance(each.value, str)}
