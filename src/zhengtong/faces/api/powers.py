"""Who may act: every grant, and the one question with its answer. Open to all; of one case, to officers."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router

from zhengtong.cases import authority, queries
from zhengtong.charter.queries import in_force
from zhengtong.common.text import Text
from zhengtong.faces.api import public_shapes, shapes
from zhengtong.faces.api.errors import NotFound
from zhengtong.faces.api.router import reads
from zhengtong.faces.api.tasks import officer
from zhengtong.faces.shared import clock
from zhengtong.people.decide import Answer
from zhengtong.people.permissions import all_grants, answer_for, told
from zhengtong.people.wording import VERBS

router = Router(tags=["powers"])

ActQuery = Annotated[str, Query(pattern=r"^[a-z]{2,20}$", description="An act of the power list: `decide`.")]
MatterQuery = Annotated[str, Query(pattern=r"^[a-z0-9-]{1,60}$", description="A service or other procedure.")]
RegionQuery = Annotated[str, Query(pattern=r"^[0-9]{6}$", description="A region by its code.")]


@reads(router, "/grants", list[public_shapes.GrantOut])
def list_grants(
    request: HttpRequest,
    post: Annotated[str, Query(pattern=r"^[a-z0-9/-]{0,121}$")] = "",
    act: Annotated[str, Query(pattern=r"^[a-z]{0,20}$")] = "",
    matter: Annotated[str, Query(pattern=r"^[a-z0-9-]{0,60}$")] = "",
    region: Annotated[str, Query(pattern=r"^([0-9]{6})?$")] = "",
) -> list[dict[str, Any]]:
    """What the posts hold today, narrowed by post, act, matter and region."""
    charter = in_force(clock.today()).charter
    return [
        {
            "post": each.post,
            "power": each.power,
            "acts": sorted(each.acts),
            "matters": sorted(each.matters),
            "region": each.region,
            "from_on": each.from_on,
            "to_on": each.to_on,
            "via": each.via,
        }
        for each in all_grants(charter, on=clock.today())
        if post in ("", each.post)
        and (not act or act in each.acts)
        and (not matter or each.over(matter))
        and (not region or region in each.within)
    ]


@reads(router, "/may-act", public_shapes.MayOut)
def may_act(
    request: HttpRequest, post: shapes.PostQuery, act: ActQuery, matter: MatterQuery, region: RegionQuery
) -> dict[str, Any]:
    """May this post do this act in this matter in this region today, and why or why not?"""
    charter = in_force(clock.today()).charter
    known = post in charter.posts and act in VERBS and region in charter.regions
    if not known or matter not in {each.id for each in charter.all_listed()}:
        raise NotFound
    return _answered(*answer_for(charter, post=post, act=act, matter=matter, region=region, on=clock.today()))


@reads(router, "/cases/{number}/may-act", public_shapes.MayOut, scope="tasks:read")
def may_act_in_case(
    request: HttpRequest, number: shapes.NumberPath, post: shapes.PostQuery, act: ActQuery
) -> dict[str, Any]:
    """May the caller, in this post, do this act to this case now, and why or why not?"""
    by = officer(request, post)
    case = queries.case_for(by, number, now=clock.now())
    if act not in VERBS:
        raise NotFound
    return _answered(*told(case.charter, authority.may(case.case, by=by, act=act, now=clock.now())))


def _answered(answer: Answer, sentences: list[Text]) -> dict[str, Any]:
    return {
        "allowed": answer.allowed,
        "power": answer.power,
        "against": list(answer.against),
        "may": sorted(answer.may),
        "told": sentences,
    }
