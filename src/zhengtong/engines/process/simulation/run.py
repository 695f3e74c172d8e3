"""One run: a hundred thousand cases go through the process and wait for staff.

Whoever has waited longest comes next. Every case has its own draws for each step, from the seed and the step's key
alone: variants that are compared meet the same cases. Of two events at the same moment, the one of the case that came
first is first.

Where work can never be called off and each post has one crew in the hours of the office, it is known when a step comes
up at what moment somebody will be free for it, since nobody comes in between. Then nothing has to wait in a queue, and
each step is one event (`_play_directly`); the results are the same.
"""

from array import array
from collections import Counter
from collections.abc import Callable
from heapq import heappop, heappush, heapreplace
from random import Random

from zhengtong.common.text import text
from zhengtong.engines.process.model import Model, Node
from zhengtong.engines.process.simulation.faults import PlanFault
from zhengtong.engines.process.simulation.hours import Axis
from zhengtong.engines.process.simulation.plan import Plan
from zhengtong.engines.process.simulation.results import PostResult, Result, Tally, told
from zhengtong.engines.process.simulation.timers import fires
from zhengtong.engines.process.simulation.work import Crew, Way, Work, queues_of
from zhengtong.engines.process.simulation.world import Move, World

EVERY = 5_000  # cases between two reports of progress
NOBODY = -1  # the case of those who come to the office
Progress = Callable[[int, int], None]
Event = tuple[float, int, Work, Crew | None]
"""When, which case, what is done then, and who becomes free."""


def simulate(plan: Plan, *, cases: int, seed: int = 0, progress: Progress | None = None) -> Result:
    """Run `cases` cases of a plan; the same seed gives the same result. PlanFault where the plan lacks something.

    `progress` hears now and then how many cases of how many have come in.
    """
    run = Run(plan, cases, seed)
    run.play(progress)
    return run.result()


