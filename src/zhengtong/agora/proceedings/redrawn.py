"""A draw made again from what was published of it, by anybody: no secret, clock or database is asked."""

from collections.abc import Mapping
from typing import Any

from zhengtong.agora.proceedings.errors import NotToBeDrawn
from zhengtong.engines.sortition import DrawFault, draw, joint_seed, opens, seed_of_one


def redrawn(told: Mapping[str, Any]) -> list[str]:
    """Who is drawn. NotToBeDrawn if a secret is missing, or is not the one that was committed to before."""
    try:
        for each in told.get("ended", []):
            _secrets([one for one in _parts(each) if one["secret"]])
        secrets, public = _secrets(_parts(told)), bytes.fromhex(told["public"])
        seed = joint_seed(secrets, public) if "keepers" in told else seed_of_one(secrets[0], public)
        entrants = told["entrants"]
        return list(draw(entrants, seats=int(told["seats"]), seed=seed).panel) if entrants else []
    except (DrawFault, KeyError, TypeError, ValueError, AttributeError) as fault:
        raise NotToBeDrawn from fault


def _parts(told: Mapping[str, Any]) -> list[Mapping[str, str]]:
    """What the node and every keeper committed to and told, the node first; older draws had no keepers."""
    return [{"commitment": told["commitment"], "secret": told["kept"]}, *told.get("keepers", [])]


def _secrets(parts: list[Mapping[str, str]]) -> list[bytes]:
    found = [bytes.fromhex(each["secret"]) for each in parts]
    if not all(opens(each["commitment"], kept) for each, kept in zip(parts, found, strict=True)):
        raise NotToBeDrawn
    return found
