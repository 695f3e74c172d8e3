"""Whatever somebody does to the record with SQL is found, and it is said where."""

from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat

from tests.ledger.conftest import CLERK, DECIDED, NOW, Deeds, entries_apart, seal_anew
from zhengtong.engines import merkle
from zhengtong.ledger import outside, places
from zhengtong.ledger.acts import Deed, erase, erase_subject, record, record_many, sequence
from zhengtong.ledger.errors import Forked, WrongKey
from zhengtong.ledger.leaf import commitment, facts, leaf
from zhengtong.ledger.models import Act, Checkpoint, Stretch, Tile, Waiting
from zhengtong.ledger.places import placed
from zhengtong.ledger.queries import head, proof
from zhengtong.ledger.verify import verify
from zhengtong.vault import ring

Administrator = AbstractContextManager[None]


def found() -> list[tuple[str, int | None]]:
    return [(fault.code, fault.index) for fault in verify().faults]


def told() -> str:
    return "\n".join(fault.told["en"] for fault in verify().faults)


def rewrite(index: int, act: Act) -> bytes:
    """Make the entry fit an altered act; the new leaf hash."""
    entries_apart()
    Stretch.objects.filter(index=index).update(leaves=merkle.bundle([leaf(act)]))
    return merkle.leaf_hash(leaf(act))


def test_an_untouched_record_is_sound(city: list[Act]) -> None:
    report = verify()
    assert report.sound
    assert (report.entries, report.checkpoints, report.pending, report.erased) == (12, 3, 0, 0)


def test_an_empty_ledger_is_sound(db: None) -> None:
    assert verify().sound


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"at": NOW - timedelta(days=1)}, "at"),
        ({"kind": "sample.filed"}, "kind"),
        ({"version": 2}, "version"),
        ({"actor_post": "market-regulation/chief"}, "post"),
        ({"power": "business-licence"}, "power"),
        ({"legal_basis": ["licensing-law/38"]}, "basis"),
        ({"commitment": b"x" * 32}, "commitment"),
    ],
)
def test_altering_what_an_act_says_is_located(city: list[Act], changed: dict[str, Any], field: str) -> None:
    Act.objects.filter(pk=city[6].pk).update(**changed)
    assert ("altered", 6) in found()
    assert {index for _, index in found()} == {6}
    assert f"entry 6 ({city[6].subject} #" in told()
    assert field in told()


def test_moving_an_act_to_another_case_is_located(city: list[Act]) -> None:
    Act.objects.filter(pk=city[6].pk).update(subject="case-z")
    assert ("altered", 6) in found()


def test_who_holds_the_keys_cannot_open_it_otherwise_either(city: list[Act]) -> None:
    act = Act.objects.get(pk=city[6].pk)
    act.reason, act.particulars = "另有原因", {"name": "王小明", "n": 2}
    act.save()
    assert found() == [("opened-otherwise", 6)]


def test_destroying_a_key_without_an_act_is_located(city: list[Act]) -> None:
    ring.seal(city[6].subject, b"", about=b"")
    act = Act.objects.get(pk=city[6].pk)
    act.reason, act.particulars = act.reason, act.particulars
    act.save()
    ring.destroy([act.subject], now=NOW)
    assert found() == [("erased-without-act", 6)]


def test_erasing_a_subject_destroys_its_key_and_every_proof_stands(transactional_db: None) -> None:
    ring.seal("case-e", b"", about=b"")
    with transaction.atomic():
        for _ in range(3):
            act = record(
                kind=DECIDED,
                subject="case-e",
                by=CLERK,
                now=NOW,
                power="food-licence",
                reason="家境",
                particulars={"n": 1},
            )
    sequence(NOW)
    kept = proof(act)
    with transaction.atomic():
        erase_subject("case-e", by=CLERK, now=NOW, power="food-licence", basis=["pipl/47"])
    sequence(NOW)
    report = verify()
    assert report.sound
    assert report.erased == 3
    again = Act.objects.get(pk=act.pk)
    assert (again.reason, again.particulars) == ("—", None)
    assert kept
    assert kept.extra == leaf(again)


