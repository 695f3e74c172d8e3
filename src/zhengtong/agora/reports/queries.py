"""The public list of reports, narrowed and counted: the same number of queries for any of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, OuterRef, Subquery, Value, When

from zhengtong.agora.moderation.models import Measure
from zhengtong.agora.moderation.moderated import moderation_of
from zhengtong.agora.reports.errors import NoSuchReport
from zhengtong.agora.reports.models import Kept, Report
from zhengtong.cases.law import charter_of
from zhengtong.cases.models.work import Word
from zhengtong.charter.charter import Charter
from zhengtong.charter.model import HouseRule
from zhengtong.common.text import Text, text

PAGE = 20
STATES = {
    "received": text("已收到", "received"),
    "handled": text("办理中", "being handled"),
    "answered": text("已答复", "answered"),
    "solved": text("已解决（申请人说）", "solved, says who reported it"),
    "not-solved": text("没有解决（申请人说）", "not solved, says who reported it"),
    "against": text("不顾申请人意见，按已解决办结", "closed as solved, against the word of who reported it"),
}


@dataclass(frozen=True)
class Asked:
    """How the list is narrowed; empty: not."""

    region: str = ""
    kind: str = ""
    state: str = ""


def _reports(charter: Charter) -> Any:
    """Every report with its state: of the last word of the petitioner, and of what came of a no."""
    words = Word.objects.filter(case=OuterRef("case")).order_by("-round")
    procedures = charter.procedures.values()
    adverse = {name for each in procedures if each.solved for name in charter.procedures[each.solved.procedure].adverse}
    state = Case(
        When(said=True, then=Value("solved")),
        When(came="solved", then=Value("solved")),
        When(came__in=adverse, then=Value("against")),
        When(said=False, then=Value("not-solved")),
        When(case__closed_at__isnull=False, then=Value("answered")),
        When(case__accepted_at__isnull=False, then=Value("handled")),
        default=Value("received"),
        output_field=CharField(),
    )
    known = Report.objects.annotate(
        said=Subquery(words.values("solved")[:1]), came=Subquery(words.values("follow_up__outcome")[:1])
    )
    return known.annotate(state=state)


def published(charter: Charter) -> Any:
    """What is public, each with its state, its case, and the measure by which it is withheld."""
    return _reports(charter).filter(is_public=True).select_related("case__enactment", "kept__measure")


def listed(charter: Charter, asked: Asked, *, page: int, of: Collection[str] | None = None) -> list[Report]:
    """A page of what is public, the latest first, and one more if there is another page; `of`: of these procedures
    only. One query.
    """
    found = published(charter) if of is None else published(charter).filter(case__procedure__in=of)
    if asked.region:
        within = [code for code in charter.regions if charter.region_within(code, asked.region)]
        found = found.filter(region__in=within)
    found = found.filter(**{key: value for key in ("kind", "state") if (value := getattr(asked, key))})
    return list(found.order_by("-filed_on", "-pk")[(page - 1) * PAGE : page * PAGE + 1])


def counted(charter: Charter) -> Mapping[str, int]:
    """How many petitions are in each state, those of which nothing is published among them. One query."""
    rows = _reports(charter).order_by().values_list("state").annotate(n=Count("pk"))
    many = dict(rows)
    return {state: many.get(state, 0) for state in STATES}


def by_number(charter: Charter, number: str) -> Report:
    """One that is public. NoSuchReport."""
    found: Report | None = published(charter).filter(case__number=number).first()
    if found is None:
        raise NoSuchReport
    return found


def kinds_of(charter: Charter) -> dict[str, Text]:
    """What can be reported: the answers to the question of each procedure that takes reports."""
    found: dict[str, Text] = {}
    for procedure in charter.procedures.values():
        question = charter.form(procedure.id).question(procedure.georeport.service) if procedure.georeport else None
        found |= dict(question.choices) if question else {}
    return found


def measure_of(report: Report) -> Measure | None:
    """By which it is withheld; none where it is not, or was deleted."""
    kept: Kept | None = getattr(report, "kept", None)
    return kept.measure if kept else None


def rule_of(report: Report) -> HouseRule | None:
    """The published rule by which it is withheld."""
    measure = measure_of(report)
    declared = moderation_of(charter_of(report.case), report.case.procedure) if measure else None
    return declared.rule(measure.rule) if measure and declared else None
