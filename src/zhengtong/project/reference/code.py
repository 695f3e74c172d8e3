"""The program's own source, walked: which function says what."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import zhengtong

LEFT_OUT = ("migrations", "__main__", "wsgi")


@dataclass(frozen=True)
class Spot:
    """An expression in a function, with the module in which its names mean something."""

    node: ast.AST
    function: str  # dotted, from the room on: cases.acts.handling.complete
    module: ModuleType

    def means(self, expression: ast.AST | None) -> Any:
        """What a name, or a name of a module, stands for; None if it is something else."""
        match expression:
            case ast.Name(id=name):
                return getattr(self.module, name, None)
            case ast.Attribute(value=ast.Name(id=owner), attr=name):
                return getattr(getattr(self.module, owner, None), name, None)
            case ast.Constant(value=value):
                return value
        return None


@cache
def modules() -> tuple[ModuleType, ...]:
    """Every module of the program, imported."""
    found = pkgutil.walk_packages(zhengtong.__path__, "zhengtong.")
    names = sorted(each.name for each in found if not set(LEFT_OUT) & set(each.name.split(".")))
    return tuple(importlib.import_module(name) for name in names)


@cache
def spots() -> tuple[Spot, ...]:
    """Every expression and statement of the program, in its function."""
    return tuple(spot for module in modules() if module.__file__ for spot in _walk(module))


def _walk(module: ModuleType) -> Iterator[Spot]:
    tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
    yield from _within(tree, module.__name__.removeprefix("zhengtong."), module)


def _within(node: ast.AST, where: str, module: ModuleType) -> Iterator[Spot]:
    for child in ast.iter_child_nodes(node):
        inside = where
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            inside = f"{where}.{child.name}"
        yield Spot(child, inside, module)
        yield from _within(child, inside, module)


def cell(text: str) -> str:
    """Text as a table of Markdown holds it."""
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")
