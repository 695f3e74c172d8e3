"""A bad rating can be followed up by an office that it does not rate."""

from collections.abc import Iterator

from zhengtong.charter.checks.context import PARTY, Checked
from zhengtong.charter.finding import Finding, kind

HOLDING = {"accept", "examine", "inspect", "decide", "answer", "review"}  # what is done for those who may rate it

OWN_RATING = kind(
    "rating-followed-up-by-the-rated",
    severity="warning",
    message=(
        "差评的步骤“{step}”只有“{office}”有权办理，而它自己也办理群众可以评价的事项。",
        "Only “{office}” may do “{step}” after a bad rating, and itself handles what people rate.",
    ),
    why=(
        "被评价的机构不应当看到是谁给了差评。只有它有权办理时，不能对它保密。",
        "Those who are rated should not read who rated them badly; where nobody else may follow it up, they have to.",
    ),
    mend=(
        "把该职权也授予另一机构的岗位。",
        "Give the power for this step to a post of another office, too.",
    ),
)


def check(of: Checked) -> Iterator[Finding]:
    followed_up = of.charter.head.bad_rating
    for procedure, node, place in of.nodes():
        if procedure != followed_up or node.task is None or node.task.post == PARTY:
            continue
        for office in sorted(_alone(of, procedure, node.task.act)):
            told = of.charter.organisations[office].short
            yield OWN_RATING.at(place, step=node.name or node.id, office=told)


def _alone(of: Checked, procedure: str, act: str) -> set[str]:
    """The offices that alone may do an act in some region, and handle there what is applied for."""
    found = set()
    for region in of.charter.regions:
        able = _offices(of, [procedure], {act}, region)
        if len(able) == 1:
            found |= able & _offices(of, _applied_for(of), HOLDING, region)
    return found


def _applied_for(of: Checked) -> list[str]:
    return [listed.id for listed, _file in of.listed() if listed.on_request]


def _offices(of: Checked, matters: list[str], acts: set[str], region: str) -> set[str]:
    """Those that have a power of these acts in one of these matters there."""
    return {
        each.post.partition("/")[0]
        for grants in of.charter.grants.values()
        for each in grants
        if each.acts & acts and not each.only_given and region in each.within and each.in_force(of.day)
        if any(each.over(matter) for matter in matters)
    }
