"""What an office answered, promised and did, as who subscribed to the office or to a topic reads it in a letter."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice

from django.conf import settings
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from zhengtong.agora.models import Answer
from zhengtong.agora.rounds import Round
from zhengtong.agora.subscriptions.models import Subscription
from zhengtong.cases.law import WITH_LAW, today
from zhengtong.cases.models import Task
from zhengtong.common.text import Text, day_told, text

SAID = 120  # signs of an answer that a letter has room for; the page has it whole

VERDICTS = {
    Answer.Verdict.ADOPTED: text("采纳", "adopted"),
    Answer.Verdict.PARTLY: text("部分采纳", "adopted in part"),
    Answer.Verdict.DECLINED: text("未采纳", "not adopted"),
}
ANSWERED = text(
    "- 已答复 {many} 条（{verdict}）：“{said}”（{round}） {url}",
    "- {many} answered, {verdict}: “{said}” ({round}) {url}",
)
PROMISED = text(
    "- 已答复 {many} 条（{verdict}），承诺于 {day} 前办成：“{said}”（{round}） {url}",
    "- {many} answered, {verdict}, promised by {day}: “{said}” ({round}) {url}",
)
DONE = text(
    "- 承诺已于 {day} 办成：“{said}”（{round}） {url}", "- done on {day}, as promised: “{said}” ({round}) {url}"
)


def lines(found: Subscription, *, since: datetime, now: datetime, most: int) -> list[str]:
    """A line for each answer with what it promises, and for each promise that was done (of whole days); as many as
    `most` of either. Two queries, however many there are; none for who asked for a place.
    """
    if found.kind == Subscription.Kind.PLACE:
        return []
    given = _answers(found).filter(given_at__gt=since, given_at__lte=now).order_by("given_at", "pk")
    done = _answers(found).filter(done_on__gte=today(since), done_on__lt=today(now)).order_by("done_on", "pk")
    told = [*islice(_concerning(given, found), most), *islice(_concerning(done, found, done=True), most)]
    return [each.in_(found.language) for each in told]


def _answers(found: Subscription) -> QuerySet[Answer]:
    """Answers with the step in which what they promise is done; of an office those that it gave, or has to keep."""
    step = Task.objects.filter(case__duty__answer=OuterRef("pk")).order_by("pk")
    known = Answer.objects.select_related(*(f"case__{each}" for each in WITH_LAW)).annotate(
        many=Count("contributions"),
        until=Subquery(step.values("due_on")[:1]),
        kept_by=Subquery(step.values("post")[:1]),
    )
    if found.kind == Subscription.Kind.TOPIC:
        return known
    theirs = f"{found.of}/"
    return known.filter(Q(post__startswith=theirs) | Q(kept_by__startswith=theirs))


def _concerning(answers: QuerySet[Answer], found: Subscription, *, done: bool = False) -> Iterator[Text]:
    for each in answers.iterator():
        round_ = Round(each.case)
        if found.kind == Subscription.Kind.OFFICE or found.of in round_.charter.procedures[each.case.procedure].themes:
            yield _line(each, round_, done=done)


def _line(answer: Answer, round_: Round, *, done: bool) -> Text:
    until: date | None = answer.done_on if done else answer.until  # type: ignore[attr-defined]
    line = DONE if done else PROMISED if until else ANSWERED
    return line.format(
        many=answer.many,  # type: ignore[attr-defined]
        verdict=VERDICTS[Answer.Verdict(answer.verdict)],
        day=day_told(until) if until else "",
        said=_short(answer.text),
        round=round_.name,
        url=f"{settings.ZHENGTONG_URL}{reverse('round-answers', args=[round_.case.number])}#answer-{answer.pk}",
    )


def _short(said: str) -> str:
    words = " ".join(said.split())
    return words if len(words) <= SAID else f"{words[: SAID - 1]}…"
