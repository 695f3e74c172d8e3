"""The token game as BPMN 2.0.2 tells it in chapter 13, as plainly and slowly as possible: nothing is
remembered, nothing is worked out beforehand, every question is asked of the drawing anew.

It shares with the engine how a file is read, and nothing of how it runs. It knows tasks, sub-processes, parallel
multi-instance, exclusive, parallel and inclusive gateways, boundary timers and terminate ends.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count

from zhengtong.engines.process import Model, Node

Ask = Callable[[str, Mapping[str, object]], object]
TASKS = ("userTask", "manualTask", "serviceTask")


@dataclass
class Running:
    """An activity under way: in the run of a sub-process (0: the process), with what its timers have already done."""

    node: str
    run: int
    number: int
    instances: int = 0
    done: int = 0
    fired: set[str] = field(default_factory=set)


class Plain:
    """One case."""

    def __init__(self, model: Model, facts: dict[str, object], ask: Ask) -> None:
        self.model, self.facts, self.ask = model, facts, ask
        self.tokens: list[tuple[str, int]] = []  # (flow, run)
        self.running: list[Running] = []
        self.numbers = count(1)
        self._leave(next(n for n in model.nodes.values() if n.kind == "startEvent" and not n.parent), 0)
        self._settle()

    @property
    def open(self) -> Counter[str]:
        """How often each task is under way."""
        tasks = [each for each in self.running if self.model.nodes[each.node].kind in TASKS]
        return Counter(name for each in tasks for name in [each.node] * (each.instances - each.done or 1))

    @property
    def is_over(self) -> bool:
        return not self.tokens and not self.running

    @property
    def timers(self) -> set[str]:
        """The boundary timers that could fire."""
        return {
            node.id
            for node in self.model.nodes.values()
            for host in self.running
            if node.attached_to == host.node and node.id not in host.fired
        }

    def finish(self, node: str) -> None:
        """The oldest task of this name, or one instance of it, is done (13.3.2; for several instances 13.3.7)."""
        task = next(each for each in self.running if each.node == node)
        loop = self.model.nodes[node].loop
        if loop:
            task.done += 1
            counts = {"numberOfCompletedInstances": task.done, "numberOfInstances": task.instances}
            enough = bool(loop.until) and self.ask(loop.until, {**self.facts, **counts}) is True
            if task.done < task.instances and not enough:
                return
        self.running.remove(task)
        self._leave(self.model.nodes[node], task.run)
        self._settle()

    def fire(self, timer: str) -> None:
        """The boundary timer of the oldest activity that still waits for it fires (13.5.3)."""
        event = self.model.nodes[timer]
        host = next(each for each in self.running if each.node == event.attached_to and timer not in each.fired)
        if event.interrupting:
            self._stop(host)
        else:
            host.fired.add(timer)
        self._leave(event, host.run)
        self._settle()

    def _stop(self, host: Running) -> None:
        self.running.remove(host)
        for each in [each for each in self.running if each.run == host.number]:
            self._stop(each)
        self.tokens = [(flow, run) for flow, run in self.tokens if run != host.number]

    def _settle(self) -> None:
        while self._move() or self._close():
            pass

    def _move(self) -> bool:
        for flow, run in self.tokens:
            node = self.model.target(flow)
            if node.kind == "parallelGateway":
                taken = [each for each in node.incoming if (each, run) in self.tokens]
                ready = len(taken) == len(node.incoming)
            elif node.kind == "inclusiveGateway":
                taken = [each for each in node.incoming if (each, run) in self.tokens]
                ready = not self._may_come(node, run)
            else:
                taken, ready = [flow], True
            if ready:
                for each in taken:
                    self.tokens.remove((each, run))
                self._enter(node, run)
                return True
        return False

    def _may_come(self, gate: Node, run: int) -> bool:
        """13.4.3: is there a token with a way to an empty flow of the gateway, and with no way to one that has a token?

        Ways do not visit the gateway. A token in an activity may leave it by what is attached to it.
        """
        full = {flow for flow in gate.incoming if (flow, run) in self.tokens}
        empty = set(gate.incoming) - full
        places = [self.model.target(flow).id for flow, where in self.tokens if where == run]
        places += [each.node for each in self.running if each.run == run]
        for place in places:
            ahead = self._flows_ahead(place, gate.id)
            if ahead & empty and not ahead & full:
                return True
        return False

    def _flows_ahead(self, place: str, gate: str) -> set[str]:
        found: set[str] = set()
        waiting, seen = [place], set[str]()
        while waiting:
            node = waiting.pop()
            if node in seen or node == gate:
                continue
            seen.add(node)
            waiting += [each.id for each in self.model.nodes.values() if each.attached_to == node]
            found |= set(self.model.nodes[node].outgoing)
            waiting += [self.model.flows[flow].target for flow in self.model.nodes[node].outgoing]
        return found

    def _enter(self, node: Node, run: int) -> None:
        if node.kind in TASKS:
            instances = int(str(self.ask(node.loop.over, self.facts))) if node.loop else 0
            self.running.append(Running(node.id, run, next(self.numbers), instances))
        elif node.kind == "subProcess":
            inside = Running(node.id, run, next(self.numbers))
            self.running.append(inside)
            starts = (n for n in self.model.nodes.values() if n.parent == node.id and n.kind == "startEvent")
            self._leave(next(starts), inside.number)
        elif node.trigger and node.trigger.kind == "terminate":
            for each in [each for each in self.running if each.run == run]:
                self._stop(each)
            self.tokens = [token for token in self.tokens if token[1] != run]
        else:
            self._leave(node, run)

    def _leave(self, node: Node, run: int) -> None:
        flows = [self.model.flows[flow] for flow in node.outgoing]
        if node.kind != "parallelGateway":
            open_ = [f for f in flows if f.id != node.default and self._holds(f.condition)]
            open_ = open_[:1] if node.kind == "exclusiveGateway" else open_
            flows = open_ or [f for f in flows if f.id == node.default]
        self.tokens += [(flow.id, run) for flow in flows]

    def _holds(self, condition: str) -> bool:
        return not condition or self.ask(condition, self.facts) is True

    def _close(self) -> bool:
        """A sub-process in which no token is left is done (13.3.5)."""
        for each in self.running:
            busy = any(run == each.number for _, run in self.tokens)
            busy = busy or any(other.run == each.number for other in self.running)
            if self.model.nodes[each.node].kind == "subProcess" and not busy:
                self.running.remove(each)
                self._leave(self.model.nodes[each.node], each.run)
                return True
        return False
