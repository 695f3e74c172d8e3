"""`zhengtong serve`: the web server (granian) and the worker, until Ctrl-C; if one ends, both do."""

import os
import signal
import subprocess
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Run the web server and the worker together. On several machines run granian and `zhengtong worker` apart."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)

    def handle(self, *, host: str, port: int, workers: int, **options: Any) -> None:
        address = ["--host", host, "--port", str(port), "--workers", str(workers)]
        how = ["--interface", "wsgi", "--blocking-threads", "1", "--log-level", "warning"]
        web = [sys.executable, "-m", "granian", *how, *address, "zhengtong.project.wsgi:application"]
        worker = [sys.executable, "-m", "zhengtong", "worker"]
        running = [subprocess.Popen(command) for command in (web, worker)]  # noqa: S603
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        try:
            os.wait()
        except KeyboardInterrupt:
            self.stdout.write("\nStopping.")
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(timeout=20)
