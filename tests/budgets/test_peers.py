"""pabutools, where it is installed (bench/rules/peers.py says how), elects the same projects."""

import pytest

from bench.agora.shares import winners_of_peer
from bench.rules.peers import python_of_peers
from tests.budgets.elections import ABSENT, files
from zhengtong.engines.budgets import equal_shares, read


@pytest.mark.skipif(python_of_peers() is None, reason="ZHENGTONG_PEERS_PYTHON names no interpreter with pabutools")
@pytest.mark.skipif(not files(), reason=ABSENT)
@pytest.mark.parametrize("measure", ["cost", "count"])
def test_real_elections_come_out_as_pabutools_has_them(measure):
    paths = files(40_000)
    found = winners_of_peer(measure, paths)
    if not found:
        pytest.skip("pabutools is not installed among the peers")
    for path in paths:
        assert set(equal_shares(read(path.read_bytes()), measure=measure).winners) == set(found[path.name]), path.name
