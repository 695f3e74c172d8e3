"""What a report says, as titles, notes and tables: the same for a file and for a page."""

from collections.abc import Iterator, Sequence

from zhengtong.common.text import Text, text
from zhengtong.engines.mining.examine import Findings
from zhengtong.engines.mining.report_judged import against_the_model, before_and_after, too_late
from zhengtong.engines.mining.report_section import (
    BY_THE_CLOCK,
    CASES,
    FROM,
    MEAN,
    MEDIAN,
    MOST,
    SHARE,
    STEP,
    TIMES,
    TO,
    Row,
    Section,
    unit,
)
from zhengtong.engines.mining.words import counted, days, duration, number, percent
from zhengtong.engines.mining.work import HandOver, PingPong

OFFICES = text("部门", "offices")
HANDED = text("{who}之间的移交", "Hand-overs between {who}")
BY_DESIGN = text("其中包括模型本身要求的往返。", "Returns that the model itself asks for are among them.")
CAME_BACK = text("{who}之间的来回（乒乓）", "Ping-pong between {who}")


def sections(found: Findings) -> list[Section]:
    """Everything but the pictures; the first is on the log itself."""
    return [
        _quality(found),
        _variants(found),
        *_times(found),
        *_hand_overs(found),
        *_returns(found),
        _rework(found),
        _corrections(found),
        *against_the_model(found),
        *too_late(found),
        *before_and_after(found),
    ]


def _quality(found: Findings) -> Section:
    told = found.quality
    doubts = [
        (
            told.tied,
            "事件与同案前一事件时间相同（按文件中的顺序排列）",
            "event ties in time with the one before; the order is the file's",
            "events tie in time with the one before; their order is the file's",
        ),
        (
            told.unsorted,
            "事件在文件中排在更晚的事件之后（已按时间排列）",
            "event stood after a later one, and was put in order",
            "events stood after later ones, and were put in order",
        ),
        (
            told.doubled,
            "行与同案另一行完全相同（保留）",
            "row equals another of its case in everything; it is kept",
            "rows equal another of their case in everything; they are kept",
        ),
        (
            told.split,
            "案件分散在多处（已合并）",
            "case stood in several places, and was joined",
            "cases stood in several places, and were joined",
        ),
        (told.nobody, "事件没有办理人", "event names no person", "events name no person"),
        (
            told.open,
            "案件尚未办结（不计入路径、办理时间和拟合度）",
            "case goes on; its way, its duration and whether it fits are not judged yet",
            "cases go on; their ways, their duration and whether they fit are not judged yet",
        ),
    ]
    notes = [text(f"{number(n)} 个{zh}。", f"{counted(n, one, many)}.") for n, zh, one, many in doubts if n]
    if not told.bad:
        notes.insert(0, text("没有坏行。", "No row had to be left out."))
    rows = [
        (bad.wording, number(bad.count), "; ".join(f"{line}: {what}" if line else what for line, what in bad.lines[:5]))
        for bad in told.bad
    ]
    return Section(
        text("日志质量", "The log itself"),
        notes,
        (text("剔除原因", "Left out"), text("行数", "Rows"), text("例（行号）", "Such as (line)")),
        rows,
    )


def _variants(found: Findings) -> Section:
    shown, ended = sum(variant.count for variant in found.variants), max(found.ended, 1)
    note = text(
        f"最常见的 {len(found.variants)} 种路径占 {percent(shown / ended)}，共 {number(found.ways)} 种。",
        f"The most frequent ways, {len(found.variants)} of {number(found.ways)}, are {percent(shown / ended)} of the "
        "cases.",
    )
    rows = [
        (" → ".join(each.way), number(each.count), percent(each.count / ended), duration(each.median))
        for each in found.variants
    ]
    return Section(text("办理路径", "Variants"), [note], (text("路径", "Way"), CASES, SHARE, BY_THE_CLOCK), rows)


