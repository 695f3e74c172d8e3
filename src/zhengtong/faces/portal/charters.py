"""Every charter that was ever enacted, with each of its files: the law stays readable for ever."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from zhengtong.agora.bound.queries import into
from zhengtong.charter import queries
from zhengtong.engines.process import presented
from zhengtong.faces.shared import clock


def charters(request: HttpRequest) -> HttpResponse:
    """The enactments, the newest first, and which of them is in force."""
    context = {"enactments": queries.enactments(), "present": queries.in_force(clock.today()).enactment}
    return render(request, "portal/charters_list.html", context)


def charter(request: HttpRequest, number: int) -> HttpResponse:
    """One enactment: its dates, its digest, its files by folder."""
    enacted = queries.enacted(number)
    context = {"enacted": enacted, "paths": sorted(enacted.charter.files)}
    context["promised"] = into("charter", [str(number)], on=clock.today())
    return render(request, "portal/charter_show.html", context)


def file(request: HttpRequest, number: int, path: str) -> HttpResponse:
    """One file, as it was enacted."""
    enacted = queries.enacted(number)
    content = enacted.charter.files.get(path)
    if content is None:
        raise Http404
    context = {"enacted": enacted, "path": path, "content": content.decode(errors="replace")}
    return render(request, "portal/charter_file.html", context)


@cache_control(public=True, max_age=3600)
def process(request: HttpRequest, number: int, procedure: str, tag: str) -> HttpResponse:
    """A process in one language, with a drawing: for the pictures on the pages, and for any BPMN modeler."""
    charter = queries.enacted(number).charter
    known = charter.procedures.keys() | charter.events.keys()
    if procedure not in known or tag not in charter.head.languages:
        raise Http404
    return HttpResponse(presented(charter.process(procedure), tag), content_type="application/xml; charset=utf-8")
