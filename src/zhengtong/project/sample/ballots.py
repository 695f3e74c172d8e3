"""A secret ballot of the demonstration, brought to its vote: enrolled, keys given, opened; some have voted.

What no single body holds lies together in `sample/` in the variable folder, so that a newcomer can play every part.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from zhengtong.agora.acts import (
    admit_here,
    cast_ballot,
    close_roll,
    enrol,
    give_certificate,
    give_key,
    give_part,
    give_polynomial,
    open_poll,
)
from zhengtong.agora.ballots.circle import certificates, sent_to
from zhengtong.agora.ballots.queries import Vote, vote_of, votes_of
from zhengtong.agora.rounds import round_of
from zhengtong.cases.acts import complete, fire_due
from zhengtong.engines.ballots import cast, compact, new_credential, new_trustee, public_key
from zhengtong.engines.ballots.ceremony import make_polynomial, make_voutput, named, new_certificate
from zhengtong.people.actor import Actor
from zhengtong.people.models import Person

BEFORE = timedelta(days=25)  # the call was so long ago; enrolment is over


Votes = Sequence[list[list[int]]]


def bring_to_vote(number: str, people: Sequence[Person], *, host: Actor, votes: Votes, now: datetime) -> None:
    """Live through enrolment and preparation, and hand in `votes`; the other codes are left to whoever tries it."""
    phase = votes_of(round_of(number))[0].phase.id
    begun = now - BEFORE
    codes = [_enrolled(vote_of(round_of(number), phase), each, now=begun) for each in people]
    _give_keys(vote_of(round_of(number), phase), now=begun)
    fire_due(now=now)
    vote = vote_of(round_of(number), phase)
    close_roll(round_=vote.round, phase=phase, by=_holder(vote, vote.declared.roll), now=now)
    open_poll(round_=round_of(number), phase=phase, by=host, now=now)
    _complete(vote_of(round_of(number), phase), host, now=now)
    ready = vote_of(round_of(number), phase)
    for code, chosen in zip(codes, votes, strict=False):
        written = cast(election=ready.election, credential=code, votes=chosen)
        cast_ballot(round_=ready.round, phase=phase, written=written, now=now)
    _kept("voting-codes.txt", "\n".join(codes[len(votes) :]) + "\n")


def _enrolled(vote: Vote, who: Person, *, now: datetime) -> str:
    code, key = new_credential(), admit_here(round_=vote.round, by=Actor(who), now=now)
    public = public_key(credential=code, uuid=vote.uuid, group=vote.group)
    enrol(round_=vote.round, phase=vote.phase.id, key=key, public=public, now=now)
    return code


def _give_keys(vote: Vote, *, now: datetime) -> None:
    if vote.threshold:
        _circle(vote, now=now)
        return
    for place, post in enumerate(vote.declared.trustees, 1):
        secret, public = new_trustee(vote.group)
        _kept(f"trustee-{place}.privkey", compact(str(secret)))
        give_key(round_=vote.round, phase=vote.phase.id, key=public, by=_holder(vote, post), now=now)


def _circle(vote: Vote, *, now: datetime) -> None:
    """Each trustee's three steps; what they would keep at home lies beside the keys."""
    posts = vote.declared.trustees
    where: dict[str, Any] = {"round_": vote.round, "phase": vote.phase.id, "now": now}
    seeds = []
    for place, post in enumerate(posts, 1):
        seed, held = new_certificate(vote.group)
        seeds.append(seed)
        _kept(f"trustee-{place}.key", seed + "\n")
        give_certificate(held=held, by=_holder(vote, post), **where)
    known = certificates(vote_of(vote.round, vote.phase.id))
    for seed, post in zip(seeds, posts, strict=True):
        made = make_polynomial(group=vote.group, certificates=known, seed=seed, needed=vote.needed)
        give_polynomial(held=made | {"certificates": named(known)}, by=_holder(vote, post), **where)
    made_by_all = vote_of(vote.round, vote.phase.id)
    for place, (seed, post) in enumerate(zip(seeds, posts, strict=True), 1):
        routed = sent_to(made_by_all, place)
        part = make_voutput(group=vote.group, certificates=known, seed=seed, vinput=routed)
        _kept(f"trustee-{place}.part", compact(part))
        give_part(held=part, by=_holder(vote, post), **where)


def _holder(vote: Vote, named: str) -> Actor:
    function, _, seat = named.partition("/")
    offices = vote.round.charter.organisations.values()
    post = next(f"{each.id}/{seat}" for each in offices if function in (each.id, each.function))
    return Actor(Person.objects.filter(holdings__post=post).order_by("pk")[0], post)


def _complete(vote: Vote, host: Actor, *, now: datetime) -> None:
    task = vote.round.case.tasks.get(node=vote.declared.preparing, status="open")
    basis = list(vote.round.charter.procedures[vote.round.case.procedure].legal_basis)[:1]
    complete(task=task, output="done", reasons="票箱已打开。", basis=basis, by=host, now=now)


def _kept(name: str, said: str) -> None:
    path = Path(settings.ZHENGTONG_VAR) / "sample" / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_text(said, encoding="utf-8")
