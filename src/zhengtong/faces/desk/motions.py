"""What belongs to no case and takes two officers: an enactment, the ledger's key, a register put right."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from zhengtong.agora.acts import confirm_limit
from zhengtong.cases.acts import confirm_enactment, propose_enactment
from zhengtong.charter.charter import Charter
from zhengtong.charter.laid import FileChange, awaiting, changes
from zhengtong.charter.models import LaidCharter
from zhengtong.charter.queries import in_force
from zhengtong.common.refusal import Refusal
from zhengtong.common.text import Text, text
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import proved
from zhengtong.faces.shared.components import form_page, whole
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.faces.shared.language import local
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.people import motions
from zhengtong.people.actor import Actor
from zhengtong.people.ledger_key import confirm_key, propose_key
from zhengtong.people.models import Motion
from zhengtong.people.permissions import acts_of
from zhengtong.people.wording import VERBS, post_told
from zhengtong.registry.corrections import concerns_register_of, confirm_correction, correctable, propose_correction
from zhengtong.registry.errors import NotToBeRestricted
from zhengtong.registry.restrictions import confirm_lifting, propose_lifting, restrict, restrictions_in

ACTS = ("enact", "rekey", "correct", "restrict", "limit")
NO_DAY = text("截止日期不是日期", "its last day is no day")
Confirm = Callable[..., Model]
CONFIRM: dict[str, Confirm] = {
    "enact": confirm_enactment,
    "rekey": confirm_key,
    "correct": confirm_correction,
    "restrict": confirm_lifting,
    "limit": confirm_limit,
}


@dataclass(frozen=True)
class MotionRow:
    """A motion in words."""

    id: int
    act: Text
    by: str
    post: Text
    at: datetime
    until: datetime
    reason: str
    own: bool
    told: list[tuple[str, str]]


@officer
@proved
@never_cache
@form_page
def motions_of(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What waits for a second officer, and what the post may propose."""
    charter = in_force(clock.today()).charter
    may = acts_of(charter, actor.post, on=clock.today()) & set(ACTS)
    if not may:
        raise NoSuchPage
    refusal = None
    if request.method == "POST":
        try:
            messages.success(request, _propose(request, actor))
            return to("motions", actor)
        except Refusal as refused:
            refusal = refused
    context: dict[str, Any] = {
        "rows": [_row(charter, each, actor) for each in _waiting(charter, actor)],
        "may": may,
        "laid": awaiting() if "enact" in may else [],
        "fields": _fields(charter, actor) if "correct" in may else [],
        **(_restricting(charter, actor) if "restrict" in may else {}),
    }
    return page(request, actor, "desk/motions_list.html", refusal=refusal, **context)


@officer
@proved
@never_cache
@form_page
def motion(request: HttpRequest, actor: Actor, motion_id: int) -> HttpResponse:
    """One motion with all that it would do, and the answer."""
    charter = in_force(clock.today()).charter
    found = next((each for each in _waiting(charter, actor) if each.pk == motion_id), None)
    if found is None:
        raise NoSuchPage
    refusal = None
    if request.method == "POST":
        try:
            messages.success(request, _answer(request, actor, found, charter))
            return to("motions", actor)
        except Refusal as refused:
            refusal = refused
    context = {"row": _row(charter, found, actor), "changes": _changes(charter, found)}
    return page(request, actor, "desk/motion_answer.html", refusal=refusal, **context)


def _waiting(charter: Charter, actor: Actor) -> list[Motion]:
    waiting = motions.waiting_for(charter, by=actor, now=clock.now())
    return [each for each in waiting if concerns_register_of(charter, each, actor.post)]


def _propose(request: HttpRequest, actor: Actor) -> str:
    """Propose what the form says, or stop the processing of a record, which one officer may; and what to say of it."""
    given, now = request.POST, clock.now()
    reason = given.get("reason", "")[:4000]
    match given.get("act"):
        case "enact":
            laid = next((each for each in awaiting() if str(each.pk) == given.get("laid")), None)
            if laid is None:
                raise NoSuchPage
            propose_enactment(laid=laid, reason=reason, by=actor, now=now)
        case "rekey":
            propose_key(device=given.get("device", "").strip()[:300], reason=reason, by=actor, now=now)
        case "restrict":
            until = _day(given.get("until", ""))
            register = given.get("register", "")
            restrict(register=register, key=_number(given), reason=reason, until=until, by=actor, now=now)
            return _("Stopped. The record is stored only from now on, and the person sees why.")
        case "lift":
            pk = whole(given.get("restriction", "")) or 0
            propose_lifting(restriction_id=pk, reason=reason, by=actor, now=now)
        case _:
            register, _dot, field = given.get("field", "").partition(".")
            of = {"register": register, "key": _number(given), "field": field, "value": given.get("value", "")}
            propose_correction(**of, reason=reason, by=actor, now=now)
    return _("Proposed. Another officer has to confirm it.")


