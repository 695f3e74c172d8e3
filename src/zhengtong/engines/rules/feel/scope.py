"""What a name means where it stands: a variable of the generated Python, perhaps a member of the item of a filter."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class Frame:
    """Names declared together. A frame of a filter has an `item`, whose members are names too, found when it runs.

    At the edge of a function, `captured` gathers the variables from outside that the function uses.
    """

    variables: dict[str, str] = field(default_factory=dict)
    item: str = ""
    captured: set[str] | None = None


@dataclass(frozen=True)
class Found:
    """The variable of a name ("" where there is none), and the items, inner first, whose members come before it."""

    variable: str
    items: tuple[str, ...]


class Scope:
    """The frames around a place, outermost first."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []

    def find(self, name: str) -> Found:
        """Look the name up, and note for each function in between what it captures."""
        items: list[str] = []
        for depth in range(len(self.frames) - 1, -1, -1):
            frame = self.frames[depth]
            if name in frame.variables:
                items += [frame.item] if frame.item else []  # a member called `item` comes before the item
                self._capture([(frame.variables[name], depth)], items)
                return Found(frame.variables[name], tuple(items))
            if frame.item:
                items.append(frame.item)
        self._capture([], items)
        return Found("", tuple(items))

    def _capture(self, found: Iterable[tuple[str, int]], items: list[str]) -> None:
        places = [*found, *((frame.item, depth) for depth, frame in enumerate(self.frames) if frame.item in items)]
        for variable, home in places:
            for frame in self.frames[home + 1 :]:
                if frame.captured is not None:
                    frame.captured.add(variable)
