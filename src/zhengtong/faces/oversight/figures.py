"""The public figures of every office and service: a page with tables, and the same as CSV."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhengtong.agora.proceedings.served import latest_surveys
from zhengtong.cases.queries.delays import delays_counted
from zhengtong.charter.queries import in_force
from zhengtong.faces.shared import clock, tables
from zhengtong.faces.shared.language import local
from zhengtong.faces.shared.surveys import outcomes
from zhengtong.observatory.privacy import K, Published
from zhengtong.observatory.queries import Line, Report, figures


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """How the offices do: counts, days promised and taken, on time, corrections, hand-overs, appeals, ratings."""
    report = _report(request)
    timed = [office for office in report.offices if office.whole.on_time.value is not None]
    context = {"report": report, "timed": timed, "k": K, "section": "statistics"}
    context["surveys"] = outcomes(latest_surveys(in_force(clock.today()).charter))
    context["delays"] = delays_counted(now=clock.now())
    return render(request, "oversight/statistics.html", context)


@require_safe
def statistics_csv(request: HttpRequest) -> HttpResponse:
    """The same numbers for a spreadsheet."""
    report = _report(request)
    rows = (_row(line) for office in report.offices for line in office.lines)
    return tables.as_csv(f"zhengtong-{report.period.code}", _headings(), rows)


def _report(request: HttpRequest) -> Report:
    return figures(code=request.GET.get("period", ""), now=clock.now())


def _headings() -> list[str]:
    return [
        _("Office"),
        _("Service"),
        _("Cases filed"),
        _("Cases closed"),
        _("Cases open"),
        _("Promised"),
        _("Median of working days"),
        _("Nine in ten within (working days)"),
        _("On time, percent"),
        _("Corrections"),
        _("Hand-overs"),
        _("Appeals"),
        _("Decisions overturned"),
        _("Ratings"),
        _("Mean rating (1 to 5)"),
    ]


def _row(line: Line) -> list[str]:
    published = [
        line.median,
        line.p90,
        line.on_time,
        line.corrections,
        line.handovers,
        line.appeals,
        line.overturned,
        line.rated,
        line.rating,
    ]
    counts = [_cell(each) for each in (line.filed, line.closed, line.open)]
    return [local(line.office_name), local(line.name), *counts, local(line.promised), *map(_cell, published)]


def _cell(number: Published) -> str:
    if number.hidden:
        return f"<{K}"
    return "" if number.value is None else str(number.value)
