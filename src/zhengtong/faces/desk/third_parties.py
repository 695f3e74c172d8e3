"""Third parties of a request for information: asked in writing, what they answered, and what came of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zhengtong.cases import queries
from zhengtong.cases.models import Case, Task
from zhengtong.common.refusal import Refusal
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.components import form_page, whole
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.openness.acts import discloses
from zhengtong.openness.models import ThirdParty
from zhengtong.openness.third_parties import (
    answering,
    ask_third_party,
    consulting,
    follow_objection,
    note_answer,
    overrule_objection,
)
from zhengtong.people.actor import Actor


@officer
@form_page
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
    may = {"may_ask": _has(consulting(view.case), actor), "may_settle": _has(answering(view.case), actor)}
    return page(request, actor, "desk/third_parties.html", refusal=refusal, view=view, asked=asked, **may)


def _has(task: Task | None, actor: Actor) -> bool:
    return task is not None and task.post == actor.post


def _done(request: HttpRequest, actor: Actor, case: Case) -> None:
    posted, do, now = request.POST, request.POST.get("do", ""), clock.now()
    if do == "ask":
        told = {name: posted.get(name, "") for name in ("number", "name", "address", "about")}
        asked = ask_third_party(case=case, by=actor, now=now, **told)
        done = _("The letter is sent, and can be answered on a page."), _("Send the letter, and write the answer here.")
        messages.success(request, done[0] if asked.by_mail else done[1])
        return
    found = ThirdParty.objects.filter(case=case, pk=whole(posted.get("which", ""))).first()
    words = posted.get("words", "")
    if found is None or do not in {"agrees", "objects", "follow", "overrule"}:
        raise NoSuchPage
    if do in {"agrees", "objects"}:
        note_answer(third_party=found, agrees=do == "agrees", words=words, by=actor, now=now)
        return
    if do == "follow":
        follow_objection(third_party=found, by=actor, now=now)
        return
    if not overrule_objection(third_party=found, reasons=words, by=actor, now=now).by_mail:
        messages.success(request, _("The letter with the reasons is written. Send it before you answer."))
