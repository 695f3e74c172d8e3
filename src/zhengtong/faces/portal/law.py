"""What the services rest on: laws by article, the organisations, and every charter that was ever in force."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from zhengtong.charter import queries
from zhengtong.faces.portal import catalogue
from zhengtong.faces.shared import clock


def laws(request: HttpRequest) -> HttpResponse:
    """Every law that the charter cites."""
    return render(request, "portal/laws_list.html", {"laws": queries.in_force(clock.today()).charter.laws.values()})


def law(request: HttpRequest, law: str) -> HttpResponse:
    """One law with the articles cited, and what rests on them."""
    today = clock.today()
    charter = queries.in_force(today).charter
    if law not in charter.laws:
        raise Http404
    resting = [
        listing
        for listing in catalogue.listings(charter, on=today)
        if any(basis.split("/")[0] == law for basis in listing.legal_basis)
    ]
    return render(request, "portal/law_show.html", {"law": charter.laws[law], "resting": resting})


def organisations(request: HttpRequest) -> HttpResponse:
    """Who we are: every office, its posts and where it is found."""
    charter = queries.in_force(clock.today()).charter
    by_region = [
        (region, [office for office in charter.organisations.values() if office.region == code])
        for code, region in charter.regions.items()
    ]
    return render(request, "portal/organisations_list.html", {"by_region": by_region})


def organisation(request: HttpRequest, organisation: str) -> HttpResponse:
    """One office: its posts, its powers, its services."""
    today = clock.today()
    charter = queries.in_force(today).charter
    if organisation not in charter.organisations:
        raise Http404
    office = charter.organisations[organisation]
    return render(
        request,
        "portal/organisation_show.html",
        {
            "office": office,
            "region": charter.regions[office.region],
            "parent": charter.organisations.get(office.parent or ""),
            "powers": [power for power in charter.powers.values() if office.function in power.holders],
            "listings": [
                each
                for each in catalogue.listings(charter, on=today)
                if getattr(getattr(each, "body", None), "function", "") == office.function
            ],
        },
    )
