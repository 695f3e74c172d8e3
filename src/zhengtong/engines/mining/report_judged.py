"""What a report holds against the cases: the model, the limit, the time before a change."""

import math
from collections.abc import Iterator, Sequence

from zhengtong.common.text import text
from zhengtong.engines.mining.change import Change
from zhengtong.engines.mining.examine import Findings
from zhengtong.engines.mining.late import Blame
from zhengtong.engines.mining.report_section import CASES, MOST, STEP, TIMES, Row, Section, unit
from zhengtong.engines.mining.words import counted, number, percent


def against_the_model(found: Findings) -> Iterator[Section]:
    """Deviations from the model, by step and by office; nothing where no model was given."""
    told = found.conformance
    if told is None:
        return
    share = percent(told.fitting / max(told.cases, 1))
    fit = counted(told.fitting, f"case ({share}) fits", f"cases ({share}) fit")
    notes = [
        text(
            f"拟合度 {told.fitness:.3f}；{number(told.fitting)} 件（{share}）完全符合模型。",
            f"Fitness {told.fitness:.3f}; {fit} wholly.",
        )
    ]
    if told.unknown:
        listed = ", ".join(f"{name} ({number(count)})" for name, count in list(told.unknown.items())[:MOST])
        notes.append(text(f"模型中没有：{listed}。", f"The model has no step for: {listed}."))
    kinds = {False: text("未轮到就做了", "done out of turn"), True: text("没有做", "left undone at the end")}
    rows: list[Row] = [
        (each.step, kinds[each.skipped], number(each.cases), number(each.times)) for each in told.deviations[:MOST]
    ]
    columns = (STEP, text("偏离", "Deviation"), CASES, TIMES)
    yield Section(text("与模型的偏离", "Deviations from the model"), notes, columns, rows)
    if told.offices:
        rows = [(each.office, each.step, number(each.times)) for each in told.offices[:MOST]]
        yield Section(
            text("哪个部门偏离", "Which office deviates"),
            (),
            (text("部门", "Office"), text("未轮到就做的步骤", "Step done out of turn"), TIMES),
            rows,
        )


def too_late(found: Findings) -> Iterator[Section]:
    """Late cases and where their time went; nothing where no limit was given."""
    told, unit_ = found.late, unit(working=found.asked.calendar is not None)
    if told is None:
        return
    share = percent(told.cases / max(told.of, 1))
    note = text(
        f"{number(told.of)} 件有期限，{number(told.cases)} 件（{share}）超期"
        + (f"，中位超 {number(told.by)} 天。" if told.by is not None else "。"),
        f"{counted(told.of, 'case')} had a limit; {number(told.cases)} ({share}) broke it"
        + (f", by {counted(told.by, 'day')} (median)." if told.by is not None else "."),
    )
    if told.open:
        note = text(
            f"{note['zh-Hans']}其中 {number(told.open)} 件仍未办结。",
            f"{note['en']} {number(told.open)} of them {'goes' if told.open == 1 else 'go'} on.",
        )
    columns = (text("超期件", "Late cases"), text("按时件", "In time"), text("占多出时间", "Of what is more"))
    for title, given, name in (
        (text("超期案件：时间去了哪里", "Late cases: where their time went"), told.blame, STEP),
        (text("超期案件：在哪个部门", "Late cases: in which office"), told.offices, text("部门", "Office")),
    ):
        if given or given is told.blame:
            heads = (
                name,
                *(
                    text(f"{each['zh-Hans']}（{unit_['zh-Hans']}）", f"{each['en']} ({unit_['en']})")
                    for each in columns[:2]
                ),
            )
            yield Section(title, [note] if given is told.blame else (), (*heads, columns[2]), _blame(given))


def _blame(given: Sequence[Blame]) -> list[Row]:
    return [(each.name, number(each.late), number(each.in_time), percent(each.share)) for each in given[:MOST]]


def before_and_after(found: Findings) -> Iterator[Section]:
    """What changed since a day; nothing where none was given."""
    if not found.changes or found.asked.since is None:
        return
    day = f"{found.asked.since:%Y-%m-%d}"
    before, after = found.changes[0].months
    notes = [
        text(
            f"{day} 之前 {before} 个月，之后 {after} 个月，按案件开始的月份。"
            "区间为 95%。接近日志末尾、来不及办完的案件不计。",
            f"{counted(before, 'month')} before {day} and {after} after, by the month in which cases began. "
            "Intervals are of 95%. Cases that began too near the end of the log to be done are left out.",
        )
    ]
    if found.changes[0].season is None:
        notes.append(
            text(
                "此前不足两个整年，无法分出季节。",
                "There are not two whole years before: the season cannot be told apart.",
            )
        )
    columns = [text("指标", "Measure"), text("之前", "Before"), text("之后", "After"), text("其中季节", "Of it season")]
    columns += [text("其余变化", "The rest"), text("区间", "Interval"), text("判断", "Verdict")]
    yield Section(
        text("{day} 以来的变化", "What changed since {day}").format(day=day),
        notes,
        columns,
        [_change(each) for each in found.changes],
    )


def _change(change: Change) -> Row:
    if math.isnan(change.rest) or math.isinf(change.low):
        verdict, interval = text("月份太少，无法判断", "too few months to tell"), ""
    else:
        interval = f"{change.low:+.2f} … {change.high:+.2f}"
        verdict = text("超出偶然", "more than chance") if change.is_real else text("可能是偶然", "may be chance")
    season = "" if change.season is None else f"{change.season:+.2f}"
    return (
        change.wording,
        *(_number(each) for each in (change.before, change.after)),
        season,
        "–" if math.isnan(change.rest) else f"{change.rest:+.2f}",
        interval,
        verdict,
    )


def _number(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:,.2f}"
