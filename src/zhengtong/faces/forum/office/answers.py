"""The office answers: what has no answer yet, and what is owed of it first."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zhengtong.agora import acts
from zhengtong.agora.bound.ending import end_hidden
from zhengtong.agora.bound.models import PROMISES
from zhengtong.agora.bound.queries import bound_posts, of_round
from zhengtong.agora.errors import NoSuchContribution
from zhengtong.agora.models import Answer
from zhengtong.agora.queries import answering, may_answer, unanswered, viewed
from zhengtong.agora.rounds import Round, round_of
from zhengtong.common.refusal import Refusal
from zhengtong.faces.forum.office import promising
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import proved
from zhengtong.faces.shared.components import form_page, whole
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.people.actor import Actor

MOST = 200  # contributions on one page


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
