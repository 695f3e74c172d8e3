"""`zhengtong simulate`: what a draft of the charter would change for a population, before it is enacted."""

from argparse import ArgumentParser
from datetime import date
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from zhengtong.charter.charter import Charter, inspect
from zhengtong.charter.runs import Language, Population, Run, run_of
from zhengtong.common.progress import bar
from zhengtong.common.refusal import Refusal
from zhengtong.common.text import Text, text
from zhengtong.observatory.simulation.again import change, drafted
from zhengtong.observatory.simulation.effect import effect
from zhengtong.observatory.simulation.population import ELSEWHERE, census, drawn_as, places, write_population
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
        parser.add_argument("--service", default="", metavar="ID")
        parser.add_argument("--draft", type=Path, metavar="DIR", help="the changed charter")
        parser.add_argument("--population", type=Path, metavar="FILE", help="a Parquet file")
        parser.add_argument(
            "--again", type=Path, metavar="FILE", help="a report: the same is made from what it says of itself"
        )
        parser.add_argument("--charter", type=Path, default=settings.ZHENGTONG_CHARTER, help="the charter as it is")
        parser.add_argument("--on", type=date.fromisoformat, help="the day of the rules (today)")
        parser.add_argument("--language", choices=["zh-Hans", "en"], default="zh-Hans")
        parser.add_argument("--report", type=Path, metavar="DIR", help="also writes report.html and effect.svg there")

    def handle(self, *, again: Path | None = None, **given: Any) -> None:
        with TemporaryDirectory() as scratch:
            if again:
                given |= _as_before(again, Path(scratch), **given)
            lacking = [f"--{name}" for name in ("service", "draft", "population") if not given[name]]
            if lacking:
                raise CommandError(f"needed: {', '.join(lacking)}")
            self._simulate(**given)

    def _simulate(
        self, *, service: str, population: Path, language: Language, report: Path | None, **given: Any
    ) -> None:
        on: date = given["on"] or timezone.localdate()
        if not population.is_file():
            raise CommandError(f"{population}: no such file; `zhengtong population` writes one")
        now, draft = (_read(given[name], on) for name in ("charter", "draft"))
        declared = _declared(now, service), _declared(draft, service)
        rules = now.rules(service), draft.rules(service)
        if rules[0] is None or rules[1] is None:
            raise CommandError(f"{service} has no rules")
        run = Run(
            program=version("zhengtong"),
            service=service,
            on=on,
            language=language,
            charter=now.digest,
            draft=draft.digest,
            change=change(now.files, draft.files),
            population=Population.model_validate(
                {"sha256": sha256(population.read_bytes()).hexdigest(), **drawn_as(population)}
            ),
        )
        if given.get("was") not in (None, run):
            raise CommandError("this program, charter or population is not the one of the report")
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
                "people": run.population.sha256,
            }
            method = [METHOD.format(on=on.isoformat(), **hashes), SYNTHETIC.format(source=census().source)]
            name = now.procedures[service].name
            (report / "report.html").write_text(as_page(found, naming, language, name, method, run), "utf-8")
            (report / "effect.svg").write_text(as_picture(found, naming, language), "utf-8")
            self.stdout.write(str(report / "report.html"))

    def _progress(self, done: float) -> None:
        bar(self.stderr, done)


def _as_before(of: Path, scratch: Path, *, charter: Path, population: Path | None, **_: Any) -> dict[str, Any]:
    """What the report was made of; its draft and, where the program drew it, its population are made anew."""
    run = run_of(of.read_bytes()) if of.is_file() else None
    if run is None:
        raise CommandError(f"{of} does not say what it was made of")
    if population is None and run.population.is_drawn:
        population, drawn = scratch / "people.parquet", run.population.model_dump(include={"size", "seed", "on"})
        write_population(population, regions=places(_read(charter, run.on)), elsewhere=ELSEWHERE, **drawn)
    try:
        draft = drafted(run, charter, scratch / "draft")
    except ValueError as wrong:
        raise CommandError(f"{of} would write outside of its draft: {wrong}") from wrong
    told = {"service": run.service, "on": run.on, "language": run.language}
    return told | {"draft": draft, "population": population, "was": run}


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
