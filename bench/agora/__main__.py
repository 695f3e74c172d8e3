"""`python -m bench.agora [shares] [groups]`: equal shares against pabutools, opinion groups against red-dwarf."""

import sys

from bench.agora import groups, shares

WORK = {"shares": shares.main, "groups": groups.main}

for name in sys.argv[1:] or WORK:
    WORK[name]()
