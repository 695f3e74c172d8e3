"""One step: its case, what the rules say, and everything that the officer can do with it."""

import io
from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from zhengtong.agora.bound.ending import duty_of, ends_on_desk, hiding
from zhengtong.agora.moderation.statements import contested_in
from zhengtong.agora.reports.judged import contested_photograph
from zhengtong.cases import acts, queries
from zhengtong.cases.clock import light
from zhengtong.cases.law import calendar_on, day_of
from zhengtong.cases.queries import TaskView
from zhengtong.cases.wording import rule_sentences
from zhengtong.charter.model import OutcomeContent
from zhengtong.common.refusal import Refusal
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import proved
from zhengtong.faces.shared.components import Input, Textarea, form_page, posted_date
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.faces.shared.language import local, tag
from zhengtong.faces.shared.pictures import case_picture
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.people.actor import Actor

LINES, MOST_LINES = 3, 30  # of the form that asks for a correction


@officer
@require_safe
def task(request: HttpRequest, actor: Actor, task_id: int) -> HttpResponse:
    """The step with its case."""
    return _show(request, actor, task_id)


def _show(request: HttpRequest, actor: Actor, task_id: int, refusal: Refusal | None = None) -> HttpResponse:
    now = clock.now()
    view = queries.task_for(actor, task_id, now=now)
    duty = duty_of(view.task.case)
    return page(
        request,
        actor,
        "desk/task_show.html",
        refusal=refusal,
        view=view,
        step_light=_light(view, now),
        outputs=[(value, local(told)) for value, told, _adverse in view.outputs],
        contents=_contents(view, request.POST),
        adverse=[local(told) for _value, told, adverse in view.outputs if adverse],
        articles=[(ref, local(told)) for ref, told in view.articles],
        chosen_articles=request.POST.getlist("basis"),
        advice=rule_sentences(view.task.case, view.task.case.traces, tag()),
        picture=case_picture(view.task.case, now=now),
        contested=contested_in(view.task.case),
        judges=view.task.post == actor.post,
        duty=duty,
        ends_here=duty is None or ends_on_desk(duty, now=now),
        hidden=hiding(duty) if duty else None,
        mine=view.task.post == actor.post and view.task.officer_id == (actor.person and actor.person.pk),
    )


def _contents(view: TaskView, posted: QueryDict) -> list[tuple[str, str, list[Input | Textarea]]]:
    """What each outcome has to say: the outcome, its words, and the fields for it."""
    told = {value: local(words) for value, words, _adverse in view.outputs}
    return [
        (value, told[value], [_content(value, each, posted) for each in asked])
        for value, asked in view.contents.items()
    ]


def _content(outcome: str, asked: OutcomeContent, posted: QueryDict) -> Input | Textarea:
    name, label = f"says:{outcome}:{asked.name}", local(asked.title)
    label = label if asked.required else _("%(what)s (optional)") % {"what": label}
    told: dict[str, Any] = {"name": name, "label": label, "hint": local(asked.hint), "value": posted.get(name, "")}
    if asked.kind == "date":
        return Input(**told | {"hint": told["hint"] or _("For example 2026-03-02"), "width": "10"})
    return Textarea(**told, rows=2)


@officer
@never_cache
@require_safe
def withheld(request: HttpRequest, actor: Actor, task_id: int) -> HttpResponseBase:
    """The photograph of the report that the appeal of this step is about."""
    picture = contested_photograph(_task(actor, task_id).task, by=actor, now=clock.now())
    return FileResponse(io.BytesIO(picture), content_type="image/jpeg")


def _light(view: TaskView, now: datetime) -> str:
    """The light of the step itself; the case may be in time while a step of it is late."""
    charter, task = view.case.charter, view.task
    return light(
        task.due_on,
        stopped=task.case.stopped,
        closed=task.status != task.Status.OPEN,
        today=day_of(now, charter),
        calendar=calendar_on(now),
    )


