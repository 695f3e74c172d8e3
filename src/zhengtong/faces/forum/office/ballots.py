"""The offices' page of a secret ballot: the authority closes the roll, trustees give key and share, the host opens."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from zhengtong.agora import acts
from zhengtong.agora.ballots import box
from zhengtong.agora.ballots.circle import certificates, sent_to, step_of
from zhengtong.agora.ballots.queries import Vote, vote_of
from zhengtong.agora.rounds import round_of
from zhengtong.agora.seats import holds, place_among
from zhengtong.common.refusal import Refusal
from zhengtong.engines.ballots import compact
from zhengtong.engines.ballots.groups import BELENIOS_2048
from zhengtong.faces.forum.ballots import frame, kept_by
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import proved
from zhengtong.faces.shared.components import form_page
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.people.actor import Actor

MOST = 2_000_000  # bytes of a share


@officer
@proved
@form_page
def keep(request: HttpRequest, actor: Actor, number: str, phase: str) -> HttpResponse:
    """What this post has to do in the ballot now."""
    vote, refusal = vote_of(round_of(number), phase), None
    if request.method == "POST":
        try:
            _done(request, vote, actor)
            return to("forum-ballot", actor, number=number, phase=phase)
        except Refusal as told:
            refusal = told
    place = _place(vote, actor)
    context = {
        **frame(vote),
        "kept": kept_by(vote),
        "role": _role(vote, actor),
        "own": vote.keepers.get(place) if place else None,
        "in_group": in_group(vote),
        "step": step_of(vote, place) if place else "",
        "enrolled": box.enrolled(vote.uuid),
        "admitted": vote.round.case.admissions.count(),
    }
    return page(request, actor, "forum/ballot_keep.html", refusal=refusal, **context)


def _done(request: HttpRequest, vote: Vote, actor: Actor) -> None:
    asked = request.POST.get("do", "")
    told: dict[str, Any] = {"round_": vote.round, "phase": vote.phase.id, "by": actor, "now": clock.now()}
    if asked == "roll":
        acts.close_roll(**told)
        messages.success(request, _("The roll is closed."))
    elif asked == "open":
        acts.open_poll(**told)
        messages.success(request, _("The box is open: complete the step, and people can vote."))
    elif asked == "key":
        acts.give_key(key=sent_json(request), **told)
        messages.success(request, _("Your key is kept."))
    elif asked in _CIRCLE:
        act, said = _CIRCLE[asked]
        act(held=sent_json(request), **told)
        messages.success(request, _(said))
    elif asked == "share":
        acts.give_share(share=sent_json(request), **told)
        messages.success(request, _("Your share of the decryption holds, and is kept."))


def sent_json(request: HttpRequest) -> Any:
    """The JSON in the file that was sent, or in the field; nothing where it is none."""
    file = request.FILES.get("file")
    typed = request.POST.get("written") or request.POST.get("again", "")
    raw = file.read(MOST) if file is not None and hasattr(file, "read") else typed
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


def in_group(vote: Vote) -> str:
    """What the commands of a trustee are told of the group, where it is not the usual one."""
    return f" --group {vote.group.name}" if vote.group is not BELENIOS_2048 else ""


def _role(vote: Vote, actor: Actor) -> str:
    charter, declared = vote.round.charter, vote.declared
    if holds(charter, declared.roll, actor):
        return "roll"
    return "key" if place_among(charter, declared.trustees, actor) else "box"


def _place(vote: Vote, actor: Actor) -> int | None:
    return place_among(vote.round.charter, vote.declared.trustees, actor)


@officer
@require_safe
def sent(request: HttpRequest, actor: Actor, number: str, phase: str, file: str) -> HttpResponse:
    """What a trustee needs for the next step, as a file: what the others sent, or their own sealed part."""
    vote = vote_of(round_of(number), phase)
    return file_for(vote, _place(vote, actor), file)


def file_for(vote: Vote, place: int | None, file: str) -> HttpResponse:
    """A file of the ceremony for the trustee in a place; 404 where there is none yet."""
    made = _FILES.get(file)
    held = made(vote, place) if made and place else []
    if not held:
        raise NoSuchPage
    response = HttpResponse("".join(f"{compact(each)}\n" for each in held), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="my.{file}"'
    return response


def _certificates(vote: Vote, _place: int) -> list[Any]:
    found = certificates(vote)
    return found if len(found) == len(vote.declared.trustees) else []


def _vinput(vote: Vote, place: int) -> list[Any]:
    found = sent_to(vote, place)
    return [found] if found else []


def _part(vote: Vote, place: int) -> list[Any]:
    keeper = vote.keepers.get(place)
    return [json.loads(keeper.part)] if keeper and keeper.part else []


_FILES: dict[str, Callable[[Vote, int], list[Any]]] = {
    "certificates": _certificates,
    "vinput": _vinput,
    "part": _part,
}
_CIRCLE: dict[str, tuple[Callable[..., Any], str]] = {
    "certificate": (acts.give_certificate, gettext_noop("Your certificate is kept.")),
    "polynomial": (acts.give_polynomial, gettext_noop("Your polynomial is kept.")),
    "part": (acts.give_part, gettext_noop("Your key is kept.")),
}
