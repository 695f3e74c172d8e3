"""Where the peers are that processes are measured against; none of them is part of the product.

python3 -m venv PEERS && PEERS/bin/pip install --require-hashes -r requirements/peers.txt
npm install --prefix PEERS bpmn-engine@25
ZHENGTONG_PEERS_PYTHON=PEERS/bin/python ZHENGTONG_PEERS_NODE=PEERS/node_modules python -m bench.process
"""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def ask_python(script: str, *, given: Any = None, seconds: float = 300) -> dict[str, Any] | None:
    """What a script of the peers prints last, as JSON; None, said aloud, where they are not installed or too slow."""
    python = os.environ.get("ZHENGTONG_PEERS_PYTHON", "")
    if not python:
        print(f"SKIPPED: {script}, since ZHENGTONG_PEERS_PYTHON names no interpreter (see bench/process/peers.py)")
        return None
    return _asked([python, str(HERE / script)], given, seconds)


def ask_node(script: str, *, given: Any = None, seconds: float = 300) -> dict[str, Any] | None:
    """The same of a script for Node."""
    modules = os.environ.get("ZHENGTONG_PEERS_NODE", "")
    if not modules or not shutil.which("node"):
        print(f"SKIPPED: {script}, since ZHENGTONG_PEERS_NODE names no folder of modules (see bench/process/peers.py)")
        return None
    return _asked(["node", str(HERE / script), modules], given, seconds)


def _asked(command: list[str], given: Any, seconds: float) -> dict[str, Any] | None:
    try:
        ran = subprocess.run(
            command, input=json.dumps(given), capture_output=True, text=True, check=True, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        print(f"no answer of {Path(command[1]).name} in {seconds:.0f} s")
        return None
    found: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return found
