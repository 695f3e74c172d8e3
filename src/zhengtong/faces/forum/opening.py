"""The form by which an office opens a round or convenes a meeting: a case that nobody applies for."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

from zhengtong.cases.acts import open_by_office
from zhengtong.cases.errors import InvalidAnswers
from zhengtong.charter.queries import in_force
from zhengtong.common.refusal import Refusal
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.language import local, tag
from zhengtong.faces.shared.posts import page, to
from zhengtong.faces.shared.questions import field_for, posted
from zhengtong.people.actor import Actor


def opening_form(request: HttpRequest, actor: Actor, procedure: str, *, back: str) -> HttpResponse:
    """The questions of the procedure; answered, the case is open and the page `back` of the post follows."""
    charter = in_force(clock.today()).charter
    questions = [each for each in charter.form(procedure).questions if each.asked]
    answers = {each.name: posted(each, request.POST) for each in questions}
    errors: dict[str, Any] = {}
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            open_by_office(
                procedure=procedure,
                answers=answers,
                by=actor,
                language=tag(),
                request_key=request.POST.get("request_key", "")[:100],
                now=clock.now(),
            )
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
        errors={name: local(error) for name, error in errors.items()},
        request_key=request.POST.get("request_key") or uuid4().hex,
    )
