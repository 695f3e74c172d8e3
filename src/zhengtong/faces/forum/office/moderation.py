"""The moderator's page of a round, with the published rules."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zhengtong.agora import acts
from zhengtong.agora.moderation.conflicts import moderator_of
from zhengtong.agora.moderation.errors import NoSuchDay
from zhengtong.agora.moderation.models import Measure
from zhengtong.agora.queries import Said, rounds_for, viewed
from zhengtong.agora.rounds import Round, round_of
from zhengtong.agora.watching.acts import settle
from zhengtong.common.refusal import Refusal
from zhengtong.common.text import Text
from zhengtong.faces.forum.office.signals import signalled
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import proved
from zhengtong.faces.shared.components import form_page, posted_date, whole
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.faces.shared.language import local
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.people.actor import Actor
from zhengtong.people.wording import competent_told

NEWEST = 100


@officer
@proved
@form_page
def moderation(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """The newest contributions; each can be hidden by one of the published rules, or shown again."""
    round_, refusal = round_of(number), None
    if round_.case.procedure not in rounds_for(round_.charter, actor.post, ("moderate",), on=clock.today()):
        raise NoSuchPage
    if request.method == "POST":
        try:
            _moderate(request, actor, round_)
            return to("forum-moderation", actor, number=number)
        except Refusal as told:
            refusal = told
    newest = round_.case.contributions.filter(same_as=None).order_by("-number")[:NEWEST]
    rules = [(each.id, local(each.name), local(each.wording)) for each in round_.declared.rules]
    rows = [(each, _other(round_, each, actor)) for each in viewed(round_, newest)]
    return page(
        request,
        actor,
        "forum/moderation.html",
        refusal=refusal,
        round=round_,
        rows=rows,
        rules=rules,
        sources=sources(),
        signals=signalled(round_),
    )


def _other(round_: Round, each: Said, actor: Actor) -> Text | None:
    """Who moderates this one, if it is not this post; a dash if nobody may."""
    who = moderator_of(round_, each.contribution, clock.today())
    return None if who == actor.post else competent_told(round_.charter, [who] if who else [])


def sources() -> list[tuple[str, str]]:
    """How something came to the moderator, in words."""
    return [
        (Measure.Found.OWN, _("I came upon it")),
        (Measure.Found.NOTICE, _("Somebody told us")),
        (Measure.Found.SIGNAL, _("A program put it into the queue")),
    ]


def _moderate(request: HttpRequest, actor: Actor, round_: Round) -> None:
    number = whole(request.POST.get("number", ""))
    if request.POST.get("do") == "settle":
        signal, why = whole(request.POST.get("signal", "")), request.POST.get("why", "")
        settle(round_=round_, signal=signal, why=why, by=actor, now=clock.now())
        messages.success(request, _("It is out of the queue, with what you found."))
        return
    if request.POST.get("do") == "restore":
        measure = Measure.objects.filter(
            contribution__case=round_.case, contribution__number=number, lifted_at__isnull=True
        ).first()
        if measure is None:
            raise NoSuchPage
        acts.restore(measure=measure, why=request.POST.get("facts", ""), by=actor, now=clock.now())
        messages.success(request, _("It is shown again."))
        return
    acts.hide(
        round_=round_,
        number=number,
        rule=request.POST.get("rule", ""),
        facts=request.POST.get("facts", ""),
        was=request.POST.get("was", ""),
        found=request.POST.get("found", Measure.Found.OWN),
        until=last_day(request),
        by=actor,
        now=clock.now(),
    )
    messages.success(request, _("It is hidden. Its place shows the rule and the reason, and how to contest it."))


def last_day(request: HttpRequest) -> date | None:
    """The last day, None where none was typed; a day that there is not is refused, or it would be hidden for good."""
    typed = posted_date("until", request.POST)
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError as fault:
        raise NoSuchDay from fault
