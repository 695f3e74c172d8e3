"""The supervisor of refused attempts: how many of which kind, and the latest, without anybody's name."""

import re
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhengtong.charter.queries import in_force
from zhengtong.common.refusal import catalogue
from zhengtong.faces.oversight.supervision import require_supervisor
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.language import local
from zhengtong.faces.shared.posts import officer, page
from zhengtong.people.actor import Actor
from zhengtong.people.attempts import MORE, counted, latest
from zhengtong.people.wording import post_told

PERIOD = timedelta(days=30)


@officer
@require_safe
def attempts(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Those of the last thirty days."""
    require_supervisor(actor)
    since, charter, why = clock.actual() - PERIOD, in_force(clock.today()).charter, _reasons()
    return page(
        request,
        actor,
        "oversight/attempts.html",
        counts=[(why.get(code, code), route, many) for code, route, many in counted(since=since)],
        rows=[
            (
                each,
                [local(post_told(charter, post)) if post in charter.posts else post for post in each.posts],
                why.get(each.attempt.code, each.attempt.code),
            )
            for each in latest(since=since)
        ],
    )


def _reasons() -> dict[str, str]:
    """What each refusal says, with a dash where it names something."""
    told = {each.code: re.sub(r"\{\w+\}", "–", local(each.message)) for each in catalogue()}
    return told | {MORE: _("More than a hundred in a day; the rest is only counted")}