class Run:
    """The cases, crews, queues and draws of one run."""

    def __init__(self, plan: Plan, cases: int, seed: int, *, directly: bool = True) -> None:
        """`directly=False` has everybody wait in queues even where that is not needed."""
        if cases < 1:
            raise PlanFault(text("至少模拟一件。", "at least one case is simulated"))
        self.plan, self.cases, self.seed, self.tally = plan, cases, seed, Tally()
        shared = all(staff.hours in (None, plan.hours) for staff in plan.staff)
        self.axis = Axis.of(plan.hours, shared=shared)
        self.crews = [Crew(staff, plan.hours, by_clock=not shared) for staff in plan.staff]
        self.able = {node.id: self._able(node) for node in plan.model.nodes.values()}
        self.queues = queues_of(list(self.able.values()))
        self.values = _values(plan)
        single = all(len(crews) <= 1 for crews in self.able.values())
        self.directly = directly and shared and single and not calls_off(plan.model)
        self.works: list[Work] = []
        self.world = World(plan.model, plan.rules, self._prepare)
        chance = Random(f"{seed}/arrivals")
        moments = plan.arrivals.moments(plan.hours, cases, chance)
        self.arrived = list(map(self.axis.of_clock, moments))
        before = [self.world.outside(facts) for _, facts in plan.arrivals.kinds]
        self.situations = chance.choices(before, [weight for weight, _ in plan.arrivals.kinds], k=cases)
        self.heap: list[Event] = []

    def _able(self, node: Node) -> tuple[Crew, ...]:
        post = node.task.post if node.task else ""
        found = tuple(crew for crew in self.crews if post in crew.staff.posts)
        if not found and post and post not in self.plan.unlimited:
            raise PlanFault(
                text(f"环节“{node.id}”的岗位“{post}”没有人员。", f"nobody works at the post {post!r} of {node.id!r}")
            )
        return found

    def _prepare(self, work: Work) -> None:
        """Give a new piece of work its draws, one for each case, and those who do it."""
        if work.kind == "timer":
            return
        self.works.append(work)
        name = f"{self.seed}/{work.key}"
        work.times = self.plan.times.get(work.node, self.plan.usual).draw(Random(name), self.cases)
        values, weights = self.values.get(work.node, ((), ()))
        ways = [Way(work, value) for value in values]
        work.way = ways[0] if ways else work.way
        if len(ways) > 1:
            work.ways = Random(f"{name}/outcome").choices(ways, weights, k=self.cases)
        work.crews = self.able[work.node]
        if work.crews:
            work.queue = self.queues[work.crews]
            work.waited = self.tally.waits.setdefault(work.node, array("d")).append
            work.free = work.crews[0].free

    def play(self, progress: Progress | None = None) -> None:
        """Let time pass until every case is over, or waits for what never comes."""
        self.heap = [(self.arrived[0], 0, self.world.begin, None)]
        come = self._come if progress is None else self._told(progress)
        (self._play_directly if self.directly else self._play)(come)
        if progress:
            progress(self.cases, self.cases)

    def _come(self, case: int) -> None:
        """The next case will come in."""
        if case + 1 < self.cases:
            heappush(self.heap, (self.arrived[case + 1], case + 1, self.world.begin, None))

    def _told(self, progress: Progress) -> Callable[[int], None]:
        def come(case: int) -> None:
            if case % EVERY == 0:
                progress(case, self.cases)
            self._come(case)

        return come

    def _play(self, come: Callable[[int], None]) -> None:
        heap, situations = self.heap, self.situations
        while heap:
            now, case, work, crew = heappop(heap)
            if work is self.world.begin:
                come(case)
            if crew is not None:
                self._freed(crew, now)
                if case == NOBODY:
                    continue
            move = situations[case][work.way if work.ways is None else work.ways[case]]
            situations[case] = move.after
            for job in move.opened:
                self._offer(now, case, job)
            if move.rare:
                self._follow(now, case, move)

    def _play_directly(self, come: Callable[[int], None]) -> None:
        """The same without queues, and in few steps: this is what runs a million times.

        The event that has come is left in the heap until the first that follows from it takes its place.
        """
        heap, situations, begin = self.heap, self.situations, self.world.begin
        while heap:
            now, case, work, _ = heap[0]
            move = situations[case][work.way if work.ways is None else work.ways[case]]
            situations[case] = move.after
            put: Callable[[list[Event], Event], object] = heapreplace
            for job in move.opened:
                spent = job.times[case]
                if job.crews:
                    free = job.free
                    at = free[0]  # when the first of them is free
                    if at < now:
                        at = now
                    until = at + spent
                    heapreplace(free, until)
                    job.waited(at - now)
                    job.spent += spent
                else:
                    until = self._outside(now, spent)
                put(heap, (until, case, job, None))
                put = heappush
            if put is heapreplace:
                heappop(heap)
            if work is begin:
                come(case)
            if move.rare:
                self._follow(now, case, move)

    def _offer(self, now: float, case: int, job: Work) -> None:
        """Somebody who can do it begins at once, or it waits."""
        if not job.crews:
            heappush(self.heap, (self._outside(now, job.times[case]), case, job, None))
            return
        for crew in job.crews:
            if crew.idle and crew.is_open(now):
                crew.idle -= 1
                self._begin(crew, now, now, case, job)
                return
        job.queue.append((now, case, job))
        for crew in job.crews:
            if crew.idle:  # they are not there; one of them looks when they come
                crew.idle -= 1
                self._comes(crew, now)

    def _freed(self, crew: Crew, now: float) -> None:
        """Somebody has done their work, or has come: who has waited longest and is still wanted is next."""
        if not crew.is_open(now):
            self._comes(crew, now)
            return
        while queue := crew.oldest():
            since, case, job = queue.popleft()
            if self.situations[case].awaits(job.key):
                self._begin(crew, since, now, case, job)
                return
        crew.idle += 1

    def _comes(self, crew: Crew, now: float) -> None:
        heappush(self.heap, (crew.opening(now), NOBODY, crew.coming, crew))

    def _begin(self, crew: Crew, since: float, now: float, case: int, job: Work) -> None:
        spent = job.times[case]
        job.waited(self.axis.minutes(now) - self.axis.minutes(since))
        crew.busy += spent
        heappush(self.heap, (crew.until(now, spent), case, job, crew))

    def _outside(self, now: float, spent: float) -> float:
        """When somebody outside is done, who works by the clock: the party, another office, a message."""
        return max(now, self.axis.of_clock(self.axis.to_clock(now) + spent))

    def _follow(self, now: float, case: int, move: Move) -> None:
        for timer, written in move.timers:
            heappush(self.heap, (fires(written, now, self.axis, self.plan.hours), case, timer, None))
        self.tally.incidents += move.incidents
        if move.over:
            minutes = self.axis.minutes
            self.tally.end(now, minutes(now) - minutes(self.arrived[case]), move.after.state.outcome)

    def result(self) -> Result:
        """What it tells, after it was played."""
        for work in self.works if self.directly else ():
            if work.crews:
                work.crews[0].busy += work.spent
                work.spent = 0.0
        last = self.tally.last
        posts = [PostResult(c.staff.told, c.staff.posts, c.staff.count, c.load(self.axis, last)) for c in self.crews]
        stuck = [each.state for each in self.situations if not each.state.is_over]
        waiting = Counter(node for state in stuck for node in {node for _, node in state.waiting})
        return told(self.plan, self.cases, self.tally, posts, waiting)


def calls_off(model: Model) -> bool:
    """Whether something of the model can take work away that somebody has been given."""
    return any(
        (node.kind == "boundaryEvent" and node.interrupting)
        or node.by_event
        or (node.trigger is not None and node.trigger.kind in ("terminate", "cancel", "error"))
        or (node.loop is not None and node.loop.until)
        or node.enough
        for node in model.nodes.values()
    )


def _values(plan: Plan) -> dict[str, tuple[tuple[str, ...], tuple[float, ...]]]:
    """By node: the values of its outcome and their weights; all the same where the plan does not say."""
    found: dict[str, tuple[tuple[str, ...], tuple[float, ...]]] = {}
    for node in plan.model.nodes.values():
        declared = node.task.values if node.task else ()
        shares = plan.outcomes.get(node.id) or dict.fromkeys(declared, 1.0)
        if not shares:
            continue
        if declared and not set(shares) <= set(declared):
            unknown = ", ".join(sorted(set(shares) - set(declared)))
            raise PlanFault(text(f"“{node.id}”没有结果“{unknown}”。", f"{node.id!r} has no outcome {unknown!r}"))
        if min(shares.values()) < 0 or not 0 < sum(shares.values()) < float("inf"):
            raise PlanFault(text(f"“{node.id}”的结果没有权重。", f"the outcomes of {node.id!r} have no weights"))
        found[node.id] = tuple(shares), tuple(shares.values())
    return found
