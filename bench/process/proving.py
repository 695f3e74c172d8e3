"""Soundness of k branches of three tasks in parallel: ours, and pm4py's woflan where it answers."""

from time import process_time

from bench.process import permit
from bench.process.peers import ask_python
from zhengtong.engines.process import Model, check, verdict
from zhengtong.engines.process.sound import prove

WOFLAN = 4  # branches; it has no answer in a minute for six


def main() -> None:
    ours = {count: min(_seconds(count) for _ in range(5)) for count in (WOFLAN, 14)}
    for count, seconds in ours.items():
        print(f"{count} branches: proved in {seconds * 1000:.2f} ms")
    woflan = ask_python("woflan_peer.py", given={"xml": permit.branches(WOFLAN)})
    if woflan:
        print(f"woflan, {WOFLAN} branches: {woflan['seconds']:.2f} s, {woflan['seconds'] / ours[WOFLAN]:,.0f}×")


def _seconds(count: int) -> float:
    model = Model.load(permit.branches(count).encode())
    began = process_time()
    found = list(prove(model))
    spent = process_time() - began
    if found or verdict(check(model)) != "sound":
        raise AssertionError(found)
    return spent
