"""The lines of flows over a grid: right angles, through free cells or the channels between rows and columns."""

from bisect import bisect_left
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
    in_row: Mapping[int, list[int]]  # the columns that are taken in each row, sorted
    in_column: Mapping[int, list[int]]  # and the rows in each column
    used: Counter[tuple[str, int]] = field(default_factory=Counter)  # lines in a channel

    def row_is_free(self, row: int, columns: range) -> bool:
        """Whether no node stands in these cells of a row."""
        return _is_free(self.in_row[row], columns)

    def column_is_free(self, column: int, rows: range) -> bool:
        """Whether no node stands in these cells of a column."""
        return _is_free(self.in_column[column], rows)

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


def _is_free(taken: list[int], cells: range) -> bool:
    return bisect_left(taken, cells.start) == bisect_left(taken, max(cells.stop, cells.start))


def line(table: Table, model: Model, flow: str) -> tuple[Point, ...]:
    """The points of one flow."""
    drawn = model.flows[flow]
    source, target = model.nodes[drawn.source], model.nodes[drawn.target]
    if source.attached_to:
        return _from_boundary(table, source, target)
    if flow in table.grid.back:
        return _around(table, source, target)
    return _forwards(table, source, target)


def _cell(table: Table, node: Node) -> tuple[int, int]:
    return table.grid.column[node.id], table.grid.row[node.id]


def _forwards(table: Table, source: Node, target: Node) -> tuple[Point, ...]:
    (column, row), (to_column, to_row) = _cell(table, source), _cell(table, target)
    box, to = table.boxes[source.id], table.boxes[target.id]
    (x, y), (to_x, to_y) = box.centre, to.centre
    ahead = range(column + 1, to_column)
    own_row_is_free, other_row_is_free = table.row_is_free(row, ahead), table.row_is_free(to_row, ahead)
    if row == to_row:
        return ((box.right, y), (to.x, to_y)) if own_row_is_free else _around(table, source, target)
    if source.kind in GATEWAYS and other_row_is_free and table.column_is_free(column, _beyond(row, to_row)):
        return (x, box.bottom if to_row > row else box.y), (x, to_y), (to.x, to_y)
    if target.kind in GATEWAYS and own_row_is_free and table.column_is_free(to_column, _beyond(to_row, row)):
        return (box.right, y), (to_x, y), (to_x, to.y if row < to_row else to.bottom)
    if not own_row_is_free and not other_row_is_free:
        return _around(table, source, target)
    turn = table.after(column) if other_row_is_free else table.before(to_column)
    return (box.right, y), (turn, y), (turn, to_y), (to.x, to_y)


def _beyond(row: int, to_row: int) -> range:
    """The rows from beside `row` up to and with `to_row`."""
    return range(row + 1, to_row + 1) if to_row > row else range(to_row, row)


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
    is_below = to_row > row and to_column > column
    if (
        is_below
        and table.column_is_free(column, _beyond(row, to_row))
        and table.row_is_free(to_row, range(column + 1, to_column))
    ):
        return (x, box.bottom), (x, to_y), (to.x, to_y)
    along, into = table.below(row), table.before(to_column)
    return (x, box.bottom), (x, along), (into, along), (into, to_y), (to.x, to_y)
