"""`zhengtong population FILE`: a synthetic population by the census, to run rules over."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from zhengtong.charter.charter import load
from zhengtong.observatory.simulation.population import ELSEWHERE, census, places, write_population


class Command(BaseCommand):
    help = "Write a synthetic population as Parquet: households, ages and sexes as the census has them. No real person."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--size", type=int, default=100_000, help="how many persons (100000)")
        parser.add_argument("--seed", type=int, default=1, help="another seed draws other persons (1)")
        parser.add_argument("--on", type=date.fromisoformat, help="the day of their ages (today)")
        parser.add_argument(
            "--charter", type=Path, default=settings.ZHENGTONG_CHARTER, help="whose regions they live in"
        )

    def handle(self, *, file: Path, size: int, seed: int, on: date | None, charter: Path, **_: Any) -> None:
        leaves = places(load(charter))
        count = write_population(
            file, size=size, seed=seed, regions=leaves, elsewhere=ELSEWHERE, on=on or timezone.localdate()
        )
        self.stdout.write(f"{file}: {count:,} persons in {len(leaves)} regions, after {census().source['en']}")
