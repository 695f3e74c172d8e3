"""zhengtong erasures list | replay"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from zhengtong.cases.acts import erase_again
from zhengtong.vault import erasures


class Command(BaseCommand):
    help = (
        "删除清单：列出；恢复备份后重新执行。 What was erased: list it, or erase it again after a backup was put back."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("way", choices=["list", "replay"])

    def handle(self, *_: Any, way: str, **__: Any) -> None:
        if way == "list":
            for each in erasures.listed():
                self.stdout.write(f"{each.at:%Y-%m-%d %H:%M} {each.subject} {', '.join(each.basis)}")
            return
        now = timezone.now()
        done = sum(erase_again(subject=each.subject, basis=each.basis, now=now) for each in erasures.listed())
        self.stdout.write(f"{done} 项重新删除。 {done} erased again.")
