"""`zhengtong process check FILE…`, `draw FILE`: BPMN files from anywhere, without a charter."""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text
from zhengtong.engines.process import Finding, Model, check, draw, verdict
from zhengtong.engines.process.pools import Pools

VERDICTS = {
    "sound": text("确定：可靠", "certain: sound"),
    "unsound": text("确定：不可靠", "certain: unsound"),
    "data-dependent": text("取决于数据", "data-dependent"),
}
SEVERITIES = {
    "error": text("错误", "error"),
    "data-dependent": text("取决于数据", "depends on the facts"),
    "warning": text("警告", "warning"),
}


class Command(BaseCommand):
    help = "Check or draw the processes of BPMN 2.0 files."
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

    def handle(self, *, todo: str, language: str, **given: Any) -> None:
        self.language = language
        try:
            getattr(self, todo)(given)
        except (Refusal, OSError) as fault:
            told = fault.told().in_(language) if isinstance(fault, Refusal) else str(fault)
            raise CommandError(told) from fault

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


def _files(paths: list[Path]) -> list[Path]:
    return [file for path in paths for file in (sorted(path.rglob("*.bpmn")) if path.is_dir() else [path])]
