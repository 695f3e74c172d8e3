"""The guide for strangers does what it says, by its own commands, with Debian's tool alone."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.ballots.elections import opened
from zhengtong.engines.ballots import cast

pytestmark = pytest.mark.skipif(not shutil.which("belenios-tool"), reason="SKIPPED: no belenios-tool is installed")
GUIDE = Path(__file__).parents[2] / "docs/guides/check-this-election-yourself.md"
_, VERIFY, FIND, COMPARE, *_ = re.findall(r"```sh\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


def test_every_attack_that_is_said_to_be_tried_is_tried():
    root = GUIDE.parents[2]
    told = re.findall(r"`(test_\w+)`", (root / "docs/explanation/taking-part.md").read_text(encoding="utf-8"))
    there = {
        name for path in (root / "tests").rglob("test_*.py") for name in re.findall(r"def (test_\w+)", path.read_text())
    }
    assert len(told) > 20 and set(told) <= there, set(told) - there


def sh(command, at, **env):
    return subprocess.run(["sh", "-c", command], cwd=at, capture_output=True, text=True, env={**os.environ, **env})


@pytest.fixture(scope="module")
def week(tmp_path_factory):
    """Monday's and Friday's file, and the tracking number of who voted between."""
    held, at = opened(), tmp_path_factory.mktemp("week")
    votes = [[1, 0], [1, 0, 0, 0]]
    held.box.accept(cast(election=held.box.election, credential=held.codes[0], votes=votes))
    for day in ("monday", "friday"):
        (at / day).mkdir()
        ballot = held.box.accept(cast(election=held.box.election, credential=held.codes[1], votes=votes))
        (at / day / f"{held.box.election.uuid}.bel").write_bytes(held.box.archive.bytes())
    return at, ballot.tracking_number


def test_an_election_is_verified(week):
    done = sh(VERIFY, week[0] / "friday")
    assert done.returncode == 0
    assert "all checks passed" in done.stderr + done.stdout


def test_a_voter_finds_the_ballot_by_its_tracking_number(week):
    at, number = week
    assert sh(FIND, at / "friday", TRACKING_NUMBER=number).stdout.strip() == number
    assert sh(FIND, at / "monday", TRACKING_NUMBER=number).stdout == ""


def test_what_was_removed_is_found(week):
    at, _ = week
    assert sh(COMPARE, at).returncode == 0
    swapped = COMPARE.replace("monday", "later").replace("friday", "monday").replace("later", "friday")
    assert sh(swapped, at).returncode != 0


def test_a_ballot_without_proof_is_found(week, tmp_path):
    held = opened()
    told = json.loads(cast(election=held.box.election, credential=held.codes[0], votes=[[1, 0], [1, 0, 0, 0]]))
    told["answers"][0]["individual_proofs"].reverse()
    held.box.archive.append("Ballot", json.dumps(told, separators=(",", ":")))
    (tmp_path / f"{held.box.election.uuid}.bel").write_bytes(held.box.archive.bytes())
    assert sh(VERIFY, tmp_path).returncode != 0