@pytest.mark.parametrize(
    "changed",
    [
        {"reason": b"\x01" + bytes(60)},
        {"particulars": b""},
        {"particulars": None},
        {"actor": "somebody-else"},
        {"salt": b"0123456789abcdef"},
    ],
)
def test_altering_what_is_personal_is_located(city: list[Act], changed: dict[str, Any]) -> None:
    Act.objects.filter(pk=city[6].pk).update(**changed)
    assert found() == [("opened-otherwise", 6)]


def test_a_commitment_made_anew_is_located(city: list[Act]) -> None:
    act = Act.objects.get(pk=city[6].pk)
    act.reason = "另有原因"
    act.commitment = commitment(act)
    act.save()
    assert found() == [("altered", 6)]


def test_altering_the_entry_as_well_is_located(city: list[Act]) -> None:
    Act.objects.filter(pk=city[6].pk).update(power="business-licence")
    rewrite(6, Act.objects.get(pk=city[6].pk))
    assert found() == [("rewritten", 6)]


def test_altering_the_tree_as_well_is_located_between_two_signed_heads(city: list[Act]) -> None:
    Act.objects.filter(pk=city[6].pk).update(power="business-licence")
    forged = rewrite(6, Act.objects.get(pk=city[6].pk))
    tile = Tile.objects.get(level=0, index=0)
    hashes = bytes(tile.hashes)
    tile.hashes = hashes[: 6 * 32] + forged + hashes[7 * 32 :]
    tile.save()
    assert "between entry 5 and entry 8" in told()
    assert found()[0] == ("root", None)


def test_signing_a_forged_head_is_impossible_without_the_key(city: list[Act]) -> None:
    Checkpoint.objects.filter(size=9).update(root=b"x" * 32)
    assert "checkpoint of 9 entries is not validly signed" in told()
    Checkpoint.objects.filter(size=9).update(note=Concat("note", Value("x")))
    assert "checkpoint of 9 entries is not validly signed" in told()


def test_a_head_that_promises_too_much_is_not_walked_to(city: list[Act]) -> None:
    Checkpoint.objects.filter(size=12).update(size=10**15)
    assert ("unsigned", None) in found()
    assert "not validly signed" in told()


def test_deleting_an_act_is_located(city: list[Act], administrator: Administrator) -> None:
    with administrator:
        Act.objects.filter(pk=city[3].pk)._raw_delete("default")
        assert ("act-missing", 3) in found()
        assert "sample.filed" in told()
        assert ("hole", 4) in found()  # the case goes on at its second act
        Act.objects.bulk_create([city[3]])


def test_deleting_an_act_with_its_entry_is_located(city: list[Act]) -> None:
    entries_apart()
    Stretch.objects.filter(index=3).delete()
    Act.objects.filter(pk=city[3].pk).delete()
    assert found() == [("entry-missing", 3), ("hole", 4)]


def test_exchanging_two_entries_is_located(city: list[Act]) -> None:
    entries_apart()
    for old, new in [(2, 100), (7, 2), (100, 7)]:
        Stretch.objects.filter(index=old).update(index=new)
    assert {("rewritten", 2), ("rewritten", 7)} <= set(found())


def test_exchanging_what_two_entries_point_to_is_located(city: list[Act]) -> None:
    entries_apart()
    for index, act in [(2, 0), (7, city[2].pk), (2, city[7].pk)]:
        Stretch.objects.filter(index=index).update(act=act)
    assert {("altered", 2), ("altered", 7)} <= set(found())


def _row(act: Act, **changed: Any) -> dict[str, Any]:
    values = {field.attname: getattr(act, field.attname) for field in Act._meta.concrete_fields if field.name != "id"}
    return values | changed


def let_wait(act: Act) -> None:
    """As who does not have the program's key can."""
    Waiting.objects.create(act=act, position=act.position, person=act.person, facts=facts(act), seal=b"x" * 32)


def test_inserting_an_act_is_located(city: list[Act]) -> None:
    inserted = Act.objects.create(**_row(city[4], position=6))
    assert found() == [("inserted", None)]
    assert f"Act {inserted.pk} (case-b #6 sample.decided)" in told()


