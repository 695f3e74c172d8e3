"""OCEL 2.0 as XML, read as a stream."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from zhengtong.common.text import text
from zhengtong.engines.mining.errors import LogFault
from zhengtong.engines.mining.ocel_entry import SINCE, Attribute, Entry, What, types
from zhengtong.engines.mining.xes_exact import guarded


def read_xml(stream: Iterable[str]) -> Iterator[Entry]:
    """The objects and events of a file, given as pieces of its text."""
    reading = _Xml()
    try:
        for piece in stream:
            reading.parser.Parse(piece, False)
            yield from reading.taken()
        reading.parser.Parse("", True)
    except expat.ExpatError as fault:
        what = expat.ErrorString(fault.code)
        raise LogFault(text(f"不是格式正确的 XML：{what}", f"not well-formed XML: {what}"), fault.lineno) from fault
    yield from reading.taken()


class _Xml:
    """Events and objects as they end; what they hold is gathered meanwhile."""

    def __init__(self) -> None:
        self.parser = guarded()
        self.parser.buffer_text = True
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.parser.CharacterDataHandler = self._text
        self.path: list[str] = []
        self.found: list[Entry] = []
        self.of: dict[str, str] = {}
        self.name, self.value = "", ""
        self.line = 0
        self.attributes: list[Attribute] = []
        self.links: list[tuple[str, str]] = []

    def taken(self) -> list[Entry]:
        found, self.found = self.found, []
        return found

    def _start(self, tag: str, given: dict[str, str]) -> None:
        if not self.path and tag != "log":
            raise LogFault(text(f"根元素 {tag} 不是 OCEL 的 log。", f"<{tag}> is not an OCEL log"), 1)
        self.path.append(tag)
        if self.path in (["log", "objects", "object"], ["log", "events", "event"]):
            self.of, self.attributes, self.links = given, [], []
            self.line = int(self.parser.CurrentLineNumber)
        elif tag == "attribute":
            self.name, self.value = given.get("name", ""), ""
        elif tag in ("relationship", "object") and "object-id" in given:
            self.links.append((given["object-id"], given.get("qualifier", "")))

    def _text(self, piece: str) -> None:
        if self.path[-1] == "attribute":
            self.value += piece

    def _end(self, tag: str) -> None:
        if tag == "attribute" and len(self.path) == 5:
            self.attributes.append((self.name, "string", self.value))
        elif self.path == ["log", "objects", "object"]:
            self._entry("object")
        elif self.path == ["log", "events", "event"]:
            self._entry("event")
        self.path.pop()

    def _entry(self, what: What) -> None:
        get = self.of.get
        self.found.append(
            Entry(
                what,
                get("id", ""),
                get("type", ""),
                get("time", ""),
                tuple(self.attributes),
                tuple(self.links),
                self.line,
            )
        )


def write_xml(found: Iterable[Entry], path: Path) -> int:
    """Write objects and events; how many events there were."""
    every = list(found)
    kinds_of = types(every)
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<log>\n')
        for what in ("object", "event"):
            file.write(f"<{what}-types>")
            for (of, name), kinds in kinds_of.items():
                if of == what:
                    inside = "".join(f"<attribute name={quoteattr(k)} type={quoteattr(v)}/>" for k, v in kinds.items())
                    file.write(f"<{what}-type name={quoteattr(name)}><attributes>{inside}</attributes></{what}-type>")
            file.write(f"</{what}-types>\n")
        for what in ("object", "event"):
            file.write(f"<{what}s>\n")
            for entry in every:
                if entry.what == what:
                    file.write(_as_xml(entry))
                    count += what == "event"
            file.write(f"</{what}s>\n")
        file.write("</log>\n")
    return count


def _as_xml(entry: Entry) -> str:
    since = ' time="' + SINCE + '"' if entry.what == "object" else ""
    time = f" time={quoteattr(entry.time)}" if entry.what == "event" else ""
    attributes = "".join(
        f"<attribute name={quoteattr(name)}{since}>{escape(value)}</attribute>" for name, _, value in entry.attributes
    )
    links = "".join(
        f"<relationship object-id={quoteattr(target)} qualifier={quoteattr(qualifier)}/>"
        for target, qualifier in entry.links
    )
    head = f"<{entry.what} id={quoteattr(entry.id)} type={quoteattr(entry.type)}{time}>"
    return f"{head}<attributes>{attributes}</attributes><objects>{links}</objects></{entry.what}>\n"
