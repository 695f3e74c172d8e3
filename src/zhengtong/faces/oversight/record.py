"""The record (台账): how it keeps up, who watches it, and how anybody checks it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhengtong.faces.shared import clock
from zhengtong.ledger import published
from zhengtong.ledger.witness import disputes


@require_safe
def record(request: HttpRequest) -> HttpResponse:
    """How fast acts get their places, how old the head is, which witness looked when, and the keys."""
    context = {
        "state": published.state(clock.now()),
        "keys": published.keys()["keys"],
        "disputes": disputes(),
        "section": "record",
    }
    return render(request, "oversight/record.html", context)