def _number(given: QueryDict) -> str:
    return "".join(given.get("key", "").split()).upper()[:60]


def _day(given: str) -> date | None:
    """The last day; none if the field is empty. NotToBeRestricted if it is no day."""
    try:
        return date.fromisoformat(given.strip()) if given.strip() else None
    except ValueError as fault:
        raise NotToBeRestricted(why=NO_DAY) from fault


def _restricting(charter: Charter, actor: Actor) -> dict[str, Any]:
    """The registers of the office that can be stored only, and what of them is."""
    registers = correctable(charter, actor.post)
    found = restrictions_in([each.id for each in registers], on=clock.today())
    return {
        "restrictable": [(each.id, local(each.name)) for each in registers],
        "restricted": [(each, local(charter.registers[each.record.register].name)) for each in found],
    }


def _answer(request: HttpRequest, actor: Actor, found: Motion, charter: Charter) -> str:
    answer, now = request.POST.get("answer"), clock.now()
    if answer == "confirm":
        CONFIRM[found.act](motion=found, by=actor, now=now)
        if found.act == "rekey":
            return _("Confirmed; the operator can change the key now.")
        return _("Confirmed; it is done as it was proposed.")
    if answer == "take-back":
        motions.take_back(motion=found, charter=charter, by=actor, now=now)
        return _("The proposal is taken back.")
    motions.reject(motion=found, charter=charter, answer=request.POST.get("reason", ""), by=actor, now=now)
    return _("The proposal is rejected.")


def _fields(charter: Charter, actor: Actor) -> list[tuple[str, str]]:
    """What can be put right: `register.field`, in words."""
    return [("", "–")] + [
        (f"{register.id}.{each.name}", f"{local(register.name)}: {local(charter.elements[each.element].name)}")
        for register in correctable(charter, actor.post)
        for each in register.fields
        if each.name != register.key
    ]


def _changes(charter: Charter, found: Motion) -> list[FileChange]:
    laid = LaidCharter.objects.filter(pk=found.content.get("laid", 0)).first() if found.act == "enact" else None
    return changes(laid, charter.files) if laid else []


def _row(charter: Charter, found: Motion, actor: Actor) -> MotionRow:
    return MotionRow(
        id=found.pk,
        act=VERBS[found.act],
        by=found.proposed_by.name,
        post=post_told(charter, found.proposed_in),
        at=found.proposed_at,
        until=found.expires_at,
        reason=found.content["reason"],
        own=actor.person is not None and found.proposed_by_id == actor.person.pk,
        told=_told(charter, found),
    )


def _told(charter: Charter, found: Motion) -> list[tuple[str, str]]:
    content = found.content
    if found.act == "enact":
        return [(_("Digest"), content["digest"]), (_("In force from"), content["on"])]
    if found.act == "rekey":
        return [(_("Key"), content["device"] or _("a new one in the node’s file"))]
    if found.act == "limit":
        return [
            (_("Round"), content["round"]),
            (_("Newly shown in a day, at most"), str(content["shown_a_day"])),
            (_("Last day"), content["until"]),
        ]
    register = charter.registers[content["register"]]
    if found.act == "restrict":
        return [(_("Register"), local(register.name)), (_("Why it was stopped"), content["why"])]
    field = register.field(content["field"])
    name = local(charter.elements[field.element].name) if field else content["field"]
    return [
        (_("Register"), local(register.name)),
        (_("Number of the record"), content["key"]),
        (_("Field"), name),
        (_("It says now"), _plain(content["old"])),
        (_("It would say"), _plain(content["new"])),
    ]


def _plain(value: Any) -> str:
    return "–" if value in (None, "") else str(value)
