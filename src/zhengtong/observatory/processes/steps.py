"""Which step each act ended, and since when somebody was at it: worked out in DuckDB for all cases at once.

The acts of a case are folded in their order. What is carried along is which steps are open, in the order in which they
were opened, and when an officer took one up. An act that does not say which step it ended ended the last of the open
ones of the first kind that it may end.
"""

from collections.abc import Collection, Sequence

from zhengtong.engines.mining import Log

TABLES = {  # columns and their types
    "act": {
        "case_id": "VARCHAR",
        "position": "INTEGER",
        "kind": "VARCHAR",
        "moment": "TIMESTAMPTZ",
        "post": "VARCHAR",
        "told": "JSON",
    },
    "of_case": {"case_id": "VARCHAR", "law": "INTEGER"},
    "kind": {"kind": "VARCHAR", "role": "VARCHAR", "title": "VARCHAR"},
    "may_end": {"kind": "VARCHAR", "sort": "VARCHAR", "turn": "INTEGER"},
    "step": {"law": "INTEGER", "step": "VARCHAR", "sort": "VARCHAR", "name": "VARCHAR"},
    "post": {"law": "INTEGER", "post": "VARCHAR", "person": "VARCHAR", "office": "VARCHAR", "zone": "VARCHAR"},
}
SAID = """
CREATE TEMP TABLE said AS SELECT case_id, position, kind, role, title, moment, post, law,
  CASE WHEN role IN ('opened', 'claimed', 'ended') THEN nullif(told->>'step', '') END AS step,
  CASE WHEN role = 'moved' THEN CAST(told->'steps' AS MAP(VARCHAR, VARCHAR)) END AS moves,
  CASE WHEN role = 'closed' THEN told->>'outcome' END AS outcome
FROM act JOIN of_case USING (case_id) JOIN kind USING (kind)
"""
STEPS = """
SELECT DISTINCT law, step FROM said WHERE step IS NOT NULL
UNION SELECT law, unnest(map_values(moves)) FROM said WHERE moves IS NOT NULL
"""
POSTS = "SELECT DISTINCT law, post FROM said"

# What is last of the open steps among those of each kind that the act may end; the first kind that has any.
_LAST = "list_filter(s.open, lambda o: list_contains(sort, o))[-1]"
_ENDED = f"list_filter(list_transform(a.may, lambda sort: {_LAST}), lambda found: found IS NOT NULL)[1]"
_AT = "list_position(s.open, ended)"
_OTHERS = "list_filter(s.taken, lambda t: t.step != a.step)"
FOLD = f"""
CREATE TEMP TABLE done AS
WITH may AS (
  SELECT law, kind, list(steps ORDER BY turn) AS may FROM may_end
  JOIN (SELECT law, sort, list(step) AS steps FROM step WHERE sort IS NOT NULL GROUP BY ALL) USING (sort) GROUP BY ALL
), way AS (
  SELECT case_id, list({{'position': position, 'role': role, 'step': step, 'moves': moves, 'may': may,
                         'moment': moment}} ORDER BY position) AS acts
  FROM said LEFT JOIN may USING (law, kind) WHERE step IS NOT NULL OR moves IS NOT NULL OR may IS NOT NULL
  GROUP BY case_id
)
SELECT case_id, unnest(list_reduce(acts,
  lambda s, a: list_transform([CASE WHEN a.role = 'ends' THEN {_ENDED} WHEN a.role = 'ended' THEN a.step END],
    lambda ended: {{
      'open': CASE WHEN a.role = 'opened' THEN list_append(s.open, a.step)
                   WHEN a.role = 'moved' THEN list_transform(s.open, lambda o: coalesce(a.moves[o], o))
                   WHEN {_AT} > 0 THEN list_concat(s.open[:{_AT} - 1], s.open[{_AT} + 1:]) ELSE s.open END,
      'taken': CASE WHEN a.role = 'opened' THEN {_OTHERS}
                    WHEN a.role = 'claimed' THEN list_append({_OTHERS}, {{'step': a.step, 'moment': a.moment}})
                    WHEN a.role = 'moved' THEN list_transform(s.taken,
                      lambda t: {{'step': coalesce(a.moves[t.step], t.step), 'moment': t.moment}})
                    ELSE s.taken END,
      'done': CASE WHEN ended IS NOT NULL THEN list_append(s.done, {{'position': a.position, 'step': ended,
                'begun': list_filter(s.taken, lambda t: t.step = ended)[-1].moment}}) ELSE s.done END}})[1],
  {{'open': []::VARCHAR[], 'taken': []::STRUCT(step VARCHAR, moment TIMESTAMPTZ)[],
    'done': []::STRUCT("position" INTEGER, step VARCHAR, begun TIMESTAMPTZ)[]}}).done, recursive := true)
FROM way
"""  # noqa: S608 - only texts of this file
# A part of an application that was withdrawn ends with it, and has no act of the applicant of its own.
EVENTS = """
CREATE MACRO shown(t, zone) AS
  replace(strftime(timezone(zone, t), '%Y-%m-%dT%H:%M:%S.%f'), '.000000', '') ||
  CASE WHEN timezone(zone, t) < timezone('UTC', t) THEN '-' ELSE '+' END ||
  strftime(TIMESTAMP '2000-01-01' + to_microseconds(abs(date_diff('microsecond', timezone('UTC', t),
    timezone(zone, t)))), '%H:%M');
INSERT INTO given
SELECT a.case_id, a.position, coalesce(s.name, title),
  shown(moment, zone), person, office, shown(begun, zone)
FROM said a LEFT JOIN done d USING (case_id, position) LEFT JOIN step s ON s.law = a.law AND s.step = d.step
  JOIN post p ON p.law = a.law AND p.post = a.post
WHERE role IN ('told', 'withdrawn', 'ended', 'ends') OR (role = 'closed' AND outcome = 'withdrawn' AND NOT EXISTS (
  FROM said w WHERE w.case_id = a.case_id AND w.role = 'withdrawn' AND w.position < a.position))
ORDER BY a.case_id, a.position
"""


def make_tables(log: Log) -> None:
    """Make the tables that are to be filled."""
    for table, columns in TABLES.items():
        log.db.execute(f"CREATE TEMP TABLE {table} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})")


def drop_tables(log: Log) -> None:
    """Drop them, and what was made of them."""
    for table in (*TABLES, "said", "done"):
        log.db.execute(f"DROP TABLE {table}")


def put(log: Log, table: str, rows: Collection[Sequence[object]]) -> None:
    """Put rows into a table of `TABLES`, by columns."""
    unnested = ", ".join(f"unnest(${n}::{kind}[])" for n, kind in enumerate(TABLES[table].values(), 1))
    if rows:
        log.db.execute(f"INSERT INTO {table} SELECT {unnested}", [list(column) for column in zip(*rows, strict=True)])
