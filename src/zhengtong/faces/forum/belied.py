"""What another node said as a keeper and does not hold: by what everybody sees it, as that node said it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from zhengtong.agora.abroad.queries import evidence, lies_of
from zhengtong.agora.rounds import Round, round_of


@require_safe
def show(_: HttpRequest, number: str, digest: str) -> HttpResponse:
    """The file, byte for byte as its hash in the ledger is of it."""
    lie = evidence(round_of(number), digest)
    response = HttpResponse(lie.told, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="belied-{lie.digest[:12]}.json"'
    return response


def as_data(request: HttpRequest, round_: Round) -> list[dict[str, Any]]:
    """Each of a round, with where its file is."""
    return [
        {
            "node": each.lie.node,
            "phase": each.lie.phase,
            "entry": each.lie.entry,
            "why": each.lie.why,
            "found_on": round_.day(each.lie.found_at).isoformat(),
            "sha256": each.lie.digest,
            "file": request.build_absolute_uri(reverse("round-belied", args=[round_.case.number, each.lie.digest])),
        }
        for each in lies_of(round_)
    ]
