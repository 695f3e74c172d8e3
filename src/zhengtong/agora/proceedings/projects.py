"""The office opens a vote on money with projects out of a file of Pabulib, and the file is written again as it came.

Votes in the file are left out: who cast them was admitted by nobody here, and one verified person has one voice. What
it says of how to vote and count does not hold where the charter says otherwise: a file is no law. Both are told.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Any, BinaryIO

from django.db import transaction

from zhengtong.agora.acts.contributing import count_unanswered
from zhengtong.agora.decide import MOST, cleaned
from zhengtong.agora.models import Contribution
from zhengtong.agora.openings.keys import begin_round
from zhengtong.agora.proceedings import kinds
from zhengtong.agora.proceedings.errors import NoSuchProjects, UnfitProject
from zhengtong.agora.proceedings.models import FiledProject, ProjectFile
from zhengtong.agora.rounds import Round, of_case
from zhengtong.cases.authority import require
from zhengtong.cases.documents import clean_name
from zhengtong.cases.locks import open_case
from zhengtong.charter.model import Participation, Phase
from zhengtong.common.text import Text, text
from zhengtong.engines.budgets import Election, Project, Vote, read_projects
from zhengtong.engines.likeness import fingerprint
from zhengtong.ledger.acts import record
from zhengtong.people.actor import Actor

MOST_BYTES = 5 * 2**20  # the largest election that is known has less
MOST_PROJECTS = 500  # on the one page on which people choose among them
MOST_MONEY = 10**12
CURRENCY = "CNY"
_CODE = 60
_AMOUNT = re.compile(r"[0-9]{1,30}(\.[0-9]{1,12})?")  # with bounds: 1e999999999 would fill the memory
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")


def brings(declared: Participation | None) -> Phase | None:
    """The phase of a procedure that votes on money, into which projects may be brought; None where there is none."""
    phases = declared.phases if declared else ()
    return next((each for each in phases if each.feature == "budget"), None)


@transaction.atomic
def open_with_projects(
    *,
    procedure: str,
    answers: Mapping[str, Any],
    name: str,
    content: BinaryIO,
    by: Actor,
    language: str,
    request_key: str,
    now: datetime,
) -> ProjectFile:
    """Open a round with the projects of a file, or, where the file is not fit, none at all."""
    case = begin_round(procedure=procedure, answers=answers, by=by, language=language, request_key=request_key, now=now)
    return put_projects(round_=of_case(case), name=name, content=content, by=by, now=now)


@transaction.atomic
def put_projects(*, round_: Round, name: str, content: BinaryIO, by: Actor, now: datetime) -> ProjectFile:
    """Put the projects of a file to a round, each with its cost as the office has checked it; once in a round.

    ElectionFault, NoSuchProjects, UnfitProject: nothing is changed.
    """
    case = open_case(round_.case.pk)
    known = ProjectFile.objects.filter(case=case).first()
    if known is not None:
        return known
    power = require(case, by=by, act="examine", now=now)
    fresh = of_case(case)
    phase = brings(fresh.declared)
    data = content.read(MOST_BYTES + 1)
    if phase is None or not 0 < len(data) <= MOST_BYTES:
        raise NoSuchProjects(bytes=MOST_BYTES // 2**20, most=MOST_PROJECTS)
    election, votes = read_projects(data)
    made = ProjectFile.objects.create(
        case=case,
        name=clean_name(name),
        sha256=sha256(data).hexdigest(),
        votes=votes,
        otherwise=[(what, cleaned(said)[:_CODE], here) for what, said, here in _otherwise(election, phase)],
        post=by.post,
        put_at=now,
    )
    numbers = _keep(fresh, phase, election, now=now)
    count_unanswered(case)
    told = {"sha256": made.sha256, "projects": numbers, "votes_left_out": votes, "otherwise": made.otherwise}
    record(kind=kinds.PROJECTS_PUT, subject=case.number, by=by, power=power, particulars=told, now=now)
    return made


def _keep(round_: Round, phase: Phase, election: Election, *, now: datetime) -> list[int]:
    """Make contributions of the projects, shown at once and without a voice; their numbers."""
    if not 0 < len(election.projects) <= MOST_PROJECTS:
        raise NoSuchProjects(bytes=MOST_BYTES // 2**20, most=MOST_PROJECTS)
    filed = [_filed(each) for each in election.projects.values()]
    proposing = next((each for each in round_.declared.phases if each.feature == "proposals"), phase)
    said = [
        Contribution(
            case=round_.case,
            phase=proposing.id,
            number=number,
            text=_told(each),
            alike=fingerprint(_told(each)),
            cost=_cost(election.projects[each.code]),
            show_on=round_.day(now),
            made_at=now,
        )
        for number, each in _numbered(filed)
    ]
    Contribution.objects.bulk_create(said)
    for each, contribution in zip(filed, said, strict=True):
        each.contribution = contribution
    FiledProject.objects.bulk_create(filed)
    return sorted(each.number for each in said)


def _numbered(filed: list[FiledProject]) -> Iterator[tuple[int, FiledProject]]:
    """A project whose id is a number keeps it, so that it is called alike here and in the file; others follow."""
    free = max((int(each.code) for each in filed if _NUMBER.fullmatch(each.code)), default=0)
    for each in filed:
        if _NUMBER.fullmatch(each.code):
            yield int(each.code), each
        else:
            free += 1
            yield free, each


def _filed(project: Project) -> FiledProject:
    made = FiledProject(
        code=project.id,
        name=cleaned(project.name),
        category=cleaned(project.other.get("category", "")),
        target=cleaned(project.other.get("target", "")),
    )
    if len(made.code) > _CODE or cleaned(made.code) != made.code:
        raise _unfit(
            project, text("编号过长，或者含有看不见的字符", "its id is too long, or has signs that are not seen")
        )
    if not made.name or len(_told(made)) > MOST:
        raise _unfit(
            project,
            text(f"没有名称，或者文字超过 {MOST} 字", f"it has no name, or its text is longer than {MOST} characters"),
        )
    return made


def _told(filed: FiledProject) -> str:
    """What people read of it: the name, and below it the category and whom it is for."""
    below = " · ".join(each for each in (filed.category, filed.target) if each)
    return f"{filed.name}\n{below}" if below else filed.name


def _cost(project: Project) -> Decimal:
    cents = project.cost * 100
    if cents.denominator != 1 or not 0 < project.cost < MOST_MONEY:
        raise _unfit(
            project, text("造价须大于零，最多两位小数", "it has to cost more than nothing, in two decimals at most")
        )
    return Decimal(cents.numerator) / 100


def _unfit(project: Project, what: Text) -> UnfitProject:
    return UnfitProject(project=cleaned(project.id)[:_CODE], what=what)


def _otherwise(election: Election, phase: Phase) -> Iterator[tuple[str, str, str]]:
    """What the file says otherwise than the charter, which holds: what, in the file, here ("" is no limit)."""
    meta, dearest = election.meta, sum((each.cost for each in election.projects.values()), Fraction(0))
    plain = phase.rule.replace("-", "")  # as other programs write it
    if election.budget != phase.budget:
        yield "budget", meta["budget"], str(phase.budget)
    if meta.get("currency", CURRENCY) != CURRENCY:
        yield "currency", meta["currency"], CURRENCY
    if meta.get("vote_type") != "approval":
        yield "vote_type", meta.get("vote_type", ""), "approval"
    if meta.get("rule", phase.rule) not in (phase.rule, plain, f"{plain}/{phase.completion}"):
        yield "rule", meta["rule"], phase.rule
    limits: dict[str, int | Fraction] = {
        "min_length": 0,
        "max_length": len(election.projects),
        "min_sum_cost": 0,
        "max_sum_cost": dearest,
    }
    for key, open_ in limits.items():
        if meta.get(key, "").strip() and _binds(meta[key], open_, least=key.startswith("min")):
            yield key, meta[key], ""


def _binds(written: str, open_: int | Fraction, *, least: bool) -> bool:
    """Whether a limit of the file keeps somebody from a vote that is open to them here; what is no number might."""
    if not _AMOUNT.fullmatch(written.strip()):
        return True
    limit = Fraction(written.strip())
    return limit > open_ if least else limit < open_


def as_filed(round_: Round, election: Election) -> Election:
    """An election for a file: projects that came from one are called in it as they were there."""
    rows = FiledProject.objects.filter(contribution__case=round_.case).select_related("contribution")
    filed = {str(each.contribution.number): each for each in rows}
    if not filed:
        return election
    codes = {number: filed[number].code if number in filed else number for number in election.projects}
    projects = [_written(each, filed.get(each.id)) for each in election.projects.values()]
    votes = [Vote(each.voter, {codes[number]: of for number, of in each.points.items()}) for each in election.votes]
    return Election(election.budget, {each.id: each for each in projects}, votes, election.meta)


def _written(project: Project, filed: FiledProject | None) -> Project:
    code, name = (filed.code, filed.name) if filed else (project.id, project.name)
    cells = {
        "project_id": code,
        "cost": f"{Decimal(project.cost.numerator) / project.cost.denominator:f}",
        "name": name,
        "category": filed.category if filed else "",
        "target": filed.target if filed else "",
    }
    return Project(code, project.cost, name, cells)
