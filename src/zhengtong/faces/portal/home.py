"""The front page and the ways to a service."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from zhengtong.charter.model import LifeEvent
from zhengtong.charter.queries import in_force
from zhengtong.faces.portal import catalogue
from zhengtong.faces.shared import clock

_LONGEST_QUERY = 100


def home(request: HttpRequest) -> HttpResponse:
    """Search, life events, audiences, themes."""
    today = clock.today()
    charter = in_force(today).charter
    found = catalogue.listings(charter, on=today)
    themes = {theme for each in found for theme in each.themes}
    return render(
        request,
        "portal/home.html",
        {
            "events": [each for each in found if isinstance(each, LifeEvent)],
            "audiences": [each for each in catalogue.AUDIENCES if any(each in one.audience for one in found)],
            "themes": [(theme, name) for theme, name in charter.themes.items() if theme in themes],
            "stations": charter.stations,
            "section": "services",
        },
    )


def search(request: HttpRequest) -> HttpResponse:
    """What fits the words, the best first."""
    today = clock.today()
    words = request.GET.get("q", "").strip()[:_LONGEST_QUERY]
    hits = catalogue.search(in_force(today).charter, words, on=today) if words else []
    context = {"words": words, "listings": [hit.listing for hit in hits], "section": "services"}
    return render(request, "portal/services_found.html", context)


def audience(request: HttpRequest, audience: str) -> HttpResponse:
    """Everything for one kind of applicant."""
    if audience not in catalogue.AUDIENCES:
        raise Http404
    today = clock.today()
    found = [each for each in catalogue.listings(in_force(today).charter, on=today) if audience in each.audience]
    return render(
        request, "portal/services_list.html", {"audience": audience, "listings": found, "section": "services"}
    )


def theme(request: HttpRequest, theme: str) -> HttpResponse:
    """Everything on one theme."""
    today = clock.today()
    charter = in_force(today).charter
    if theme not in charter.themes:
        raise Http404
    found = [each for each in catalogue.listings(charter, on=today) if theme in each.themes]
    context = {"theme": charter.themes[theme], "listings": found, "section": "services"}
    return render(request, "portal/services_list.html", context)


def everything(request: HttpRequest) -> HttpResponse:
    """The whole catalogue."""
    today = clock.today()
    found = catalogue.listings(in_force(today).charter, on=today)
    return render(request, "portal/services_list.html", {"listings": found, "section": "services"})


def accessibility(request: HttpRequest) -> HttpResponse:
    """How far these pages can be used by everybody, and what to do where they cannot."""
    return render(request, "portal/accessibility.html")