def _times(found: Findings) -> Iterator[Section]:
    span, unit_ = found.lasting, unit(working=found.asked.calendar is not None)
    told = [days(each) for each in (span.median, span.mean, span.nine_tenths, span.longest)]
    zh, en = ([each.in_(language) for each in told] for language in ("zh-Hans", "en"))
    note = text(
        f"以{unit_['zh-Hans']}计，一件案件中位 {zh[0]}、平均 {zh[1]}；九成不超过 {zh[2]}，最长 {zh[3]}。"
        "步骤用时指自上一步以来的时间（等待与办理合计）。",
        f"Counted in {unit_['en']}, a case takes {en[0]} (median; mean {en[1]}), nine in ten at most {en[2]}, the "
        f"longest {en[3]}. The time of a step is what passed since the one before: waiting and working together.",
    )
    parts = any(step.working is not None for step in found.steps)
    extra = (text("等待（中位）", "Waiting (median)"), text("办理（中位）", "Working (median)")) if parts else ()
    rows = [
        (step.name, number(step.span.count), days(step.span.median), days(step.span.mean), days(step.span.nine_tenths))
        + (percent(step.share),)
        + ((_days(step.waiting), _days(step.working)) if parts else ())
        for step in found.steps[: 2 * MOST]
    ]
    columns = (STEP, TIMES, MEDIAN, MEAN, text("九成以内", "Nine in ten"), text("占总时间", "Of all time"), *extra)
    yield Section(text("时间（{unit}）", "Times ({unit})").format(unit=unit_), [note], columns, rows)


def _days(value: float | None) -> Text | str:
    return "" if value is None else days(value)


def _hand_overs(found: Findings) -> Iterator[Section]:
    for who, given in (
        (OFFICES, found.offices),
        (found.asked.persons, found.persons),
    ):
        yield Section(
            HANDED.format(who=who),
            [_handed(given)],
            (FROM, TO, TIMES, CASES, BY_THE_CLOCK) if given else (),
            _handed_rows(given),
        )


def _handed(given: Sequence[HandOver]) -> Text:
    if not given:
        return text("日志没有记录移交。", "The log records none.")
    total = sum(each.count for each in given)
    return text(
        f"共 {number(total)} 次，{len(given)} 对。", f"{number(total)} in all, between {counted(len(given), 'pair')}."
    )


def _handed_rows(given: Sequence[HandOver]) -> list[Row]:
    return [
        (each.source, each.target, number(each.count), number(each.cases), duration(each.median))
        for each in given[:MOST]
    ]


def _returns(found: Findings) -> Iterator[Section]:
    for who, given in (
        (OFFICES, found.office_returns),
        (found.asked.persons, found.person_returns),
    ):
        columns = (
            text("回到", "Back to"),
            text("来自", "From"),
            TIMES,
            CASES,
            text("离开时间中位数（自然时间）", "Away, median by the clock"),
        )
        rows = [
            (each.office, each.other, number(each.count), number(each.cases), duration(each.away))
            for each in given.returns[:MOST]
        ]
        notes = [_returned(given), *([BY_DESIGN] if rows and found.asked.model else [])]
        yield Section(CAME_BACK.format(who=who), notes, columns if rows else (), rows)


def _returned(given: PingPong) -> Text:
    share = percent(given.cases / max(given.of, 1))
    return text(
        f"{number(given.cases)} 件（{share}）中，事情回到了已离开的地方，共 {number(given.count)} 次。",
        f"In {counted(given.cases, 'case')} ({share}) work came back to where it had left, "
        f"{counted(given.count, 'time')} in all.",
    )


def _rework(found: Findings) -> Section:
    columns = (STEP, CASES, text("立即重复", "At once"), text("之后重复", "Later"))
    rows = [(each.name, number(each.cases), number(each.at_once), number(each.later)) for each in found.rework[:MOST]]
    note = text("同一案件中重复做的步骤。", "Steps that a case had more than once.")
    return Section(text("重做", "Rework"), [note if rows else text("没有重做。", "None.")], columns, rows)


def _corrections(found: Findings) -> Section:
    columns = (STEP, TIMES, CASES, SHARE)
    rows = [
        (each.name, number(each.count), number(each.cases), percent(each.share)) for each in found.corrections[:MOST]
    ]
    note = text("名称表明在补正或更正的步骤。", "Steps by which something is put right, by their names.")
    nothing = text("没有这样的步骤。", "There is no such step.")
    return Section(text("补正", "Corrections"), [note if rows else nothing], columns, rows)
