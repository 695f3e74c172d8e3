"""What is served to the world: checkpoint, tiles and entries by C2SP tlog-tiles, and how well we keep up."""

import json
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

import zhengtong_verify
from tests.ledger.conftest import CLERK, DECIDED, NOW, Deeds
from zhengtong.engines import merkle
from zhengtong.ledger.acts import Deed, record_many, sequence
from zhengtong.ledger.models import Act, Checkpoint
from zhengtong.ledger.published import merge_delays, state
from zhengtong.ledger.queries import verifier


@pytest.fixture
def log(db: None) -> None:
    with transaction.atomic():
        record_many(
            Deed(kind=DECIDED, subject=f"case-{n}", by=CLERK, power="food-licence", now=NOW) for n in range(600)
        )
    sequence(NOW)


def test_whoever_fetches_the_tiles_has_the_signed_root(log: None, client: Client) -> None:
    answer = client.get("/ledger/checkpoint")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("text/plain; charset=utf-8", "public, max-age=2")
    checkpoint = merkle.Checkpoint.opened(answer.content.decode(), verifier())
    tiles = [client.get(f"/ledger/tile/0/{place}") for place in ("000", "001", "002.p/88")]
    assert {tile["Content-Type"] for tile in tiles} == {"application/octet-stream"}
    assert {tile["Cache-Control"] for tile in tiles} == {"public, max-age=31536000, immutable"}
    hashes = merkle.split(b"".join(tile.content for tile in tiles))
    assert merkle.root(hashes) == checkpoint.root
    above = merkle.split(client.get("/ledger/tile/1/000.p/2").content)
    assert above == [merkle.root(hashes[:256]), merkle.root(hashes[256:512])]
    bundles = b"".join(client.get(f"/ledger/tile/entries/{place}").content for place in ("000", "001", "002.p/88"))
    leaves, at = [], 0
    while at < len(bundles):
        length = int.from_bytes(bundles[at : at + 2], "big")
        leaves.append(merkle.leaf_hash(bundles[at + 2 : at + 2 + length]))
        at += 2 + length
    assert leaves == hashes
    assert "Set-Cookie" not in answer and not tiles[0].cookies


def test_a_narrower_partial_tile_is_served_as_it_was(log: None, client: Client) -> None:
    whole = client.get("/ledger/tile/0/002.p/88").content
    assert client.get("/ledger/tile/0/002.p/3").content == whole[:96]
    assert client.get("/ledger/tile/0/000.p/255").content == client.get("/ledger/tile/0/000").content[: 255 * 32]


@pytest.mark.parametrize(
    "place",
    [
        *("0/002", "0/002.p/89", "0/003", "0/003.p/1", "0/2.p/88", "0/002.p/0", "0/002.p/088", "0/000.p/256"),
        *("1/000", "1/000.p/3", "2/000.p/1", "63/000.p/1", "64/000", "00/000", "999999/000", "-1/000"),
        *("0/x000/000", "0/x001/000", "0/x999/x999/x999/x999/x999/999", "0/001/000", "0/0٠0", "entries/003.p/1"),
        *("entries/000.p/0", "entries/x/000", "entries/", "0/", "x/000"),
    ],
)
def test_what_is_not_under_a_signed_head_is_not_served(log: None, client: Client, place: str) -> None:
    answer = client.get(f"/ledger/tile/{place}")
    assert answer.status_code == 404
    assert "Cache-Control" not in answer or "immutable" not in answer["Cache-Control"]


def test_an_empty_ledger_has_no_checkpoint(db: None, client: Client) -> None:
    assert client.get("/ledger/checkpoint").status_code == 404
    assert client.get("/ledger/tile/0/000.p/1").status_code == 404


def test_nothing_is_written_to_the_tiles(log: None, client: Client) -> None:
    for url in ("checkpoint", "tile/0/000", "tile/entries/000", "keys", "state"):
        assert client.post(f"/ledger/{url}").status_code == 405


def test_the_program_that_checks_is_downloaded_as_it_is(client: Client) -> None:
    answer = client.get("/ledger/zhengtong_verify.py")
    with open(zhengtong_verify.__file__, "rb") as program:  # noqa: PTH123
        assert b"".join(answer.streaming_content) == program.read()  # type: ignore[attr-defined]


def test_keys_are_told(log: None, client: Client) -> None:
    assert json.loads(client.get("/ledger/keys").content) == {"keys": [str(verifier())], "successions": []}


def test_delays_are_told_from_the_records(db: None, act_on: Deeds, client: Client) -> None:
    """Of a hundred acts one waited nine seconds, the others one; and one waits still."""
    act_on("case-a", 100)
    now = timezone.now()
    Act.objects.update(recorded_at=now - timedelta(seconds=1))
    Act.objects.filter(position=50).update(recorded_at=now - timedelta(seconds=9))
    sequence(now)
    act_on("case-b", 1)
    Act.objects.filter(subject="case-b").update(recorded_at=now)
    told = state(now + timedelta(seconds=30))
    assert (told.delay_median, told.delay_p99) == (timedelta(seconds=1), timedelta(seconds=1))
    assert merge_delays()[-1] == timedelta(seconds=9)
    assert (told.entries, told.pending, told.checkpoint_age) == (100, 1, timedelta(seconds=30))
    answer = json.loads(client.get("/ledger/state").content)
    assert (answer["merge_delay_p99_seconds"], answer["entries"], answer["witnesses"]) == (1.0, 100, [])


def test_each_entry_waits_for_the_head_that_has_it(city: list[Act]) -> None:
    """Three heads, hours apart: each entry is measured to its own."""
    for size, at in [(5, 10), (9, 20), (12, 30)]:
        Checkpoint.objects.filter(size=size).update(at=NOW + timedelta(seconds=at))
    Act.objects.update(recorded_at=NOW)
    assert [delay.seconds for delay in merge_delays()] == [10] * 5 + [20] * 4 + [30] * 3
    assert [delay.seconds for delay in merge_delays(4)] == [20] + [30] * 3
