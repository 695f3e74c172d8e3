"""`python -m bench.process [running] [proving] [deadlines] [simulating]`: all of them, or those named."""

import sys

from bench.process import deadlines, proving, running, simulating

PARTS = {"running": running.main, "proving": proving.main, "deadlines": deadlines.main, "simulating": simulating.main}

for name in sys.argv[1:] or PARTS:
    PARTS[name]()
