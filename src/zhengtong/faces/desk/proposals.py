"""What a colleague proposed: the second officer confirms it or says why not; its author may take it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zhengtong.cases import acts, queries
from zhengtong.cases.models import Proposal
from zhengtong.common.refusal import Refusal
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.components import form_page
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.people.actor import Actor


@officer
@form_page
def proposal(request: HttpRequest, actor: Actor, proposal_id: int) -> HttpResponse:
    """The proposal with its reasons and its case, and the answer."""
    row = next((each for each in queries.proposals(actor, now=clock.now()) if each.id == proposal_id), None)
    if row is None:
        raise NoSuchPage
    view = queries.case_for(actor, row.number, now=clock.now())
    own = actor.person is not None and row.person == actor.person.pk
    if request.method != "POST":
        return page(request, actor, "desk/proposal_answer.html", proposal=row, own=own, view=view)
    try:
        told = _answer(request, actor, Proposal.objects.get(pk=proposal_id))
    except Refusal as refusal:
        return page(request, actor, "desk/proposal_answer.html", refusal=refusal, proposal=row, own=own, view=view)
    messages.success(request, told)
    return to("desk-post", actor)


def _answer(request: HttpRequest, actor: Actor, proposal: Proposal) -> str:
    answer = request.POST.get("answer")
    if answer == "confirm":
        acts.confirm(proposal=proposal, by=actor, now=clock.now())
        return _("Confirmed; it is done as it was proposed.")
    if answer == "take-back":
        acts.take_back(proposal=proposal, by=actor, now=clock.now())
        return _("The proposal is taken back.")
    acts.reject(proposal=proposal, answer=request.POST.get("reason", ""), by=actor, now=clock.now())
    return _("The proposal is rejected.")