def test_an_act_that_the_program_did_not_record_stays_out(city: list[Act], act_on: Deeds) -> None:
    forged = Act(**_row(city[4], position=6, actor="me", salt=b"0123456789abcdef"))
    forged.commitment = commitment(forged)
    forged.save()
    let_wait(forged)
    act_on("case-d", 1)
    assert sequence(NOW + timedelta(hours=6)) == 1
    assert places.of(forged) is None
    assert found() == [("forged", None)]
    assert f"Act {forged.pk}" in told()


def test_forged_acts_do_not_crowd_out_the_others(city: list[Act], act_on: Deeds) -> None:
    for n in range(6, 16):
        let_wait(Act.objects.create(**_row(city[4], position=n, actor_post="me")))
    act_on("case-d", 3)
    assert sequence(NOW + timedelta(hours=6), limit=2) == 2
    assert sequence(NOW + timedelta(hours=6), limit=2) == 1


def test_a_node_that_lost_its_key_says_so(city: list[Act], act_on: Deeds, settings: Any, tmp_path: Path) -> None:
    act_on("case-d", 1)
    settings.ZHENGTONG_VAR = tmp_path / "empty"
    with pytest.raises(WrongKey, match="not signed with this node's key"):
        sequence(NOW + timedelta(hours=6))
    assert "is not validly signed" in told()


def test_a_copied_act_is_located(city: list[Act]) -> None:
    seal_anew(Act.objects.create(**_row(city[11], position=6)))
    assert sequence(NOW + timedelta(hours=6)) == 1
    assert found() == [("copied", 12)]


def test_a_clock_turned_back_is_located(city: list[Act], act_on: Deeds) -> None:
    act_on("case-b", 1, NOW - timedelta(days=1))
    sequence(NOW + timedelta(hours=6))
    assert found() == [("back-in-time", 12)]


@pytest.mark.parametrize("entry", [4, 11])
def test_letting_an_act_wait_again_is_found_and_does_no_harm(city: list[Act], entry: int) -> None:
    seal_anew(city[entry])
    assert found() == [("marked", None)]
    assert sequence(NOW + timedelta(hours=6)) == 0


def cut_to_nine() -> None:
    """Yesterday's backup: the ledger as it was at its second head."""
    Stretch.objects.filter(index__gte=9).delete()
    Act.objects.filter(pk__in=[act.pk for act in placed(Act.objects.all()).filter(place=None)]).delete()
    Checkpoint.objects.filter(size__gt=9).delete()
    tile = Tile.objects.get(level=0, index=0)
    tile.hashes = bytes(tile.hashes)[: 9 * 32]
    tile.save()


def test_yesterdays_backup_is_found_by_the_published_head(city: list[Act], act_on: Deeds) -> None:
    cut_to_nine()
    assert "A checkpoint of 12 entries was signed, but there are 9" in told()
    act_on("case-b", 4, NOW + timedelta(hours=7))
    with pytest.raises(Forked, match="12 entries, is not in this database, which has 9"):
        sequence(NOW + timedelta(hours=8))


def test_another_history_is_found_by_the_published_head(city: list[Act], act_on: Deeds) -> None:
    published = outside.read()
    assert published
    cut_to_nine()
    outside.path().unlink()
    act_on("case-b", 4, NOW + timedelta(hours=7))
    sequence(NOW + timedelta(hours=8))
    assert verify().sound  # a history that is whole in itself …
    outside.write(published)
    assert found() == [("checkpoint-missing", None)]  # … but not the one that was published
    assert verify(since=published).faults[0].code == "root"
    with pytest.raises(Forked):
        sequence(NOW + timedelta(hours=9))


def test_a_head_kept_by_somebody_else_finds_a_cut(city: list[Act]) -> None:
    kept = outside.read()
    cut_to_nine()
    outside.path().unlink()
    assert verify().sound
    assert [fault.code for fault in verify(since=kept).faults] == ["truncated"]


def test_entries_without_a_signed_head_are_found(city: list[Act]) -> None:
    Checkpoint.objects.filter(size=12).delete()
    assert found() == [("unsigned", None), ("truncated", None)]


