"""The reference pages of the format: the JSON Schemas of its files, and every kind of fault."""

import json
from collections.abc import Iterator
from typing import Any

from zhengtong.charter import checks  # noqa: F401 — it declares the kinds of fault
from zhengtong.charter.checks.letters import FIELDS, STANDARD
from zhengtong.charter.finding import kinds
from zhengtong.charter.reading.layout import KINDS, FileKind, adapter

INTRODUCTION = """# The files of a charter · 章程的文件

Written by `zhengtong charter schemas`; a test holds this page and the schemas in step with the program.

A charter is a folder. An editor that knows JSON Schema completes and complains: put
`# yaml-language-server: $schema=<path to the schema>` on the first line of a YAML file.
`zhengtong check DIR` says everything that is wrong with it; [faults.md](faults.md) lists what it knows.
"""


def pages() -> dict[str, str]:
    """Every page by its file name."""
    written = {"README.md": _readme(), "faults.md": _faults()}
    for each in KINDS:
        if each.type is not None:
            written[schema_name(each)] = json.dumps(schema(each), ensure_ascii=False, indent=2) + "\n"
    return written


def schema_name(kind: FileKind) -> str:
    """The file that holds the schema of a kind of file."""
    return f"{kind.name}.schema.json"


def schema(kind: FileKind) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a kind of file."""
    made = adapter(kind).json_schema(by_alias=True)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": kind.where}
    return {**head, **{key: value for key, value in made.items() if key != "title"}}


def _readme() -> str:
    return "\n".join([INTRODUCTION, *_files(), "", *_letters(), ""])


def _files() -> Iterator[str]:
    yield "| file | 内容 | what it holds | required | schema |"
    yield "|---|---|---|---|---|"
    for each in KINDS:
        link = f"[{each.name}]({schema_name(each)})" if each.type is not None else ""
        required = "yes" if each.required else ""
        yield f"| `{each.where}` | {each.holds['zh-Hans']} | {each.holds['en']} | {required} | {link} |"


def _letters() -> Iterator[str]:
    yield "## Letters · 文书\n"
    yield "The first line is `# subject`, the rest the body, in Markdown. Every charter has these, in each language:"
    yield ", ".join(f"`{name}`" for name in STANDARD) + ".\n"
    yield "What a letter can be filled with, and nothing else:\n"
    yield "| place | 内容 | what it becomes |"
    yield "|---|---|---|"
    for name, (zh, en) in FIELDS.items():
        yield f"| `{{{{ {name} }}}}` | {zh} | {en} |"


def _faults() -> str:
    lines = ["# What `zhengtong check` refuses · 检查器拒绝什么\n", "Written by `zhengtong charter schemas`.\n"]
    for each in kinds():
        lines += [f"## {each.code}{'' if each.severity == 'error' else ' (warning)'}\n"]
        lines += [f"- {each.message['zh-Hans']} {each.message['en']}"]
        lines += [f"- why · 原因: {each.why['zh-Hans']} {each.why['en']}"]
        lines += [f"- mend · 改正: {each.mend['zh-Hans']} {each.mend['en']}\n"]
    return "\n".join(lines)
