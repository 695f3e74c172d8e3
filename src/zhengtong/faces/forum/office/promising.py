"""What an officer may choose of when something is promised: the day, the post, and what it carries into."""

from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _

from zhengtong.agora.acts import Promised
from zhengtong.agora.bound.promising import budgets, day_proposed, keepers, projects
from zhengtong.agora.rounds import Round
from zhengtong.charter.queries import enactments, in_force
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.components import posted_date
from zhengtong.faces.shared.language import local
from zhengtong.people.wording import post_told

MOST = 100  # votes on money, and projects, to choose from


def posted(request: HttpRequest) -> Promised:
    """What was chosen; a day that is none is told as missing."""
    kind, _sign, name = request.POST.get("into", "").partition(":")
    return Promised(_day(request), post=request.POST.get("keeper", "")[:130], into=(kind[:10], name[:80]))


def _day(request: HttpRequest) -> date | None:
    try:
        return date.fromisoformat(posted_date("until", request.POST))
    except ValueError:
        return None


def day_shown(request: HttpRequest, round_: Round) -> str:
    """What was typed, else the day that the charter proposes."""
    return posted_date("until", request.POST) or str(day_proposed(round_, now=clock.now()) or "")


def posts_to_choose(round_: Round) -> list[tuple[str, str]]:
    """The posts that may be given a promise to keep."""
    charter = in_force(clock.today()).charter
    return [(each, local(post_told(charter, each))) for each in keepers(round_, now=clock.now())]


def carriers() -> list[tuple[str, str]]:
    """Everything that a promise may carry into, or nothing."""
    charter, now = in_force(clock.today()).charter, clock.now()
    services = [each for each in charter.procedures.values() if each.on_request]
    found = [("", _("nothing yet"))]
    found += [(f"service:{each.id}", _("service: %s") % local(each.name)) for each in services]
    found += [(f"charter:{each.number}", _("version %s of the charter") % each.number) for each in enactments()]
    found += [
        (f"round:{each.number}", _("vote on money: %s") % local(Round(each).name)) for each in budgets(now=now)[:MOST]
    ]
    return found + [
        (f"project:{each.case.number}#{each.number}", f"#{each.number} {each.text[:60]}")
        for each in projects(now=now)[:MOST]
    ]
