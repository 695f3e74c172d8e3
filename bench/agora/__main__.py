"""`python -m bench.agora [shares] [groups] [ballots]`: against pabutools, red-dwarf and belenios-tool."""

import sys

from bench.agora import ballots, groups, shares

WORK = {"shares": shares.main, "groups": groups.main, "ballots": ballots.main}

for name in sys.argv[1:] or WORK:
    WORK[name]()
