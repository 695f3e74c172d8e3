"""An election of two questions with two trustees and three voters, shared by the tests."""

import json
from dataclasses import dataclass

from zhengtong.engines.ballots import (
    Box,
    Question,
    compact,
    compose,
    fingerprint,
    joint_key,
    new_credential,
    new_token,
    new_trustee,
    open_box,
    public_key,
    read_trustees,
)
from zhengtong.engines.ballots.credential import private_key
from zhengtong.engines.ballots.group import Group
from zhengtong.engines.ballots.groups import BELENIOS_2048
from zhengtong.engines.ballots.proofs import proof_json, prove_exponent

QUESTIONS = (
    Question("建公园 / <b>Build the park</b>?", ("Yes", "No")),
    Question("Which “street” first?", ("North", "South", "East"), 1, 2, blank=True),
)


@dataclass
class Held:
    """The box, and what no single body holds: the trustees' keys and the voters' codes."""

    box: Box
    secrets: list
    codes: list[str]


def opened(
    *, trustees: int = 2, voters: int = 3, questions=QUESTIONS, group: Group = BELENIOS_2048, written=""
) -> Held:
    keys = [new_trustee(group) for _ in range(trustees)]
    written = written or compact([["Single", public] for _, public in keys])
    uuid, codes = new_token(14), [new_credential() for _ in range(voters)]
    election = compose(
        name="Priorities of Qingshan", description="公开可验证", uuid=uuid,
        key=joint_key(read_trustees(written, group=group), group=group), questions=questions, group=group,
    )  # fmt: skip
    roll = [public_key(credential=code, uuid=uuid, group=group) for code in codes]
    box = open_box(election=election, trustees=written, credentials=roll, timestamp=1_700_000_000)
    return Held(box, [secret for secret, _ in keys], codes)


def signed_anew(*, election, code, written, change):
    """The ballot of a voter who cheats: changed, and signed again with their own code."""
    told = json.loads(written)
    change(told)
    del told["signature"]
    group = election.group
    secret = private_key(credential=code, uuid=election.uuid, group=group)
    digest = fingerprint(compact(told))
    proof = prove_exponent(group=group, secret=secret, prefix=f"sig|{digest}|")
    return compact(told | {"signature": {"hash": digest, "proof": proof_json(proof)}})
