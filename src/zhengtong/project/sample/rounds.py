"""Opens the rounds of participation of `sample/rounds.yaml`, with what residents say in them; once."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from zhengtong.agora.acts import admit_here, come_in, contribute, sponsor, weigh
from zhengtong.agora.models import Contribution, Voice
from zhengtong.agora.rounds import Round, round_of
from zhengtong.agora.sponsors import link_of
from zhengtong.cases.acts import open_by_office
from zhengtong.cases.models import Case
from zhengtong.people.actor import Actor
from zhengtong.people.models import Person
from zhengtong.project.sample.ballots import BEFORE, bring_to_vote
from zhengtong.project.sample.people import players_of, read


def open_rounds(folder: Path, *, now: datetime) -> int:
    """Open the rounds that were not opened before; how many."""
    path = folder / "sample" / "rounds.yaml"
    if not path.exists():
        return 0
    people = players_of(folder).people
    return sum(_open(each, people, now=now) for each in read(path))


@transaction.atomic
def _open(sample: Mapping[str, Any], people: Mapping[str, Person], *, now: datetime) -> bool:
    host, key = sample["host"], f"sample-{sample.get('id', sample['procedure'])}"
    begun = now - BEFORE if "voted" in sample else now
    officer = people[host["by"]]
    if Case.objects.filter(applicant=officer, request_key=key).exists():
        return False
    case = open_by_office(
        procedure=sample["procedure"],
        answers=sample["answers"],
        by=Actor(officer, host["in"]),
        language="zh-Hans",
        request_key=key,
        now=begun,
    )
    if "voted" in sample:
        residents = [people[each] for each in sample["electorate"]]
        by = Actor(officer, host["in"])
        bring_to_vote(case.number, residents, host=by, votes=sample["voted"], now=now)
        return True
    _talk(round_of(case.number), sample, people, now=now)
    return True


def _talk(round_: Round, sample: Mapping[str, Any], people: Mapping[str, Person], *, now: datetime) -> None:
    """What each resident says, then what each thinks of what was said."""
    voices: dict[str, Voice] = {}

    def voice(who: str) -> Voice:
        if who not in voices:
            key = admit_here(round_=round_, by=Actor(people[who]), now=now)
            voices[who] = come_in(round_=round_, key=key, now=now)
        return voices[who]

    phase = round_.declared.phases[0].id
    for number, said in enumerate(sample.get("said", ()), 1):
        contribute(
            round_=round_,
            phase=phase,
            voice=voice(said["by"]),
            said=said["text"],
            place=said.get("place", ""),
            request_key=f"sample-{number}",
            now=now,
        )
    for who, values in sample.get("weighed", {}).items():
        for number, value in enumerate(values, 1):
            found = round_.case.contributions.get(number=number)
            if found.state == Contribution.State.SHOWN:
                weigh(round_=round_, voice=voice(who), number=number, value=value, now=now)
            elif value == 1:
                sponsor(round_=round_, voice=voice(who), number=number, link=link_of(found), now=now)
