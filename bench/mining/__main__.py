"""`python -m bench.mining LOG…`: our side and pm4py's on the same logs, one after the other; a JSON line for each.

pm4py is found by ZHENGTONG_PEERS_PYTHON, an interpreter with requirements/peers.txt. Both sides' answers are compared.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.mining import pm4py_peer_path

ANSWERS = ("follows", "variants", "hand_overs", "returns")


def main(paths: list[str]) -> None:
    peer = os.environ.get("ZHENGTONG_PEERS_PYTHON", "")
    if not paths:
        raise SystemExit("name one or more XES logs")
    for path in paths:
        ours = _run([sys.executable, "-m", "bench.mining.ours", path])
        told: dict[str, Any] = {"bench": "mining", "log": Path(path).name, "ours": _figures(ours)}
        if not peer:
            print(json.dumps(told | {"peer": "no pm4py: ZHENGTONG_PEERS_PYTHON is not set"}))
            continue
        theirs = _run([peer, str(pm4py_peer_path()), path])
        print(json.dumps(told | {"pm4py": _figures(theirs)} | _compared(ours, theirs)))


def _run(command: list[str]) -> dict[str, Any]:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def _figures(side: dict[str, Any]) -> dict[str, float]:
    return {"read_s": round(side["read_s"], 2), "read_mb": side["read_kb"] // 1024, "ask_s": round(side["ask_s"], 3)}


def _compared(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    return {
        "times_read": round(theirs["read_s"] / ours["read_s"], 1),
        "memory_share": round(ours["read_kb"] / theirs["read_kb"], 2),
        "times_ask": round(theirs["ask_s"] / ours["ask_s"], 1),
        "different": [name for name in ANSWERS if ours[name] != theirs[name]],
    }


if __name__ == "__main__":
    main(sys.argv[1:])
