"""Trustees who make a key together of which some are enough."""

from dataclasses import dataclass

from zhengtong.engines.ballots.ceremony import (
    check_voutput,
    make_polynomial,
    make_voutput,
    new_certificate,
    opened_key,
    threshold_parameters,
    vinputs,
)
from zhengtong.engines.ballots.group import Group


@dataclass
class Circled:
    """What is published of a circle, and each trustee's share of the private key."""

    parameters: dict
    secrets: list
    certificates: list
    polynomials: list
    seeds: list[str]


def circled(group: Group, *, trustees: int = 3, needed: int = 2, lie=None) -> Circled:
    """A ceremony; `lie` changes what a trustee sends, given seed, certificates and all polynomials."""
    seeds, certificates = zip(*(new_certificate(group) for _ in range(trustees)), strict=True)
    given = {"group": group, "certificates": certificates}
    polynomials = [make_polynomial(seed=seed, needed=needed, **given) for seed in seeds]
    if lie:
        lie(seeds, certificates, polynomials)
    routed = vinputs(polynomials)
    made = [make_voutput(seed=seed, vinput=each, **given) for seed, each in zip(seeds, routed, strict=True)]
    keys = [
        check_voutput(group=group, polynomials=polynomials, held=each, trustee=at) for at, each in enumerate(made, 1)
    ]
    secrets = [
        opened_key(group=group, seed=seed, sealed=each["private_key"]) for seed, each in zip(seeds, made, strict=True)
    ]
    told = threshold_parameters(needed=needed, certificates=certificates, polynomials=polynomials, keys=keys)
    return Circled(told, secrets, list(certificates), polynomials, list(seeds))
