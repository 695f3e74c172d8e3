"""Letters about an account: what was changed, and the link that sets a new password. The link is made as it is sent."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse

from zhengtong.common.text import Text, text
from zhengtong.people.models import Account
from zhengtong.people.sign_in.events import RESET_ASKED, TOLD
from zhengtong.people.sign_in.models import Notice

_TRIES, _KEPT = 5, timedelta(hours=12)
_LINKED = {RESET_ASKED, "restored"}

SUBJECT = text("账户安全：{what}", "Your account: {what}")
BODY = text(
    "{name}：\n\n{what}。\n时间：{at}\n\n如果不是您本人，请立即登录并更改密码：{url}\n",
    "{name},\n\n{what}.\nWhen: {at}\n\nIf this was not you, sign in and change your password at once: {url}\n",
)
LINK = text(
    "{name}：\n\n请在十分钟内打开此链接设置新密码（只能使用一次）：\n{url}\n\n如果不是您本人申请，无需理会；密码没有改变。\n",
    "{name},\n\nOpen this link within ten minutes to set a new password (it is good once):\n{url}\n\n"
    "If you did not ask for it, do nothing; the password is unchanged.\n",
)


def send_notices(*, now: datetime, limit: int = 50) -> int:
    """Send those that wait; returns how many went out."""
    waiting = Notice.objects.filter(sent_at=None, tries__lt=_TRIES, made_at__gt=now - _KEPT).order_by("pk")
    return sum(_send(pk, now=now) for pk in list(waiting.values_list("pk", flat=True)[:limit]))


@transaction.atomic
def _send(pk: int, *, now: datetime) -> bool:
    """Send one while holding its row."""
    notice = Notice.objects.select_for_update(of=("self",)).select_related("account__person").get(pk=pk)
    person = notice.account.person
    if notice.sent_at is not None:
        return False
    notice.tries += 1
    if person.email and _went_out(notice):
        notice.sent_at = now
    notice.save(update_fields=["sent_at", "tries"])
    return notice.sent_at is not None


def _went_out(notice: Notice) -> bool:
    person, linked = notice.account.person, notice.kind in _LINKED
    values = {
        "name": person.name,
        "what": TOLD[notice.kind],
        "at": notice.made_at.strftime("%Y-%m-%d %H:%M %Z"),
        "url": _link(notice.account) if linked else settings.ZHENGTONG_URL + reverse("account"),
    }
    message = EmailMessage(
        subject=_in(SUBJECT, person.language, values),
        body=_in(LINK if linked else BODY, person.language, values),
        to=[person.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        message.send()
    except (OSError, ValueError):  # smtplib's errors are OSErrors; a strange address is a ValueError
        return False
    return True


def _link(account: Account) -> str:
    token = default_token_generator.make_token(account)
    return str(settings.ZHENGTONG_URL + reverse("new-password-link", args=[account.pk, token]))


def _in(wording: Text, language: str, values: Mapping[str, object]) -> str:
    return wording.format(**values).in_(language)
