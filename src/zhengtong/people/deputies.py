"""A post acts through another: a power is delegated, or a deputy sits in for who is absent."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from zhengtong.charter.charter import Charter
from zhengtong.charter.grants import Grant
from zhengtong.charter.model import Power
from zhengtong.charter.queries import in_force_at
from zhengtong.common.text import Text, text
from zhengtong.ledger.acts import record
from zhengtong.people import kinds
from zhengtong.people.actor import Actor
from zhengtong.people.errors import BadPeriod, NoDeputy, NotDelegable, NotTheHolder
from zhengtong.people.models import Absence, Delegation, Holding
from zhengtong.people.permissions import seats_of
from zhengtong.people.wording import post_title

NO_LAW = text("没有法律允许委托", "no law lets it be delegated")
NOT_HELD = text("您的岗位自身没有这项职权", "your post does not hold it itself")
TOO_WIDE = text("超出您岗位的行为、事项或区划", "it is wider than what your post holds")
NO_POST = text("没有这个受托岗位", "there is no such post to delegate to")
OWN_OFFICE = text(
    "法律只允许委托其他行政机关；本机构内的分工由岗位职权确定",
    "the law lets it go to another authority only; within an office the charter gives powers to posts",
)
NO_AUTHORITY = text("受托的不是行政机关", "whom it would go to is no administrative authority")
NO_REASON = text("没有说明理由", "no reason is given")


@transaction.atomic
def delegate(
    *,
    power: str,
    to_post: str,
    acts: Sequence[str],
    matters: Sequence[str],
    region: str,
    reason: str,
    from_on: date,
    to_on: date,
    by: Actor,
    now: datetime,
) -> Delegation:
    """Let another post exercise a power of `by`'s own post, within dates and scope; it cannot be passed on again."""
    charter, today = in_force_at(now).charter, timezone.localdate(now)
    if by.person is None or by.post not in seats_of(by.person, on=today):
        raise NotTheHolder(post=post_title(charter, by.post))
    if not today <= from_on <= to_on:
        raise BadPeriod(from_on=from_on, to_on=to_on)
    declared = charter.powers.get(power)
    fault = _fault(charter, declared, by.post, to_post, acts, matters, region, reason, from_on)
    if fault or declared is None or declared.delegation is None:
        raise NotDelegable(power=declared.name if declared else power, why=fault or NO_LAW)
    given = Delegation.objects.create(
        power=power,
        from_post=by.post,
        to_post=to_post,
        acts=list(acts),
        matters=list(matters),
        region=region,
        legal_basis=declared.delegation.legal_basis,
        reason=reason,
        given_by=by.person,
        from_on=from_on,
        to_on=to_on,
    )
    record(
        kind=kinds.POWER_DELEGATED,
        subject=f"post:{by.post}",
        by=by,
        power=power,
        basis=given.legal_basis,
        reason=reason,
        particulars={"to": to_post, "acts": given.acts, "matters": given.matters, "from": from_on, "until": to_on},
        now=now,
    )
    return given


def _fault(
    charter: Charter,
    power: Power | None,
    post: str,
    to_post: str,
    acts: Sequence[str],
    matters: Sequence[str],
    region: str,
    reason: str,
    on: date,
) -> Text | None:
    """Why it cannot be delegated so; None if it can."""
    if power is None or power.delegation is None or not all(charter.article(each, on) for each in _law(power)):
        return NO_LAW
    own = [each for each in charter.grants.get(post, ()) if each.power == power.id and each.in_force(on)]
    if not own:
        return NOT_HELD
    if to_post not in charter.posts or to_post == post:
        return NO_POST
    barred = barred_from(charter, power, post, to_post)
    if barred:
        return barred
    if not any(_covers(grant, acts, matters, region) for grant in own):
        return TOO_WIDE
    return None if reason.strip() else NO_REASON


def barred_from(charter: Charter, power: Power, post: str, to_post: str) -> Text | None:
    """Why the law keeps the power from that post, whatever is delegated; None if it does not."""
    if power.delegation is None or power.delegation.to == "any":
        return None
    if to_post.partition("/")[0] == post.partition("/")[0]:
        return OWN_OFFICE
    return None if charter.organisation_of(to_post).authority else NO_AUTHORITY


def _law(power: Power) -> list[str]:
    return power.delegation.legal_basis if power.delegation else []


def _covers(grant: Grant, acts: Sequence[str], matters: Sequence[str], region: str) -> bool:
    within = bool(acts) and bool(matters) and set(acts) <= grant.acts and region in grant.within
    return within and all(grant.over(matter) for matter in matters)


@transaction.atomic
def end_delegation(*, delegation: Delegation, by: Actor, now: datetime) -> Delegation:
    """Take a delegated power back, from today on."""
    charter, today = in_force_at(now).charter, timezone.localdate(now)
    delegation = Delegation.objects.select_for_update().get(pk=delegation.pk)
    if by.person is None or by.post != delegation.from_post or by.post not in seats_of(by.person, on=today):
        raise NotTheHolder(post=post_title(charter, delegation.from_post))
    if delegation.to_on < today:
        return delegation
    delegation.to_on = today - timedelta(days=1)
    delegation.save(update_fields=["to_on"])
    record(
        kind=kinds.DELEGATION_ENDED,
        subject=f"post:{by.post}",
        by=by,
        power=delegation.power,
        particulars={"to": delegation.to_post},
        now=now,
    )
    return delegation


@transaction.atomic
def be_absent(*, post: str, from_on: date, to_on: date | None, by: Actor, now: datetime) -> Absence:
    """Say that one is not there; the deputy that the charter names acts once nobody of the post is."""
    charter, today = in_force_at(now).charter, timezone.localdate(now)
    person = by.person
    if person is None or not Holding.objects.on(from_on).filter(person=person, post=post).exists():
        raise NotTheHolder(post=post_title(charter, post))
    if from_on < today or (to_on is not None and to_on < from_on):
        raise BadPeriod(from_on=from_on, to_on=to_on or "–")
    deputy = charter.post(post).deputy
    if deputy is None:
        raise NoDeputy(post=charter.post(post).title)
    ref = f"{post.partition('/')[0]}/{deputy}"
    absence = Absence.objects.create(person=person, post=post, deputy=ref, from_on=from_on, to_on=to_on)
    told = {"deputy": ref, "from": from_on, "until": to_on or ""}
    record(kind=kinds.ABSENT, subject=f"post:{post}", by=Actor(person), particulars=told, now=now)
    return absence


@transaction.atomic
def be_back(*, absence: Absence, by: Actor, now: datetime) -> Absence:
    """Sit in the post again, from today on."""
    today = timezone.localdate(now)
    absence = Absence.objects.select_for_update().get(pk=absence.pk)
    if by.person is None or absence.person_id != by.person.pk:
        raise NotTheHolder(post=absence.post)
    if absence.to_on is not None and absence.to_on < today:
        return absence
    absence.to_on = today - timedelta(days=1)
    absence.save(update_fields=["to_on"])
    record(kind=kinds.BACK, subject=f"post:{absence.post}", by=Actor(by.person), now=now)
    return absence
