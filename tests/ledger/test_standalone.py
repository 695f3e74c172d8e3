"""`zhengtong-verify` is one file: it checks exports and receipts without our program, our database, our network."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

import zhengtong_verify
from tests.ledger.conftest import CLERK, DECIDED, NOW, Deeds
from zhengtong.engines.merkle import bundle, entries_path, path
from zhengtong.ledger import keys, outside
from zhengtong.ledger.acts import Deed, record_many, sequence
from zhengtong.ledger.models import Act, Checkpoint, History, Stretch, Tile, Waiting
from zhengtong.ledger.queries import proof, verifier
from zhengtong.ledger.succession import succeed

Run = Callable[..., tuple[int, str]]

# What the program may not do: it runs where neither our code, nor Django, nor any network can be reached.
ALONE = """
import socket, sys
def refuse(*_): raise AssertionError("the network was asked")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
sys.path[:] = [each for each in sys.path if not each.endswith("src")]
class Wall:
    def find_spec(self, name, *_):
        if name.split(".")[0] in {"zhengtong", "django", "psycopg", "sqlite3"}:
            raise AssertionError(name + " was imported")
sys.meta_path.insert(0, Wall())
sys.argv[:] = sys.argv[1:]
import runpy
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """The program, copied to a folder of its own and run alone; its code and what it says."""
    program = Path(shutil.copy(zhengtong_verify.__file__, tmp_path / "downloaded.py"))

    def do(*words: object) -> tuple[int, str]:
        command = [sys.executable, "-I", "-c", ALONE, str(program), *map(str, words)]
        clean = {"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run(command, env=clean, capture_output=True, text=True, encoding="utf-8", timeout=60)
        assert not done.stderr, done.stderr
        return done.returncode, done.stdout

    return do


@pytest.fixture
def folder(city: list[Act], tmp_path: Path) -> Path:
    """Three hundred acts more, exported."""
    with transaction.atomic():
        record_many(
            Deed(kind=DECIDED, subject=f"case-{n}", by=CLERK, power="food-licence", now=NOW, person=f"person-{n % 9}")
            for n in range(300)
        )
    sequence(NOW)
    call_command("ledger", "export", str(tmp_path / "log"), stdout=StringIO())
    return tmp_path / "log"


def keep(tmp_path: Path, name: str, content: str) -> Path:
    (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path / name


def test_an_untouched_export_is_well(folder: Path, run: Run, tmp_path: Path) -> None:
    old = keep(tmp_path, "old", Checkpoint.objects.get(size=9).note)
    code, said = run("export", folder, "--key", verifier(), "--since", old)
    assert code == 0, said
    assert "All 312 entries fit the signed checkpoint" in said
    assert "the earlier checkpoint (9 entries) is the beginning of the present log (312)" in said
    assert "(303 subjects, 9 persons)" in said
    assert "一切相符" in said


def test_it_says_that_a_key_from_the_export_proves_little(folder: Path, run: Run) -> None:
    code, said = run("export", folder)
    assert code == 0
    assert "Compare it with one that you have from elsewhere" in said
    code, said = run("export", folder, "--key", keys.cosigner().verifier)
    assert (code, "is not signed with the ledger's key" in said) == (1, True)


def test_a_receipt_is_checked_alone_and_in_the_export(folder: Path, run: Run, tmp_path: Path) -> None:
    act = Act.objects.get(subject="case-7")
    receipt = keep(tmp_path, "case.tlog-proof", str(proof(act)))
    code, said = run("receipt", receipt, "--key", verifier())
    assert code == 0, said
    assert "The receipt holds: entry 19 is in the log of 312 entries" in said
    assert '"kind":"sample.decided"' in said
    code, said = run("export", folder, "--key", verifier(), "--receipt", receipt)
    assert code == 0, said
    assert "The acts that concern the same person as the receipt are 33: entries 19, 28" in said


@pytest.mark.parametrize(
    ("old", "new", "code", "told"),
    [
        ("index 19", "index 20", 1, "does not prove that entry 20"),
        ("extra eyJ", "extra eyK", 1, "does not prove that entry 19"),
        ("\n312\n", "\n313\n", 1, "the signature of 127.0.0.1:8000/ledger is wrong"),
        ("c2sp.org", "c2sp.com", 2, "not a tlog-proof"),
    ],
)
def test_a_forged_receipt_is_refused(
    folder: Path, run: Run, tmp_path: Path, old: str, new: str, code: int, told: str
) -> None:
    true = str(proof(Act.objects.get(subject="case-7")))
    receipt = keep(tmp_path, "forged", true.replace(old, new))
    assert receipt.read_text() != true
    found, said = run("receipt", receipt, "--key", verifier())
    assert (found, told in said) == (code, True), said


def replace(file: Path, old: bytes, new: bytes) -> None:
    content = file.read_bytes()
    assert old in content and len(old) == len(new)
    file.write_bytes(content.replace(old, new, 1))


def test_an_altered_entry_is_located(folder: Path, run: Run) -> None:
    replace(folder / entries_path(0), b"market-regulation/acceptance", b"market-regulation/acceptancE")
    code, said = run("export", folder, "--key", verifier())
    assert code == 1
    assert "第0条记载被改写" in said
    assert "Entry 0 was rewritten" in said
    assert "1 things are wrong" in said


def test_a_deleted_entry_is_located(folder: Path, run: Run) -> None:
    bundled = zhengtong_verify.Log(folder, 312, None, zhengtong_verify.Report()).entries(1)
    (folder / entries_path(1, 56)).write_bytes(bundle(bundled[:30] + bundled[31:]))
    code, said = run("export", folder, "--key", verifier())
    assert code == 1
    assert "Entry 286 was rewritten" in said
    assert f"The file {entries_path(1, 56)} has not the length" in said


def test_an_altered_tile_and_a_missing_one_are_located(folder: Path, run: Run) -> None:
    tile = folder / path(1, 0, 1)
    tile.write_bytes(bytes(32))
    assert f"The tile {path(1, 0, 1)} was altered" in run("export", folder, "--key", verifier())[1]
    tile.unlink()
    assert f"The file {path(1, 0, 1)} is missing" in run("export", folder, "--key", verifier())[1]


def test_entries_and_tiles_altered_together_do_not_fit_the_signature(folder: Path, run: Run) -> None:
    from zhengtong.engines.merkle import leaf_hash

    kept = zhengtong_verify.Log(folder, 312, None, zhengtong_verify.Report()).entries(1)
    forged = [kept[0].replace(b"sample.decided", b"sample.revoked"), *kept[1:]]
    (folder / entries_path(1, 56)).write_bytes(bundle(forged))
    (folder / path(0, 1, 56)).write_bytes(b"".join(map(leaf_hash, forged)))
    code, said = run("export", folder, "--key", verifier())
    assert (code, "The root over all entries is not the one that was signed" in said) == (1, True)


def test_a_rewritten_history_is_told_by_the_checkpoint_that_was_kept(
    folder: Path, run: Run, tmp_path: Path, act_on: Deeds
) -> None:
    kept = keep(tmp_path, "kept", Checkpoint.objects.get(size=312).note)
    for model in (Checkpoint, Waiting, Stretch, History, Tile, Act):
        model._base_manager.all().delete()
    outside.path().unlink(missing_ok=True)
    act_on("case-a", 320)
    sequence(NOW)
    call_command("ledger", "export", str(tmp_path / "other"), stdout=StringIO())
    code, said = run("export", tmp_path / "other", "--key", verifier(), "--since", kept)
    assert code == 1
    assert "HISTORY WAS REWRITTEN: the first 312 entries" in said
    newer = keep(tmp_path, "newer", Checkpoint.objects.get(size=320).note)
    code, said = run("export", folder, "--key", verifier(), "--since", newer)
    assert (code, "The ledger was cut short" in said) == (1, True)


def test_a_hole_in_somebodys_history_is_told(db: None, run: Run, tmp_path: Path, act_on: Deeds) -> None:
    act_on("case-a", 3)
    Waiting.objects.filter(position=2).delete()  # before the sequencer came
    Act.objects.filter(subject="case-a", position=2).delete()
    sequence(NOW)
    call_command("ledger", "export", str(tmp_path / "log"), stdout=StringIO())
    code, said = run("export", tmp_path / "log", "--key", verifier())
    assert (code, "number 2 of the subject" in said) == (1, True)
    assert "A hole at entry 1" in said


def test_who_trusts_the_first_key_follows_to_the_present_one(
    city: list[Act], run: Run, tmp_path: Path, act_on: Deeds
) -> None:
    first, old = verifier(), keep(tmp_path, "old", Checkpoint.objects.get(size=12).note)
    receipt = keep(tmp_path, "before", str(proof(city[3])))
    succeed(first.name, 12)
    act_on("case-a", 3)
    sequence(NOW)
    assert verifier() != first
    call_command("ledger", "export", str(tmp_path / "log"), stdout=StringIO())
    code, said = run("export", tmp_path / "log", "--key", first, "--since", old, "--receipt", receipt)
    assert code == 0, said
    assert run("receipt", receipt, "--key", first)[0] == 0
    forged = (tmp_path / "log" / "keys.json").read_text().replace("\\n12\\n", "\\n11\\n")
    (tmp_path / "log" / "keys.json").write_text(forged)
    assert run("export", tmp_path / "log", "--key", first)[0] == 2
