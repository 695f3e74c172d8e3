"""Who may do what: the power list (权责清单), every grant of it to a post, and the one question with its answer."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhengtong.charter.charter import Charter
from zhengtong.charter.grants import Grant
from zhengtong.charter.model import Power
from zhengtong.charter.queries import in_force
from zhengtong.common.text import Text
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.language import local
from zhengtong.people.permissions import all_grants, answer_for
from zhengtong.people.queries import absences, delegations
from zhengtong.people.wording import VERBS, acts_told, post_told

ASKED = ("post", "act", "matter", "region")
Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Row:
    """One line of the table: what a post holds of a power."""

    grant: Grant
    post: Text
    power: Power
    acts: Text
    matters: list[Text]
    region: Text


@require_safe
def power_list(request: HttpRequest) -> HttpResponse:
    """Every grant in force, narrowed by post, act, matter and region; with all four, whether it may, and why or not."""
    charter = in_force(clock.today()).charter
    asked = {name: request.GET.get(name, "") for name in ASKED}
    choices = {"post": _posts(charter), "act": _acts(), "matter": _matters(charter), "region": _regions(charter)}
    asked = {name: value if value in dict(choices[name]) else "" for name, value in asked.items()}
    grants = [each for each in all_grants(charter, on=clock.today()) if _fits(each, asked)]
    told = answer_for(charter, on=clock.today(), **asked)[1] if all(asked.values()) else []
    context = {
        "asked": asked,
        "choices": choices,
        "told": told,
        "rows": [_row(charter, each) for each in grants],
        "delegations": delegations(charter, on=clock.today()),
        "absences": absences(charter, on=clock.today()),
        "powers": [each for each in charter.powers.values() if each.in_force(clock.today())],
        "section": "powers",
    }
    return render(request, "oversight/powers.html", context)


def _fits(grant: Grant, asked: dict[str, str]) -> bool:
    return (
        asked["post"] in ("", grant.post)
        and (not asked["act"] or asked["act"] in grant.acts)
        and (not asked["matter"] or grant.over(asked["matter"]))
        and (not asked["region"] or asked["region"] in grant.within)
    )


def _row(charter: Charter, grant: Grant) -> Row:
    return Row(
        grant=grant,
        post=post_told(charter, grant.post),
        power=charter.powers[grant.power],
        acts=acts_told(grant.acts),
        matters=[each.name for each in charter.all_listed() if each.id in grant.matters],
        region=charter.regions[grant.region].name,
    )


def _posts(charter: Charter) -> Choices:
    found = [(ref, local(post_told(charter, ref))) for ref in charter.posts]
    return [("", "–"), *sorted(found, key=lambda each: each[1])]


def _acts() -> Choices:
    return [("", "–"), *((act, local(told)) for act, told in VERBS.items())]


def _matters(charter: Charter) -> Choices:
    return [("", "–"), *((each.id, local(each.name)) for each in charter.all_listed())]


def _regions(charter: Charter) -> Choices:
    return [("", "–"), *((code, local(each.name)) for code, each in charter.regions.items())]
