"""From the rows as they were read to events in order, with a number in their case.

The time alone does not order a log: half of the events of a real one tie with the next, and any order among them would
invent ways and returns. Where the time is equal, the order of the file holds.
"""

from zhengtong.engines.mining.log import Log, refuse_if_empty

OFFICES = ("org:group", "org:role", "office", "department")
NOBODY = "'EMPTY', 'UNKNOWN', 'MISSING', 'NONE', 'NULL', 'NAN', 'N/A'"  # what exporters write where nobody is known
PHASES_BEFORE = "'schedule','assign','reassign','start','suspend','resume','ready','reserve','inprogress','created'"

NUMBERED = """
CREATE OR REPLACE TEMP TABLE step AS SELECT trace * 16777216 + pos AS src, trace, case_id, activity, moment, wall,
  begun, {person} AS person, {office} AS office, {phase} AS phase FROM raw;
CREATE OR REPLACE TABLE act_name AS
  SELECT (row_number() OVER (ORDER BY min(src)) - 1)::INTEGER AS code, activity AS name FROM step GROUP BY activity;
CREATE OR REPLACE TABLE who_name AS SELECT (row_number() OVER (ORDER BY person) - 1)::INTEGER AS code, person AS name
  FROM (SELECT DISTINCT person FROM step WHERE upper(person) NOT IN ({nobody}));
CREATE OR REPLACE TABLE office_name AS SELECT (row_number() OVER (ORDER BY office) - 1)::INTEGER AS code, office AS name
  FROM (SELECT DISTINCT office FROM step WHERE upper(office) NOT IN ({nobody}));
CREATE OR REPLACE TABLE known AS SELECT (row_number() OVER (ORDER BY min(src)) - 1)::INTEGER AS case_no, case_id,
  min(trace) AS trace FROM step GROUP BY case_id;
"""
EVENTS = """
CREATE OR REPLACE TABLE event AS
SELECT case_no, row_number() OVER (PARTITION BY case_no ORDER BY moment, src)::INTEGER AS seq, act, who, office,
  moment, wall, begun, src
FROM (SELECT k.case_no, a.code AS act, w.code AS who, o.code AS office, s.moment, s.wall,
    CASE WHEN {begun} <= s.wall AND {begun} > TIMESTAMP '1900-01-01' THEN {begun} END AS begun, s.src
  FROM step s JOIN known k USING (case_id) JOIN act_name a ON a.name = s.activity
  LEFT JOIN who_name w ON w.name = s.person LEFT JOIN office_name o ON o.name = s.office {started} {completed})
ORDER BY case_no, seq;
CREATE OR REPLACE TABLE cases AS SELECT case_no, any_value(case_id) AS case_id, any_value(trace) AS trace,
  count(*)::INTEGER AS steps, min(moment) AS first, max(moment) AS last, min(coalesce(begun, wall)) AS opened,
  max(wall) AS closed, false AS is_open FROM event JOIN known USING (case_no) GROUP BY case_no ORDER BY case_no;
DROP TABLE known; DROP TABLE step;
"""
STARTED = """LEFT JOIN (SELECT case_id, activity, wall,
  row_number() OVER (PARTITION BY case_id, activity ORDER BY moment, src) AS nth FROM step WHERE phase = 'start') b
  ON b.case_id = s.case_id AND b.activity = s.activity AND b.nth = s.nth AND b.wall <= s.wall"""


def put_in_order(log: Log) -> Log:
    """Build the tables that analyses ask; the log itself, for chaining."""
    refuse_if_empty(log)
    keys, db = log.keys, log.db
    for rest in ("t", "h", "cut", "batch", "judged"):  # what the readers left behind
        db.execute(f"DROP TABLE IF EXISTS {rest}")
    db.execute("RESET threads")
    person, phase = keys.person or "org:resource", keys.phase or "lifecycle:transition"
    office = keys.office or next((name for name in OFFICES if _is_there(log, name)), "")
    db.execute(
        NUMBERED.format(
            person=_column(log, person),
            office=_column(log, office) if office else "NULL::VARCHAR",
            phase=f"lower({_column(log, phase)})",
            nobody=NOBODY,
        )
    )
    _events(log)
    return log


def _events(log: Log) -> None:
    """Steps are what was completed; where the log says when work on it began, that is kept with the step."""
    before, other = log.rows(
        f"SELECT count(*) FILTER (phase IN ({PHASES_BEFORE})), count(*) FILTER (phase NOT IN ({PHASES_BEFORE})) "
        "FROM step"
    )[0]
    if before and other:
        log.db.execute(
            "CREATE OR REPLACE TEMP TABLE step AS SELECT *, row_number() OVER (PARTITION BY case_id, activity, "
            f"phase IN ({PHASES_BEFORE}) ORDER BY moment, src) AS nth FROM step"
        )
        completed = f"WHERE phase IS NULL OR phase NOT IN ({PHASES_BEFORE})"
        log.db.execute(EVENTS.format(begun="coalesce(s.begun, b.wall)", started=STARTED, completed=completed))
    else:
        log.db.execute(EVENTS.format(begun="s.begun", started="", completed=""))


def _is_there(log: Log, name: str) -> bool:
    return bool(log.rows("SELECT 1 FROM raw WHERE contains(more, 'key=\"' || ? || '\"') LIMIT 1", [name]))


def _column(log: Log, name: str) -> str:
    """SQL for an attribute of the event; one that stands at its case only counts for all its events."""
    quoted = name.replace("'", "''")
    attr = "attr" if log.rows("SELECT 1 FROM raw WHERE contains(more, '&') LIMIT 1") else "bare"
    of_event = f"{attr}(more, '{quoted}')"
    if name and not _is_there(log, name):
        return f"(SELECT attr(t.more, '{quoted}') FROM traces t WHERE t.trace = raw.trace)"
    return of_event
