"""`zhengtong process check FILE…`, `draw FILE`, `simulate FILE…`: BPMN files from anywhere, without a charter;
`migrate --service ID`: running cases move to the process in force."""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from zhengtong.cases.acts import migrate_case
from zhengtong.cases.errors import NoSuchProcedure
from zhengtong.cases.moving import Plan, on_older_law, plan
from zhengtong.charter.errors import CharterFaults
from zhengtong.charter.model import Migration
from zhengtong.charter.queries import in_force_at
from zhengtong.charter.reading.layout import KINDS
from zhengtong.charter.reading.parts import typed
from zhengtong.charter.reading.tree import Unreadable
from zhengtong.charter.reading.yaml_file import read_yaml
from zhengtong.common.progress import bar
from zhengtong.common.refusal import Refusal
from zhengtong.common.text import Text, text
from zhengtong.engines.process import Finding, Model, check, draw, verdict
from zhengtong.engines.process.pools import Pools
from zhengtong.people.actor import PROGRAM
from zhengtong.project import simulating

VERDICTS = {
    "sound": text("确定：可靠", "certain: sound"),
    "unsound": text("确定：不可靠", "certain: unsound"),
    "data-dependent": text("取决于数据", "data-dependent"),
}
DONE = text("{moved} 件转入新流程，{stay} 件留在原流程。", "Moved: {moved}; stay: {stay}.")
WOULD = text(
    "{moved} 件可以转入新流程，{stay} 件将留在原流程；没有改动任何办件。",
    "Would move: {moved}; would stay: {stay}. Nothing was changed.",
)
STAYS = text("留在第 {number} 号章程：{why}", "stays under charter no. {number}: {why}")
SEVERITIES = {
    "error": text("错误", "error"),
    "data-dependent": text("取决于数据", "depends on the facts"),
    "warning": text("警告", "warning"),
}


class Command(BaseCommand):
    help = "Check, draw or simulate the processes of BPMN 2.0 files; move running cases to a new version."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--language", choices=["zh-Hans", "en"], default="zh-Hans")
        todo = parser.add_subparsers(dest="todo", required=True)
        checking = todo.add_parser("check", help="give each process a verdict, and say what is wrong by file and line")
        checking.add_argument("files", nargs="+", type=Path, help="files, or folders of *.bpmn")
        checking.add_argument("--brief", action="store_true", help="verdicts only")
        drawing = todo.add_parser("draw", help="write a process as SVG")
        drawing.add_argument("file", type=Path)
        drawing.add_argument("--process", default="", help="the id of a process, where the file has several")
        drawing.add_argument("--out", type=Path, help="the picture; FILE.svg in the present folder if not given")
        moving = todo.add_parser("migrate", help="move running cases to the process in force, or say why they stay")
        moving.add_argument("--service", required=True, help="the id of a service or life event")
        moving.add_argument("--map", type=Path, help="a migration.yaml in the place of the one in the charter")
        moving.add_argument("--dry-run", action="store_true", help="say it only, and change nothing")
        simulating.add_arguments(
            todo.add_parser("simulate", help="what variants of a process would do: waiting, load, promises kept")
        )

    def handle(self, *, todo: str, language: str, **given: Any) -> None:
        self.language = language
        try:
            getattr(self, todo)(given)
        except (Refusal, OSError) as fault:
            told = (
                f"{fault.told().in_(language)} {fault.advice().in_(language)}" if isinstance(fault, Refusal) else fault
            )
            raise CommandError(str(told)) from fault

    def check(self, given: dict[str, Any]) -> None:  # type: ignore[override]  # a subcommand
        verdicts: Counter[str] = Counter()
        errors = 0
        for path in _files(given["files"]):
            try:
                models = Pools.load(path).models or {"": Model.load(path)}
            except Refusal as refusal:
                self.stderr.write(f"{path}: {refusal.told().in_(self.language)}")
                errors += 1
                continue
            for id_, model in models.items():
                findings = check(model)
                verdicts[verdict(findings)] += 1
                errors += any(finding.severity == "error" for finding in findings)
                self.stdout.write(f"{path} {id_}: {VERDICTS[verdict(findings)].in_(self.language)}")
                for finding in () if given["brief"] else findings:
                    self.stdout.write(f"  {path}:{finding.line} {self._told(finding)}")
        found = ", ".join(f"{number} × {VERDICTS[each].in_(self.language)}" for each, number in verdicts.items())
        self.stdout.write(f"{sum(verdicts.values())}: {found}")
        if errors:
            raise CommandError(text("有错误。", "there are errors").in_(self.language), returncode=1)

    def _told(self, finding: Finding) -> str:
        way = " → ".join(finding.trace[:12])
        told = f"{SEVERITIES[finding.severity].in_(self.language)} {finding.code} {finding.element}: "
        return told + finding.message.in_(self.language) + (f" [{way}]" if way else "")

    def draw(self, given: dict[str, Any]) -> None:
        path: Path = given["file"]
        out: Path = given["out"] or Path(f"{path.stem}.svg")
        out.write_text(draw(Model.load(path, process=given["process"]), self.language), encoding="utf-8")
        self.stdout.write(str(out))

    def migrate(self, given: dict[str, Any]) -> None:
        now = timezone.now()
        charter = in_force_at(now).charter
        if given["service"] not in {*charter.procedures, *charter.events}:
            raise NoSuchProcedure(procedure=given["service"])
        declared = _declared(given["map"]) if given["map"] else None
        moved = stay = 0
        for case in on_older_law(given["service"], now=now):
            if given["dry_run"]:
                found = plan(case, declared=declared, now=now)
            else:
                found = migrate_case(case=case, by=PROGRAM, declared=declared, now=now)
            moved, stay = moved + found.moves, stay + (not found.moves)
            self.stdout.write(self._outlook(found))
        told = WOULD if given["dry_run"] else DONE
        self.stdout.write(told.format(moved=moved, stay=stay).in_(self.language))

    def _outlook(self, found: Plan) -> str:
        here, there = (self._joined(each) for each in (found.before, found.after))
        if found.moves:
            return f"{found.case.number} {here} → {there}"
        reasons = "; ".join(f"[{code}] {why.in_(self.language)}" for code, why in found.reasons)
        stays = STAYS.format(number=found.case.enactment.number, why=reasons).in_(self.language)
        return f"{found.case.number} {here} {stays}"

    def _joined(self, steps: list[Text]) -> str:
        return ", ".join(each.in_(self.language) for each in steps)

    def simulate(self, given: dict[str, Any]) -> None:
        for line in simulating.simulated(given, self.language, lambda done: bar(self.stderr, done)):
            self.stdout.write(line)


def _declared(path: Path) -> Migration:
    kind = next(each for each in KINDS if each.type is Migration)
    try:
        found, findings = typed(kind, read_yaml(path.name, path.read_bytes()))
    except Unreadable as fault:
        raise CharterFaults([fault.finding]) from fault
    if findings:
        raise CharterFaults(findings)
    declared: Migration = found
    return declared


def _files(paths: list[Path]) -> list[Path]:
    return [file for path in paths for file in (sorted(path.rglob("*.bpmn")) if path.is_dir() else [path])]
