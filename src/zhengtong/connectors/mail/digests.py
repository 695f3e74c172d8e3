"""Letters to subscribers: the question whether they want them, and once a day at most what is new."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse

from zhengtong.agora.rounds import WITH_LAW, Round
from zhengtong.agora.subscriptions.acts import forget_unconfirmed, names, token
from zhengtong.agora.subscriptions.models import Subscription
from zhengtong.cases.law import today
from zhengtong.cases.models import Case
from zhengtong.charter.charter import Charter
from zhengtong.charter.queries import in_force_at
from zhengtong.common.text import text
from zhengtong.openness.models import Published

EVERY, TRIES, MOST = timedelta(days=1), 5, 50

ASKED = text("请确认订阅", "Do you want these letters?")
QUESTION = text(
    "有人（也许是您）用这个邮箱订阅了“{what}”的消息。请打开下面的页面并按下“确认”：\n{url}\n\n"
    "如果不是您，无需理会：三日内没有确认就会删除，不会再来信。\n",
    "Somebody, perhaps you, asked for news of “{what}” at this address. Open this page and press “Confirm”:\n{url}\n\n"
    "If it was not you, do nothing: it is deleted after three days, and nothing more is sent.\n",
)
NEWS = text("“{what}”的新消息", "News of “{what}”")
BODY = text("{lines}\n\n不想再收到：{url}\n", "{lines}\n\nTo get no more of these: {url}\n")


def send_digests(*, now: datetime) -> int:
    """Ask those who are new, tell those who have confirmed; how many letters went out. The worker's."""
    forget_unconfirmed(now=now)
    charter = in_force_at(now).charter
    asked = Subscription.objects.filter(confirmed_at=None, question_sent_at=None, tries__lt=TRIES)
    due = Subscription.objects.filter(told_until__lte=now - EVERY)
    sent = sum(_one(pk, _ask, charter, now=now) for pk in asked.values_list("pk", flat=True)[:MOST])
    return sent + sum(_one(pk, _tell, charter, now=now) for pk in due.values_list("pk", flat=True)[:MOST])


@transaction.atomic
def _one(pk: int, do: Callable[..., bool], charter: Charter, *, now: datetime) -> bool:
    found = Subscription.objects.select_for_update().filter(pk=pk).first()
    return found is not None and do(found, charter, now=now)


def _ask(found: Subscription, charter: Charter, *, now: datetime) -> bool:
    if found.question_sent_at is not None:
        return False
    values = {"what": _named(found, charter), "url": _url("subscription-confirm", found)}
    found.tries += 1
    if _went_out(found, ASKED.in_(found.language), QUESTION.format(**values).in_(found.language)):
        found.question_sent_at = now
    found.save(update_fields=["tries", "question_sent_at"])
    return found.question_sent_at is not None


def _tell(found: Subscription, charter: Charter, *, now: datetime) -> bool:
    if found.told_until is None or found.told_until > now - EVERY:
        return False
    lines = _new(found, charter, since=found.told_until, now=now)
    values = {"lines": "\n".join(lines), "url": _url("subscription-end", found)}
    subject = NEWS.format(what=_named(found, charter)).in_(found.language)
    if lines and not _went_out(found, subject, BODY.format(**values).in_(found.language)):
        return False  # the server is away: the next round tries again
    found.told_until = now
    found.save(update_fields=["told_until"])
    return bool(lines)


def _new(found: Subscription, charter: Charter, *, since: datetime, now: datetime) -> list[str]:
    """What began in between, a line each: rounds of participation, and information that was published."""
    cases = Case.objects.filter(procedure__in=charter.participation, filed_at__gt=since, filed_at__lte=now)
    rounds = [Round(each) for each in cases.select_related(*WITH_LAW).order_by("pk")[:MOST]]
    lines = [
        f"- {each.name.in_(found.language)} {settings.ZHENGTONG_URL}{reverse('round', args=[each.case.number])}"
        for each in rounds
        if _concerns(found, each)
    ]
    if found.kind == Subscription.Kind.OFFICE:
        given = Published.objects.filter(office=found.of, on__gte=today(since), on__lt=today(now))  # of whole days
        lines += [
            f"- {each.title} {settings.ZHENGTONG_URL}{reverse('disclosed')}" for each in given.order_by("pk")[:MOST]
        ]
    return lines


def _concerns(found: Subscription, round_: Round) -> bool:
    """A round is of the areas in and around which it is held, of its procedure's topics, and of its host."""
    charter, case = round_.charter, round_.case
    if found.kind == Subscription.Kind.PLACE:
        return charter.region_within(case.region, found.of) or charter.region_within(found.of, case.region)
    listed = charter.procedures[case.procedure]
    if found.kind == Subscription.Kind.TOPIC:
        return found.of in listed.themes
    return found.of in {case.post.partition("/")[0], listed.body.handling_organisation}


def _named(found: Subscription, charter: Charter) -> str:
    return names(charter)[found.kind].get(found.of, text(found.of, found.of)).in_(found.language)


def _url(name: str, found: Subscription) -> str:
    return f"{settings.ZHENGTONG_URL}{reverse(name, args=[token(found)])}"


def _went_out(found: Subscription, subject: str, body: str) -> bool:
    headers = {
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{_url('subscription-end', found)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058: a POST, which no scanner of links makes
    }
    message = EmailMessage(subject=" ".join(subject.split()), body=body, to=[str(found.address)], headers=headers)
    try:
        message.send()
    except (OSError, ValueError):  # smtplib's errors are OSErrors; a strange address is a ValueError
        return False
    return True