@officer
@require_POST
def claim(request: HttpRequest, actor: Actor, task_id: int) -> HttpResponse:
    """Take the step up."""
    acts.claim(task=_task(actor, task_id).task, by=actor, now=clock.now())
    messages.success(request, _("You have taken this step up."))
    return to("task", actor, task_id=task_id)


@officer
@require_POST
def hand_back(request: HttpRequest, actor: Actor, task_id: int) -> HttpResponse:
    """Leave the step to the next colleague of the post."""
    try:
        acts.hand_back(task=_task(actor, task_id).task, reason=request.POST.get("why", ""), by=actor, now=clock.now())
    except Refusal as refusal:
        return _show(request, actor, task_id, refusal)
    messages.success(request, _("You have handed this step back. The post stays responsible."))
    return to("desk-post", actor)


@officer
@proved
@require_POST
def complete(request: HttpRequest, actor: Actor, task_id: int) -> HttpResponse:
    """End the step in one of its outputs."""
    posted = request.POST
    try:
        task = _task(actor, task_id).task
        acts.complete(
            task=task,
            output=posted.get("output", ""),
            reasons=posted.get("reasons", ""),
            basis=posted.getlist("basis"),
            findings=posted.get("findings", ""),
            contents=_said(posted),
            by=actor,
            now=clock.now(),
        )
    except Refusal as refusal:
        return _show(request, actor, task_id, refusal)
    waits = task.proposals.filter(status="open").exists()
    messages.success(request, _("Proposed; a second officer has to confirm.") if waits else _("The step is completed."))
    return to("desk-post", actor)


def _said(posted: QueryDict) -> dict[str, str]:
    """What was filled in for the outcome that was chosen."""
    begin = f"says:{posted.get('output', '')}:"
    return {name.removeprefix(begin): posted.get(name, "") for name in posted if name.startswith(begin)}


@officer
@form_page
def correction(request: HttpRequest, actor: Actor, task_id: int) -> HttpResponse:
    """Ask the party once for everything that is missing."""
    items = _items(request.POST)

    def ask(view: TaskView) -> None:
        acts.request_correction(task=view.task, items=items, by=actor, now=clock.now())

    context: dict[str, Any] = {"items": _lines(items), "done": _("The party has been asked for a correction.")}
    if "more" in request.POST:  # the form again, longer
        context |= {"view": _task(actor, task_id)}
        return page(request, actor, "desk/correction_request.html", **context)
    return _answer(request, actor, task_id, "desk/correction_request.html", "request-correction", ask, **context)


def _items(posted: QueryDict) -> list[dict[str, str]]:
    """The lines as they were filled in, and some more where they were asked for."""
    sent = sum(f"what-{number}" in posted for number in range(1, MOST_LINES + 1))
    shown = min(max(sent, LINES) + (LINES if "more" in posted else 0), MOST_LINES)
    return [
        {"what": posted.get(f"what-{number}", ""), "why": posted.get(f"why-{number}", "")}
        for number in range(1, shown + 1)
    ]


def _lines(items: list[dict[str, str]]) -> list[tuple[int, Input, Input]]:
    """The lines of the form, with what was filled in."""
    return [
        (
            number,
            Input(name=f"what-{number}", label=_("What is to be put right"), value=item["what"]),
            Input(name=f"why-{number}", label=_("Why it is needed"), value=item["why"]),
        )
        for number, item in enumerate(items, 1)
    ]


@officer
@form_page
def inspection(request: HttpRequest, actor: Actor, task_id: int) -> HttpResponse:
    """Arrange an inspection on site."""
    return _appointment(
        request,
        actor,
        task_id,
        "desk/inspection_schedule.html",
        "schedule-inspection",
        acts.schedule_inspection,
        done=_("The inspection is arranged."),
    )


