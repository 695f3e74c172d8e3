"""A panel drawn by lot: entering, accepting a place on it, and everything that it takes to draw it again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhengtong.agora.abroad.heard import told_by_nodes
from zhengtong.agora.errors import NoSuchRound
from zhengtong.agora.proceedings.models import Offer, Panel
from zhengtong.agora.proceedings.offering import answer_offer, give_back, offer_of
from zhengtong.agora.proceedings.panels import enter, told
from zhengtong.agora.rounds import Round, round_of
from zhengtong.common.refusal import Refusal
from zhengtong.faces.forum.rounds import page
from zhengtong.faces.shared import clock, sign_in
from zhengtong.faces.shared.access import party, person, signed_in
from zhengtong.faces.shared.components import form_page
from zhengtong.faces.shared.fetched import fetched
from zhengtong.people.actor import Actor


@require_POST
def take_part(request: HttpRequest, number: str, phase: str) -> HttpResponse:
    """Enter for the panel, signed in; the code is told once here, and again to whoever presses again."""
    round_ = round_of(number)
    if person(request) is None:
        return sign_in.carry(request)
    try:
        made = enter(round_=round_, phase=phase, by=party(request), now=clock.now())
    except Refusal as refusal:
        return page(request, round_, refusal=refusal)
    told_ = _("You have entered. Your code in the draw is %(code)s.") % {"code": made.code}
    if not made.person.email:
        told_ += " " + _("You have no e-mail address here: look on this page whether your code is drawn.")
    messages.success(request, told_)
    return redirect("round", number=number)


@signed_in
@form_page
def offer(request: HttpRequest, number: str, phase: str) -> HttpResponse:
    """Whoever was drawn reads it here, and by POST accepts, declines, or gives back what they accepted."""
    round_, refusal = round_of(number), None
    by = party(request)
    found = offer_of(round_, phase, by)
    if request.method == "POST" and request.POST.get("do") in {"accept", "decline", "give-back"}:
        try:
            messages.success(request, _said(request.POST["do"], round_, phase, by))
            return redirect("round-offer", number=number, phase=phase)
        except Refusal as told_:
            refusal = told_
    context = {
        "round": round_,
        "phase": round_.declared.phase(phase),
        "offer": found,
        "open": found.state == Offer.State.OPEN and clock.today() <= found.answer_until,
        "refusal": refusal,
        "section": "forum",
    }
    return render(request, "forum/panel_offer.html", context, status=refusal.status if refusal else 200)


def _said(asked: str, round_: Round, phase: str, by: Actor) -> str:
    """What was asked for is done; the sentence that says so."""
    if asked == "give-back":
        give_back(round_=round_, phase=phase, by=by, now=clock.now())
        return _("You have given the place back.")
    answer_offer(round_=round_, phase=phase, accepts=asked == "accept", by=by, now=clock.now())
    return _("You have accepted.") if asked == "accept" else _("You have declined.")


@fetched
def as_json(request: HttpRequest, number: str, phase: str) -> HttpResponse:
    """The draw as far as it has come, and each attempt before; once it was made, `zhengtong draw` makes it again."""
    round_ = round_of(number)
    declared = round_.declared.phase(phase)
    panel = Panel.objects.filter(case=round_.case, phase=phase).first()
    if panel is None or declared is None:
        raise NoSuchRound
    nodes = told_by_nodes(round_, phase, declared.keepers)
    return JsonResponse(told(panel, declared) | ({"nodes": nodes} if nodes else {}), json_dumps_params={"indent": 1})
