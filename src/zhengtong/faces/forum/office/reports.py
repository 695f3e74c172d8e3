"""The moderator's page of a report that everybody may read: withhold it, show it again, or delete it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zhengtong.agora.acts import restore
from zhengtong.agora.moderation.conflicts import Words, moderator_of
from zhengtong.agora.moderation.models import Measure
from zhengtong.agora.moderation.moderated import Reported, moderation_of
from zhengtong.agora.reports.models import Kept, Report
from zhengtong.agora.reports.queries import PAGE, Asked, by_number, listed
from zhengtong.agora.reports.withholding import delete, withhold
from zhengtong.cases.authority import may
from zhengtong.cases.law import charter_of
from zhengtong.charter.charter import Charter
from zhengtong.charter.queries import in_force
from zhengtong.common.refusal import Refusal
from zhengtong.common.text import Text
from zhengtong.faces.forum.office.moderation import last_day, sources
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import proved
from zhengtong.faces.shared.components import form_page
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.faces.shared.language import local
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.people.actor import Actor
from zhengtong.people.permissions import ask
from zhengtong.people.wording import competent_told


@officer
@proved
@form_page
def withholding(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """By one of the published rules, with the facts that stand in its place; it is kept for the appeal."""
    charter, refusal = in_force(clock.today()).charter, None
    report = by_number(charter, number)
    declared = moderation_of(charter_of(report.case), report.case.procedure)
    if not may_withhold(charter, actor, report.case.procedure, report.case.region):
        raise NoSuchPage
    if request.method == "POST":
        try:
            messages.success(request, _done(request, actor, report))
            return to("report-withhold", actor, number=number)
        except Refusal as told:
            refusal = told
    kept: Kept | None = getattr(report, "kept", None)
    context = {
        "report": report,
        "kept": kept,
        "words": kept.words if kept else report.words,
        "rules": [(each.id, local(each.name), local(each.wording)) for each in declared.rules] if declared else [],
        "sources": sources(),
        "place": [("with", _("Withhold it, too"))],
        "placed": request.POST.getlist("place"),
        "basis": [(each, local(charter.cite(each))) for each in _basis(report, actor)],
        "other": _other(report, kept, actor) if declared else None,
    }
    return page(request, actor, "forum/report_withhold.html", refusal=refusal, **context)


def _other(report: Report, kept: Kept | None, actor: Actor) -> Text | None:
    """Who moderates this one, if it is not this post; a dash if nobody may."""
    place = Reported(report.case)
    who = moderator_of(place, Words(kept.words if kept else report.words), clock.today())
    return None if who == actor.post else competent_told(place.charter, [who] if who else [])


def _done(request: HttpRequest, actor: Actor, report: Report) -> str:
    """What was asked for is done; the sentence that says so."""
    posted, asked = request.POST, request.POST.get("do", "")
    if asked == "restore":
        kept = Kept.objects.filter(report=report).select_related("measure__petition").first()
        if kept is None:
            raise NoSuchPage
        restore(measure=kept.measure, why=posted.get("why", ""), by=actor, now=clock.now())
        return _("It is public again, and its petitioner is told.")
    if asked == "delete":
        reason, basis = posted.get("reason", ""), posted.get("basis", "")
        delete(report=report, reason=reason, basis=basis, by=actor, now=clock.now())
        return _("It is deleted, and its petitioner is told.")
    withhold(
        report=report,
        rule=posted.get("rule", ""),
        facts=posted.get("facts", ""),
        was=posted.get("was", ""),
        found=posted.get("found", Measure.Found.OWN),
        until=last_day(request),
        with_place="with" in posted.getlist("place"),
        by=actor,
        now=clock.now(),
    )
    return _("It is withheld. Its place shows the rule and the reason, and its petitioner is told how to contest it.")


def _basis(report: Report, actor: Actor) -> list[str]:
    """The articles of the power by which the post may do so: `delete` takes no others."""
    grant = may(report.case, by=actor, act="moderate", now=clock.now()).grant
    return list(charter_of(report.case).powers[grant.power].legal_basis) if grant else []


def readable(charter: Charter, actor: Actor, *, page: int) -> tuple[list[Report], bool]:
    """A page of the reports that a post may withhold, the newest first, and whether there are more; none for a post
    that moderates none.
    """
    city = next(iter(charter.regions))
    asked = [each.id for each in charter.procedures.values() if each.georeport]
    may = {each for each in asked if may_withhold(charter, actor, each, city)}
    found = listed(charter, Asked(), page=page, of=may) if may else []
    return found[:PAGE], len(found) > PAGE


def may_withhold(charter: Charter, actor: Actor, procedure: str, region: str) -> bool:
    """Whether a post moderates what is public of a procedure."""
    asked = ask(charter, by=actor, act="moderate", procedure=procedure, region=region, on=clock.today())
    return asked.allowed
