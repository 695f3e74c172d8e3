"""A relation in the making: the columns of a frame, and layer upon layer those that are computed from them."""

from collections.abc import Iterator
from dataclasses import replace

from zhengtong.common.text import text
from zhengtong.engines.rules.columns.dialect import Dialect
from zhengtong.engines.rules.columns.errors import NotColumns
from zhengtong.engines.rules.columns.symbols import Column, Span

_LONGEST = 200_000  # characters of what one column is computed by


class Sheet:
    """One frame. What is computed more than once gets a name in the layer after those that it needs."""

    def __init__(self, dialect: Dialect, prefix: str) -> None:
        self.dialect, self.prefix = dialect, prefix
        self.layers: list[dict[str, str]] = []
        self._known: dict[str, Column] = {}
        self._count = 0

    def base(self, sql: str, column: Column) -> Column:
        """A column of the frame itself: `sql` over its names, in layer 0."""
        return self.named(sql, replace(column, sheet=self, layer=-1))

    def named(self, sql: str, column: Column) -> Column:
        if sql not in self._known:
            self._count += 1
            name, layer = f"{self.prefix}{self._count}", column.layer + 1
            while len(self.layers) <= layer:
                self.layers.append({})
            self.layers[layer][name] = sql
            self._known[sql] = replace(column, sql=name, layer=layer, simple=True)
        return replace(self._known[sql], kind=column.kind, nullable=column.nullable, span=column.span)

    def statements(self, name: str, source: str) -> Iterator[tuple[str, str]]:
        """The layers as (name, SELECT), each over the one before; the first over `source`."""
        for number, layer in enumerate(self.layers):
            columns = "".join(f",\n  {sql} AS {column}" for column, sql in layer.items())
            yield f"{name}_{number}", f"SELECT *{columns}\nFROM {source if number == 0 else f'{name}_{number - 1}'}"


def let(column: Column) -> Column:
    """The column by a name, so that it is computed once however often it is written."""
    return column if column.simple or column.sheet is None else column.sheet.named(column.sql, column)


def made(kind: str, sql: str, *operands: Column, nullable: bool | None = None, span: Span | None = None) -> Column:
    """A column computed from others; it may be null where one of them may, if nothing else is said."""
    sheets = {id(each.sheet): each.sheet for each in operands if each.sheet is not None}
    if len(sheets) > 1:
        raise NotColumns(
            text(
                "列表成员的条件用到了列表之外的值",
                "a condition on members of a list uses a value from outside the list",
            )
        )
    if len(sql) > _LONGEST:
        raise NotColumns(text("按列写出的表达式过长", "written over columns, the expression grows too long"))
    return Column(
        sql,
        kind,
        nullable=any(each.nullable for each in operands) if nullable is None else nullable,
        span=span,
        layer=max((each.layer for each in operands), default=0),
        sheet=next(iter(sheets.values()), None),
    )
