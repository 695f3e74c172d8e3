"""What an office has to do with taking part: the rounds that it hosts, moderates or keeps, and what it may open."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from zhengtong.agora.ballots.agreement import alarmed_in
from zhengtong.agora.ballots.queries import with_ballots
from zhengtong.agora.openings.keys import OPEN
from zhengtong.agora.openings.queries import due_from as due_openings
from zhengtong.agora.openings.queries import keeps
from zhengtong.agora.proceedings.keeping import due_from
from zhengtong.agora.queries import left_over, rounds_for
from zhengtong.agora.rounds import rounds
from zhengtong.agora.watching.queries import waiting
from zhengtong.charter.model import Participation
from zhengtong.charter.queries import in_force
from zhengtong.common.paging import PAGE
from zhengtong.faces.forum.office.reports import readable
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.components import beside, page_asked
from zhengtong.faces.shared.posts import officer, page
from zhengtong.people.actor import Actor

ACTS = ("open", "answer", "examine", "moderate", "limit", "keep-roll", "keep-key", "keep-lot", OPEN)


@officer
@require_safe
def overview(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The rounds that this post hosts or moderates, and those that it may open."""
    charter = in_force(clock.today()).charter
    kinds = rounds_for(charter, actor.post, ACTS, on=clock.today())
    opened = rounds_for(charter, actor.post, ("open",), on=clock.today())
    opens = [charter.procedures[each] for each in charter.participation if each in opened]
    place = page_asked(request.GET, of="rounds")
    found = rounds(kinds, page=place)
    moderates = rounds_for(charter, actor.post, ("moderate",), on=clock.today())
    limits = rounds_for(charter, actor.post, ("limit",), on=clock.today())
    hosts = rounds_for(charter, actor.post, ("open", "answer", "examine"), on=clock.today())
    draws = rounds_for(charter, actor.post, ("open", "keep-lot"), on=clock.today())
    may: dict[str, Any] = {"opens": opens, "moderates": moderates, "limits": limits, "hosts": hosts, "draws": draws}
    may["keeps"] = [(charter.procedures[name], done) for name, done in keeps(charter, actor)]
    may["opens_voices"] = rounds_for(charter, actor.post, (OPEN,), on=clock.today())
    may["ballots"] = [name for name, each in charter.participation.items() if _votes_alone(each)]
    many = waiting([each.case.pk for each in found if each.case.procedure in moderates])
    due = due_from([each for each in found if each.case.procedure in draws], actor)
    asked = due_openings(found, actor)
    left = left_over(rounds_for(charter, actor.post, ("answer",), on=clock.today()))
    rows = [
        (
            each,
            many.get(each.case.pk, 0),
            {phase for case, phase in due if case == each.case.pk},
            left.get(each.case.pk, 0),
            each.case.pk in asked,
        )
        for each in found
    ]
    may["alarmed"] = alarmed_in(with_ballots(charter, kinds))
    may["beside"] = beside(request.GET, place, more=len(found) == PAGE, of="rounds")
    read = page_asked(request.GET)
    may["reports"], more = readable(charter, actor, page=read)
    may |= beside(request.GET, read, more=more, at="reports")
    return page(request, actor, "forum/office.html", rounds=rows, **may)


def _votes_alone(declared: Participation) -> bool:
    """Whether there is only a secret ballot: nobody says anything that is answered or costs something."""
    return all(phase.ballot for phase in declared.phases)
