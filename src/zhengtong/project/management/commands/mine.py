"""`zhengtong mine LOG`: what an event log tells of a process, or the record of a service, as one HTML file."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from zhengtong.charter.queries import in_force_at
from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text
from zhengtong.engines.deadlines import Calendar
from zhengtong.engines.mining import (
    Asked,
    Findings,
    Keys,
    examine,
    read_log,
    report,
    write_log,
)
from zhengtong.engines.process import Model
from zhengtong.observatory.processes import process_of

ROLES = {
    "case": "what names the case",
    "activity": "what names the step",
    "moment": "when it was done",
    "begun": "when work on it began",
    "person": "who did it",
    "office": "which office did it",
    "phase": "the phase of its life (start, complete)",
}

TOLD = text(
    "案件 {cases}，事件 {events}，办理路径 {ways}，剔除行 {bad}；"
    "有来回（乒乓）的案件：部门之间 {offices}，人员之间 {persons}。",
    "cases: {cases}, events: {events}, variants: {ways}, rows left out: {bad}; "
    "cases with ping-pong between offices: {offices}, between persons: {persons}.",
)
LEFT_OUT = text("{why}：{count} 行（行号 {lines}）", "{why}, rows: {count} (line {lines})")


class Command(BaseCommand):
    help = "Read an event log (XES, CSV, OCEL 2.0; gzipped too) and write what it tells as an HTML report."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("log", type=Path, nargs="?")
        parser.add_argument("--service", default="", metavar="ID", help="the node's own record of a service instead")
        parser.add_argument("--period", default="", help="of that record: 2026 or 2026-03 (the present year)")
        parser.add_argument("--out", type=Path, help="the report; LOG.html in the present folder if not given")
        parser.add_argument("--language", choices=["zh-Hans", "en"], default="zh-Hans")
        parser.add_argument(
            "--calendar", metavar="COUNTRY", help="count working days of this country, such as CN or NL"
        )
        parser.add_argument("--model", type=Path, help="a BPMN file to hold the cases against")
        parser.add_argument("--limit", type=float, default=0.0, metavar="DAYS", help="the time limit of a case")
        parser.add_argument("--due", default="", metavar="NAME", help="the attribute of a case that holds its limit")
        parser.add_argument("--since", type=date.fromisoformat, metavar="DATE", help="compare before and after a day")
        parser.add_argument("--correction", action="append", default=[], metavar="STEP", help="a step that puts right")
        parser.add_argument("--share", type=float, default=0.9, help="how much of all moves the map shows (0.9)")
        parser.add_argument(
            "--steps", type=float, default=1.0, help="how much of all events the map's steps make up (1)"
        )
        parser.add_argument("--object-type", default="", help="of OCEL: the type of object that is the case")
        parser.add_argument("--encoding", default="", help="of a table that is not in UTF-8, such as gb18030")
        parser.add_argument("--dates", default="", help="the format of a table's times, such as '%%d/%%m/%%Y %%H:%%M'")
        parser.add_argument("--write", type=Path, help="also write the log: .xes, .xes.gz, .csv, .json, .xml, .sqlite")
        for role, told in ROLES.items():
            parser.add_argument(f"--{role}", default="", metavar="NAME", help=f"the attribute or column that is {told}")

    def handle(self, *, log: Path | None, **given: Any) -> None:
        if not 0 < given["share"] <= 1 or not 0 < given["steps"] <= 1:
            raise CommandError("--share and --steps lie between 0 and 1")
        if (log is None) == (not given["service"]):
            raise CommandError("name a log, or a service of one's own")
        try:
            name, found = self._own(given) if log is None else (log.name.split(".")[0], self._examined(log, given))
        except Refusal as refusal:
            told = f"{refusal.told().in_(given['language'])} {refusal.advice().in_(given['language'])}"
            raise CommandError(told) from refusal
        out: Path = given["out"] or Path(f"{name}.html")
        out.write_text(report(found, given["language"]), encoding="utf-8")
        self._tell(found, out, given["language"])

    def _own(self, given: dict[str, Any]) -> tuple[str, Findings]:
        service, now = given["service"], timezone.now()
        if service not in in_force_at(now).charter.procedures:
            raise CommandError(f"there is no service {service}")
        asked = {"code": given["period"], "language": given["language"], "share": given["share"]}
        return service, process_of(procedure=service, now=now, **asked).found

    def _examined(self, log: Path, given: dict[str, Any]) -> Findings:
        keys = Keys(**{role: given[role] for role in ROLES})
        kind = {"case": given["object_type"], "encoding": given["encoding"], "dates": given["dates"]}
        with read_log(log, keys=keys, **kind) as read:
            found = examine(read, _asked(given))
            if given["write"]:
                self.stdout.write(f"{given['write']}: {write_log(read, given['write'])}")
        return found

    def _tell(self, found: Findings, out: Path, language: str) -> None:
        told = TOLD.format(
            cases=found.quality.cases,
            events=found.quality.events,
            ways=found.ways,
            bad=sum(bad.count for bad in found.quality.bad),
            offices=found.office_returns.cases,
            persons=found.person_returns.cases,
        )
        self.stdout.write(f"{out}: {told.in_(language)}")
        for bad in found.quality.bad:
            lines = ", ".join(str(line) for line, _ in bad.lines)
            self.stderr.write(LEFT_OUT.format(count=bad.count, why=bad.wording, lines=lines).in_(language))


def _asked(given: dict[str, Any]) -> Asked:
    return Asked(
        calendar=Calendar(country=given["calendar"]) if given["calendar"] else None,
        model=Model.load(given["model"]) if given["model"] else None,
        share=given["share"],
        activities=given["steps"],
        limit=given["limit"],
        due=given["due"],
        since=given["since"],
        correcting=given["correction"],
    )
