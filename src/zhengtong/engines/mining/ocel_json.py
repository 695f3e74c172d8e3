"""OCEL 2.0 as JSON. It is read whole, so its size is bounded; larger logs come as XML or SQLite."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from zhengtong.common.text import text
from zhengtong.engines.mining.errors import LogFault
from zhengtong.engines.mining.ocel_entry import KINDS, SINCE, Entry, What, typed, types

LARGEST = 512 << 20  # characters


def read_json(stream: Iterable[str]) -> Iterator[Entry]:
    """The objects and events of a file, given as pieces of its text."""
    try:
        found = json.loads("".join(_bounded(stream)).lstrip("\ufeff"))
    except (json.JSONDecodeError, RecursionError) as fault:
        raise LogFault(
            text(f"不是格式正确的 JSON：{fault}", f"not well-formed JSON: {fault}"), getattr(fault, "lineno", 0)
        ) from fault
    if isinstance(found, dict) and "ocel:events" in found:
        raise LogFault(text("这是 OCEL 1.0，只读 OCEL 2.0。", "this is OCEL 1.0: only OCEL 2.0 is read"), 1)
    if not isinstance(found, dict) or not all(isinstance(found.get(each), list) for each in ("events", "objects")):
        raise LogFault(text("不是 OCEL 2.0。", "not OCEL 2.0: the lists `events` and `objects` are missing"), 1)
    kinds: list[tuple[What, str]] = [("object", "objects"), ("event", "events")]
    for what, name in kinds:
        for number, each in enumerate(found[name], 1):
            try:
                yield _json_entry(what, each, number)
            except (KeyError, TypeError, AttributeError) as fault:
                raise LogFault(
                    text(f"{name} 第 {number} 项不完整：{fault}", f"item {number} of {name} is not whole: {fault}")
                ) from fault


def _bounded(stream: Iterable[str]) -> Iterator[str]:
    total = 0
    for piece in stream:
        total += len(piece)
        if total > LARGEST:
            raise LogFault(text("JSON 过大，请改用 SQLite。", "the JSON is too large: use the SQLite form of OCEL"))
        yield piece


def _json_entry(what: What, each: dict[str, Any], number: int) -> Entry:
    attributes = tuple(
        (str(one["name"]), KINDS.get(type(one["value"]), "string"), _plain(one["value"]))
        for one in each.get("attributes") or ()
    )
    links = tuple((str(one["objectId"]), str(one.get("qualifier", ""))) for one in each.get("relationships") or ())
    return Entry(what, str(each["id"]), str(each["type"]), str(each.get("time", "")), attributes, links, number)


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def write_json(found: Iterable[Entry], path: Path) -> int:
    """Write objects and events; how many events there were."""
    every = list(found)
    kinds_of = types(every)
    written: dict[str, list[dict[str, object]]] = {
        f"{what}Types": [
            {"name": name, "attributes": [{"name": each, "type": kind} for each, kind in kinds.items()]}
            for (of, name), kinds in kinds_of.items()
            if of == what
        ]
        for what in ("object", "event")
    }
    for what in ("object", "event"):
        written[f"{what}s"] = [_as_json(entry) for entry in every if entry.what == what]
    path.write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")
    return len(written["events"])


def _as_json(entry: Entry) -> dict[str, object]:
    since = {"time": SINCE} if entry.what == "object" else {}
    return {
        "id": entry.id,
        "type": entry.type,
        **({"time": entry.time} if entry.what == "event" else {}),
        "attributes": [{"name": name, "value": typed(kind, value), **since} for name, kind, value in entry.attributes],
        "relationships": [{"objectId": target, "qualifier": qualifier} for target, qualifier in entry.links],
    }
