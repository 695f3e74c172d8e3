"""Third parties of a request for information: asked in writing, and what they answered."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhengtong.cases import queries
from zhengtong.cases.models import Case
from zhengtong.common.refusal import Refusal
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.components import whole
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.openness.acts import discloses
from zhengtong.openness.models import ThirdParty
from zhengtong.openness.third_parties import ask_third_party, consulting, note_answer
from zhengtong.people.actor import Actor


@officer
@require_http_methods(["GET", "HEAD", "POST"])
def third_parties(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """Who was asked, with the letters to be sent, and a form to ask another."""
    view, refusal = queries.case_for(actor, number, now=clock.now()), None
    if not discloses(view.case):
        raise NoSuchPage
    if request.method == "POST":
        try:
            _done(request, actor, view.case)
            return to("desk-third-parties", actor, number=number)
        except Refusal as told:
            refusal = told
    asked = list(view.case.third_parties.order_by("pk"))
    task = consulting(view.case)
    may_ask = task is not None and task.post == actor.post
    return page(request, actor, "desk/third_parties.html", refusal=refusal, view=view, asked=asked, may_ask=may_ask)


def _done(request: HttpRequest, actor: Actor, case: Case) -> None:
    posted = request.POST
    if posted.get("do") == "ask":
        told = {name: posted.get(name, "") for name in ("name", "address", "about")}
        ask_third_party(case=case, by=actor, now=clock.now(), **told)
        messages.success(request, _("The letter is written. Send it, and write down the answer here."))
        return
    found = ThirdParty.objects.filter(case=case, pk=whole(posted.get("which", ""))).first()
    agrees = {"agrees": True, "objects": False}.get(posted.get("do", ""))
    if found is None or agrees is None:
        raise NoSuchPage
    note_answer(third_party=found, agrees=agrees, words=posted.get("words", ""), by=actor, now=clock.now())
