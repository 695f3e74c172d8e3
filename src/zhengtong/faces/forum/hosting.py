"""The office that hosts: it opens rounds, checks what projects cost, and answers everything."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.db.models import F, Max, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhengtong.agora import acts
from zhengtong.agora.ballots.agreement import alarmed_in
from zhengtong.agora.ballots.queries import with_ballots
from zhengtong.agora.bound.ending import end_hidden
from zhengtong.agora.bound.models import Duty
from zhengtong.agora.bound.queries import bound_posts, of_round
from zhengtong.agora.errors import NoSuchContribution
from zhengtong.agora.models import OWED, Answer, Contribution
from zhengtong.agora.openings.keys import OPEN
from zhengtong.agora.openings.queries import due_from as due_openings
from zhengtong.agora.openings.queries import keeps
from zhengtong.agora.proceedings.keeping import due_from
from zhengtong.agora.queries import answering, left_over, may_answer, rounds_for, unanswered, viewed
from zhengtong.agora.rounds import Round, round_of, rounds
from zhengtong.agora.watching.queries import waiting
from zhengtong.charter.model import Participation
from zhengtong.charter.queries import in_force
from zhengtong.common.paging import PAGE
from zhengtong.common.refusal import Refusal
from zhengtong.faces.forum import promising
from zhengtong.faces.forum.opening import opening_form
from zhengtong.faces.forum.reports import readable
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import proved
from zhengtong.faces.shared.components import beside, page_asked, whole
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.people.actor import Actor

PROMISES = Q(kind=Duty.Kind.PROMISE)
MOST = 200  # contributions on one page of the office
ACTS = ("open", "answer", "examine", "moderate", "limit", "keep-roll", "keep-key", "keep-lot", OPEN)
form_page = require_http_methods(["GET", "HEAD", "POST"])


@officer
@require_safe
def overview(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The rounds that this post hosts or moderates, and those that it may open."""
    charter = in_force(clock.today()).charter
    kinds = rounds_for(charter, actor.post, ACTS, on=clock.today())
    opened = rounds_for(charter, actor.post, ("open",), on=clock.today())
    opens = [charter.procedures[each] for each in charter.participation if each in opened]
    place = page_asked(request.GET, of="rounds")
    found = rounds(kinds, page=place)
    moderates = rounds_for(charter, actor.post, ("moderate",), on=clock.today())
    limits = rounds_for(charter, actor.post, ("limit",), on=clock.today())
    hosts = rounds_for(charter, actor.post, ("open", "answer", "examine"), on=clock.today())
    draws = rounds_for(charter, actor.post, ("open", "keep-lot"), on=clock.today())
    may: dict[str, Any] = {"opens": opens, "moderates": moderates, "limits": limits, "hosts": hosts, "draws": draws}
    may["keeps"] = [(charter.procedures[name], done) for name, done in keeps(charter, actor)]
    may["opens_voices"] = rounds_for(charter, actor.post, (OPEN,), on=clock.today())
    may["ballots"] = [name for name, each in charter.participation.items() if _votes_alone(each)]
    many = waiting([each.case.pk for each in found if each.case.procedure in moderates])
    due = due_from([each for each in found if each.case.procedure in draws], actor)
    asked = due_openings(found, actor)
    left = left_over(rounds_for(charter, actor.post, ("answer",), on=clock.today()))
    rows = [
        (
            each,
            many.get(each.case.pk, 0),
            {phase for case, phase in due if case == each.case.pk},
            left.get(each.case.pk, 0),
            each.case.pk in asked,
        )
        for each in found
    ]
    may["alarmed"] = alarmed_in(with_ballots(charter, kinds))
    may["beside"] = beside(request.GET, place, more=len(found) == PAGE, of="rounds")
    read = page_asked(request.GET)
    may["reports"], more = readable(charter, actor, page=read)
    may |= beside(request.GET, read, more=more, at="reports")
    return page(request, actor, "forum/office.html", rounds=rows, **may)


def _votes_alone(declared: Participation) -> bool:
    """Whether there is only a secret ballot: nobody says anything that is answered or costs something."""
    return all(phase.ballot for phase in declared.phases)


@officer
@proved
@form_page
def open_round(request: HttpRequest, actor: Actor, procedure: str) -> HttpResponse:
    """Open a round."""
    charter = in_force(clock.today()).charter
    if procedure not in rounds_for(charter, actor.post, ("open",), on=clock.today()):
        raise NoSuchPage
    return opening_form(request, actor, procedure, back="forum-post")


