"""ZHENGTONG_BENCH_CASES permits with queues for staff: ours, and simpy with the same arrivals and durations."""

import os
from datetime import date
from random import Random
from time import process_time

from bench.process import permit
from bench.process.peers import ask_python
from zhengtong.engines.process import Model
from zhengtong.engines.process.simulation import Arrivals, Hours, Plan, Staff, Times
from zhengtong.engines.process.simulation.run import Run

CASES = int(os.environ.get("ZHENGTONG_BENCH_CASES", "20000"))


class Continuous(Times):
    """No two events come at the same moment, so that it does not matter which of them is first."""

    def draw(self, chance: Random, count: int) -> list[float]:
        return [each + chance.random() / 1000 for each in super().draw(chance, count)]


def main() -> None:
    plan = Plan(
        name="now",
        model=Model.load(permit.xml().encode()),
        arrivals=Arrivals(40),
        staff=[Staff((f"office/{step}",), 4) for step in permit.ORDER],
        times={},
        hours=Hours(date(2026, 1, 5)),
        outcomes={"examine": {"satisfied": 1.0}, "decide": {"grant": 1.0}},
        usual=Continuous((5.0, 20.0, 30.0, 40.0, 80.0)),
    )
    began = process_time()
    run = Run(plan, CASES, seed=1)
    run.play()
    result = run.result()
    ours = process_time() - began
    print(f"{CASES:,} cases: {ours:.2f} s, {result.mean:.3f} office minutes on average")
    times = {work.node: work.times for work in run.works}
    peer = ask_python("simpy_peer.py", given={"arrived": run.arrived, "times": times, "staff": 4})
    if peer:
        same = "the same mean" if abs(peer["mean"] - result.mean) < 1e-9 * result.mean else f"OTHER MEAN {peer['mean']}"
        print(f"simpy: {peer['seconds']:.2f} s, {peer['seconds'] / ours:.1f}×, {same}")
