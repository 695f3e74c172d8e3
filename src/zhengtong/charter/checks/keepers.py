"""What no single body may hold: each keeper sits in another one, beside the host, and has the power to keep it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhengtong.charter.checks.context import Checked
from zhengtong.charter.finding import Finding, Place, kind
from zhengtong.charter.model import Organisation, Participation
from zhengtong.charter.nodes import node_of

NOT_APART = kind(
    "keepers-not-apart",
    message=(
        "“{post}”所在的机构同时担任：{roles}。",
        "The body of “{post}” would be at once: {roles}.",
    ),
    why=(
        "投票的名册、票箱和各把密钥，抽签的各份秘密，打开发言身份的两把密钥，必须由不同机关保管；同一机关持有两样，就能代人投票、打开选票、左右抽签或者独自查出是谁说的。",
        "Who holds two of roll, box and keys could vote or open ballots; all secrets of a draw, choose who is drawn; "
        "both keys of voices, open them alone.",
    ),
    mend=("换成另一机构的岗位。", "Name a post of another body."),
)
NO_POWER = kind(
    "keeper-without-power",
    message=(
        "“{post}”在这个程序的区划内没有“{act}”的职权。",
        "“{post}” has no power to {act} in this procedure, or not where its cases lie.",
    ),
    why=("没有职权不得作为。", "Nobody acts without a power."),
    mend=("在 powers.yaml 中加入职权，并授予该岗位。", "Add the power to powers.yaml, and give it to the post."),
)


@dataclass(frozen=True)
class Keeper:
    """A post, by function or organisation, that keeps something in a role, by an act of its powers."""

    role: str
    post: str
    act: str
    place: Place


def apart(of: Checked, each: Participation, *, host: str, keepers: Sequence[Keeper]) -> Iterator[Finding]:
    """Each keeper with the bodies that its post may be in; no body is met twice, nor the one that hosts as `host`."""
    met = {one.id: host for one in offices(of, of.charter.procedures[each.id].body.function)}
    for keeper in keepers:
        bodies = _bodies(of, keeper.post)
        twice = sorted({met[one] for one in bodies if one in met})
        if twice:
            yield NOT_APART.at(keeper.place, post=keeper.post, roles=", ".join([*twice, keeper.role]))
        met.update(dict.fromkeys(bodies, keeper.role))
        if not node_of(of.charter.nodes, keeper.post) and not able(of, keeper.post, keeper.act, each.id):
            yield NO_POWER.at(keeper.place, post=keeper.post, act=keeper.act)


def able(of: Checked, post: str, act: str, procedure: str) -> bool:
    """Whether a post, by function or organisation, holds the power in this procedure, where its cases lie."""
    function, _, seat = post.partition("/")
    held = [grant for one in offices(of, function) for grant in of.charter.grants.get(f"{one.id}/{seat}", ())]
    region = of.charter.procedures[procedure].jurisdiction.region
    there = (grant for grant in held if not region or region in grant.within)
    return any(act in grant.acts and grant.over(procedure) for grant in there)


def _bodies(of: Checked, keeper: str) -> list[str]:
    """The offices that a post may be in; another node is a body by itself."""
    return [keeper] if node_of(of.charter.nodes, keeper) else [one.id for one in offices(of, keeper.partition("/")[0])]


def offices(of: Checked, function: str) -> list[Organisation]:
    """Those that are meant by a function, or by their id."""
    return [one for one in of.charter.organisations.values() if function in (one.id, one.function)]
