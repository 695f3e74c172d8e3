"""What the booth's script encrypts on a device the box accepts, in either group; node stands for the browser."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

import zhengtong.faces.forum
from tests.ballots.elections import opened
from zhengtong.engines.ballots.groups import BELENIOS_2048, ED25519

pytestmark = pytest.mark.skipif(not shutil.which("node"), reason="SKIPPED: no node is installed")
SCRIPT = Path(zhengtong.faces.forum.__file__).parent / "static/forum/belenios.js"
VOTES = ([[1, 0], [0, 1, 0, 1]], [[0, 1], [1, 0, 0, 0]], [[1, 0], [0, 0, 1, 0]])


def booth(held, **changed):
    told = {"script": str(SCRIPT), "election": held.box.election.written, "codes": held.codes, "votes": VOTES} | changed
    told = json.dumps(told)
    driver = Path(__file__).with_name("booth.js")
    return subprocess.run(["node", str(driver)], input=told, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("group", [BELENIOS_2048, ED25519], ids=lambda each: each.name)
def test_the_box_takes_what_the_booth_encrypts_and_counts_it(group):
    held = opened(group=group)
    said = json.loads(booth(held).stdout)
    assert set(said["keys"]) == set(held.box.roll)
    for ballot in said["ballots"]:
        held.box.accept(ballot)
    held.box.close()
    for secret in held.secrets:
        held.box.take_share(*held.box.share(secret))
    assert held.box.publish() == [[2, 1], [1, 1, 1, 1]]


SMALL = {"BELENIOS-2048": "1" + "0" * 600, "Ed25519": "0" * 64}


@pytest.mark.parametrize("group", [BELENIOS_2048, ED25519], ids=lambda each: each.name)
@pytest.mark.parametrize("key", ["small", "-1", "", "2" * 700])
def test_the_booth_encrypts_for_no_key_outside_of_the_group(group, key):
    """Whoever put such a key into the page could read the votes."""
    held = opened(group=group)
    election = json.loads(held.box.election.written) | {"public_key": SMALL[group.name] if key == "small" else key}
    done = booth(held, election=json.dumps(election))
    assert done.returncode != 0 and "election" in done.stderr


def test_the_booth_knows_no_other_group_and_no_vote_of_two():
    held = opened(group=ED25519)
    election = json.loads(held.box.election.written) | {"group": "RFC-3526-2048"}
    assert booth(held, election=json.dumps(election)).returncode != 0
    assert booth(held, votes=[[[2, 0], [1, 0, 0, 0]]] * 3).returncode != 0
