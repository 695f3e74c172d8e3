"""The public page of an office: what it owes to who took part, with the deadlines and the posts, and as data."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhengtong.agora.bound.queries import Owing, counted, of_office
from zhengtong.agora.owed import Owed, owed
from zhengtong.charter.charter import Charter
from zhengtong.charter.queries import in_force
from zhengtong.common.paging import PAGE
from zhengtong.common.text import Text
from zhengtong.faces.shared import clock, tables
from zhengtong.faces.shared.components import beside, page_asked
from zhengtong.faces.shared.fetched import fetched
from zhengtong.faces.shared.language import local
from zhengtong.people.wording import post_told

COLUMNS = (
    *("round", "procedure", "post", "due_on", "received", "on_time", "late", "open", "overdue"),
    *("adopted", "promised", "done", "promises_overdue", "reminded_on", "told_above_on", "told_above"),
    *("waits_for", "waits_until"),
)
DUTIES = (
    *("round", "kind", "numbers", "signatures", "post", "begun_on", "due_on", "done_on", "overdue", "late"),
    *("meeting", "outcome", "into", "reminded_on", "told_above_on", "hidden_by"),
)


@dataclass(frozen=True)
class Row:
    """A round with the names of its procedure and of the post that answers."""

    owed: Owed
    procedure: Text
    post: Text | None


def _found(office: str) -> tuple[Charter, list[Owed]]:
    charter = in_force(clock.today()).charter
    if office not in charter.organisations:
        raise Http404
    return charter, owed(office, on=clock.today())


@require_safe
def show(request: HttpRequest, office: str) -> HttpResponse:
    """Round by round."""
    charter, found = _found(office)
    rows = [_row(each) for each in found]
    place, numbers = page_asked(request.GET), counted(office, on=clock.today())
    told = {
        "duties": of_office(office, on=clock.today(), page=place),
        "numbers": numbers,
        **beside(request.GET, place, more=numbers.all > place * PAGE, at="one-by-one"),
    }
    context = {"office": charter.organisations[office], "rows": rows, "section": "forum"} | told
    return render(request, "forum/owed_show.html", context)


@fetched
def as_json(request: HttpRequest, office: str) -> HttpResponse:
    """The same as JSON."""
    rounds = [_data(each) for each in _found(office)[1]]
    told = {"office": office, "owed": rounds, "duties": [_duty(each) for each in of_office(office, on=clock.today())]}
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


@fetched
def as_csv(request: HttpRequest, office: str) -> HttpResponse:
    """The same as CSV."""
    return tables.as_csv(f"owed-{office}", COLUMNS, (list(_data(each).values()) for each in _found(office)[1]))


@fetched
def duties_as_csv(request: HttpRequest, office: str) -> HttpResponse:
    """What is owed one by one, as CSV."""
    _found(office)
    found = of_office(office, on=clock.today())
    return tables.as_csv(f"owed-one-by-one-{office}", DUTIES, (list(_duty(each).values()) for each in found))


def _duty(each: Owing) -> dict[str, Any]:
    duty = each.duty
    told = {
        "round": duty.round.number,
        "kind": duty.kind,
        "numbers": ";".join(str(number) for number in each.numbers),
        "signatures": duty.signatures,
        "post": each.step.post,
        "begun_on": str(duty.begun_on),
        "due_on": str(each.due_on or ""),
        "done_on": str(duty.done_on or ""),
        "overdue": each.is_overdue,
        "late": each.is_late,
        "meeting": each.meeting.number if each.meeting else "",
        "outcome": each.outcome,
        "into": duty.into,
        "reminded_on": ";".join(str(one.on) for one in each.reminded if not one.late),
        "told_above_on": ";".join(str(one.on) for one in each.reminded if one.late),
        "hidden_by": each.decision,
    }
    return {column: told[column] for column in DUTIES}


def _data(each: Owed) -> dict[str, Any]:
    case = each.round.case
    reminded, above = ([one for one in each.reminded if one.late == late] for late in (False, True))
    names = {
        "round": case.number,
        "procedure": case.procedure,
        "due_on": str(each.due_on or ""),
        "reminded_on": ";".join(str(one.on) for one in reminded),
        "told_above_on": ";".join(str(one.on) for one in above),
        "told_above": ";".join(local(one.post) for one in above),
        "waits_for": local(each.waits_for.step) if each.waits_for else "",
        "waits_until": str((each.waits_for and each.waits_for.until) or ""),
    }
    return {column: names[column] if column in names else getattr(each, column) for column in COLUMNS}


def _row(each: Owed) -> Row:
    charter = each.round.charter
    post = post_told(charter, each.post) if each.post else None
    return Row(each, charter.procedures[each.round.case.procedure].name, post)
