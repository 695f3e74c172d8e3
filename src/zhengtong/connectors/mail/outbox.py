"""Without a mail server letters are written into a folder, for trying out. What is erased goes from there as well."""

import re
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Max

from zhengtong.cases.models import Case
from zhengtong.vault.models import Erasure

FOLDER = "django.core.mail.backends.filebased.EmailBackend"
NUMBER = re.compile(rb"^Message-ID: <letter-\d+-(.+)@zhengtong>", re.MULTILINE)  # as send.py writes it
_SEEN: dict[str, int] = {}  # by folder: the last erasure for which it was searched


def forget_erased(*, now: datetime) -> int:
    """Delete the letters in the folder whose case has been erased since the last search; how many."""
    if settings.EMAIL_BACKEND != FOLDER:
        return 0
    folder = Path(settings.EMAIL_FILE_PATH)
    last = Erasure.objects.aggregate(last=Max("pk"))["last"] or 0
    if last == _SEEN.get(str(folder), 0):
        return 0
    erased = {each.encode() for each in Case.objects.exclude(erased_at=None).values_list("number", flat=True)}
    old = [path for path in folder.glob("*.log") if set(NUMBER.findall(path.read_bytes())) & erased]
    for path in old:
        path.unlink()
    _SEEN[str(folder)] = last
    return len(old)
