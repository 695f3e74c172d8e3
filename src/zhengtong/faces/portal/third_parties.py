"""Somebody whom a disclosure would harm is asked, answers, and reads what came of it; never who asked for it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from zhengtong.common.refusal import Refusal
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import me, signed_in
from zhengtong.faces.shared.components import form_page
from zhengtong.openness.queries import asked_of
from zhengtong.openness.third_parties import answer_as_third_party
from zhengtong.people.actor import Actor


@signed_in
@form_page
def third_party(request: HttpRequest, pk: int) -> HttpResponse:
    """The letters, and the answer while the step of consulting is open."""
    by, now = Actor(me(request)), clock.now()
    told, refusal = asked_of(by, pk, now=now), None
    chosen, words = request.POST.get("agrees", ""), request.POST.get("words", "")
    errors = _wrong(chosen, words) if request.method == "POST" else {}
    if request.method == "POST" and not errors:
        try:
            answer_as_third_party(third_party=told.asked, agrees=chosen == "yes", words=words, by=by, now=now)
            messages.success(request, _("Your answer is with the authority."))
            return redirect("third-party", pk=pk)
        except Refusal as refused:
            refusal = refused
    context = {
        "told": told,
        "choices": [("yes", _("I agree that it is disclosed")), ("no", _("I do not agree"))],
        "chosen": chosen,
        "words": words,
        "errors": errors,
        "refusal": refusal,
        "section": "cases",
    }
    status = refusal.status if refusal else 422 if errors else 200
    return render(request, "portal/third_party_show.html", context, status=status)


def _wrong(chosen: str, words: str) -> dict[str, str]:
    if chosen not in {"yes", "no"}:
        return {"agrees": _("Say whether you agree.")}
    return {"words": _("Say why you do not agree.")} if chosen == "no" and not words.strip() else {}
