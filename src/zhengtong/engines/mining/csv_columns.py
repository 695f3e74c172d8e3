"""Which column of a table means what: by the usual names, in several languages, or as the caller says."""

import csv
import io
import re
from collections.abc import Iterator, Sequence

from zhengtong.common.text import text
from zhengtong.engines.mining.errors import LogFault
from zhengtong.engines.mining.log import Keys

USUAL: dict[str, tuple[str, ...]] = {
    role: tuple(names.split(", "))
    for role, names in {
        "case": "case:concept:name, case id, case_id, caseid, case, trace, case number, 案件编号, 办件编号, 流水号, "
        "vorgang, fall, zaak, zaaknummer, dossier, pratica, expediente",
        "activity": "concept:name, activity, activity name, event, step, task, 环节, 步骤, 活动, 环节名称, "
        "aktivität, tätigkeit, activiteit, activité, attività, actividad",
        "moment": "time:timestamp, timestamp, complete timestamp, completed, completion time, end, end time, end_time, "
        "event time, event_time, datetime, ts, time, date, 办结时间, 完成时间, 结束时间, 时间, 日期, "
        "zeitstempel, zeitpunkt, tijdstip, datum, horodatage, data, fecha",
        "begun": "start_timestamp, start timestamp, start, start time, start_time, began, 开始时间, 接收时间",
        "person": "org:resource, resource, user, person, officer, employee, 经办人, 人员, 办理人, "
        "bearbeiter, medewerker, agent, addetto, funcionario",
        "office": "org:group, org:role, office, department, group, role, unit, 部门, 科室, 单位, 岗位, "
        "abteilung, amt, afdeling, service, ufficio, oficina",
        "phase": "lifecycle:transition, lifecycle, transition, phase",
    }.items()
}
STANDARD = {
    "activity": "concept:name",
    "moment": "time:timestamp",
    "begun": "start_timestamp",
    "person": "org:resource",
    "office": "org:group",
    "phase": "lifecycle:transition",
}
OF_CASE = "case:"  # columns of the case, as pm4py and others write them
SAID = re.compile(r"sep=([,;\t|])\r?\n")  # in the first line, by which spreadsheets say their separator
MOST_BEFORE = 30  # lines of title or emptiness that may stand above the names of the columns


def columns(sample: str, keys: Keys) -> tuple[str, list[str], int]:
    """The separator, the names of the columns, and how many lines stand before the rows; `sample` begins the table."""
    said = SAID.match(sample)
    header, separator, before = max(_headers(sample, said[1] if said else "", keys), key=lambda each: each[0])[1:]
    return separator, [_once(name, header[:n]) for n, name in enumerate(header)], before


def _headers(sample: str, said: str, keys: Keys) -> Iterator[tuple[int, list[str], str, int]]:
    """The lines that may be the names of the columns, each with how likely it is: one that names a case before the
    first of three columns. LogFault where there is none.
    """
    found, skipped = False, 1 if said else 0
    for number, line in enumerate(sample.split("\n")[:MOST_BEFORE]):
        separator = said or max(",;\t|", key=line.count)
        rest = sample.split("\n", number)[-1]
        header = next(csv.reader(io.StringIO(rest, newline=""), delimiter=separator), []) if number >= skipped else []
        if len(header) < 3:
            continue
        names = {name.strip().lower() for name in header}
        tells = keys.case in header if keys.case else not names.isdisjoint(USUAL["case"])
        yield 2 * tells + (not found), header, separator, number + 1
        found = True
    if not found:
        raise LogFault(text("表格不足三列。", "the table has not three columns"), 1)


def _once(name: str, before: Sequence[str]) -> str:
    """The name of a column, numbered where it was there before; LogFault where it would have to mean something."""
    there = [each.strip().lower() for each in before]
    if name.strip().lower() not in there:
        return name
    if any(name.strip().lower() in usual for usual in USUAL.values()):
        raise LogFault(text(f"列名 {name} 重复。", f"two columns have the same name: {name}"), 1)
    return f"{name}_{len(there) + 1}"


def found(header: Sequence[str], keys: Keys) -> Keys:
    """The columns by what they mean; LogFault where those of cases, activities or times are missing."""
    by_name = {name.strip().lower(): name for name in header}
    chosen = {}
    for role, usual in USUAL.items():
        given = getattr(keys, role)
        if given and given not in header:
            raise LogFault(text(f"没有列 {given}。", f"there is no column {given}: {', '.join(header)}"), 1)
        chosen[role] = given or next((by_name[name] for name in usual if name in by_name), "")
    missing = [role for role in ("case", "activity", "moment") if not chosen[role]]
    if missing:
        raise LogFault(
            text(
                f"找不到必需的列（{', '.join(missing)}），请指明。列有：{', '.join(header)}",
                f"no column found for {', '.join(missing)}: name it. There are {', '.join(header)}",
            ),
            1,
        )
    return Keys(**chosen, due=keys.due)
