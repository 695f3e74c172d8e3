"""Elections in Pabulib's format (pabulib.org/format): META, PROJECTS and VOTES, each a table with semicolons."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from zhengtong.common.text import text
from zhengtong.engines.budgets.election import Election, Project, Vote, ranks
from zhengtong.engines.budgets.errors import ElectionFault
from zhengtong.engines.budgets.tally import Points

_DECIMAL = re.compile(r"[0-9]{1,30}([.,][0-9]{1,12})?")  # with bounds: 1e999999999 would fill the memory
_SECTIONS = ("META", "PROJECTS", "VOTES")
_Row = tuple[int, dict[str, str]]  # the line, and the cells by the names of their columns


def read(data: bytes) -> Election:
    """The election of a file. Raises ElectionFault with the line."""
    tables = _tables(data)
    meta = _meta(tables)
    kind = meta.get("vote_type", "")
    if kind not in _POINTS:
        raise ElectionFault(text(f"不认识的投票方式“{kind}”。", f"There is no type of vote “{kind}”."))
    projects = _projects(tables["PROJECTS"])
    votes = _votes(tables["VOTES"], _POINTS[kind], projects)
    election = Election(_amount(meta.get("budget", ""), 0), projects, votes, meta)
    _ = election.tally  # so that counting does not begin with it
    return election


def read_projects(data: bytes) -> tuple[Election, int]:
    """The election of a file without its votes, which are not read, and how many there are. Raises ElectionFault."""
    tables = _tables(data)
    meta = _meta(tables)
    projects = _projects(tables["PROJECTS"])
    return Election(_amount(meta.get("budget", ""), 0), projects, (), meta), len(tables["VOTES"])


def write(election: Election) -> bytes:
    """The file of an election; what `read` gave is given again."""
    out = io.StringIO()
    table = csv.writer(out, delimiter=";", lineterminator="\n")
    table.writerows([["META"], ["key", "value"], *election.meta.items()])
    _write(table, "PROJECTS", [_cells_of_project(each) for each in election.projects.values()])
    points = election.meta.get("vote_type") in {"cumulative", "scoring"}
    _write(table, "VOTES", [_cells_of_vote(each, points) for each in election.votes])
    return out.getvalue().encode()


def _tables(data: bytes) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = {each: [] for each in _SECTIONS}
    section = ""
    header: list[str] = []
    for line, row in _lines(data):
        if len(row) == 1 and row[0].strip().upper() in _SECTIONS:
            section, header = row[0].strip().upper(), []
        elif not section:
            raise ElectionFault(text("文件应以 META 开始。", "The file has to begin with META."), line)
        elif not header:
            header = [each.strip() for each in row]
        else:
            if len(row) > len(header):
                raise ElectionFault(text("单元格多于表头。", "There are more cells than columns."), line)
            found[section].append((line, dict(zip(header, row, strict=False))))
    return found


def _meta(tables: Mapping[str, Sequence[_Row]]) -> dict[str, str]:
    """Without blanks about a value: the format's own example has them after each semicolon."""
    return {cells.get("key", "").strip(): cells.get("value", "").strip() for _, cells in tables["META"]}


def _lines(data: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        reader = csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";")
        for row in reader:
            if any(each.strip() for each in row):
                yield reader.line_num, row
    except (UnicodeDecodeError, csv.Error) as error:
        raise ElectionFault(text(f"不是文本表格：{error}", f"This is no table of text: {error}")) from error


def _projects(rows: Sequence[_Row]) -> dict[str, Project]:
    found: dict[str, Project] = {}
    for line, cells in rows:
        id_ = cells.get("project_id", "").strip()
        if not id_ or id_ in found:
            raise ElectionFault(text(f"项目编号“{id_}”为空或重复。", f"The id “{id_}” is empty, or there twice."), line)
        cost = _amount(cells.get("cost", ""), line)
        found[id_] = Project(id_, cost, cells.get("name", ""), cells)
    return found


def _amount(written: str, line: int) -> Fraction:
    if not _DECIMAL.fullmatch(written.strip()):
        raise ElectionFault(text(f"“{written}”不是金额或分数。", f"“{written}” is no amount."), line)
    return Fraction(written.strip().replace(",", "."))


def _votes(rows: Sequence[_Row], points: "_Reader", projects: Mapping[str, Project]) -> list[Vote]:
    """The votes; those that are written alike share their points, which are then counted once (`tally`)."""
    known: dict[tuple[str, str], Mapping[str, Points]] = {}
    found = []
    for line, cells in rows:
        key = cells.get("vote", ""), cells.get("points", "")
        if key not in known:
            known[key] = _points(line, cells, points, projects)
        found.append(Vote(cells.get("voter_id", ""), known[key], cells))
    return found


def _points(
    line: int, cells: dict[str, str], points: "_Reader", projects: Mapping[str, Project]
) -> Mapping[str, Points]:
    named = _listed(cells.get("vote", ""))
    for each in named:
        if each not in projects:
            raise ElectionFault(text(f"没有项目“{each}”。", f"There is no project “{each}”."), line)
    if len(set(named)) < len(named) and points is not _approved:
        raise ElectionFault(text("同一项目出现两次。", "A project is there twice."), line)
    return points(line, named, cells)


def _listed(cell: str) -> list[str]:
    return [each.strip() for each in cell.split(",") if each.strip()]


def _approved(line: int, named: list[str], cells: Mapping[str, str]) -> dict[str, Points]:
    """Who approves of a project twice approves of it; files of real cities have that."""
    return dict.fromkeys(named, 1)


def _ranked(line: int, named: list[str], cells: Mapping[str, str]) -> dict[str, Points]:
    return ranks(named)


def _given(line: int, named: list[str], cells: Mapping[str, str]) -> dict[str, Points]:
    points = _listed(cells.get("points", ""))
    if len(points) != len(named):
        raise ElectionFault(text("分数与项目数不符。", "There are not as many points as projects."), line)
    return {project: _amount(each, line) for project, each in zip(named, points, strict=True)}


_Reader = Callable[[int, list[str], Mapping[str, str]], dict[str, Points]]
_POINTS: dict[str, _Reader] = {
    "approval": _approved,
    "choose-1": _approved,
    "ordinal": _ranked,
    "cumulative": _given,
    "scoring": _given,
}


def _cells_of_project(project: Project) -> Mapping[str, str]:
    own = {"project_id": project.id, "cost": _written(project.cost), "name": project.name}
    return project.other or own


def _cells_of_vote(vote: Vote, points: bool) -> Mapping[str, str]:
    own = {"voter_id": vote.voter, "vote": ",".join(vote.points)}
    return vote.other or (own | ({"points": ",".join(map(_written, vote.points.values()))} if points else {}))


def _written(amount: Points) -> str:
    """A decimal; Pabulib knows no fractions."""
    return str(amount) if amount.denominator == 1 else f"{float(amount):.10f}".rstrip("0")


def _write(table: "csv._writer", section: str, rows: Sequence[Mapping[str, str]]) -> None:  # type: ignore[name-defined]
    header = list(dict.fromkeys(name for row in rows for name in row))
    table.writerow([section])
    table.writerow(header)
    table.writerows([row[name] for name in header if name in row] for row in rows)
