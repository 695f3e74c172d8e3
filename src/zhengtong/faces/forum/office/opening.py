"""The form by which an office opens a round or convenes a meeting: a case that nobody applies for."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from zhengtong.agora.openings.keys import begin_round
from zhengtong.agora.proceedings.projects import brings, open_with_projects
from zhengtong.agora.queries import rounds_for
from zhengtong.cases.errors import InvalidAnswers
from zhengtong.charter.queries import in_force
from zhengtong.common.refusal import Refusal
from zhengtong.faces.forum.filed import left_out
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import proved
from zhengtong.faces.shared.components import form_page
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.faces.shared.language import local, tag
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.faces.shared.questions import field_for, posted
from zhengtong.people.actor import Actor


@officer
@proved
@form_page
def open_round(request: HttpRequest, actor: Actor, procedure: str) -> HttpResponse:
    """Open a round."""
    charter = in_force(clock.today()).charter
    if procedure not in rounds_for(charter, actor.post, ("open",), on=clock.today()):
        raise NoSuchPage
    return opening_form(request, actor, procedure, back="forum-post")


def opening_form(request: HttpRequest, actor: Actor, procedure: str, *, back: str) -> HttpResponse:
    """The questions of the procedure; answered, the case is open and the page `back` of the post follows."""
    charter = in_force(clock.today()).charter
    questions = [each for each in charter.form(procedure).questions if each.asked]
    answers = {each.name: posted(each, request.POST) for each in questions}
    brings_projects = brings(charter.participation.get(procedure)) is not None
    errors: dict[str, Any] = {}
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            _open(request, actor, procedure, answers, brings_projects)
            return to(back, actor)
        except InvalidAnswers as wrong:
            errors = wrong.errors
        except Refusal as told:
            refusal = told
    fields = [field_for(each, charter, value=answers[each.name], error=errors.get(each.name, "")) for each in questions]
    return page(
        request,
        actor,
        "forum/round_open.html",
        refusal=refusal,
        listed=charter.procedures[procedure],
        back=back,
        fields=fields,
        brings_projects=brings_projects,
        errors={name: local(error) for name, error in errors.items()},
        request_key=request.POST.get("request_key") or uuid4().hex,
    )


def _open(request: HttpRequest, actor: Actor, procedure: str, answers: dict[str, Any], brings_projects: bool) -> None:
    """Open it, with the projects of a file if one was handed in; what of the file does not hold is told."""
    given: dict[str, Any] = {
        "procedure": procedure,
        "answers": answers,
        "by": actor,
        "language": tag(),
        "request_key": "open:" + request.POST.get("request_key", "")[:90],
        "now": clock.now(),
    }
    sent = request.FILES.get("projects") if brings_projects else None
    if sent is None:
        begin_round(**given)
        return
    filed = open_with_projects(**given, name=str(sent.name), content=sent)  # type: ignore[arg-type]
    for told in left_out(filed):
        messages.warning(request, told)
