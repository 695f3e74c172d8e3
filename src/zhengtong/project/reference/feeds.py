"""docs/reference/generated/open-data.md: every file of open data on taking part."""

from zhengtong.faces.forum.data.feeds import FEEDS, OF
from zhengtong.project.reference.code import cell

HEAD = """# Files of open data on taking part · 公众参与的数据文件

Written by `zhengtong reference`; a test holds this page in step with the program. [What is in each](../open-data.md).
"""


def page() -> str:
    """The page."""
    lines = [HEAD, "| of · 每 | in the index | address | media type | 内容 · holds |", "|---|---|---|---|---|"]
    for each in FEEDS:
        of, holds = (f"{cell(told['zh-Hans'])}<br>{cell(told['en'])}" for told in (OF[each.of], each.holds))
        lines.append(f"| {of} | `{each.name}` | `{each.address}` | `{each.media}` | {holds} |")
    return "\n".join([*lines, ""])
