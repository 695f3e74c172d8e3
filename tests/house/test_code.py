"""How the code is built: no circles, nothing too long, every room says what it is, nothing declared in vain."""

import ast
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

from zhengtong.project.reference import pages

ROOT = Path(__file__).parents[2]
SOURCES = sorted(path for path in (ROOT / "src" / "zhengtong").rglob("*.py") if "migrations" not in path.parts)
FRAMES = {"management", "commands", "templatetags"}  # packages that Django asks for
WRITTEN = ROOT / "docs" / "reference" / "generated"

LAZY = {  # a class offers as a method what another module does with it, and loads that module when it is called
    ("zhengtong.engines.process.model", "zhengtong.engines.process.read"),
    ("zhengtong.engines.rules.trace", "zhengtong.engines.rules.sentences"),
}


@cache
def imports() -> dict[str, set[str]]:
    """Every module with those that it imports, inside functions too, but for those that only types need."""
    graph = grimp.build_graph("zhengtong", exclude_type_checking_imports=True, cache_dir=None)
    return {name: set(graph.find_modules_directly_imported_by(name)) for name in graph.modules}


def circle(graph: dict[str, set[str]]) -> list[str]:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as fault:
        return list(fault.args[1])
    return []


def test_there_is_no_import_circle_anywhere():
    graph = {name: {each for each in names if (name, each) not in LAZY} for name, names in imports().items()}
    assert len(graph) > 400
    assert circle(graph) == []


@pytest.mark.parametrize("pair", sorted(LAZY))
def test_an_exception_from_that_is_still_needed(pair):
    importer, imported = pair
    assert imported in imports()[importer]


def test_a_circle_would_be_seen():
    assert circle({"a": {"b"}, "b": {"a"}})


@pytest.mark.parametrize("folder", sorted({path.parent for path in SOURCES}), ids=lambda path: path.name)
def test_every_room_is_a_package_that_says_what_it_is(folder):
    door = folder / "__init__.py"
    assert door.exists()
    assert FRAMES & set(folder.parts) or ast.get_docstring(ast.parse(door.read_text()))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: "/".join(path.parts[-3:]))
def test_every_module_says_what_it_is_and_is_short(path):
    source = path.read_text()
    assert path.name in {"__init__.py", "__main__.py", "apps.py"} or ast.get_docstring(ast.parse(source))
    assert len(source.splitlines()) <= 340


def test_no_function_is_longer_than_60_lines():
    found = [(path, node) for path in SOURCES for node in ast.walk(ast.parse(path.read_text()))]
    functions = [(path, node) for path, node in found if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert [f"{path.name}:{each.name}" for path, each in functions if each.end_lineno - each.lineno >= 60] == []


def test_no_room_is_called_by_what_says_nothing():
    nothing = {"utils", "helpers", "manager", "service", "misc", "common_utils"}
    assert [path for path in SOURCES if path.stem in nothing] == []


def test_the_reference_is_in_step_with_the_code():
    """If this fails: `zhengtong reference`."""
    assert {path.name: path.read_text() for path in WRITTEN.iterdir()} == pages()


def test_every_kind_of_act_is_recorded_somewhere():
    rows = [line.split(" | ") for line in pages()["acts.md"].splitlines() if line.startswith("| `")]
    assert len(rows) > 30
    assert [row[0] for row in rows if not row[3] or not row[5].strip(" |")] == []


def test_every_refusal_is_raised_somewhere():
    rows = [line for line in pages()["refusals.md"].splitlines() if line.startswith("| `")]
    assert len(rows) > 50
    assert [row for row in rows if row.endswith("|  |")] == []
