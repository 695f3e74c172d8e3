"""`zhengtong process simulate`: variants side by side, from files, an event log, or a service's own record."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from zhengtong.charter.charter import Charter, inspect
from zhengtong.charter.queries import in_force_at
from zhengtong.common.text import Text, text
from zhengtong.engines.deadlines import Calendar
from zhengtong.engines.mining import clock, fitted, read_log
from zhengtong.engines.process import Model, check, verdict
from zhengtong.engines.process.simulation import Comparison, Interval, Plan, PlanFault, Rules, compare, picture, plans
from zhengtong.engines.rules import Model as Decisions
from zhengtong.observatory.processes import planned, rules_of

IN_FORCE = text("现行", "in force")
HEAD = text(
    "{name}：平均 {mean} 个工作日，九成在 {most} 个工作日内，最忙岗位负荷 {load}",
    "{name}: {mean} working days on average, nine in ten within {most}, busiest post {load}",
)
ON_TIME = text("，按期 {share}", ", on time {share}")
AGAINST = text(
    "  与“{name}”相比：平均 {mean} 个工作日（{why}）", "  against “{name}”: {mean} working days on average ({why})"
)
REAL, CHANCE = text("超出偶然", "more than chance"), text("可能只是偶然", "may be chance")
WAITS = text("  等待最长：{steps}", "  longest waits: {steps}")
STAYED = text("  未办结 {count} 件，停在：{nodes}", "  {count} did not end and wait at: {nodes}")
EVEN = text("没有说明结果比例，按均等处理：{nodes}", "no shares of outcomes are known, taken as even: {nodes}")
USUAL = text("没有时长记录，按通常时长处理：{nodes}", "no times are known, taken as usual: {nodes}")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("models", nargs="*", type=Path, metavar="MODEL.bpmn", help="one file for each variant")
    parser.add_argument("--plan", type=Path, metavar="FILE", help="a YAML file: arrivals, staff, times, outcomes")
    parser.add_argument("--log", type=Path, help="an event log that arrivals and times are taken from")
    parser.add_argument("--rules", type=Path, metavar="FILE.dmn", help="the rules that MODEL asks")
    parser.add_argument("--service", default="", metavar="ID", help="a service, from the record and charter in force")
    parser.add_argument("--draft", action="append", default=[], type=Path, metavar="DIR", help="a changed charter")
    parser.add_argument("--period", default="", help="of the record: 2026 or 2026-03 (the present year)")
    parser.add_argument("--cases", type=int, default=10_000, help="in each run (10,000)")
    parser.add_argument("--runs", type=int, default=5, help="of each variant (5)")
    parser.add_argument("--seed", type=int, default=1, help="another seed is other chance")
    parser.add_argument("--out", type=Path, help="the picture; simulation.svg in the present folder if not given")
    parser.add_argument("--write-plan", type=Path, metavar="FILE", help="write the plan that was found, and stop")


def simulated(given: Mapping[str, Any], language: str, told: Callable[[float], None]) -> Iterator[str]:
    """Runs it; yields what to say. Raises Refusal, OSError."""
    models, rules, data = _variants(given, language)
    if given["write_plan"]:
        _write(given["write_plan"], data)
        yield str(given["write_plan"])
        return
    planning = plans(data, models, calendars=lambda country: Calendar(country=country).is_working, rules=rules)
    yield from _assumed(planning, language)
    found = compare(
        planning,
        cases=given["cases"],
        runs=given["runs"],
        seed=given["seed"],
        progress=lambda done, of: told(done / of),
    )
    names = {node.id: node.name.in_(language) or node.id for model in models.values() for node in model.nodes.values()}
    names |= _posts(in_force_at(timezone.now()).charter, language) if given["service"] else {}
    for each in found:
        yield from _lines(each, found[0].name, names, language)
    out: Path = given["out"] or Path("simulation.svg")
    out.write_text(picture(found, names, language), encoding="utf-8")
    yield str(out)


def _variants(given: Mapping[str, Any], language: str) -> tuple[dict[str, Model], dict[str, Rules], dict[str, Any]]:
    """The models by name, their rules, and the plan: what the record says, and what was written instead of it."""
    now, models, rules, found = timezone.now(), dict[str, Model](), dict[str, Rules](), dict[str, Any]()
    if service := given["service"]:
        found = planned(procedure=_known(in_force_at(now).charter, service), code=given["period"], now=now)
        charters = {IN_FORCE.in_(language): in_force_at(now).charter}
        charters |= {folder.name: _draft(folder, timezone.localdate(now)) for folder in given["draft"]}
        for name, charter in charters.items():
            models[name] = charter.process(_known(charter, service))
            rules[name] = rules_of(charter, service, timezone.localdate(now))
    for path in given["models"]:
        name = path.stem if path.stem not in models else str(path)
        models[name] = Model.load(path)
        if given["rules"]:
            rules[name] = _answers(Decisions.load(given["rules"]), timezone.localdate(now))
    if not models:
        raise PlanFault(
            text("没有流程：请给出 BPMN 文件或 --service。", "no process is named: give a BPMN file or --service")
        )
    for name, model in models.items():
        if verdict(check(model)) == "unsound":
            raise PlanFault(text(f"流程“{name}”不可靠，请先检查。", f"the process “{name}” is unsound: check it first"))
    if given["log"]:
        with read_log(given["log"]) as log:
            clock(log)
            found = fitted(log, next(iter(models.values())))
    return models, rules, _instead(found, _read(given["plan"]) if given["plan"] else {})


def _known(charter: Charter, service: str) -> str:
    if service not in charter.procedures:
        listed = ", ".join(sorted(charter.procedures))
        raise PlanFault(
            text(f"没有事项“{service}”；有：{listed}", f"there is no service “{service}”; there are: {listed}")
        )
    return service


def _posts(charter: Charter, language: str) -> dict[str, str]:
    """What the posts of a process are called."""
    offices = charter.organisations.values()
    return {f"{office.function}/{post.id}": post.title.in_(language) for office in offices for post in office.posts}


def _draft(folder: Path, on: date) -> Charter:
    charter, findings = inspect(folder, on=on)
    if charter is None or any(each.is_error for each in findings):
        raise PlanFault(
            text(
                f"草案 {folder} 有错误，请先运行 zhengtong check。",
                f"the draft {folder} has errors: see `zhengtong check`",
            )
        )
    return charter


def _answers(decisions: Decisions, on: date) -> Rules:
    return lambda decision, facts: decisions.decide(decision, facts, on=on).value


def _read(path: Path) -> dict[str, Any]:
    try:
        data = YAML(typ="safe").load(path.read_text("utf-8"))
    except (YAMLError, UnicodeDecodeError) as fault:
        raise PlanFault(text(f"{path} 不是 YAML：{fault}", f"{path} is no YAML: {fault}")) from fault
    if not isinstance(data, dict):
        raise PlanFault(text(f"{path} 应为键值表。", f"{path} is to be a mapping"))
    return data


def _instead(found: dict[str, Any], written: dict[str, Any]) -> dict[str, Any]:
    """What is written takes the place of what was found; arrivals, times and outcomes one by one."""
    both = {
        name: found[name] | written[name] for name in ("arrivals", "times", "outcomes") if _has(name, found, written)
    }
    return found | written | both


def _has(name: str, *plans: dict[str, Any]) -> bool:
    return all(isinstance(each.get(name), dict) for each in plans)


def _write(path: Path, data: dict[str, Any]) -> None:
    """The plan as YAML, without the facts of real cases."""
    arrivals = {name: value for name, value in data.get("arrivals", {}).items() if name != "kinds"}
    with path.open("w", encoding="utf-8") as file:
        YAML().dump(data | ({"arrivals": arrivals} if arrivals else {}), file)


def _assumed(planning: list[Plan], language: str) -> Iterator[str]:
    """What the plan leaves open is said."""
    for plan in planning[:1]:
        tasks = [node for node in plan.model.nodes.values() if node.task and node.task.post not in plan.unlimited]
        even = [n.id for n in tasks if n.task and len(n.task.values) > 1 and n.id not in plan.outcomes]
        usual = [node.id for node in tasks if node.id not in plan.times]
        for wording, nodes in ((EVEN, even), (USUAL, usual)):
            if nodes:
                yield wording.format(nodes=", ".join(nodes)).in_(language)


def _lines(each: Comparison, first: str, names: Mapping[str, str], language: str) -> Iterator[str]:
    measures = each.measures
    mean, most, load = (measures[name] for name in ("mean_days", "ninetieth_days", "load"))
    line = HEAD.format(name=each.name, mean=_days(mean), most=_days(most), load=f"{load.mean:.0%}")
    on_time = ON_TIME.format(share=_share(measures["on_time"])) if "on_time" in measures else Text({language: ""})
    yield line.in_(language) + on_time.in_(language)
    if each.name != first:
        differs = each.differences["mean_days"]
        why = REAL if differs.excludes_zero else CHANCE
        yield AGAINST.format(name=first, mean=_days(differs, "+"), why=why).in_(language)
    waits: dict[str, float] = {}
    for run in each.runs:
        for step in run.steps:
            waits[step.node] = waits.get(step.node, 0.0) + step.mean_wait / run.day / len(each.runs)
    longest = sorted(waits.items(), key=lambda wait: -wait[1])[:3]
    if told := ", ".join(f"{names[node]} {days:.2f}" for node, days in longest if days > 0):
        yield WAITS.format(steps=told).in_(language)
    stayed = sum(run.cases - run.ended for run in each.runs)
    if stayed:
        nodes = ", ".join(dict.fromkeys(names[node] for run in each.runs for node in run.waiting))
        yield STAYED.format(count=stayed, nodes=nodes).in_(language)


def _days(found: Interval, sign: str = "") -> str:
    return f"{found.mean:{sign}.2f} ± {found.half:.2f}"


def _share(found: Interval) -> str:
    return f"{found.mean:.1%} ± {found.half:.1%}"
