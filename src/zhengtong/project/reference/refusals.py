"""docs/reference/generated/refusals.md: everything that a person can be told instead of what they wanted."""

import ast
from collections import defaultdict
from collections.abc import Iterator

from zhengtong.common.refusal import Refusal, catalogue
from zhengtong.project.reference.code import cell, modules, spots

HEAD = """# Refusals · 不予接受的情形

Written by `zhengtong reference`; a test holds this page in step with the program.

A refusal is an expected failure. Pages show its message and its next step; the API answers with the status, and with
the code. Where a law demands it, the law is named beside the code. `{places}` are filled when it is raised.
"""


def page() -> str:
    """The page, room by room."""
    rooms = defaultdict(list)
    for refusal in _declared():
        rooms[_room(refusal)].append(refusal)
    raised = _raised()
    lines = [HEAD]
    for room in sorted(rooms):
        lines += [
            f"## {room}\n",
            "| code | status | 说明 · message | 下一步 · next step | raised in |",
            "|---|---|---|---|---|",
        ]
        lines += [_row(each, raised) for each in rooms[room]]
        lines.append("")
    return "\n".join(lines)


def _room(refusal: type[Refusal]) -> str:
    """The room that declares it; of engines and faces, which."""
    floor, *inside = refusal.__module__.split(".")[1:]
    return f"{floor}.{inside[0]}" if floor in {"engines", "faces"} else floor


def _declared() -> list[type[Refusal]]:
    names = {each.__name__ for each in modules()}
    return [each for each in catalogue() if each.__module__ in names and "code" in vars(each)]


def _row(refusal: type[Refusal], raised: dict[type[Refusal], list[str]]) -> str:
    said, next_ = (f"{cell(each['zh-Hans'])}<br>{cell(each['en'])}" for each in (refusal.message, refusal.next_step))
    ground = f" ({refusal.ground})" if refusal.ground else ""
    where = "<br>".join(f"`{each}`" for each in raised.get(refusal, []))
    return f"| `{refusal.code}`{ground} | {refusal.status} | {said} | {next_} | {where} |"


def _raised() -> dict[type[Refusal], list[str]]:
    """The functions that raise each, or make it for another to raise."""
    found: dict[type[Refusal], set[str]] = defaultdict(set)
    for kind, where in _made():
        found[kind].add(where)
    return {kind: sorted(places) for kind, places in found.items()}


def _made() -> Iterator[tuple[type[Refusal], str]]:
    for spot in spots():
        for named in _named(spot.node):
            meant = spot.means(named)
            if isinstance(meant, type) and issubclass(meant, Refusal):
                yield meant, spot.function


def _named(node: ast.AST) -> list[ast.AST]:
    """What a statement raises, makes, or hands to a function that makes it."""
    match node:
        case ast.Raise(exc=ast.Name() | ast.Attribute() as named):
            return [named]
        case ast.Call(func=ast.Name(id="isinstance" | "issubclass" | "suppress")):
            return []
        case ast.Call(func=func, args=args):
            return [func, *args]
    return []
