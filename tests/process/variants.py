"""New versions of a drawing: a few steps are put in, taken out or given to more desks; what stays keeps its name."""

import re
from itertools import pairwise

from hypothesis import strategies as st

from tests.process.blocks import TREES, text_of

FLOW = re.compile(r"(\w+) (->|=>) (\w+)( : .*)?")


class Variant:
    """A drawing that is being changed."""

    def __init__(self, text: str) -> None:
        lines = [line.strip() for line in text.splitlines()]
        self.flows = [list(match.groups("")) for line in lines if (match := FLOW.fullmatch(line))]
        self.nodes = [line for line in lines if not FLOW.fullmatch(line)]
        self.count = 0

    @property
    def text(self) -> str:
        """The drawing as it is now."""
        return "\n".join([*self.nodes, *(f"{a} {arrow} {b}{condition}" for a, arrow, b, condition in self.flows)])

    def put_in(self, place: int) -> None:
        """One more task on a flow."""
        source, arrow, target, condition = self.flows[place]
        new = self._node("user", source)
        self.flows[place : place + 1] = [[source, arrow, new, condition], [new, "->", target, ""]]

    def give_to_two(self, place: int) -> None:
        """Two more tasks on a flow, at once."""
        source, arrow, target, condition = self.flows[place]
        fork, one, other, join = (self._node(kind, source) for kind in ("and", "user", "user", "and"))
        ways = [[fork, "->", one, ""], [fork, "->", other, ""], [one, "->", join, ""], [other, "->", join, ""]]
        self.flows[place : place + 1] = [[source, arrow, fork, condition], *ways, [join, "->", target, ""]]

    def take_out(self, place: int) -> None:
        """A task less, where the flow leads to a plain one."""
        task = self.flows[place][2]
        into = [flow for flow in self.flows if flow[2] == task]
        out = [flow for flow in self.flows if flow[0] == task]
        is_plain = any(re.fullmatch(rf"user {task}\s*( in=\w+)?", line) for line in self.nodes)
        if is_plain and len(into) == len(out) == 1 and not any(f"on={task}" in line for line in self.nodes):
            into[0][2] = out[0][2]
            self.flows.remove(out[0])
            self.nodes = [line for line in self.nodes if line.split()[1] != task]

    def make_a_choice(self, place: int) -> None:
        """Of branches that were taken together one is taken; where one was taken, all are."""
        names = [line.split()[1] for line in self.nodes]
        blocks = [(a, b) for a, b in pairwise(names) if len(self._out(a)) > 1 and re.match("and|xor|or", a)]
        blocks = [(a, b) for a, b in blocks if len([flow for flow in self.flows if flow[2] == b]) > 1]
        if not blocks:
            return
        split, join = blocks[place % len(blocks)]
        kind = "xor" if self.nodes[names.index(split)].startswith(("and", "or")) else "and"
        for name in (split, join):
            at = names.index(name)
            self.nodes[at] = " ".join([kind, *self.nodes[at].split()[1:]])
        out = self._out(split)
        for number, flow in enumerate(out):
            flow[1] = "=>" if kind == "xor" and flow is out[-1] else "->"
            flow[3] = f" : pick = {number}" if kind == "xor" and flow is not out[-1] else ""

    def _out(self, node: str) -> list[list[str]]:
        return [flow for flow in self.flows if flow[0] == node]

    def _node(self, kind: str, beside: str) -> str:
        self.count += 1
        name = f"new_{kind}_{self.count}"
        scope = next((re.findall(r" in=\w+", line) for line in self.nodes if line.split()[1] == beside), [])
        self.nodes.append(f"{kind} {name} {''.join(scope)}")
        return name


NAMES = ["put_in", "give_to_two", "take_out", "make_a_choice"]
CHANGES = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 40)), max_size=4)


@st.composite
def versions(draw: st.DrawFn) -> tuple[str, str]:
    """A drawing and a later version of it, or a drawing of its own in which some steps have the same names."""
    text = text_of(draw(TREES))
    if draw(st.integers(0, 3)) == 0:
        return text, text_of(draw(TREES))
    variant = Variant(text)
    for change, place in draw(CHANGES):
        getattr(variant, change)(place % len(variant.flows))
    return text, variant.text
