"""Reports as everybody may see them: how far they are; what they say and where, only if the reporter allowed it."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

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
_POSITION = re.compile(r"(-?[0-9]{1,2}\.[0-9]{6}), (-?[0-9]{1,3}\.[0-9]{6})")


def listed(charter: Charter, asked: Mapping[str, str]) -> list[Told]:
    """The public reports of a span of at most 90 days, the newest first, narrowed by code and status. Two queries."""
    begin, end = _span(asked)
    codes = [each for each in asked.get("service_code", "").split(",") if each]
    states = [each for each in asked.get("status", "").split(",") if each]
    if not set(states) <= {"open", "closed"}:
        raise Failure(400, "status is open or closed")
    found = _cases(charter).filter(filed_at__gte=begin, filed_at__lte=end)
    if len(set(states)) == 1:
        found = found.filter(closed_at__isnull=states[0] == "open")
    known = offered(charter)
    shown = [each for each in found.order_by("-filed_at")[:MOST] if _is_public(known, each)]
    return [told(known, each) for each in shown if not codes or _code(known, each) in codes]


def named(charter: Charter, numbers: str) -> list[Told]:
    """Reports by their numbers: whoever knows one sees how far it is."""
    known = offered(charter)
    found = _cases(charter).filter(number__in=[each for each in numbers.split(",") if each][:50])
    return [told(known, each) for each in found.order_by("-filed_at")]


def _cases(charter: Charter) -> Any:
    procedures = {each.procedure.id for each in offered(charter).values()}
    return Case.objects.filter(procedure__in=procedures).select_related(
        "enactment", "applicant", "enterprise", "parent"
    )


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


def _kind(known: Mapping[str, Offered], case: Case) -> Offered | None:
    return known.get(_code(known, case))


def _code(known: Mapping[str, Offered], case: Case) -> str:
    mapping = next((each.mapping for each in known.values() if each.procedure.id == case.procedure), None)
    return f"{case.procedure}.{case.facts.get(mapping.service)}" if mapping else case.procedure


def _is_public(known: Mapping[str, Offered], case: Case) -> bool:
    kind = _kind(known, case)
    return kind is not None and case.facts.get(kind.mapping.public) is True


def told(known: Mapping[str, Offered], case: Case) -> Told:
    """A report as GeoReport has it. The name of who reported is never in it."""
    kind, public = _kind(known, case), _is_public(known, case)
    place = str(case.facts.get(kind.mapping.place, "")) if kind and public else ""
    position = _POSITION.fullmatch(place)
    return {
        "service_request_id": case.number,
        "status": "open" if case.is_open else "closed",
        "status_notes": "" if case.is_open else local(outcome_told(procedure_of(case), case.outcome)),
        "service_name": local(kind.name if kind else procedure_of(case).name),
        "service_code": _code(known, case),
        "description": str(case.facts.get(kind.mapping.description, "")) if kind and public else "",
        "agency_responsible": local(_office(case)),
        "service_notice": None,
        "requested_datetime": case.filed_at.isoformat(timespec="seconds"),
        "updated_datetime": (case.closed_at or case.accepted_at or case.filed_at).isoformat(timespec="seconds"),
        "expected_datetime": case.due_on.isoformat() if case.due_on else None,
        "address": "" if position else place,
        "address_id": None,
        "zipcode": None,
        "lat": float(position[1]) if position else None,
        "long": float(position[2]) if position else None,
        "media_url": None,
    }


def _office(case: Case) -> Text:
    charter = charter_of(case)
    return office_of(charter, procedure_of(case), case.region, on=clock.today()).name


def pieces(sent: Any) -> Iterator[tuple[str, str]]:
    """What a form sent, without what no text may hold."""
    for name in sent:
        yield name, sent.get(name, "").replace("\x00", "")
