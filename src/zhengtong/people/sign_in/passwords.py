"""A password that is not made of the names that everybody here knows."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language

from zhengtong.common.text import text

_TOLD = text("密码主要由本服务的名称构成。", "It is made of the name of this service.")
_OURS = ("zhengtong", "政通", "政务服务", "government")


class NotOurName:
    """What is left of the password without the names of the program and the site must be long enough by itself."""

    def validate(self, password: str, user: object = None) -> None:
        rest = password.casefold()
        for name in (*_OURS, *(urlsplit(settings.ZHENGTONG_URL).hostname or "").split(".")):
            rest = rest.replace(name.casefold(), "") if len(name) > 1 else rest
        if len(rest) < 8:
            raise ValidationError(_TOLD.in_("en" if (get_language() or "").startswith("en") else "zh-Hans"))

    def get_help_text(self) -> str:
        return ""
