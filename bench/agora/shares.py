"""Equal shares on the largest election at hand: ours and pabutools', the election read beforehand."""

import os
from collections.abc import Sequence
from pathlib import Path
from time import process_time

from bench.rules.peers import ask_python
from zhengtong.engines.budgets import equal_shares, read

FOLDER = Path(os.environ.get("PABULIB", Path(__file__).parents[3] / "shared" / "participation" / "pabulib"))


def main() -> None:
    path = max(FOLDER.glob("*.pb"), key=lambda each: each.stat().st_size, default=None)
    if path is None:
        print(f"SKIPPED: equal shares, since there are no elections at {FOLDER}")
        return
    begun = process_time()
    election = read(path.read_bytes())
    reading = process_time() - begun
    seconds = []
    for _ in range(3):
        begun = process_time()
        winners = equal_shares(election).winners
        seconds.append(process_time() - begun)
    ours = min(seconds)
    counted = f"{ours * 1000:.0f} ms CPU, reading {reading:.2f} s"
    print(f"{path.name}, {len(election.votes)} votes, {len(election.projects)} projects: {counted}")
    found = ask_python("../agora/pabutools_peer.py", "cost", str(path))
    if found and found["pabutools"]:
        same = "the same winners" if set(found["winners"][path.name]) == set(winners) else "OTHER WINNERS"
        counted = f"{found['seconds']:.0f} s CPU, reading {found['reading']:.1f} s"
        print(f"pabutools: {counted}; {found['seconds'] / ours:.0f}×, {same}")


def winners_of_peer(measure: str, paths: Sequence[Path]) -> dict[str, list[str]] | None:
    """What pabutools buys in each election; None where it is not installed."""
    found = ask_python("../agora/pabutools_peer.py", measure, *map(str, paths))
    return found["winners"] if found and found["pabutools"] else None
