"""A proposal finds its sponsors: others than its author, who read it by its link. With the last one it is shown."""

from datetime import datetime

from django.db import transaction

from zhengtong.agora.acts.contributing import one_more_to_answer, open_phase, say
from zhengtong.agora.decide import has_sponsors
from zhengtong.agora.errors import NoSuchContribution, SponsorsAreOthers, TextHasChanged
from zhengtong.agora.models import Contribution, Voice
from zhengtong.agora.moderation.limits import limit_on
from zhengtong.agora.rounds import Round, of_case
from zhengtong.agora.sponsors import opens
from zhengtong.agora.sums import add_up
from zhengtong.cases.locks import locked


@transaction.atomic
def sponsor(
    *,
    round_: Round,
    voice: Voice,
    number: int,
    link: str,
    now: datetime,
    signs: bool = True,
    version: int | None = None,
) -> Contribution:
    """Sign what looks for sponsors, or take that back. Once it has been shown, it is a signature like any other.

    NoSuchContribution without its link. SponsorsAreOthers for its author, who signs once it is shown. TextHasChanged
    where `version` was read, and there is another by now.
    """
    fresh = of_case(locked(round_.case.pk))  # of the last two sponsors at once, one after the other
    found = Contribution.objects.filter(case=fresh.case, number=number, amends=None, joined=None).first()
    if found is None or found.state == Contribution.State.HIDDEN or not opens(found, link):
        raise NoSuchContribution
    if version not in (None, found.version):
        raise TextHasChanged(number=number)
    phase = open_phase(fresh, found.phase, ("proposals",))
    if found.voice_id == voice.pk and found.state == Contribution.State.WAITING:
        raise SponsorsAreOthers
    say(found, voice, int(signs))
    if not found.sponsored:
        add_up(found)
        found.refresh_from_db(fields=["signed"])
        if has_sponsors(phase, found.signed):
            _got_through(fresh, found, now=now)
    return found


def _got_through(round_: Round, found: Contribution, *, now: datetime) -> None:
    """Now the office owes it an answer; it is shown, unless its day has not come or the round is limited."""
    day = round_.day(now)
    found.sponsored = True
    if found.show_on <= day and limit_on(round_.case, day) is None:
        found.state = Contribution.State.SHOWN
    found.save(update_fields=["sponsored", "state"])
    one_more_to_answer(round_.case)
