"""The public log of moderation: every measure with its reasons, and how often measures were overturned."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhengtong.agora.moderation.limits import as_data, limits
from zhengtong.agora.moderation.models import Limit
from zhengtong.agora.moderation.moderated import moderation_of
from zhengtong.agora.moderation.statements import Rate, rates, statement, statements
from zhengtong.agora.rounds import Round, round_of
from zhengtong.charter.charter import Charter
from zhengtong.charter.queries import in_force
from zhengtong.common.paging import PAGE
from zhengtong.common.text import Text
from zhengtong.faces.shared import clock, tables
from zhengtong.faces.shared.components import beside, page_asked
from zhengtong.faces.shared.fetched import fetched
from zhengtong.people.wording import post_told


@dataclass(frozen=True)
class RateRow:
    """A rate in words."""

    rate: Rate
    procedure: Text
    post: Text
    rule: Text


@dataclass(frozen=True)
class LimitRow:
    """A limit in words."""

    limit: Limit
    charter: Charter
    name: Text
    proposed: Text
    confirmed: Text


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Page by page, of one round where one is asked for; the rates are of all rounds."""
    round_, charter = _asked(request), in_force(clock.today()).charter
    place = page_asked(request.GET)
    found = statements(page=place, round_=round_)
    context = {
        "round": round_,
        "statements": [(each, _post(each.round.charter, each.measure.post)) for each in found],
        "limits": [_limit_row(each) for each in limits(round_)] if place == 1 else [],
        "rates": [_row(charter, each) for each in rates()],
        "section": "forum",
        **beside(request.GET, place, more=len(found) == PAGE),
    }
    return render(request, "forum/measures_list.html", context)


@require_safe
def show(request: HttpRequest, measure: int) -> HttpResponse:
    """One statement of reasons, at an address that stays."""
    found = statement(measure)
    if found is None:
        raise Http404
    context = {
        "each": found,
        "round": found.round,
        "post": _post(found.round.charter, found.measure.post),
        "appeal": found.round.charter.procedures[found.round.declared.appeal],
        "section": "forum",
    }
    return render(request, "forum/measure_show.html", context)


@fetched
def log_json(request: HttpRequest) -> HttpResponse:
    """The log and the rates as JSON."""
    told = {
        "statements": [each.as_data() for each in statements(round_=_asked(request))],
        "limits": [as_data(each) for each in limits(_asked(request))],
        "rates": [vars(each) | {"share_overturned": each.share} for each in rates()],
    }
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


@fetched
def log_csv(request: HttpRequest) -> HttpResponse:
    """The log as CSV; wording of rules in every language of the charter."""
    rows = [each.as_data() for each in statements(round_=_asked(request))]
    columns = list(rows[0]) if rows else ["puid"]
    return tables.as_csv("moderation", columns, ([_flat(value) for value in row.values()] for row in rows))


def _flat(value: object) -> object:
    return " / ".join(value.values()) if isinstance(value, dict) else value


def _asked(request: HttpRequest) -> Round | None:
    number = request.GET.get("round", "")
    return round_of(number) if number else None


def _post(charter: Charter, post: str) -> Text:
    """A post in words; one that is no more, by its name."""
    return post_told(charter, post) if post in charter.posts else _as_is(charter, post)


def _as_is(charter: Charter, name: str) -> Text:
    return Text(dict.fromkeys(charter.head.languages, name))


def _limit_row(limit: Limit) -> LimitRow:
    of = Round(limit.case)
    posts = (_post(of.charter, limit.proposed_in), _post(of.charter, limit.confirmed_in))
    return LimitRow(limit, of.charter, of.name, *posts)


def _row(charter: Charter, rate: Rate) -> RateRow:
    declared = moderation_of(charter, rate.procedure)
    rule = declared.rule(rate.rule) if declared else None
    procedure = charter.procedures.get(rate.procedure)
    return RateRow(
        rate=rate,
        procedure=procedure.name if procedure else _as_is(charter, rate.procedure),
        post=_post(charter, rate.post),
        rule=rule.name if rule else _as_is(charter, rate.rule),
    )
