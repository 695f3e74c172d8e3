"""`python -m bench.agora [shares] [groups] [ballots] [signatures]`: against peers."""

import sys

from bench.agora import ballots, groups, shares, signatures

WORK = {"shares": shares.main, "groups": groups.main, "ballots": ballots.main, "signatures": signatures.main}

for name in sys.argv[1:] or WORK:
    WORK[name]()
