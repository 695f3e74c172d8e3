"""What people have reported: a list for everybody, and the same drawn on a map; how far each is, never who it was."""

import io
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhengtong.agora.moderation.models import Measure
from zhengtong.agora.reports.models import Report
from zhengtong.agora.reports.queries import (
    PAGE,
    STATES,
    Asked,
    by_number,
    counted,
    kinds_of,
    listed,
    measure_of,
    rule_of,
)
from zhengtong.cases.documents import read
from zhengtong.charter.charter import Charter
from zhengtong.charter.model import HouseRule
from zhengtong.charter.queries import in_force
from zhengtong.common.text import Text
from zhengtong.faces.shared import clock, tables
from zhengtong.faces.shared.components import beside, page_asked
from zhengtong.faces.shared.fetched import fetched
from zhengtong.faces.shared.language import local
from zhengtong.faces.shared.map import drawn

COLUMNS = ("number", "kind", "region", "state", "filed_on", "closed_on", "place", "latitude", "longitude", "words")


@dataclass(frozen=True)
class Row:
    """A report in words; `mark` is its number on the map, if it has a place there."""

    report: Report
    kind: Text
    region: Text
    state: Text
    mark: int | None
    measure: Measure | None = None  # by which it is withheld
    rule: HouseRule | None = None


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """A page of the list, with the map of what is on it. Two queries."""
    charter, place = _charter(), page_asked(request.GET)
    asked = _asked(request, charter)
    found = listed(charter, asked, page=place)
    rows = _rows(charter, found[:PAGE])
    narrowed = {key: value for key, value in asdict(asked).items() if value}
    context = {
        "rows": rows,
        "map": _map(charter, rows),
        "asked": asked,
        "filters": _filters(charter),
        "counts": [(STATES[state], many) for state, many in counted(charter).items()],
        **beside(narrowed, place, more=len(found) > PAGE),
        "write": [each for each in charter.procedures.values() if each.georeport],
        "section": "forum",
    }
    return render(request, "forum/reports_list.html", context)


def _charter() -> Charter:
    return in_force(clock.today()).charter


def _asked(request: HttpRequest, charter: Charter) -> Asked:
    offered = {name: dict(choices) for name, _label, choices in _filters(charter)}
    given = {name: request.GET.get(name, "") for name in offered}
    return Asked(**{name: value if value in offered[name] else "" for name, value in given.items()})


def _filters(charter: Charter) -> list[tuple[str, str, list[tuple[str, str]]]]:
    every = ("", _("All"))
    regions = [(code, local(each.name)) for code, each in charter.regions.items()]
    kinds = [(kind, local(name)) for kind, name in kinds_of(charter).items()]
    states = [(state, local(name)) for state, name in STATES.items()]
    return [
        ("region", _("Where"), [every, *regions]),
        ("kind", _("Kind"), [every, *kinds]),
        ("state", _("State"), [every, *states]),
    ]


def _rows(charter: Charter, found: list[Report]) -> list[Row]:
    kinds, rows, marks = kinds_of(charter), [], 0
    for each in found:
        marks += each.latitude is not None
        region = charter.regions[each.region].name if each.region in charter.regions else Text()
        mark = marks if each.latitude is not None else None
        told = (each, kinds.get(each.kind, Text()), region, STATES[each.state])  # type: ignore[attr-defined]
        rows.append(Row(*told, mark, measure_of(each), rule_of(each)))
    return rows


def _map(charter: Charter, rows: list[Row]) -> SafeString | str:
    dots = [
        (each.mark, each.report.longitude, each.report.latitude)
        for each in rows
        if each.mark and each.report.longitude is not None and each.report.latitude is not None
    ]
    return drawn(list(charter.regions.values()), dots)


@require_safe
def show(request: HttpRequest, number: str) -> HttpResponse:
    """One report."""
    charter = _charter()
    (row,) = _rows(charter, [by_number(charter, number)])
    context = {"row": row, "map": _map(charter, [row]), "charter": charter, "section": "forum"}
    return render(request, "forum/report_show.html", context)


@require_safe
def photo(request: HttpRequest, number: str) -> HttpResponseBase:
    """The photograph of a report, as a new picture."""
    found = by_number(_charter(), number)
    if not found.photo:
        raise Http404
    return FileResponse(io.BytesIO(read(found.photo)), content_type="image/jpeg")


@fetched
def as_json(request: HttpRequest) -> HttpResponse:
    """The page of the list as data, and where the next one is."""
    found, after = _data(request)
    return JsonResponse({"reports": found, "next": after}, json_dumps_params={"ensure_ascii": False})


@fetched
def as_csv(request: HttpRequest) -> HttpResponse:
    """The same for a spreadsheet; the next page is named in a header (RFC 8288)."""
    found, after = _data(request)
    answer = tables.as_csv("reports", COLUMNS, (list(each.values()) for each in found))
    if after:
        answer["Link"] = f'<{after}>; rel="next"'
    return answer


def _data(request: HttpRequest) -> tuple[list[dict[str, Any]], str | None]:
    charter, place = _charter(), page_asked(request.GET)
    asked = _asked(request, charter)
    found = listed(charter, asked, page=place)
    narrowed = {key: value for key, value in asdict(asked).items() if value}
    after = request.build_absolute_uri(f"?{urlencode(narrowed | {'page': place + 1})}") if len(found) > PAGE else None
    return [_told(each) for each in found[:PAGE]], after


def _told(each: Report) -> dict[str, Any]:
    closed = each.case.closed_at
    known = {
        "number": each.case.number,
        "filed_on": f"{each.filed_on}",
        "closed_on": f"{closed:%Y-%m-%d}" if closed else "",
    }
    return {name: known.get(name, getattr(each, name, "")) for name in COLUMNS}
