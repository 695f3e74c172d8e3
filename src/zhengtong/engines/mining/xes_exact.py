"""XES by an XML parser: any file, event by event, in bounded memory, with the line of whatever is wrong."""

from collections.abc import Iterable
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape

from zhengtong.common.text import text
from zhengtong.engines.mining.errors import LogFault
from zhengtong.engines.mining.log import Log
from zhengtong.engines.mining.rows import Rows

DEEPEST = 40  # of nested attributes
LONGEST = 64 << 20  # characters that are fed while the parser stays in one tag
SPECIAL = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


class Exact:
    """A run of the parser over a file, or over the rest of one from some trace on."""

    def __init__(self, log: Log) -> None:
        keys = log.keys
        self.rows = Rows(log)
        self.case_key = keys.case or "concept:name"
        self.event_keys = (
            keys.activity or "concept:name",
            keys.moment or "time:timestamp",
            keys.begun or "start_timestamp",
        )
        self.parser = guarded()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.open: list[str] = []
        self.trace, self.pos, self.line, self.offset = 0, 0, 0, 0
        self.case: str | None = None
        self._holder()

    def run(self, stream: Iterable[str], *, after: str = "", line: int = 1, trace: int = 0) -> None:
        """Read on; `after` is the header that was read before, `line` and `trace` are where the stream begins."""
        self.trace = trace
        try:
            if after:
                self.parser.Parse(after, False)
                self.offset = line - 1 - after.count("\n")
            self._feed(stream, len(after))
        except expat.ExpatError as fault:
            what = expat.ErrorString(fault.code)
            where = f" in <{self.open[-1]}>, case {self.case or self.trace}" if self.open else ""
            raise LogFault(
                text(f"不是格式正确的 XML：{what}{where}", f"not well-formed XML: {what}{where}"),
                fault.lineno + self.offset,
            ) from fault
        self.rows.flush()

    def _feed(self, stream: Iterable[str], fed: int) -> None:
        for piece in stream:
            self.parser.Parse(piece, False)
            fed += len(piece)
            if fed - self.parser.CurrentByteIndex > LONGEST:  # there are at least as many bytes as characters
                raise LogFault(text("一个元素过长。", "one element is too long"), self._at())
        self.parser.Parse("", True)

    def _at(self) -> int:
        return int(self.parser.CurrentLineNumber) + self.offset

    def _start(self, tag: str, given: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if not self.open and name != "log":
            raise LogFault(text(f"根元素 {name} 不是 XES 的 log。", f"<{name}> is not an XES log"), self._at())
        if len(self.open) > DEEPEST:
            raise LogFault(text("属性嵌套过深。", "attributes are nested too deeply"), self._at())
        self.open.append(name)
        if self.open == ["log", "trace"]:
            self.trace, self.pos, self.case = self.trace + 1, 0, None
            self._holder()
        elif self.open in (["log", "trace", "event"], ["log", "event"]):
            if self.pos == 0:
                self._end_of_head()
            self.pos += 1
            self.line = self._at()
            self._holder()
        elif self.depth:
            self._attribute(name, given)

    @property
    def depth(self) -> int:
        """How deep the open element stands in its trace or event; 0 where it is in none."""
        if "event" in self.open[1:3]:
            return len(self.open) - self.open.index("event") - 1
        return len(self.open) - 2 if self.open[1:2] == ["trace"] else 0

    def _holder(self) -> None:
        """Begin to gather the attributes of a trace or an event."""
        self.values: dict[str, str] = {}
        self.more: list[str] = []
        self.is_bare = False  # the last tag has no child yet

    def _attribute(self, name: str, given: dict[str, str]) -> None:
        if self.depth == 1 and "key" in given:
            self.values.setdefault(given["key"], given.get("value", ""))
        if self.is_bare:
            self.more.append(">")
        self.more.append(tag(name, given, quote='"' if self.depth == 1 else "'"))
        self.is_bare = True

    def _end(self, tag: str) -> None:
        name = self.open[-1]
        if self.open in (["log", "trace", "event"], ["log", "event"]):
            self._end_of_event()
        elif self.open == ["log", "trace"]:
            if self.pos == 0:
                self._end_of_head()
        elif self.depth:
            self.more.append("/>" if self.is_bare else f"</{name}>")
            self.is_bare = False
        self.open.pop()

    def _end_of_head(self) -> None:
        """What stands before the first event of a trace belongs to the case."""
        if self.open[1:2] == ["trace"]:
            self.case = self.values.get(self.case_key) or f"#{self.trace}"  # a trace without a name is a case too
            self.rows.add_trace(self.trace, self.case, "".join(self.more))

    def _end_of_event(self) -> None:
        case = self.case if self.open[1] == "trace" else None
        known: list[Any] = [self.values.get(key) or None for key in self.event_keys]
        self.rows.add(self.trace, self.pos, self.line, case, *known, "".join(self.more))


def guarded() -> expat.XMLParserType:
    """A parser of text that is decoded already, whatever its declaration says; it refuses DTDs and entities."""
    parser = expat.ParserCreate("utf-8")

    def refuse(*_: object) -> None:
        line = int(parser.CurrentLineNumber)
        raise LogFault(text("不允许 DTD 和实体。", "document types and entities are not allowed"), line)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def is_header(header: str) -> bool:
    """Whether this is what stands in a log before its first trace, and nothing in it is still open."""
    names = set[str]()
    parser = guarded()
    parser.StartElementHandler = lambda name, _: names.add(name.rpartition(":")[2])
    try:
        parser.Parse(header + "</log>", True)
    except expat.ExpatError:
        return False
    return not names & {"trace", "event"}


def tag(name: str, given: dict[str, str], *, quote: str = '"') -> str:
    """The begin of a tag, its end left out. Single quotes keep a nested attribute out of the reach of `attr`."""
    entities = SPECIAL | ({'"': "&quot;"} if quote == '"' else {"'": "&apos;"})
    return f"<{name}" + "".join(f" {key}={quote}{escape(given[key], entities)}{quote}" for key in sorted(given))
