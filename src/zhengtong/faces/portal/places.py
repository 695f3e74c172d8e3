"""The picture at which a place is pointed: the districts alone, so that its address tells nothing of anybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from zhengtong.charter.queries import in_force
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.map import Pointing


@require_safe
@vary_on_cookie  # the names of the districts are in the reader's language
def picture(_request: HttpRequest) -> HttpResponse:
    """The map without any place."""
    area = Pointing.over(in_force(clock.today()).charter.regions.values())
    if area is None:
        raise Http404
    return HttpResponse(area.picture(), content_type="image/svg+xml; charset=utf-8")
