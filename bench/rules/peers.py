"""Where the peers are that the rules are measured against; none of them is part of the product.

python3 -m venv PEERS && PEERS/bin/pip install --require-hashes -r requirements/peers.txt
npm install --prefix PEERS feelin@8
ZHENGTONG_PEERS_PYTHON=PEERS/bin/python ZHENGTONG_PEERS_NODE=PEERS/node_modules python -m bench.rules
"""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def python_of_peers() -> str | None:
    """The interpreter that SpiffWorkflow and openfisca-core are installed in."""
    return os.environ.get("ZHENGTONG_PEERS_PYTHON") or None


def node_modules() -> str | None:
    """The folder that feelin is installed in."""
    return os.environ.get("ZHENGTONG_PEERS_NODE") if shutil.which("node") else None


def ask_python(script: str, *arguments: str, given: Any = None) -> dict[str, Any] | None:
    """What a script of the peers prints last, as JSON; None, said aloud, where they are not installed."""
    python = python_of_peers()
    if python is None:
        print(f"SKIPPED: {script}, since ZHENGTONG_PEERS_PYTHON names no interpreter (see bench/rules/peers.py)")
        return None
    return _asked([python, str(HERE / script), *arguments], given)


def ask_node(script: str, *, given: Any = None) -> dict[str, Any] | None:
    """The same of a script for Node."""
    modules = node_modules()
    if modules is None:
        print(f"SKIPPED: {script}, since ZHENGTONG_PEERS_NODE names no folder of modules (see bench/rules/peers.py)")
        return None
    return _asked(["node", str(HERE / script), modules], given)


def _asked(command: list[str], given: Any) -> dict[str, Any]:
    ran = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return found
