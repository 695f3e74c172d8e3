"""The worker: everything that must happen by itself, as duties that each look for rows that are due.

A duty's work is a row in the database with the moment when it is due, so a killed worker loses nothing and a late
one catches up. Several workers may run; each row is done under its lock.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import close_old_connections

from zhengtong.agora.acts import box_due, count_due
from zhengtong.agora.duties import bind_due, look_after
from zhengtong.agora.groups import draw_due
from zhengtong.agora.proceedings.offering import offers_due
from zhengtong.agora.proceedings.panels import panels_due
from zhengtong.agora.proceedings.served import ask_due
from zhengtong.agora.reports.acts import publish_due as reports_due
from zhengtong.agora.watching.acts import watch_due
from zhengtong.cases.acts import end_retention, fire_due, remind_due, remind_of_recusals, take_uncontested
from zhengtong.cases.certificates import make_due
from zhengtong.charter.queries import one_law
from zhengtong.connectors.mail.digests import send_digests
from zhengtong.connectors.mail.notices import send_notices
from zhengtong.connectors.mail.outbox import forget_erased
from zhengtong.connectors.mail.send import send_due
from zhengtong.connectors.witnesses.ask import ask_witnesses
from zhengtong.ledger.acts import sequence
from zhengtong.observatory.rollup import keep_up
from zhengtong.openness.giving import publish_due
from zhengtong.people.sign_in.log import tidy
from zhengtong.vault.erasures import list_outside

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Duty:
    """Something to be looked after; `do(now=…)` returns how many rows it did."""

    name: str
    do: Callable[..., int]


DUTIES = [
    Duty("timers", fire_due),
    Duty("routing", take_uncontested),
    Duty("reminders", remind_due),
    Duty("recusals", remind_of_recusals),
    Duty("certificates", make_due),
    Duty("letters", send_due),
    Duty("notices", send_notices),
    Duty("digests", send_digests),
    Duty("ledger", sequence),
    Duty("witnesses", ask_witnesses),
    Duty("agora", look_after),
    Duty("bound", bind_due),
    Duty("signals", watch_due),
    Duty("votes", count_due),
    Duty("panels", panels_due),
    Duty("offers", offers_due),
    Duty("surveys", ask_due),
    Duty("ballots", box_due),
    Duty("groups", draw_due),
    Duty("disclosures", publish_due),
    Duty("reports", reports_due),
    Duty("sign-ins", tidy),
    Duty("figures", keep_up),
    Duty("retention", end_retention),
    Duty("erasures", list_outside),
    Duty("outbox", forget_erased),
]


def round_of_duties(*, now: datetime, duties: list[Duty] = DUTIES) -> int:
    """Do once what is due; a duty that fails is logged and does not keep the others from theirs."""
    return sum(_done(duty, now=now) for duty in duties)


def _done(duty: Duty, *, now: datetime) -> int:
    try:
        with one_law():
            return duty.do(now=now)
    except Exception:
        log.exception("the duty %s failed; it will be tried again", duty.name)
        return 0
    finally:
        close_old_connections()
