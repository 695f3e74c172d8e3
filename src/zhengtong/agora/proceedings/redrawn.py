"""A draw made again from what was published of it, by anybody: no secret, clock or database is asked."""

from collections.abc import Mapping
from typing import Any

from zhengtong.agora.proceedings.errors import NotToBeDrawn
from zhengtong.engines.sortition import DrawFault, Drawn, draw, joint_seed, opens, seed_of_one

_FAULTS = (DrawFault, KeyError, TypeError, ValueError, AttributeError)


def redrawn(told: Mapping[str, Any]) -> list[str]:
    """Who is drawn. NotToBeDrawn if a secret is missing, or is not the one that was committed to before."""
    return list(_drawn(told).panel)


def reserves(told: Mapping[str, Any]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """By stratum, who follows those that were drawn from it, in the order of the draw. NotToBeDrawn."""
    return {each.shape: each.reserve for each in _drawn(told).strata}


def seated(told: Mapping[str, Any]) -> list[str]:
    """Who sits in the end: those drawn, and in the place of each who was replaced the next of the reserve of their
    stratum; nobody where there is none. NotToBeDrawn if somebody else was put there.
    """
    drawn = _drawn(told)
    panel = list(drawn.panel)
    reserve = {tuple(each.shape): list(each.reserve) for each in drawn.strata}
    try:
        for each in told.get("replaced", []):
            follows = reserve[tuple(told["entrants"][each["code"]])]
            if each["by"] != (follows.pop(0) if follows else ""):
                raise NotToBeDrawn
            panel[panel.index(each["code"])] = each["by"]
    except _FAULTS as fault:
        raise NotToBeDrawn from fault
    return [each for each in panel if each]


def _drawn(told: Mapping[str, Any]) -> Drawn:
    try:
        for each in told.get("ended", []):
            _secrets([one for one in _parts(each) if one["secret"]])
        secrets, public = _secrets(_parts(told)), bytes.fromhex(told["public"])
        seed = joint_seed(secrets, public) if "keepers" in told else seed_of_one(secrets[0], public)
        entrants, seats = told["entrants"], int(told["seats"])
        if not entrants:
            return Drawn(())
        weights = {tuple(each["stratum"]): int(each["people"]) for each in told.get("shares", {}).get("people", [])}
        return draw(entrants, seats=seats, seed=seed, weights=weights or None, fill=bool(weights))
    except _FAULTS as fault:
        raise NotToBeDrawn from fault


def _parts(told: Mapping[str, Any]) -> list[Mapping[str, str]]:
    """What the node and every keeper committed to and told, the node first; older draws had no keepers."""
    return [{"commitment": told["commitment"], "secret": told["kept"]}, *told.get("keepers", [])]


def _secrets(parts: list[Mapping[str, str]]) -> list[bytes]:
    found = [bytes.fromhex(each["secret"]) for each in parts]
    if not all(opens(each["commitment"], kept) for each, kept in zip(parts, found, strict=True)):
        raise NotToBeDrawn
    return found
