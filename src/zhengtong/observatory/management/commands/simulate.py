"""`zhengtong simulate`: what a draft of the charter would change for a population, before it is enacted."""

from argparse import ArgumentParser
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from zhengtong.charter.charter import Charter, inspect
from zhengtong.common.progress import bar
from zhengtong.common.refusal import Refusal
from zhengtong.common.text import Text, text
from zhengtong.observatory.simulation.effect import effect
from zhengtong.observatory.simulation.population import census
from zhengtong.observatory.simulation.telling import SEXES, as_page, as_picture, as_text

METHOD = text(
    "{on} 的现行规则与草案规则对同一人群逐一适用；金额为一年。"
    "现行规则文件的 SHA-256：{before}；草案：{after}；人群文件：{people}。",
    "The rules in force and those of the draft were applied to the same persons as of {on}; amounts are for a year. "
    "SHA-256 of the rules in force: {before}; of the draft: {after}; of the population: {people}.",
)
SYNTHETIC = text(
    "如使用本程序生成的人群：它依据{source}的边际分布合成，不含任何真人。",
    "A population made by this program is synthetic, after the marginals of: {source}. It holds no real person.",
)


class Command(BaseCommand):
    help = "Run the rules in force and a draft's over a population: who gains, who loses, and the cost of a year."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--service", required=True, metavar="ID")
        parser.add_argument("--draft", type=Path, required=True, metavar="DIR", help="the changed charter")
        parser.add_argument("--population", type=Path, required=True, metavar="FILE", help="a Parquet file")
        parser.add_argument("--charter", type=Path, default=settings.ZHENGTONG_CHARTER, help="the charter as it is")
        parser.add_argument("--on", type=date.fromisoformat, help="the day of the rules (today)")
        parser.add_argument("--language", choices=["zh-Hans", "en"], default="zh-Hans")
        parser.add_argument("--report", type=Path, metavar="DIR", help="also writes report.html and effect.svg there")

    def handle(self, *, service: str, population: Path, language: str, report: Path | None, **given: Any) -> None:
        on: date = given["on"] or timezone.localdate()
        if not population.is_file():
            raise CommandError(f"{population}: no such file; `zhengtong population` writes one")
        now, draft = (_read(given[name], on) for name in ("charter", "draft"))
        declared = _declared(now, service), _declared(draft, service)
        rules = now.rules(service), draft.rules(service)
        if rules[0] is None or rules[1] is None:
            raise CommandError(f"{service} has no rules")
        try:
            found = effect(rules[0], rules[1], declared, population, on, progress=self._progress)
        except Refusal as refusal:
            told = f"{refusal.told().in_(language)} {refusal.advice().in_(language)}"
            raise CommandError(told) from refusal

        def naming(way: str, label: str) -> Text:
            region = now.regions.get(label) if way == "region" else None
            return region.name if region else SEXES.get(label) or text(label, label)

        for line in as_text(found, naming, language):
            self.stdout.write(line)
        if report:
            report.mkdir(parents=True, exist_ok=True)
            path = f"services/{service}/rules.dmn"
            hashes = {
                "before": sha256(now.files[path]).hexdigest(),
                "after": sha256(draft.files[path]).hexdigest(),
                "people": sha256(population.read_bytes()).hexdigest(),
            }
            method = [METHOD.format(on=on.isoformat(), **hashes), SYNTHETIC.format(source=census().source)]
            name = now.procedures[service].name
            (report / "report.html").write_text(as_page(found, naming, language, name, method), "utf-8")
            (report / "effect.svg").write_text(as_picture(found, naming, language), "utf-8")
            self.stdout.write(str(report / "report.html"))

    def _progress(self, done: float) -> None:
        bar(self.stderr, done)


def _read(folder: Path, on: date) -> Charter:
    charter, findings = inspect(folder, on=on)
    errors = [each for each in findings if each.is_error]
    if charter is None or errors:
        raise CommandError(f"{folder} has {len(errors)} errors; see `zhengtong check {folder}`")
    return charter


def _declared(charter: Charter, service: str) -> Any:
    if service not in charter.procedures:
        raise CommandError(f"there is no service {service}; there are: {', '.join(sorted(charter.procedures))}")
    said = charter.procedures[service].simulation
    if said is None:
        raise CommandError(f"{service} does not say what is to be compared: add `simulation:` to its service.yaml")
    return said
