"""Says before the tests run what this machine lacks, and the command that installs it."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

from tools.browser import chromium


def lacking() -> list[str]:
    told = []
    if chromium() is None:
        told.append(
            "SKIPPED: the journeys in a browser. Install one: "
            "sudo apt-get install chromium-headless-shell fonts-noto-cjk (or chromium)"
        )
    if not os.environ.get("DATABASE_URL"):
        told.append("SQLite is tested now; on PostgreSQL: DATABASE_URL=postgres://… make test-postgres")
    else:
        told.append(
            "SKIPPED: the tutorials. Whoever follows one has SQLite; they are tried where DATABASE_URL is not set"
        )
        told.append(
            "SKIPPED: what tries engines or charters alone, or is marked `once`. No database changes it; see SQLite"
        )
        told.append("SKIPPED: the journeys in English, and axe in Chinese. No page differs by its database: see SQLite")
    if not Path("node_modules/axe-core").exists():
        told.append("SKIPPED: the accessibility checks. Install axe-core: npm ci")
    if not shutil.which("belenios-tool"):
        told.append("SKIPPED: secret ballots held against another program. Install: sudo apt-get install belenios-tool")
    if not shutil.which("sirona"):
        told.append(
            "SKIPPED: secret ballots in group Ed25519 held against another program. npm install --global sirona"
        )
    if not os.environ.get("ZHENGTONG_PEERS_PYTHON"):
        told.append(
            "SKIPPED: comparing with SpiffWorkflow, pm4py and pabutools. Install them apart, name their interpreter: "
            "python3 -m venv PEERS && PEERS/bin/pip install --require-hashes -r requirements/peers.txt; "
            "ZHENGTONG_PEERS_PYTHON=PEERS/bin/python make test"
        )
    if not shutil.which("java") or not find_spec("pyspark"):
        told.append("SKIPPED: rules on Spark. Install Java 17 and: pip install -r requirements/spark.txt")
    if not shutil.which("go") or not Path("/usr/share/gocode/src/golang.org/x/mod/sumdb").exists():
        told.append("SKIPPED: another project's check of the ledger. apt-get install golang-go golang-golang-x-mod-dev")
    if not shutil.which("softhsm2-util"):
        told.append("SKIPPED: signing keys in a device. Install: sudo apt-get install softhsm2")
    return told


if __name__ == "__main__":
    print("\n".join(lacking()))
