"""pm4py on the same log gives the same answers, where its interpreter is at hand (requirements/peers.txt)."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from bench.mining import pm4py_peer_path
from bench.mining.ours import answers
from tests.mining.logs import REAL, SHARED
from zhengtong.engines.mining import read_log

PEER = os.environ.get("ZHENGTONG_PEERS_PYTHON", "")


@pytest.mark.skipif(not PEER, reason="ZHENGTONG_PEERS_PYTHON does not name an interpreter with pm4py")
@pytest.mark.skipif(not REAL, reason="the real logs are not on this machine")
@pytest.mark.slow
@pytest.mark.parametrize("name", ["receipt", "BPIC15_2"])
def test_pm4py_counts_the_same(name: str) -> None:
    path = SHARED / f"{name}.xes.gz"
    done = subprocess.run([PEER, str(pm4py_peer_path()), str(path)], capture_output=True, text=True, check=True)
    theirs = json.loads(done.stdout.strip().splitlines()[-1])
    with read_log(Path(path)) as log:
        ours = answers(log)
    assert {key: theirs[key] for key in ours} == json.loads(json.dumps(ours))
