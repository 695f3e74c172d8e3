"""Everything that is held about the reader: a page to read, and a file to take away."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhengtong.agora.proceedings.held import held_of_draws
from zhengtong.cases.queries.held import Row, Section, held
from zhengtong.cases.queries.representing import held_as_representative
from zhengtong.faces.shared import clock, language
from zhengtong.faces.shared.access import me, signed_in
from zhengtong.openness.queries import held_as_third_party
from zhengtong.people.models import Person


@signed_in
@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Section by section, in words."""
    sections = [
        (section, [(item.title, [(row.title, _told(row)) for row in item.rows]) for item in section.items])
        for section in _all_held(me(request), now=clock.now())
    ]
    return render(request, "portal/held.html", {"sections": sections, "section": "data"})


@signed_in
@never_cache
@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """The same as JSON."""
    now = clock.now()
    sections: dict[str, Any] = {
        each.id: [item.plain() for item in each.items] for each in _all_held(me(request), now=now)
    }
    content = {"held_about": str(me(request).handle), "at": now.isoformat(), **sections}
    answer = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer


def _all_held(person: Person, *, now: datetime) -> list[Section]:
    return [*held(person, now=now), held_as_third_party(person), held_as_representative(person), held_of_draws(person)]


def _told(row: Row) -> str:
    if row.told is not None:
        return language.local(row.told)
    if isinstance(row.value, list):
        return language.between().join(language.local(each) for each in row.value)
    return "–" if row.value in (None, "") else str(row.value)