@officer
@proved
@form_page
def answers(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """What has no answer yet, and a form to answer those that are alike together."""
    round_, refusal = round_of(number), None
    if request.method == "POST" and "hidden" in request.POST:
        refusal = _ended(request, actor, round_)
        if refusal is None:
            return to("forum-answers", actor, number=number)
    elif request.method == "POST":
        chosen = [whole(each) for each in request.POST.getlist("numbers")]
        given = {"verdict": request.POST.get("verdict", ""), "text": request.POST.get("text", "")}
        try:
            promised = promising.posted(request) if round_.declared.promise else None
            acts.answer(round_=round_, numbers=chosen, by=actor, now=clock.now(), promised=promised, **given)
            messages.success(request, _("The answer is published."))
            return to("forum-answers", actor, number=number)
        except Refusal as told:
            refusal = told
    bound = of_round(round_, on=clock.today(), only=Q(done_on=None) & ~PROMISES, page=1)  # those due first
    may, waits = may_answer(round_, actor.post, on=clock.today()), unanswered(round_)
    posts = bound_posts(round_)
    own, others = ([number for number, post in posts if (post == actor.post) == mine] for mine in (True, False))
    if own and not may:  # before its time all the rest waits
        waits = waits.filter(number__in=own)
    elif may:
        waits = waits.exclude(number__in=others)
    verdicts = [
        (Answer.Verdict.ADOPTED, _("Adopted")),
        (Answer.Verdict.PARTLY, _("Adopted in part")),
        (Answer.Verdict.DECLINED, _("Not adopted")),
    ]
    return page(
        request,
        actor,
        "forum/answers_give.html",
        refusal=refusal,
        round=round_,
        said=viewed(round_, waits[:MOST]),
        may=may or bool(own),
        begun=answering(round_) is not None,
        verdicts=verdicts,
        bound=bound,
        own_post=actor.post,
        until=promising.day_shown(request, round_),
        keepers=promising.posts_to_choose(round_),
        carriers=promising.carriers() if round_.declared.promise else [],
        chosen=request.POST.getlist("numbers"),
    )


def _ended(request: HttpRequest, actor: Actor, round_: Round) -> Refusal | None:
    """What is owed of a hidden text ends; or the refusal."""
    found = round_.case.duties.filter(pk=whole(request.POST["hidden"])).first()
    if found is None:
        return NoSuchContribution()
    try:
        end_hidden(duty=found, by=actor, now=clock.now())
    except Refusal as told:
        return told
    messages.success(request, _("It has ended. Should the text be shown again, it is owed anew."))
    return None


@officer
@proved
@form_page
def costs(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """What projects would cost, as the office has checked it."""
    round_, refusal = round_of(number), None
    if request.method == "POST":
        by: dict[str, Any] = {"round_": round_, "by": actor, "now": clock.now()}
        try:
            if "left" in request.POST:
                acts.leave_out(number=whole(request.POST["left"]), why=request.POST.get("why", ""), **by)
                messages.success(request, _("It is not put to the vote. Everybody reads why."))
            else:
                amount = _amount(request.POST.get("amount", ""))
                acts.cost(number=whole(request.POST.get("project", "")), amount=amount, **by)
                messages.success(request, _("The cost is kept."))
            return to("forum-costs", actor, number=number)
        except Refusal as told:
            refusal = told
    shown = round_.case.contributions.filter(OWED, state=Contribution.State.SHOWN)
    listed = shown.annotate(left_out=Max("answers__text")).order_by(F("cost").asc(nulls_first=True), "number")
    return page(request, actor, "forum/costs_check.html", refusal=refusal, round=round_, projects=listed[:MOST])


def _amount(written: str) -> Decimal:
    """An amount of money; zero, which is refused, where it is none."""
    try:
        amount = Decimal(written.strip().replace(",", "")[:20])
    except InvalidOperation:
        return Decimal(0)
    return amount if amount.is_finite() and amount < 10**12 else Decimal(0)


@officer
@proved
@form_page
def follow_up(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """What was promised, and what it carries into; the step in which it is done lies on the desk of its post."""
    round_, refusal, place = round_of(number), None, page_asked(request.GET)
    asked = whole(request.POST.get("promise", request.GET.get("promise", "")))
    promises = round_.case.duties.filter(PROMISES)
    if request.method == "POST":
        try:
            found = promises.filter(pk=asked).first()
            if found is None:
                raise NoSuchContribution
            acts.carry_into(duty=found, into=promising.posted(request).into, by=actor, now=clock.now())
            messages.success(request, _("Everybody sees now what it carries into."))
            return HttpResponseRedirect(f"{request.path}?page={place}")
        except Refusal as told:
            refusal = told
    promised = of_round(round_, on=clock.today(), only=PROMISES, page=place)
    return page(
        request,
        actor,
        "forum/follow_up.html",
        refusal=refusal,
        round=round_,
        promised=promised,
        chosen=asked,
        carriers=promising.carriers() if asked else [],
        post=actor.post,
        place=place,
        **beside(request.GET, place, more=promises.count() > place * PAGE),
    )