@officer
@form_page
def hearing(request: HttpRequest, actor: Actor, task_id: int) -> HttpResponse:
    """Say when and where the party is heard."""
    return _appointment(
        request,
        actor,
        task_id,
        "desk/hearing_arrange.html",
        "arrange-hearing",
        acts.arrange_hearing,
        done=_("The hearing is arranged, and the party has been told."),
    )


@officer
@form_page
def order_hearing(request: HttpRequest, actor: Actor, task_id: int) -> HttpResponse:
    """Hear the party before the decision, though nobody asked for it."""

    def order(view: TaskView) -> None:
        acts.ask_for_hearing(case=view.task.case, reason=request.POST.get("reason", ""), by=actor, now=clock.now())

    done = _("The hearing is ordered. The decision waits for it.")
    return _answer(request, actor, task_id, "desk/hearing_order.html", "order-hearing", order, done=done)


def _appointment(
    request: HttpRequest, actor: Actor, task_id: int, template: str, act: str, do: Callable[..., Any], *, done: str
) -> HttpResponse:
    """The form of a moment and a place, and the act that tells them to the party."""
    posted = request.POST
    at = _moment(posted_date("on", posted), posted.get("time", ""))
    place = posted.get("place", "").strip()
    errors = {}
    if at is None or at <= clock.now():
        errors["on"] = _("Enter a day and a time that are still to come.")
    if not place or len(place) > 200:
        errors["place"] = _("Say where, in at most 200 characters.")

    def arrange(view: TaskView) -> None:
        if at is not None:
            do(task=view.task, at=at, place=place, note=posted.get("note", ""), by=actor, now=clock.now())

    context: dict[str, Any] = {"errors": errors, "on": posted_date("on", posted), "done": done}
    return _answer(request, actor, task_id, template, act, arrange, **context)


def _moment(day: str, clock_time: str) -> datetime | None:
    """A day and a time where the government is; None if they are none."""
    try:
        naive = datetime.combine(datetime.fromisoformat(day).date(), time.fromisoformat(clock_time))
    except ValueError:
        return None
    return timezone.make_aware(naive)


@officer
@form_page
def hand_over(request: HttpRequest, actor: Actor, task_id: int) -> HttpResponse:
    """Offer the step to another post."""
    posted = request.POST

    def offer(view: TaskView) -> None:
        acts.hand_over(
            task=view.task, to_post=posted.get("to", ""), reason=posted.get("reason", ""), by=actor, now=clock.now()
        )

    done = _("The step is offered. It stays on your desk until it is taken.")
    return _answer(request, actor, task_id, "desk/handover_offer.html", "hand-over", offer, done=done)


@officer
@form_page
def extension(request: HttpRequest, actor: Actor, task_id: int) -> HttpResponse:
    """Prolong the time limit of the case."""

    def prolong(view: TaskView) -> None:
        acts.extend(case=view.task.case, reason=request.POST.get("reason", ""), by=actor, now=clock.now())

    done = _("The time limit is extended, and the party has been told.")
    return _answer(request, actor, task_id, "desk/extension_grant.html", "extend", prolong, done=done)


def _answer(
    request: HttpRequest,
    actor: Actor,
    task_id: int,
    template: str,
    act: str,
    do: Callable[[TaskView], None],
    *,
    done: str,
    errors: dict[str, str] | None = None,
    **context: Any,
) -> HttpResponse:
    """Show the form of an act, or do it and go back to the step; what is wrong is shown on the form."""
    view = _task(actor, task_id)
    if act not in view.may:
        raise NoSuchPage
    context |= {"view": view, "posts": [("", "–"), *((ref, local(told)) for ref, told in view.posts)]}
    if request.method != "POST":
        return page(request, actor, template, **context)
    if errors:
        return page(request, actor, template, errors=errors, **context)
    try:
        do(view)
    except Refusal as refusal:
        return page(request, actor, template, refusal=refusal, **context)
    messages.success(request, done)
    return to("task", actor, task_id=task_id)


def _task(actor: Actor, task_id: int) -> TaskView:
    return queries.task_for(actor, task_id, now=clock.now())