def test_from_a_head_on_only_what_came_after_is_read(city: list[Act], act_on: Deeds) -> None:
    kept = Checkpoint.objects.get(size=5).note
    Act.objects.filter(pk=city[1].pk).update(power="business-licence")
    report = verify(since=kept)
    assert report.sound
    assert (report.entries, report.checkpoints) == (12, 2)
    Act.objects.filter(pk=city[10].pk).update(power="business-licence")
    assert [(fault.code, fault.index) for fault in verify(since=kept).faults] == [("altered", 10)]


def test_a_head_of_somebody_else_is_refused(city: list[Act]) -> None:
    with pytest.raises(merkle.NoteFault):
        verify(since=Checkpoint.objects.get(size=5).note.replace("\n5\n", "\n6\n"))


def test_erasing_leaves_every_proof_whole(city: list[Act]) -> None:
    kept = proof(city[6])
    assert kept
    with transaction.atomic():
        erase(
            city[6],
            by=CLERK,
            power="food-licence",
            now=NOW + timedelta(hours=6),
            basis=["pipl/47"],
            reason="保存期限届满",
        )
    sequence(NOW + timedelta(hours=6))
    report = verify()
    assert report.sound
    assert report.erased == 1
    row = Act.objects.get(pk=city[6].pk)
    assert (row.actor, row.reason, row.particulars, bytes(row.salt)) == ("", "", None, b"")
    again = proof(row)
    assert again
    assert again.extra == kept.extra == leaf(row)


def test_erasing_without_an_act_is_located(city: list[Act]) -> None:
    Act.objects.filter(pk=city[6].pk).update(salt=b"", particulars=None, reason="", actor="")
    assert found() == [("erased-without-act", 6)]


@pytest.mark.parametrize("level", [0, 1])
def test_a_damaged_tile_is_located(db: None, level: int) -> None:
    with transaction.atomic():
        record_many(
            Deed(kind=DECIDED, subject=f"case-{n}", by=CLERK, power="food-licence", now=NOW) for n in range(600)
        )
    sequence(NOW)
    assert verify().sound
    tile = Tile.objects.get(level=level, index=0)
    tile.hashes = b"x" * 32 + bytes(tile.hashes)[32:]
    tile.save()
    codes = {fault.code for fault in verify().faults}
    assert codes == ({"rewritten", "root", "tile"} if level == 0 else {"tile"})
    tile.delete()
    assert "The tile tile/" in told()


def test_a_long_record_is_sound_across_tiles_and_batches(db: None) -> None:
    with transaction.atomic():
        record_many(
            Deed(kind=DECIDED, subject=f"case-{n % 7}", by=CLERK, power="food-licence", now=NOW) for n in range(1300)
        )
    while sequence(NOW, limit=450):
        pass
    report = verify()
    assert report.sound
    assert (report.entries, report.checkpoints) == (1300, 3)
    checkpoint = head()
    assert checkpoint
    assert Tile.objects.filter(level=1).count() == 1
    since = verify(since=Checkpoint.objects.get(size=900).note)
    assert since.sound
    assert since.entries == 1300


def test_an_act_that_is_kept_from_its_place_is_located(city: list[Act], act_on: Deeds) -> None:
    (act,) = act_on("case-d", 1)
    Waiting.objects.all().delete()
    assert sequence(NOW + timedelta(hours=6)) == 0
    assert found() == [("inserted", None)]
    assert f"Act {act.pk} " in told()


def test_an_act_that_is_deleted_while_it_waits_is_located(city: list[Act], act_on: Deeds) -> None:
    (act,) = act_on("case-d", 1)
    act.delete()
    assert found() == [("forged", None)]
    assert sequence(NOW + timedelta(hours=6)) == 1
    assert found() == [("act-missing", 12)]


def test_an_act_waits_until_it_has_its_place(city: list[Act]) -> None:
    with transaction.atomic():
        act = record(kind=DECIDED, subject="case-b", by=CLERK, power="food-licence", now=NOW + timedelta(hours=6))
    report = verify()
    assert report.sound
    assert report.pending == 1
    assert proof(act) is None
