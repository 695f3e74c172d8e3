"""The report on a log: one HTML file that needs nothing else and runs no script."""

import re
from collections.abc import Iterator
from html import escape

from zhengtong.common.text import Text, text
from zhengtong.engines.mining.examine import Findings
from zhengtong.engines.mining.map import draw_map
from zhengtong.engines.mining.report_section import Section
from zhengtong.engines.mining.report_style import STYLE
from zhengtong.engines.mining.report_tables import sections
from zhengtong.engines.mining.words import counted, number
from zhengtong.engines.process import draw

NUMBER = re.compile(r"[<>+−-]?[\d,.]+%?( ?(天|小时|分钟|秒|d|h|min|s))?")
TITLE = text("流程报告：{name}", "Process report: {name}")
SUMMARY = text(
    "{cases} 件案件，{events} 个事件，{first} 至 {last}，{ways} 种办理路径。",
    "{cases_en}, {events_en}, {first} to {last}; {ways_en}.",
)
MAP = text("流程图", "Process map")
MAP_NOTE = text(
    "方框内为次数，连线上为次数和间隔中位数。已画出全部流转的 {share}。红色线往回走。",
    "Counts in the boxes; on the lines counts and the median time between. {share} of all moves are drawn. "
    "Red lines lead back.",
)
MODEL = text("模型（标出偏离的步骤）", "The model, with the steps that deviate")


def report(found: Findings, language: str = "zh-Hans") -> str:
    """The report in a language, `zh-Hans` or `en`."""
    title = TITLE.format(name=found.name).in_(language)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style></head><body><main><h1>{escape(title)}</h1><p>{escape(_summary(found).in_(language))}</p>"
        + "".join(_parts(found, language))
        + "</main></body></html>\n"
    )


def _summary(found: Findings) -> Text:
    return SUMMARY.format(
        cases=number(found.quality.cases),
        events=number(found.quality.events),
        first=f"{found.first:%Y-%m-%d}",
        last=f"{found.last:%Y-%m-%d}",
        ways=number(found.ways),
        cases_en=counted(found.quality.cases, "case"),
        events_en=counted(found.quality.events, "event"),
        ways_en=counted(found.ways, "way", "different ways"),
    )


def _parts(found: Findings, language: str) -> Iterator[str]:
    told = sections(found)
    yield _section(told[0], language)
    yield f"<section><h2>{MAP.in_(language)}</h2>"
    yield f"<p>{escape(MAP_NOTE.format(share=f'{found.map.share:.0%}').in_(language))}</p>"
    yield f'<div class="wide"><div class="map"><i></i>{draw_map(found.map, language)}</div></div></section>'
    if found.asked.model is not None:
        picture = draw(found.asked.model, language, found.marks)
        yield f'<section><h2>{MODEL.in_(language)}</h2><div class="wide">{picture}</div></section>'
    for section in told[1:]:
        yield _section(section, language)


def _section(section: Section, language: str) -> str:
    notes = "".join(f"<p>{escape(note.in_(language))}</p>" for note in section.notes)
    return f"<section><h2>{escape(section.title.in_(language))}</h2>{notes}{_table(section, language)}</section>"


def _table(section: Section, language: str) -> str:
    if not section.rows:
        return ""
    head = "".join(f'<th scope="col">{escape(each.in_(language))}</th>' for each in section.columns)
    body = "".join("<tr>" + "".join(_cell(cell, language) for cell in row) + "</tr>" for row in section.rows)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _cell(cell: str | Text, language: str) -> str:
    written = cell.in_(language) if isinstance(cell, Text) else cell
    kind = ' class="n"' if NUMBER.fullmatch(written) else ""
    return f"<td{kind}>{escape(written)}</td>"
