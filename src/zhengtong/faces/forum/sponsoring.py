"""What looks for sponsors: where its link leads, and the page on which others than its author sign it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhengtong.agora import acts
from zhengtong.agora.errors import NoSuchContribution
from zhengtong.agora.models import Contribution
from zhengtong.agora.queries import sought
from zhengtong.agora.rounds import Round, round_of
from zhengtong.agora.sponsors import opens, still_wanted
from zhengtong.common.refusal import Refusal
from zhengtong.faces.forum.links import keep_link, links_of
from zhengtong.faces.forum.speaker import voice_of
from zhengtong.faces.forum.speaking import speaker
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.components import form_page, whole

ROBOTS = "noindex, nofollow"


@never_cache
@require_safe
def link(request: HttpRequest, number: str, contribution: int, link: str) -> HttpResponse:
    """Where the link leads that an author passes on: on to an address without the secret, which the browser keeps. So
    no log of a refusal, no address to come back to after signing in, and no other site is told it.
    """
    round_ = round_of(number)
    found = round_.case.contributions.filter(number=contribution).first()
    if found is None or not opens(found, link):
        raise NoSuchContribution
    response = redirect("round-sponsor", number=number, contribution=contribution)
    keep_link(request, response, found, round_, link)
    response["Referrer-Policy"], response["X-Robots-Tag"] = "no-referrer", ROBOTS
    return response


@never_cache
@form_page
def sponsor(request: HttpRequest, number: str, contribution: int) -> HttpResponse:
    """Its text, how many it still needs, and a button to sign it; once it is shown to all, its place in the round."""
    round_, refusal = round_of(number), None
    kept = links_of(request, round_).get(contribution, "")
    if request.method == "POST":
        try:
            return _signed(request, round_, contribution, kept)
        except NoSuchContribution:
            raise
        except Refusal as told:
            refusal = told
    voice = voice_of(request, round_)
    found = sought(round_, contribution, link=kept, voice=voice)
    if found.contribution.state == Contribution.State.SHOWN:
        return _place(round_, contribution)
    phase = round_.declared.phase(found.contribution.phase)
    context = {
        "round": round_,
        "each": found,
        "panel": {"phase": phase, "state": "open" if phase in round_.open_phases else "over"},
        "voice": voice,
        "refusal": refusal,
        "section": "forum",
    }
    response = render(request, "forum/proposal_sponsor.html", context, status=refusal.status if refusal else 200)
    response["X-Robots-Tag"] = ROBOTS
    return response


def _signed(request: HttpRequest, round_: Round, number: int, link: str) -> HttpResponse:
    signs = request.POST.get("value", "") == "sign"
    made = acts.sponsor(
        round_=round_,
        voice=speaker(request, round_),
        number=number,
        link=link,
        signs=signs,
        version=whole(request.POST.get("version", "")) or None,
        now=clock.now(),
    )
    messages.success(request, told(round_, made) if signs else _("Your signature is taken back."))
    return redirect("round-sponsor", number=round_.case.number, contribution=number)


def told(round_: Round, made: Contribution) -> str:
    """What has become of a proposal with a signature."""
    if made.state == Contribution.State.SHOWN:
        return _("You have signed it. It has its sponsors, and is shown to all now.")
    if made.sponsored:
        return _("You have signed it. It has its sponsors, and is shown to all in its turn.")
    wanted = still_wanted(round_, made)
    return ngettext(
        "You have signed it. It is shown to all once %(wanted)s more has.",
        "You have signed it. It is shown to all once %(wanted)s more have.",
        wanted,
    ) % {"wanted": wanted}


def _place(round_: Round, number: int) -> HttpResponse:
    response: HttpResponse = redirect("round", number=round_.case.number)
    response["Location"] += f"#said-{number}"
    return response
