"""The public file of an election: an old tar that only grows, its events chained by hashes (section 4.4)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from zhengtong.common.text import text
from zhengtong.engines.ballots.election import compact, load
from zhengtong.engines.ballots.errors import ElectionArchiveFault

_BLOCK = 512
BYTES_AT_MOST = 4 << 30


@dataclass(frozen=True)
class Event:
    """One step: what happened, and the hash of the payload that says more."""

    kind: str
    hash: str
    payload: str | None


@dataclass
class Archive:
    """What everybody can download. Data is found by its SHA-256 in hexadecimal."""

    timestamp: int
    data: dict[str, str] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    _written: bytearray = field(default_factory=bytearray)
    _asked: set[str] = field(default_factory=set)  # the hashes of the data that was looked up

    def __post_init__(self) -> None:
        if not self._written:
            self._written += _entry(
                "BELENIOS", compact({"version": 1, "timestamp": str(self.timestamp)}), self.timestamp
            )

    def bytes(self) -> bytes:
        """The file."""
        return bytes(self._written)

    def append(self, kind: str, *payloads: str) -> Event:
        """Add an event; the last payload is its own, those before are what it refers to."""
        self.data |= {_hash(one): one for one in payloads}
        parent = self.events[-1].hash if self.events else ""
        raw, event = added(kind, *payloads, parent=parent, height=len(self.events), timestamp=self.timestamp)
        self._written += raw
        self.events.append(event)
        return event

    def payload(self, event: Event) -> str:
        """What the event says; raises ElectionArchiveFault where it is missing."""
        return self.found(event.payload)

    def found(self, key: object) -> str:
        """Data by its hash."""
        if not isinstance(key, str) or key not in self.data:
            raise ElectionArchiveFault(text("缺少所引用的内容", "something it refers to is missing"))
        self._asked.add(key)
        return self.data[key]

    def check_nothing_beside(self) -> None:
        """That all data was referred to by what has been looked up; raises ElectionArchiveFault.

        What lies in the file without being part of the election would give somebody a tracking number that counts for
        nothing.
        """
        if self.data.keys() - self._asked:
            raise ElectionArchiveFault(text("有内容未被任何事件引用", "it holds something that no event refers to"))

    def payloads(self, kind: str) -> list[str]:
        """Of all events of a kind, in their order."""
        return [self.payload(event) for event in self.events if event.kind == kind]


def added(kind: str, *payloads: str, parent: str, height: int, timestamp: int) -> tuple[bytes, Event]:
    """What an event adds to the file, after the event whose hash is `parent`."""
    written, event = chained(kind, *payloads[-1:], parent=parent, height=height)
    entries = [(f"{_hash(one)}.data.json", one) for one in payloads]
    entries.append((f"{event.hash}.event.json", written))
    return b"".join(_entry(name, body, timestamp) for name, body in entries), event


def chained(kind: str, *payload: str, parent: str, height: int) -> tuple[str, Event]:
    """An event as it is written, after the one whose hash is `parent`; the first has none."""
    held = {"parent": parent} if parent else {}
    told = {"payload": _hash(payload[0])} if payload else {}
    written = compact({**held, "height": height, "type": kind, **told})
    return written, Event(kind, _hash(written), told.get("payload"))


def read_archive(raw: bytes) -> Archive:
    """An archive whose every hash and link holds; raises ElectionArchiveFault."""
    entries = _entries(raw)
    name, body = next(entries, ("", ""))
    header = load(body) if name == "BELENIOS" else {}
    if header.get("version") != 1 or not str(header.get("timestamp")).isdecimal():
        raise ElectionArchiveFault(text("不是选举档案", "it is no archive of an election"))
    archive = Archive(int(header["timestamp"]), _written=bytearray(raw))
    for name, body in entries:
        key, _, ending = name.partition(".")
        if _hash(body) != key:
            raise ElectionArchiveFault(text("内容与其散列值不符", "something does not have the hash that names it"))
        if ending == "data.json":
            archive.data[key] = body
        else:
            _take_event(archive, key, ending, load(body))
    return archive


def check_grown(*, before: Archive, after: Archive) -> None:
    """That nothing recorded earlier is gone; raises ElectionArchiveFault."""
    hashes = [event.hash for event in before.events]
    if [event.hash for event in after.events[: len(hashes)]] != hashes:
        raise ElectionArchiveFault(text("此前记录的内容已不在其中", "something that was recorded before is gone"))


def _take_event(archive: Archive, key: str, ending: str, held: dict[str, Any]) -> None:
    parent = archive.events[-1].hash if archive.events else None
    if ending != "event.json" or held.get("parent") != parent or held.get("height") != len(archive.events):
        raise ElectionArchiveFault(text("事件链断裂", "the chain of events is broken"))
    event = Event(str(held.get("type")), key, held.get("payload"))
    if event.payload is not None:
        archive.found(event.payload)
    archive.events.append(event)


def _entries(raw: bytes) -> Iterator[tuple[str, str]]:
    if len(raw) % _BLOCK or len(raw) > BYTES_AT_MOST:
        raise ElectionArchiveFault(text("文件不完整", "the file is cut off"))
    at = 0
    while at < len(raw):
        try:
            name = raw[at : at + 100].rstrip(b"\0").decode("ascii")
            size = int(raw[at + 124 : at + 135], 8)
            body = raw[at + _BLOCK : at + _BLOCK + size].decode()
        except ValueError as fault:
            raise ElectionArchiveFault(text("文件无法读取", "the file cannot be read")) from fault
        if size < 0 or len(raw) < at + _BLOCK + size:
            raise ElectionArchiveFault(text("文件不完整", "the file is cut off"))
        yield name, body
        at += _BLOCK + size + -size % _BLOCK


def _entry(name: str, body: str, timestamp: int) -> bytes:
    raw = body.encode()
    return _header(name, len(raw), timestamp) + raw + bytes(-len(raw) % _BLOCK)


def _header(name: str, size: int, timestamp: int) -> bytes:
    head = bytearray(_BLOCK)
    fields = {0: name, 100: "0000644", 108: "0000000", 116: "0000000", 124: f"{size:011o}", 136: f"{timestamp:011o}"}
    for at, value in (fields | {148: " " * 8, 156: "0"}).items():
        head[at : at + len(value)] = value.encode("ascii")
    head[148:156] = f"{sum(head):06o}\0 ".encode("ascii")
    return bytes(head)


def _hash(written: str) -> str:
    return sha256(written.encode()).hexdigest()
