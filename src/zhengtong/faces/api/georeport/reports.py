"""Reports as everybody may see them: read from the table of the page of reports, so that both withhold the same."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.urls import reverse

from zhengtong.agora.reports.models import Report
from zhengtong.agora.reports.queries import published, rule_of
from zhengtong.cases.law import charter_of, office_of, procedure_of
from zhengtong.cases.models import Case
from zhengtong.cases.wording import outcome_told
from zhengtong.charter.charter import Charter
from zhengtong.common.text import Text
from zhengtong.faces.api.georeport.offered import Offered, offered
from zhengtong.faces.api.georeport.written import Failure, Told
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.language import local

SPAN = timedelta(days=90)
MOST = 500  # newest reports that a list looks through


def listed(charter: Charter, asked: Mapping[str, str], *, site: str) -> list[Told]:
    """The public reports of a span of at most 90 days, the newest first, narrowed by code and status. One query."""
    begin, end = _span(asked)
    codes = [each for each in asked.get("service_code", "").split(",") if each]
    states = [each for each in asked.get("status", "").split(",") if each]
    if not set(states) <= {"open", "closed"}:
        raise Failure(400, "status is open or closed")
    found = published(charter).filter(case__filed_at__gte=begin, case__filed_at__lte=end)
    if len(set(states)) == 1:
        found = found.filter(case__closed_at__isnull=states[0] == "open")
    known = offered(charter)
    if codes:
        wanted = (known[each] for each in codes if each in known)
        found = found.filter(reduce(or_, (_of(each) for each in wanted), Q(pk__in=[])))
    return [told(known, each, site=site) for each in found.order_by("-case__filed_at", "-pk")[:MOST]]


def named(charter: Charter, numbers: str, *, site: str) -> list[Told]:
    """Reports by their numbers: whoever knows one sees how far it is. One query."""
    known = offered(charter)
    found = Report.objects.filter(case__number__in=[each for each in numbers.split(",") if each][:50])
    rows = found.select_related("case__enactment", "kept__measure").order_by("-case__filed_at", "-pk")
    return [told(known, each, site=site) for each in rows]


def _of(service: Offered) -> Q:
    return Q(case__procedure=service.procedure.id, kind=service.kind)


def _span(asked: Mapping[str, str]) -> tuple[datetime, datetime]:
    begin, end = _moment(asked.get("start_date", "")), _moment(asked.get("end_date", ""))
    end = end or (begin + SPAN if begin else clock.now())
    begin = begin or end - SPAN
    if not timedelta(0) <= end - begin <= SPAN:
        raise Failure(400, "start_date and end_date may not span more than 90 days")
    return begin, end


def _moment(written: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(written.replace(" ", "+")) if written else None
    except ValueError as fault:
        raise Failure(400, "dates are written as 2026-01-31T00:00:00Z") from fault
    if found and (found.tzinfo is None or not 2000 <= found.year <= 2900):
        raise Failure(400, "dates are written as 2026-01-31T00:00:00Z")
    return found


def told(known: Mapping[str, Offered], report: Report, *, site: str) -> Told:
    """A report as GeoReport has it. The name of who reported is never in it."""
    case = report.case
    code = f"{case.procedure}.{report.kind}"
    kind = known.get(code)
    return {
        "service_request_id": case.number,
        "status": "open" if case.is_open else "closed",
        "status_notes": "" if case.is_open else local(outcome_told(procedure_of(case), case.outcome)),
        "service_name": local(kind.name if kind else procedure_of(case).name),
        "service_code": code,
        "description": report.words,
        "agency_responsible": local(_office(case)),
        "service_notice": _notice(report),
        "requested_datetime": case.filed_at.isoformat(timespec="seconds"),
        "updated_datetime": (case.closed_at or case.accepted_at or case.filed_at).isoformat(timespec="seconds"),
        "expected_datetime": case.due_on.isoformat() if case.due_on else None,
        "address": report.place,
        "address_id": None,
        "zipcode": None,
        "lat": report.latitude,
        "long": report.longitude,
        "media_url": f"{site}{reverse('report-photo', args=[case.number])}" if report.photo else None,
    }


def _notice(report: Report) -> str | None:
    """Why there are no words: the rule, where it is a measure, and the facts."""
    rule = rule_of(report)
    return f"{local(rule.name)}: {report.withheld_for}" if rule else report.withheld_for or None


def _office(case: Case) -> Text:
    charter = charter_of(case)
    return office_of(charter, procedure_of(case), case.region, on=clock.today()).name


def pieces(sent: Any) -> Iterator[tuple[str, str]]:
    """What a form sent, without what no text may hold."""
    for name in sent:
        yield name, sent.get(name, "").replace("\x00", "")
