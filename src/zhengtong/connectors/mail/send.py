"""Letters go out by SMTP. A server that is away delays them; it never loses or doubles one that it confirmed."""

from datetime import datetime, timedelta

from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from zhengtong.cases.models import Letter

_WAITS = [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=12)]


def send_due(*, now: datetime, limit: int = 50) -> int:
    """Send the letters whose turn has come; returns how many went out."""
    due = Letter.objects.filter(sent_at__isnull=True, next_try_at__lte=now).order_by("next_try_at", "pk")
    return sum(_send(pk, now=now) for pk in list(due.values_list("pk", flat=True)[:limit]))


@transaction.atomic
def _send(pk: int, *, now: datetime) -> bool:
    """Send one while holding its row, so that two workers never send the same."""
    letter = Letter.objects.select_for_update().select_related("recipient", "case").get(pk=pk)
    if letter.sent_at is not None:
        return False
    if not letter.recipient.email:
        letter.next_try_at, letter.error = None, "no address"
    else:
        _try(letter, now=now)
    letter.save(update_fields=["sent_at", "next_try_at", "attempts", "error"])
    return letter.sent_at is not None


def _try(letter: Letter, *, now: datetime) -> None:
    message = EmailMessage(
        subject=" ".join(letter.subject.split()),
        body=letter.body,
        to=[letter.recipient.email],
        headers={
            "Message-ID": f"<letter-{letter.pk}-{letter.case.number}@zhengtong>",
            "Auto-Submitted": "auto-generated",
        },
        connection=get_connection(),
    )
    letter.attempts += 1
    try:
        message.send()
    except (OSError, ValueError) as fault:  # smtplib's errors are OSErrors; a strange address is a ValueError
        letter.error = str(fault)[:500]
        letter.next_try_at = now + _WAITS[min(letter.attempts, len(_WAITS)) - 1]
        return
    letter.sent_at, letter.next_try_at, letter.error = now, None, ""
