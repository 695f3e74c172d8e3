"""`python -m bench.rules [decide] [loading] [population]`: all of them, or those named."""

import sys

from bench.rules import decide, loading, population

PARTS = {"decide": decide.main, "loading": loading.main, "population": population.main}

for name in sys.argv[1:] or PARTS:
    PARTS[name]()
