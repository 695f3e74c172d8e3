"""Random block-structured processes, written as drawings."""

from itertools import pairwise

from hypothesis import strategies as st

from tests.process.drawings import model
from zhengtong.engines.process import Model

Tree = tuple[object, ...]
Ends = tuple[str, str]  # the first and the last node of a block


class Builder:
    """Writes blocks as lines of a drawing. A block is a kind and the blocks or values in it."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.count = 0
        self.scope = ""

    def node(self, kind: str, about: str = "") -> str:
        """Declare a node in the present scope; its name."""
        self.count += 1
        name = f"{kind}_{self.count}"
        where = f" in={self.scope}" if self.scope else ""
        self.lines.append(f"{kind} {name} {about}{where}")
        return name

    def way(self, *nodes: str) -> None:
        """Draw flows from each to the next."""
        self.lines += [f"{source} -> {target}" for source, target in pairwise(nodes)]

    def block(self, tree: Tree) -> Ends:
        """Write a block."""
        kind, *parts = tree
        if kind in ("user", "service"):
            name = self.node(str(kind))
            return name, name
        if kind == "many":
            enough = f" until=numberOfCompletedInstances >= {parts[1]}" if parts[1:] else ""
            name = self.node("user", f"each={parts[0]}{enough}")
            return name, name
        if kind in ("timed", "reminded"):
            return self._timed(str(kind))
        if kind == "sub":
            return self._sub(parts[0])  # type: ignore[arg-type]
        if kind in ("and", "or", "xor"):
            return self._branches(str(kind), parts)  # type: ignore[arg-type]
        blocks = [self.block(part) for part in parts]  # type: ignore[arg-type]
        if kind == "loop":
            return self._loop(blocks[0])
        for (_, last), (first, _) in pairwise(blocks):
            self.way(last, first)
        return blocks[0][0], blocks[-1][1]

    def _timed(self, kind: str) -> Ends:
        task = self.node("user")
        if kind == "reminded":
            reminder = self.node("boundary", f"on={task} timer=P5WD interrupting=no")
            self.way(reminder, self.node("user"), self.node("end"))
            return task, task
        merge = self.node("xor")
        self.way(task, merge)
        self.way(self.node("boundary", f"on={task} timer=P5WD"), merge)
        return task, merge

    def _sub(self, inside: Tree) -> Ends:
        """A sub-process that a timer may take away."""
        sub, merge = self.node("sub"), self.node("xor")
        self.way(sub, merge)
        self.way(self.node("boundary", f"on={sub} timer=P5WD"), merge)
        around, self.scope = self.scope, sub
        first, last = self.block(inside)
        self.way(self.node("start"), first)
        self.way(last, self.node("end"))
        self.scope = around
        return sub, merge

    def _loop(self, body: Ends) -> Ends:
        merge, choice, after = self.node("xor"), self.node("xor"), self.node("xor")
        self.way(merge, body[0])
        self.way(body[1], choice)
        self.lines += [f"{choice} -> {merge} : again = {self.count}", f"{choice} => {after}"]
        return merge, after

    def _branches(self, kind: str, parts: list[Tree]) -> Ends:
        split, join = self.node(kind), self.node(kind)
        for index, part in enumerate(parts):
            first, last = self.block(part)
            is_default = kind != "and" and index == len(parts) - 1
            condition = "" if kind == "and" or is_default else f" : pick = {index}"
            self.lines += [f"{split} {'=>' if is_default else '->'} {first}{condition}", f"{last} -> {join}"]
        return split, join


def trees(leaves: list[Tree]) -> st.SearchStrategy[Tree]:
    """Blocks of at most eight of these leaves."""
    return st.recursive(
        st.sampled_from(leaves),
        lambda inner: st.one_of(
            st.tuples(st.sampled_from(["sequence", "and", "xor", "or"]), inner, inner),
            st.tuples(st.sampled_from(["and", "or"]), inner, inner, inner),
            st.tuples(st.sampled_from(["loop", "sub"]), inner),
        ),
        max_leaves=8,
    )


LEAVES: list[Tree] = [("user",), ("service",), ("timed",), ("many", 3, 2), ("many", 2, 2)]
TREES = trees(LEAVES)
WITH_REMINDERS = trees([*LEAVES, ("reminded",)])  # in a loop, one reminder may still be open when the next comes


def text_of(tree: Tree) -> str:
    """The drawing of a process with this block between its start and its end."""
    builder = Builder()
    first, last = builder.block(tree)
    return "\n".join([*builder.lines, f"start -> {first}", f"{last} -> end"])


def drawn(tree: Tree) -> Model:
    """The same, read."""
    return model(text_of(tree))
