"""The house tests itself: its floors, its refusals, its acts, its charters, its files."""

import ast
import inspect
import re
import subprocess
from pathlib import Path

import pytest

from zhengtong.cases import acts
from zhengtong.charter.charter import load
from zhengtong.common.refusal import catalogue
from zhengtong.ledger.kinds import KINDS

ROOT = Path(__file__).parents[2]
TRACKED = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")


def test_every_refusal_speaks_both_languages_and_says_what_to_do():
    for refusal in catalogue():
        for wording in (refusal.message, refusal.next_step):
            assert wording.get("zh-Hans") and wording.get("en"), refusal


def test_no_two_refusals_share_a_code():
    codes = [each.code for each in catalogue() if each.__module__.startswith("zhengtong.")]
    assert len(codes) == len(set(codes))


def test_every_kind_of_act_has_a_title_in_both_languages():
    assert all(set(kind.title) == {"zh-Hans", "en"} for kind in KINDS.values())


@pytest.mark.parametrize("name", acts.__all__)
def test_every_act_is_one_transaction_and_is_told_the_time(name):
    act = getattr(acts, name)
    assert "now" in inspect.signature(act).parameters or name == "discard"
    source = inspect.getsource(act)  # of what is decorated, with its decorators
    assert "atomic" in source or name in {
        "end_retention",
        "file_application",
        "fire_due",
        "remind_due",
        "remind_of_recusals",
        "take_uncontested",
    }, "these open one for each attempt"


@pytest.mark.parametrize("folder", sorted(path.parent for path in (ROOT / "charters").glob("*/charter.yaml")))
def test_every_charter_loads(folder):
    assert load(folder).head.id


def test_engines_know_no_django():
    for path in (ROOT / "src" / "zhengtong" / "engines").rglob("*.py"):
        assert "django" not in path.read_text(), path


def test_the_locks_hold_no_addresses():
    for name in ["requirements/base.txt", "requirements/dev.txt", "package-lock.json"]:
        text = (ROOT / name).read_text()
        assert "resolved" not in text and "://" not in text, name


def test_no_machine_path_is_committed():
    machine = "/" + "work" + "/"
    for name in filter(None, TRACKED):
        path = ROOT / name
        if path.suffix in {".py", ".md", ".yaml", ".toml", ".json", ".txt", ".html", ""} and path.is_file():
            assert machine not in path.read_text("utf-8", errors="ignore"), name


def test_nothing_but_the_registry_s_door_reads_its_records():
    """Personal data leave a register through `look_up` alone (registry/acts.py), for the person themselves, and for the
    owner who puts them right, which keeps a look."""
    names = ("models.py", "acts.py", "queries.py", "corrections.py", "retention.py", "restrictions.py")
    allowed = {ROOT / "src/zhengtong/registry" / name for name in names}
    for path in (ROOT / "src" / "zhengtong").rglob("*.py"):
        if path in allowed or "migrations" in path.parts:
            continue
        tree = ast.parse(path.read_text())
        imported = {
            alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == "zhengtong.registry.models"
            for alias in node.names
        }
        assert "Record" not in imported, path
        assert "registry_record" not in path.read_text(), f"{path} reads the table by SQL"


def test_no_function_of_the_theme_is_left_for_the_browser_to_guess():
    """A function that Sass does not know goes into the stylesheet as it stands, and the browser drops the line."""
    for path in (ROOT / "src" / "zhengtong").rglob("theme/*.scss"):
        left = re.findall(r"(?<![\w.$-])govuk-[a-z-]+\(", re.sub(r"@include.*", "", path.read_text()))
        assert left == [], path
