"""The lines of flows over a grid: right angles, through free cells or the channels between rows and columns."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from zhengtong.engines.process.grid import Grid
from zhengtong.engines.process.model import GATEWAYS, Model, Node
from zhengtong.engines.process.picture import Box, Point

STEP = 8.0  # between lines that share a channel
STUB = 18.0  # how far a line goes straight before it turns


@dataclass
class Table:
    """The measures of a grid: the cells that are taken, the extents of columns and rows."""

    grid: Grid
    boxes: Mapping[str, Box]
    columns: list[tuple[float, float]]  # left and right edge of each column
    rows: list[tuple[float, float]]  # top and bottom edge of each row
    taken: set[tuple[int, int]]  # (column, row)
    used: Counter[tuple[str, int]] = field(default_factory=Counter)  # lines in a channel

    def free(self, columns: range, rows: range) -> bool:
        """Whether no node stands in any of these cells."""
        return not any((column, row) in self.taken for column in columns for row in rows)

    def slot(self, kind: str, index: int) -> float:
        """How far the next line in a channel keeps from the first."""
        self.used[kind, index] += 1
        return (self.used[kind, index] - 1) % 5 * STEP

    def after(self, column: int) -> float:
        """An x in the channel to the right of a column."""
        return self.columns[column][1] + STUB + self.slot("after", column)

    def before(self, column: int) -> float:
        """An x in the channel to the left of a column."""
        return self.columns[column][0] - STUB - self.slot("before", column)

    def below(self, row: int) -> float:
        """A y in the channel under a row."""
        return self.rows[row][1] + STUB + self.slot("below", row)


def line(table: Table, model: Model, flow: str) -> tuple[Point, ...]:
    """The points of one flow."""
    drawn = model.flows[flow]
    source, target = model.nodes[drawn.source], model.nodes[drawn.target]
    if source.kind == "boundaryEvent":
        return _from_boundary(table, source, target)
    if flow in table.grid.back:
        return _around(table, source, target)
    return _forwards(table, source, target)


def _cell(table: Table, node: Node) -> tuple[int, int]:
    return table.grid.column[node.id], table.grid.row[node.id]


def _between(first: int, second: int) -> range:
    """The rows between two, without either."""
    return range(min(first, second) + 1, max(first, second))


def _forwards(table: Table, source: Node, target: Node) -> tuple[Point, ...]:
    (column, row), (to_column, to_row) = _cell(table, source), _cell(table, target)
    box, to = table.boxes[source.id], table.boxes[target.id]
    (x, y), (to_y) = box.centre, to.centre[1]
    ahead = range(column + 1, to_column)
    if row == to_row and table.free(ahead, range(row, row + 1)):
        return (box.right, y), (to.x, to_y)
    target_row_is_free = table.free(ahead, range(to_row, to_row + 1))
    if source.kind in GATEWAYS and target_row_is_free and row != to_row:
        way_is_free = table.free(range(column, column + 1), range(*_inclusive(row, to_row)))
        if way_is_free:
            return (x, box.bottom if to_row > row else box.y), (x, to_y), (to.x, to_y)
    if target.kind in GATEWAYS and row != to_row and table.free(ahead, range(row, row + 1)):
        way_is_free = table.free(range(to_column, to_column + 1), _inclusive_range(row, to_row))
        if way_is_free:
            return (box.right, y), (to.centre[0], y), (to.centre[0], to.y if row < to_row else to.bottom)
    if target_row_is_free and row != to_row:
        turn = table.after(column)
        return (box.right, y), (turn, y), (turn, to_y), (to.x, to_y)
    if table.free(ahead, range(row, row + 1)) and row != to_row:
        turn = table.before(to_column)
        return (box.right, y), (turn, y), (turn, to_y), (to.x, to_y)
    return _around(table, source, target)


def _inclusive(row: int, to_row: int) -> tuple[int, int]:
    """From beside `row` up to and with `to_row`."""
    return (row + 1, to_row + 1) if to_row > row else (to_row, row)


def _inclusive_range(row: int, to_row: int) -> range:
    """From `row` up to what is beside `to_row`."""
    return range(row, to_row) if to_row > row else range(to_row + 1, row + 1)


def _around(table: Table, source: Node, target: Node) -> tuple[Point, ...]:
    """Out to the right, along the channel under the row, and in from the left."""
    (column, row), (to_column, to_row) = _cell(table, source), _cell(table, target)
    box, to = table.boxes[source.id], table.boxes[target.id]
    out, into = table.after(column), table.before(to_column)
    along = table.below(min(row, to_row) if row != to_row else row)
    y, to_y = box.centre[1], to.centre[1]
    return (box.right, y), (out, y), (out, along), (into, along), (into, to_y), (to.x, to_y)


def _from_boundary(table: Table, source: Node, target: Node) -> tuple[Point, ...]:
    host = source.attached_to
    column, row = table.grid.column[host], table.grid.row[host]
    to_column, to_row = _cell(table, target)
    box, to = table.boxes[source.id], table.boxes[target.id]
    x, to_y = box.centre[0], to.centre[1]
    down = table.free(range(column, column + 1), _between(row, to_row + 1)) if to_row > row else False
    if down and to_column > column and table.free(range(column + 1, to_column), range(to_row, to_row + 1)):
        return (x, box.bottom), (x, to_y), (to.x, to_y)
    along, into = table.below(row), table.before(to_column)
    return (x, box.bottom), (x, along), (into, along), (into, to_y), (to.x, to_y)
