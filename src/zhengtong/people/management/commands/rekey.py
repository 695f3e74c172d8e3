"""`zhengtong rekey [--to pkcs11:…]`: another key signs the ledger from now on; what was signed stays proven."""

from argparse import ArgumentParser
from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from zhengtong.people.errors import NeedsTwo
from zhengtong.people.ledger_key import change_key


@dataclass(frozen=True)
class Operator:
    """Who has the node's shell."""

    handle: str = "operator"
    post: str = ""


class Command(BaseCommand):
    help = "更换台账的签名密钥。 Let another key sign the ledger, once two officers confirmed it where they must."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", default="", help="the address of a key in a device (pkcs11:…); else a new file")
        parser.add_argument("--reason", default="", help="why, for the record")

    def handle(self, *_: Any, to: str, reason: str, **options: Any) -> None:
        try:
            done = change_key(by=Operator(), now=timezone.now(), device=to, reason=reason)
        except NeedsTwo as refusal:
            raise CommandError(
                f"{refusal.told()['zh-Hans']}\n{refusal.told()['en']} {refusal.advice()['en']}"
            ) from refusal
        self.stdout.write(f"from entry {done.size} on the new key is {done.new}")
