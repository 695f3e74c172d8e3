"""What a change of a process would do, before it is made: cases arrive, wait for staff, and are decided.

plan = Plan("now", model, Arrivals(40), [Staff(("office/examiner",), 3)], times, Hours(date(2026, 1, 5)))
result = simulate(plan, cases=100_000, seed=1)
compared = compare([plan, replace(plan, name="four examiners", staff=…)], cases=20_000, runs=5)
"""

from zhengtong.engines.process.simulation.compare import Comparison, Interval, compare
from zhengtong.engines.process.simulation.declared import plans
from zhengtong.engines.process.simulation.faults import PlanFault
from zhengtong.engines.process.simulation.hours import Hours
from zhengtong.engines.process.simulation.picture import picture
from zhengtong.engines.process.simulation.plan import Arrivals, Plan, Rules, Staff, Times
from zhengtong.engines.process.simulation.results import PostResult, Result, StepResult
from zhengtong.engines.process.simulation.run import simulate

__all__ = [
    "Arrivals",
    "Comparison",
    "Hours",
    "Interval",
    "Plan",
    "PlanFault",
    "PostResult",
    "Result",
    "Rules",
    "Staff",
    "StepResult",
    "Times",
    "compare",
    "picture",
    "plans",
    "simulate",
]
