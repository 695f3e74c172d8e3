"""Two orders laid side by side, as whoever reads a database could do it."""

from django.db import connections


def rows(table: str, columns: str = "*", database: str = "default") -> list[tuple]:
    """As the database wrote them: by the transaction and the place of each row."""
    order = "xmin::text::bigint, ctid" if connections[database].vendor == "postgresql" else "rowid"
    with connections[database].cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} ORDER BY {order}")
        return cursor.fetchall()


def agreement(one: list, other: list) -> float:
    """Spearman's rank correlation of two orders of the same things: 1 for the same order, about 0 for chance."""
    places = [other.index(each) for each in one]
    size = len(one)
    return 1 - 6 * sum((at - place) ** 2 for at, place in enumerate(places)) / (size * (size**2 - 1))
