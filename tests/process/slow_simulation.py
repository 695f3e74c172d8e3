"""The same simulation, plain and slow: a sorted list of events by the clock, persons one by one, a queue in a list.

It takes from a run that was played its draws alone. Written from what the reference says, not from the engine's code.
"""

from dataclasses import dataclass, field
from random import Random

from zhengtong.engines.process import OpenTask, State, TaskDone, TimerFired, advance, start
from zhengtong.engines.process.events import Ended, KeepFacts, StartTimer
from zhengtong.engines.process.simulation import Hours, Plan
from zhengtong.engines.process.simulation.run import Run
from zhengtong.engines.process.simulation.timers import minutes
from zhengtong.engines.process.state import split


@dataclass
class Person:
    posts: tuple[str, ...]
    hours: Hours
    busy: bool = False


@dataclass
class Slow:
    plan: Plan
    run: Run
    took: list[float] = field(default_factory=list)
    waits: dict[str, list[float]] = field(default_factory=dict)
    worked: list[tuple[int, float, float]] = field(default_factory=list)  # person, from, until
    events: list[tuple[float, int, str, str, int]] = field(default_factory=list)  # clock, case, key, what, person
    queue: list[tuple[float, int, str]] = field(default_factory=list)
    openings: set[float] = field(default_factory=set)

    def play(self) -> "Slow":
        plan, run = self.plan, self.run
        self.draws = {work.key: work for work in run.works}
        self.persons = [
            Person(staff.posts, staff.hours or plan.hours) for staff in plan.staff for _ in range(staff.count)
        ]
        self.arrived = plan.arrivals.moments(plan.hours, run.cases, Random(f"{run.seed}/arrivals"))
        self.cases: list[tuple[State, dict[str, object]]] = [(State(), {}) for _ in self.arrived]
        self.events = [(clock, case, "", "begin", -1) for case, clock in enumerate(self.arrived)]
        while self.events:
            self.events.sort()
            clock, case, key, what, person = self.events.pop(0)
            if person >= 0:
                self.persons[person].busy = False
            if what != "open":
                self.happen(clock, case, key, what)
            self.give_out(clock)
        return self

    def happen(self, clock: float, case: int, key: str, what: str) -> None:
        state, facts = self.cases[case]
        model = self.plan.model
        if what == "begin":
            state, effects = start(model, facts, None)  # type: ignore[arg-type]
        elif what == "timer":
            state, effects = advance(model, state, TimerFired(key), None, facts)  # type: ignore[arg-type]
        else:
            work = self.draws[key]
            value = (work.ways[case] if work.ways else work.way).value
            task = model.nodes[work.node].task
            outputs = {task.fact: value} if task and value else {}
            state, effects = advance(model, state, TaskDone(key, outputs), None, facts)  # type: ignore[arg-type]
        for effect in effects:
            if isinstance(effect, KeepFacts):
                facts |= effect.facts
            elif isinstance(effect, OpenTask):
                self.queue.append((clock, case, effect.key))
            elif isinstance(effect, StartTimer):
                self.events.append((self.fires(clock, effect.definition), case, effect.key, "timer", -1))
            elif isinstance(effect, Ended):
                self.took.append(self.plan.hours.passed(clock) - self.plan.hours.passed(self.arrived[case]))
        self.cases[case] = state, facts

    def fires(self, clock: float, written: str) -> float:
        hours = self.plan.hours
        work, rest = minutes(written, hours.length)
        return (hours.done(hours.passed(clock) + work) if work else clock) + rest

    def give_out(self, clock: float) -> None:
        """Whoever has waited longest goes to the first person who is there, free and able."""
        for entry in sorted(self.queue):
            since, case, key = entry
            if key not in {each for each, _ in self.cases[case][0].waiting}:
                self.queue.remove(entry)
                continue
            node = split(key)[0]
            task = self.plan.model.nodes[node].task
            assert task
            able = [(place, each) for place, each in enumerate(self.persons) if task.post in each.posts]
            there = [place for place, each in able if not each.busy and each.hours.is_open(clock)]
            if there:
                self.queue.remove(entry)
                self.begin(there[0], since, clock, case, key, node)
                continue
            for _, each in able:
                opening = each.hours.at(each.hours.passed(clock))
                if not each.hours.is_open(clock) and opening not in self.openings:
                    self.openings.add(opening)
                    self.events.append((opening, -1, "", "open", -1))

    def begin(self, place: int, since: float, clock: float, case: int, key: str, node: str) -> None:
        person, office = self.persons[place], self.plan.hours
        until = person.hours.done(person.hours.passed(clock) + self.draws[key].times[case])
        person.busy = True
        self.waits.setdefault(node, []).append(office.passed(clock) - office.passed(since))
        self.worked.append((place, clock, until))
        self.events.append((until, case, key, "done", place))
