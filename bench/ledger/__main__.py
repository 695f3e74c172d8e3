"""`python -m bench.ledger [transactions] [sequencing] [tiles] [--entries N]`: one JSON line each; all if none is named.

`tiles` needs no database: it makes a log of N entries on disk and checks it with zhengtong-verify.
"""

import argparse
import json

from bench.ledger import tiles
from bench.ledger.recording import transactions
from bench.ledger.sequencing import sequencing

BENCHES = {"transactions": transactions, "sequencing": sequencing, "tiles": tiles.measure}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("which", nargs="*", choices=[*BENCHES, []])
    parser.add_argument("--entries", type=int, default=1_000_000)
    given = parser.parse_args()
    for name in given.which or BENCHES:
        print(json.dumps({"bench": f"ledger {name}"} | BENCHES[name](given.entries)), flush=True)


if __name__ == "__main__":
    main()
