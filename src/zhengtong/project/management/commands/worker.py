"""`zhengtong worker`: fires timers, sends letters, makes certificates, sequences the ledger."""

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from zhengtong.common.session import unbound
from zhengtong.faces.shared.clock import now
from zhengtong.project.settings import PRODUCTION
from zhengtong.project.worker import round_of_duties


class Command(BaseCommand):
    help = "Do what happens by itself: timers, letters, certificates, the ledger. Stop it with Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due and stop")
        parser.add_argument("--pause", type=float, default=1.0, help="seconds to wait when nothing is due")

    def handle(self, *, once: bool, pause: float, **options: Any) -> None:
        if PRODUCTION and unbound():
            self.stderr.write("The database role is bound by no row-level security: see the guide to production.")
        if once:
            while round_of_duties(now=now()):
                pass
            return
        stop = threading.Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_: stop.set())
        while not stop.is_set():
            if not round_of_duties(now=now()):
                stop.wait(pause)
