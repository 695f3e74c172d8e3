"""Letters to subscribers: the question whether they want them, and once a day at most what is new."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.urls import reverse

from zhengtong.agora.rounds import Round
from zhengtong.agora.subscriptions.acts import forget_unconfirmed, names, token
from zhengtong.agora.subscriptions.models import Subscription
from zhengtong.cases.law import WITH_LAW, today
from zhengtong.cases.models import Case
from zhengtong.charter.charter import Charter
from zhengtong.charter.queries import in_force_at
from zhengtong.common.text import Text, text
from zhengtong.connectors.mail.answered import lines as answers_told
from zhengtong.openness.models import Published

EVERY, TRIES, MOST = timedelta(days=1), 5, 50
QUESTIONS = 3  # letters with questions to one address in a day, however often somebody types it

ASKED = text("请确认订阅", "Do you want these letters?")
QUESTION = text(
    "有人（也许是您）用这个邮箱订阅了下列消息。请打开所要的页面并按下“确认”：\n\n{lines}\n\n"
    "如果不是您，无需理会：三日内没有确认就会删除，不会再来信。\n",
    "Somebody, perhaps you, asked for news at this address. Open the page of what you want, and press “Confirm”:\n\n"
    "{lines}\n\nIf it was not you, do nothing: it is deleted after three days, and nothing more is sent.\n",
)
NEWS = text("“{what}”的新消息", "News of “{what}”")
NEWS_OF_MANY = text("“{what}”等订阅的新消息", "News of “{what}” and more")
BEGAN = text("- {what} {url}", "- {what} {url}")
ENDED = text("- 已结束并答复：{what} {url}", "- ended, with what became of it: {what} {url}")
MORE = text("- 还有更多：{url}", "- and more: {url}")
BODY = text("{lines}\n\n不想再收到：{url}\n", "{lines}\n\nTo get no more of these: {url}\n")


def send_digests(*, now: datetime) -> int:
    """Ask those who are new, tell those who have confirmed; how many letters went out. The worker's.

    Whatever an address has asked for, it is told in one letter a day.
    """
    forget_unconfirmed(now=now)
    charter = in_force_at(now).charter
    confirmed = Subscription.objects.filter(told_until__isnull=False).values("known_by")
    due = confirmed.annotate(last=Max("told_until")).filter(last__lte=now - EVERY).order_by("last")
    asked = _unasked().order_by("known_by").values_list("known_by", flat=True).distinct()
    sent = sum(_ask(each, charter, now=now) for each in asked[:MOST])
    return sent + sum(_tell(each["known_by"], charter, now=now) for each in due[:MOST])


def _unasked() -> QuerySet[Subscription]:
    return Subscription.objects.filter(confirmed_at=None, question_sent_at=None, tries__lt=TRIES)


@transaction.atomic
def _ask(address: str, charter: Charter, *, now: datetime) -> bool:
    """One letter with everything that was asked for with an address."""
    recent = Subscription.objects.filter(known_by=address, question_sent_at__gt=now - EVERY)
    found = list(_unasked().select_for_update().filter(known_by=address).order_by("pk")[:MOST])
    if not found or recent.values("question_sent_at").distinct().count() >= QUESTIONS:
        return False
    lines = [f"- {_named(each, charter)} {_url('subscription-confirm', each)}" for each in found]
    language = found[0].language
    sent = _went_out(found, ASKED.in_(language), QUESTION.format(lines="\n".join(lines)).in_(language))
    for each in found:
        each.tries, each.question_sent_at = each.tries + 1, now if sent else None
    Subscription.objects.bulk_update(found, ["tries", "question_sent_at"])
    return sent


@transaction.atomic
def _tell(address: str, charter: Charter, *, now: datetime) -> bool:
    """One letter with what is new of everything that an address has confirmed, each thing once."""
    held = Subscription.objects.select_for_update().filter(known_by=address, told_until__isnull=False)
    confirmed = list(held.order_by("pk"))
    if any(each.told_until is None or each.told_until > now - EVERY for each in confirmed):
        return False  # another worker was first
    told, lines = [], set[str]()
    for each in confirmed:
        new = [line for line in _new(each, charter, since=each.told_until or now, now=now) if line not in lines]
        told += [(each, new)] if new else []
        lines |= set(new)
    if told and not _told(told, charter):
        return False  # the server is away: the next round tries again
    held.update(told_until=now)
    return bool(told)


def _told(told: Sequence[tuple[Subscription, list[str]]], charter: Charter) -> bool:
    """Whether it went out: what is new of each, and how to hear no more of it."""
    found = [each for each, _ in told]
    language, first = found[0].language, _named(found[0], charter)
    parts = [
        BODY.format(lines="\n".join([_named(each, charter), *lines]), url=_url("subscription-end", each)).in_(language)
        for each, lines in told
    ]
    subject = NEWS if len(told) == 1 else NEWS_OF_MANY
    return _went_out(found, subject.format(what=first).in_(language), "\n".join(parts))


def _new(found: Subscription, charter: Charter, *, since: datetime, now: datetime) -> list[str]:
    """What came in between, a line each: rounds of participation that began or ended, what was answered, promised and
    done, and information that was published.
    """
    began = Q(filed_at__gt=since, filed_at__lte=now)
    ended = Q(closed_at__gt=since, closed_at__lte=now)
    lines = _rounds(found, charter, BEGAN, "round", began) + _rounds(found, charter, ENDED, "round-answers", ended)
    where = reverse("owed", args=[found.of]) if found.kind == Subscription.Kind.OFFICE else reverse("rounds")
    answered = answers_told(found, since=since, now=now, most=MOST + 1)
    lines += _shortened(answered, found, f"{settings.ZHENGTONG_URL}{where}")
    if found.kind == Subscription.Kind.OFFICE:
        given = Published.objects.filter(office=found.of, on__gte=today(since), on__lt=today(now))  # of whole days
        url = f"{settings.ZHENGTONG_URL}{reverse('disclosed')}"
        lines += _shortened([f"- {each.title} {url}" for each in given.order_by("pk")[: MOST + 1]], found, url)
    return lines


def _rounds(found: Subscription, charter: Charter, line: Text, page: str, which: Q) -> list[str]:
    """The rounds of which that is so, as far as they concern a subscription."""
    cases = Case.objects.filter(which, procedure__in=charter.participation).select_related(*WITH_LAW).order_by("pk")
    concerning = (each for each in map(Round, cases.iterator()) if _concerns(found, each))
    lines = [
        line.format(
            what=each.name.in_(found.language), url=f"{settings.ZHENGTONG_URL}{reverse(page, args=[each.case.number])}"
        ).in_(found.language)
        for each in islice(concerning, MOST + 1)
    ]
    return _shortened(lines, found, f"{settings.ZHENGTONG_URL}{reverse('rounds')}")


def _shortened(lines: list[str], found: Subscription, url: str) -> list[str]:
    """As many lines as a letter has room for, and where the rest is."""
    return lines if len(lines) <= MOST else [*lines[:MOST], MORE.format(url=url).in_(found.language)]


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


def _went_out(found: Sequence[Subscription], subject: str, body: str) -> bool:
    """One letter on these; one click in a mail program ends them all."""
    all_of_them = "?all" if len(found) > 1 else ""
    headers = {
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{_url('subscription-end', found[0])}{all_of_them}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058: a POST, which no scanner of links makes
    }
    message = EmailMessage(subject=" ".join(subject.split()), body=body, to=[str(found[0].address)], headers=headers)
    try:
        message.send()
    except (OSError, ValueError):  # smtplib's errors are OSErrors; a strange address is a ValueError
        return False
    return True
