"""A password that is not made of the names that everybody here knows, and was not stolen elsewhere."""

import os
from hashlib import sha1
from pathlib import Path
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


_STOLEN = text("这个密码曾在别处泄露。", "It is among the passwords that were stolen elsewhere.")
_DIGEST = 40


class NotBreached:
    """Not in the list that the operator lays here: `SHA-1:times`, in the order of the hashes, as it is published.

    The list is many gigabytes, and nobody is asked over the net: a line is found by halving the file.
    """

    def validate(self, password: str, user: object = None) -> None:
        path = settings.ZHENGTONG_BREACHED_PASSWORDS
        digest = sha1(password.encode(), usedforsecurity=False).hexdigest().upper()  # as the list has it
        if path and _listed(Path(path), digest.encode()):
            raise ValidationError(_STOLEN.in_("en" if (get_language() or "").startswith("en") else "zh-Hans"))

    def get_help_text(self) -> str:
        return ""


def _listed(path: Path, digest: bytes) -> bool:
    with path.open("rb") as file:

        def first_at(place: int) -> bytes:
            """The hash of the first line that begins there or later; nothing at the end."""
            file.seek(max(place - 1, 0))
            if place:
                file.readline()
            return file.readline()[:_DIGEST].upper()

        low, high = 0, file.seek(0, os.SEEK_END)
        while low < high:
            middle = (low + high) // 2
            found = first_at(middle)
            if found and found < digest:
                low = middle + 1
            else:
                high = middle
        return first_at(low) == digest
