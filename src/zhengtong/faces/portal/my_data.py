"""My data: who looked at what the registers hold about me."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhengtong.charter.queries import in_force
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import me, signed_in
from zhengtong.registry.queries import looks_at


@signed_in
def my_data(request: HttpRequest) -> HttpResponse:
    """Every look at the reader's records: when, who, which fields, by which agreement, for which case."""
    charter = in_force(clock.today()).charter
    rows = []
    for look in looks_at(me(request)):
        register = charter.registers[look.register]
        fields = [charter.elements[found.element].name for name in look.fields if (found := register.field(name))]
        agreement = next((each for each in register.sharing if each.id == look.agreement), None)
        office = charter.organisation_of(look.post).name if look.post else None
        rows.append((look, register, fields, agreement, office))
    return render(request, "portal/my_data.html", {"rows": rows, "section": "data"})
