"""Who stands in for whom: a post delegates its powers; an officer says that they are absent, and that they are back."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhengtong.charter.charter import Charter
from zhengtong.charter.grants import Grant
from zhengtong.charter.model import Power
from zhengtong.charter.queries import in_force
from zhengtong.common.refusal import Refusal
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import me, proved
from zhengtong.faces.shared.components import form_page, posted_date, whole
from zhengtong.faces.shared.errors import NoSuchPage, name_refusal
from zhengtong.faces.shared.language import local
from zhengtong.faces.shared.posts import officer, page, seated, to
from zhengtong.people import queries
from zhengtong.people.actor import Actor
from zhengtong.people.deputies import barred_from, be_absent, be_back, delegate, end_delegation
from zhengtong.people.errors import BadPeriod
from zhengtong.people.models import Absence, Delegation
from zhengtong.people.wording import VERBS, post_told


@officer
@require_safe
def delegations(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Which powers of the post others exercise, which it exercises for others, and for whom it sits in."""
    charter, today = in_force(clock.today()).charter, clock.today()
    rows = queries.delegations(charter, on=today, post=actor.post)
    return page(
        request,
        actor,
        "desk/delegations_list.html",
        given=[each for each in rows if each.delegation.from_post == actor.post],
        taken=[each for each in rows if each.delegation.to_post == actor.post],
        absences=queries.absences(charter, on=today, post=actor.post),
        delegable=_names(charter, queries.delegable(charter, actor.post, on=today)),
    )


def _names(charter: Charter, grants: list[Grant]) -> list[tuple[str, Any]]:
    return list({each.power: charter.powers[each.power].name for each in grants}.items())


@officer
@proved
@form_page
def propose(request: HttpRequest, actor: Actor, power: str) -> HttpResponse:
    """Let another post exercise a power: which acts, in which matters, where, from when to when, and why."""
    charter, today = in_force(clock.today()).charter, clock.today()
    grants = [each for each in queries.delegable(charter, actor.post, on=today) if each.power == power]
    if not grants:
        raise NoSuchPage
    posted = request.POST
    context: dict[str, Any] = _choices(charter, actor, charter.powers[power], grants) | {
        "power": charter.powers[power],
        "chosen_acts": posted.getlist("acts"),
        "chosen_matters": posted.getlist("matters"),
        "from_on": posted_date("from", posted),
        "until": posted_date("until", posted),
    }
    if request.method != "POST":
        return page(request, actor, "desk/delegation_give.html", **context)
    first, last = _day(context["from_on"]), _day(context["until"])
    if first is None or last is None:
        told = _("Enter a day that exists.")
        errors = {name: told for name, day in (("from", first), ("until", last)) if day is None}
        return page(request, actor, "desk/delegation_give.html", errors=errors, **context)
    try:
        _give(request, actor, power, first, last)
    except Refusal as refusal:
        return page(request, actor, "desk/delegation_give.html", refusal=refusal, **context)
    messages.success(request, _("The power is delegated. “Who may do what” says so to everybody."))
    return to("delegations", actor)


def _give(request: HttpRequest, actor: Actor, power: str, first: date, last: date) -> Delegation:
    posted = request.POST
    return delegate(
        power=power,
        to_post=posted.get("to", ""),
        acts=posted.getlist("acts"),
        matters=posted.getlist("matters"),
        region=posted.get("region", ""),
        reason=posted.get("reason", "").strip()[:2000],
        from_on=first,
        to_on=last,
        by=actor,
        now=clock.now(),
    )


def _choices(charter: Charter, actor: Actor, power: Power, grants: list[Grant]) -> dict[str, Any]:
    """What the post holds of the power, and to whom it may go."""
    acts = {act for each in grants for act in each.acts}
    within = {code for each in grants for code in each.within}
    others = [ref for ref in charter.posts if ref != actor.post]
    able = [ref for ref in others if not barred_from(charter, power, actor.post, ref)]
    posts = [(ref, local(post_told(charter, ref))) for ref in able]
    return {
        "acts": [(act, local(told)) for act, told in VERBS.items() if act in acts],
        "matters": [
            (each.id, local(each.name)) for each in charter.all_listed() if any(grant.over(each.id) for grant in grants)
        ],
        "regions": [(code, local(each.name)) for code, each in charter.regions.items() if code in within],
        "posts": [("", "–"), *sorted(posts, key=lambda each: each[1])],
    }


@officer
@proved
@require_POST
def end(request: HttpRequest, actor: Actor, delegation_id: int) -> HttpResponse:
    """Take a delegated power back."""
    found = Delegation.objects.filter(pk=delegation_id, from_post=actor.post).first()
    if found is None:
        raise NoSuchPage
    end_delegation(delegation=found, by=actor, now=clock.now())
    messages.success(request, _("The delegation has ended."))
    return to("delegations", actor)


@seated
@form_page
def absences(request: HttpRequest) -> HttpResponse:
    """The posts that one holds: whether one is there, who sits in meanwhile, and saying so."""
    refusal = None
    if request.method == "POST":
        try:
            _say(request)
            messages.success(request, _("It is on record."))
            return redirect("absences")
        except Refusal as refused:
            refusal = refused
            name_refusal(request, refusal)
    seats = queries.seats(in_force(clock.today()).charter, me(request), on=clock.today())
    posts = [(each.post, local(each.told)) for each in seats if each.deputy and not each.away]
    context = {
        "seats": seats,
        "posts": posts,
        "refusal": refusal,
        "asked": request.POST.get("post", posts[0][0] if len(posts) == 1 else ""),
        "from_on": posted_date("from", request.POST),
        "to_on": posted_date("until", request.POST),
        "section": "desk",
    }
    return render(request, "desk/absences.html", context, status=refusal.status if refusal else 200)


def _say(request: HttpRequest) -> None:
    """That one is back, or will not be there."""
    posted, person = request.POST, me(request)
    if "back" in posted:
        absence = Absence.objects.filter(person=person, pk=whole(posted["back"])).first()
        if absence is None:
            raise NoSuchPage
        be_back(absence=absence, by=Actor(person), now=clock.now())
        return
    post, until = posted.get("post", ""), posted_date("until", posted)
    if post not in {each.post for each in queries.seats(in_force(clock.today()).charter, person, on=clock.today())}:
        raise NoSuchPage
    first, last = _day(posted_date("from", posted)), _day(until)
    if first is None or (until and last is None):
        raise BadPeriod(from_on=posted_date("from", posted) or "–", to_on=until or "–")
    be_absent(post=post, from_on=first, to_on=last, by=Actor(person, post), now=clock.now())


def _day(written: str) -> date | None:
    """The day that was filled in; none where there is no such day."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
