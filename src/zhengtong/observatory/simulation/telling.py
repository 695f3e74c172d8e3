"""The effect of a draft told: as lines of text, as a picture, and as a page of its own."""

import json
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from html import escape
from typing import Any

import vl_convert

from zhengtong.charter.runs import Run
from zhengtong.common.text import Text, text
from zhengtong.observatory.simulation.effect import Effect, Line

Naming = Callable[[str, str], Text]
"""What people call a group: from the way of grouping (region, age, sex) and its label."""

HEADINGS = (
    text("人群", "Group"),
    text("人数", "Persons"),
    text("受益", "Gain"),
    text("受损", "Lose"),
    text("新享受", "Newly entitled"),
    text("不再享受", "No longer entitled"),
    text("现行年支出", "Cost of a year now"),
    text("草案年支出", "Cost of a year by the draft"),
    text("差额", "Difference"),
)
EVERYBODY = text("全部", "Everybody")
BY = {"region": text("按地区", "By region"), "age": text("按年龄", "By age"), "sex": text("按性别", "By sex")}
SEXES = {"male": text("男", "Men"), "female": text("女", "Women")}
MOVED = text("规则 {before} → 规则 {after}：{count} 人", "rule {before} → rule {after}, persons: {count}")
GAIN, LOSE = text("受益", "Gain"), text("受损", "Lose")
_TITLE = text("草案的影响：{service}", "What the draft does: {service}")
AGAIN = text(
    "重做这份报告所需的内容（zhengtong simulate --again）",
    "What it takes to make this again (zhengtong simulate --again)",
)
_PERSONS = text("人数", "Persons")
_BLUE, _ORANGE = "#1d70b8", "#b35900"  # told apart in grey and by those who see no red or green
_STYLE = (
    "body{font:1rem/1.5 system-ui,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;margin:2rem auto;"
    "max-width:64rem;padding:0 1rem;color:#0b0c0c}table{border-collapse:collapse;width:100%;margin:1rem 0}"
    "th,td{text-align:right;padding:.4rem .6rem;border-bottom:1px solid #b1b4b6}th:first-child{text-align:left}"
    "caption{text-align:left;font-weight:bold;padding:.5rem 0}svg{max-width:100%;height:auto}"
    ".scroll{overflow-x:auto}pre{white-space:pre-wrap;overflow-wrap:anywhere}code{overflow-wrap:anywhere}"
)


def numbers_of(line: Line) -> tuple[str, ...]:
    """The figures of a line as they are shown."""
    counts = (line.persons, line.gain, line.lose, line.newly, line.no_longer)
    return (*(f"{each:,}" for each in counts), *map(_money, (line.before, line.after)), f"{line.difference:+,.2f}")


def _money(amount: Decimal) -> str:
    return f"{amount:,.2f}"


def as_text(found: Effect, naming: Naming, language: str) -> Iterable[str]:
    """Lines for a terminal."""
    rows = [[each.in_(language) for each in HEADINGS], [EVERYBODY.in_(language), *numbers_of(found.total)]]
    for way, lines in found.by.items():
        rows += [[naming(way, each.label).in_(language), *numbers_of(each)] for each in lines]
    widths = [max(_width(row[place]) for row in rows) for place in range(len(HEADINGS))]
    for row in rows:
        cells = zip(row, widths, strict=True)
        yield "  ".join(_padded(cell, width, left=place == 0) for place, (cell, width) in enumerate(cells))
    for before, after, count in found.moves:
        yield MOVED.format(before=before, after=after, count=f"{count:,}").in_(language)


def _width(cell: str) -> int:
    """Columns of a terminal: Chinese characters take two."""
    return sum(2 if ord(each) > 0x2E7F else 1 for each in cell)


def _padded(cell: str, width: int, *, left: bool) -> str:
    space = " " * (width - _width(cell))
    return cell + space if left else space + cell


def as_picture(found: Effect, naming: Naming, language: str) -> str:
    """Who gains and who loses, by region, age and sex, as SVG."""
    charts = [_chart(way, lines, naming, language) for way, lines in found.by.items()]
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "config": {"font": "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif", "background": "white"},
        "vconcat": charts,
        "resolve": {"scale": {"x": "independent"}},
    }
    return vl_convert.vegalite_to_svg(json.dumps(spec), vl_version="5.20")


def _chart(way: str, lines: Sequence[Line], naming: Naming, language: str) -> dict[str, Any]:
    names = [naming(way, each.label).in_(language) for each in lines]
    gain, lose = GAIN.in_(language), LOSE.in_(language)
    values = [
        {"group": name, "what": what, "persons": count}
        for name, line in zip(names, lines, strict=True)
        for what, count in ((gain, line.gain), (lose, -line.lose))
    ]
    return {
        "title": {"text": BY[way].in_(language), "anchor": "start"},
        "width": 560,
        "data": {"values": values},
        "mark": "bar",
        "encoding": {
            "y": {"field": "group", "type": "nominal", "sort": names, "title": None},
            "x": {"field": "persons", "type": "quantitative", "title": _PERSONS.in_(language)},
            "color": {
                "field": "what",
                "type": "nominal",
                "title": None,
                "scale": {"domain": [gain, lose], "range": [_BLUE, _ORANGE]},
            },
        },
    }


def as_page(found: Effect, naming: Naming, language: str, service: Text, method: Sequence[Text], run: Run) -> str:
    """A page that needs nothing else: the picture, the tables, and how it was done."""
    title = escape(_TITLE.format(service=service).in_(language))
    tables = [_table(EVERYBODY, [("", found.total)], naming, language)]
    tables += [_table(BY[way], [(way, each) for each in lines], naming, language) for way, lines in found.by.items()]
    moves = "".join(
        f"<li>{escape(MOVED.format(before=before, after=after, count=f'{count:,}').in_(language))}</li>"
        for before, after, count in found.moves
    )
    told = "".join(f"<p>{escape(each.in_(language))}</p>" for each in method)
    told += f"<details><summary>{escape(AGAIN.in_(language))}</summary>{run.written()}</details>"
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head><body><main><h1>{title}</h1>{as_picture(found, naming, language)}"
        f"{''.join(tables)}<ul>{moves}</ul>{told}</main></body></html>"
    )


def _table(caption: Text, lines: Sequence[tuple[str, Line]], naming: Naming, language: str) -> str:
    head = "".join(f'<th scope="col">{escape(each.in_(language))}</th>' for each in HEADINGS)
    rows = "".join(
        f'<tr><th scope="row">{escape((naming(way, line.label) if way else EVERYBODY).in_(language))}</th>'
        + "".join(f"<td>{each}</td>" for each in numbers_of(line))
        + "</tr>"
        for way, line in lines
    )
    caption_ = escape(caption.in_(language))
    return (
        f'<div class="scroll" tabindex="0"><table><caption>{caption_}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )
