"""zhengtong opening key | share

What a keeper of voices does on a machine of its own, with files, apart from the node: nothing here asks the database.
"""

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from gmpy2 import mpz

from zhengtong.agora.management.files import read, told, write_new
from zhengtong.engines.ballots import compact
from zhengtong.engines.blind.opening import bound_to, new_keeper, share_of

ASKED = "yes"
_LABELS = {
    "round": "活动 round",
    "voice": "发言身份 voice",
    "basis": "依据 legal basis",
    "order": "文号 order",
    "reason": "理由 why",
    "asked_in": "请求的岗位 asked by",
    "until": "有效至 until",
}


class Command(BaseCommand):
    help = "打开发言身份：保管人在自己机器上的一步。 Opening voices: a keeper's steps, on a machine of its own."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        ways = parser.add_subparsers(dest="way", required=True)
        making = ways.add_parser("key", help="make a key, and the certificate that is handed in at the desk")
        making.add_argument("out", type=Path, help="the files' name, without ending")
        sharing = ways.add_parser("share", help="open your part of a voice, for one request; prints it")
        sharing.add_argument("key", type=Path, help="your .key")
        sharing.add_argument("request", type=Path, help="what the desk gave you")
        sharing.add_argument("--yes", action="store_true", help="do not ask again: you have read the request")

    def handle(self, *_: Any, way: str, **options: Any) -> None:
        with told():
            if way == "key":
                self._key(options["out"])
            else:
                self._share(options["key"], options["request"], sure=options["yes"])

    def _key(self, out: Path) -> None:
        secret, certificate = new_keeper()
        write_new(out.with_suffix(".key"), compact(str(secret)), secret=True)
        write_new(out.with_suffix(".cert"), compact(certificate))
        self.stdout.write(f"{out}.key: keep it · {out}.cert: hand it in")

    def _share(self, key: Path, file: Path, *, sure: bool) -> None:
        secret, request = mpz(int(read(key))), read(file)
        seal = bytes.fromhex(request["seal"])
        if not sure and not self._confirmed(request):
            raise CommandError("没有打开任何内容 nothing was opened")
        self.stdout.write(compact(share_of(secret=secret, seal=seal, about=bound_to(request))))

    def _confirmed(self, request: Mapping[str, Any]) -> bool:
        """Whoever holds the key reads all of it; a signal that moves the cursor shows as what it is."""
        for name, label in _LABELS.items():
            self.stderr.write(f"{label}: {json.dumps(request[name], ensure_ascii=False)}")
        self.stderr.write(f"确认打开您的部分，请输入 {ASKED}；to open your part of it, type {ASKED}:")
        return input().strip() == ASKED
