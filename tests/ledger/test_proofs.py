"""What is given out: proofs to keep, the log as files, the command; and that none of it is personal."""

import json
import stat
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.ledger.conftest import CLERK, DECIDED, NOW, Deeds
from zhengtong.engines import merkle
from zhengtong.engines.merkle import Receipt
from zhengtong.ledger import keys, outside
from zhengtong.ledger.acts import Deed, record_many, sequence
from zhengtong.ledger.leaf import leaf
from zhengtong.ledger.models import Act, Checkpoint
from zhengtong.ledger.queries import head, proof, verifier
from zhengtong.ledger.tree import reader


def run(*words: str) -> str:
    out = StringIO()
    call_command("ledger", *words, stdout=out)
    return out.getvalue()


def test_a_receipt_is_checked_without_the_database(city: list[Act]) -> None:
    for act in city:
        receipt = proof(act)
        assert receipt
        assert receipt.extra == leaf(act)
        kept = Receipt.parse(str(receipt))
        assert kept.check(merkle.leaf_hash(kept.extra), verifier()).size == 12


def test_a_proof_reads_few_tiles_however_long_the_log(db: None) -> None:
    reads = []
    for count in (300, 2700):
        with transaction.atomic():
            record_many(
                Deed(kind=DECIDED, subject=f"case-{count}-{n}", by=CLERK, power="food-licence", now=NOW)
                for n in range(count)
            )
        sequence(NOW)
        act = Act.objects.get(subject="case-300-7")
        with CaptureQueriesContext(
            connection,
        ) as captured:
            receipt = proof(act)
        assert receipt
        assert receipt.check(merkle.leaf_hash(leaf(act)), verifier()).size == (300 if count == 300 else 3000)
        reads.append(sum("ledger_tile" in query["sql"] for query in captured.captured_queries))
    assert max(reads) <= 8


def test_nothing_personal_is_in_the_log(city: list[Act], tmp_path: Path) -> None:
    run("export", str(tmp_path / "log"))
    content = b"".join(path.read_bytes() for path in (tmp_path / "log").rglob("*") if path.is_file())
    assert b"sample.decided" in content
    for act in city:
        for personal in (act.reason, act.actor, act.subject, "王小明"):
            assert personal.encode() not in content
        assert bytes(act.salt) not in content


def test_a_subject_has_one_blind_name_and_its_acts_are_counted(city: list[Act]) -> None:
    leaves = [json.loads(leaf(act)) for act in city]
    assert len({each["subject"] for each in leaves}) == 3
    assert [each["position"] for each in leaves if each["subject"] == keys.blind("case-a")] == [1, 2, 3, 4, 5]


def test_the_log_is_written_as_tiles_that_others_can_read(city: list[Act], tmp_path: Path) -> None:
    assert run("export", str(tmp_path)) == f"12 entries in {tmp_path}\n"
    key = merkle.Verifier.parse((tmp_path / "ledger.vkey").read_text().strip())
    checkpoint = merkle.Checkpoint.opened((tmp_path / "checkpoint").read_text(), key)
    hashes = (tmp_path / "tile/0/000.p/12").read_bytes()
    assert merkle.root(merkle.split(hashes)) == checkpoint.root
    bundle = (tmp_path / "tile/entries/000.p/12").read_bytes()
    entries = []
    while bundle:
        length = int.from_bytes(bundle[:2], "big")
        entries.append(bundle[2 : 2 + length])
        bundle = bundle[2 + length :]
    assert [merkle.leaf_hash(entry) for entry in entries] == merkle.split(hashes)


def test_each_head_continues_the_one_before(city: list[Act]) -> None:
    heads = list(Checkpoint.objects.order_by("size"))
    for old, new in pairwise(heads):
        shown = merkle.consistency_proof(old=old.size, new=new.size, read=reader())
        assert merkle.verify_consistency(
            old=old.size, new=new.size, old_root=bytes(old.root), new_root=bytes(new.root), proof=shown
        )


def test_the_published_head_is_the_last_committed_one(city: list[Act], act_on: Deeds) -> None:
    newest = head()
    assert newest
    assert outside.read() == newest.note
    act_on("case-a", 1)
    with pytest.raises(RuntimeError, match="fell over"), transaction.atomic():
        sequence(NOW)
        raise RuntimeError("fell over")
    assert outside.read() == newest.note


def test_the_keys_are_the_owners_alone(city: list[Act]) -> None:
    folder = outside.path().parent.parent / "keys"
    assert {path.name for path in folder.iterdir()} == {"ledger.pem", "ledger.secret", "vault.secret"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_the_command_says_that_all_is_well(city: list[Act]) -> None:
    assert "All there, in order, unaltered: 12 entries, 3 checkpoints" in run("verify")
    kept = outside.path()
    assert "12 entries, 0 checkpoints" in run("verify", "--since", str(kept))


def test_the_command_fails_where_something_is_wrong(city: list[Act]) -> None:
    Act.objects.filter(pk=city[6].pk).update(power="business-licence")
    out = StringIO()
    with pytest.raises(CommandError, match="1 faults in 12 entries") as failure:
        call_command("ledger", "verify", stdout=out)
    assert failure.value.returncode == 1
    assert "第6条记载的行为" in out.getvalue()
    assert "The act at entry 6" in out.getvalue()


def test_the_command_refuses_a_checkpoint_of_others(city: list[Act], tmp_path: Path) -> None:
    (tmp_path / "note").write_text("not a note")
    with pytest.raises(CommandError, match="not a signed note"):
        run("verify", "--since", str(tmp_path / "note"))
    with pytest.raises(CommandError, match="No such file"):
        run("verify", "--since", str(tmp_path / "nowhere"))


def test_the_command_proves_an_act(city: list[Act], act_on: Deeds) -> None:
    assert run("prove", str(city[3].pk)) == run("prove", "case-b#1") == str(proof(city[3]))
    (waiting,) = act_on("case-d", 1)
    with pytest.raises(CommandError, match="no place in the log yet"):
        run("prove", str(waiting.pk))
    assert run("sequence") == "1 acts sequenced\n"
    assert run("prove", str(waiting.pk)).startswith("c2sp.org/tlog-proof@v1\n")
    for unknown in ("0", "x", "case-b#x", "case-b#77"):
        with pytest.raises(CommandError, match="there is no act"):
            run("prove", unknown)


def test_the_command_lists_the_kinds() -> None:
    assert "sample.decided\t1\t已决定\tDecided\n" in run("kinds")
