"""The archive of a ballot as a file: the worker lengthens it by each batch, and whoever asks for it only reads it.

An archive only grows, so that the first `filed` bytes are a whole one whatever is being written behind them.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from zhengtong.agora.ballots.box import ballots_of, event_at
from zhengtong.agora.ballots.errors import BoxDisagrees
from zhengtong.agora.ballots.queries import Vote
from zhengtong.agora.models import Poll
from zhengtong.engines.ballots import added

PART = 1 << 16


def path_of(vote: Vote) -> Path:
    """Where the file lies; it can be made again from the databases."""
    return Path(settings.ZHENGTONG_VAR) / "ballots" / f"{vote.uuid}.bel"


def keep_file(vote: Vote) -> None:
    """Bring the file up to date; whoever calls has locked the case. BoxDisagrees where the box lost what is in it."""
    poll = vote.poll
    if poll is None or poll.opened_at is None or poll.filed_at == poll.state:
        return
    path = path_of(vote)
    grows = poll.filed_at.isdecimal() and not poll.tally and _size(path) >= poll.filed
    poll.filed = _lengthened(vote, poll, path) if grows else _written(vote, path)
    poll.filed_at = poll.state
    poll.save(update_fields=["filed", "filed_at"])


def archive_of(vote: Vote) -> tuple[int, Iterator[bytes]]:
    """The archive and its length: out of the file, or made now where the file is not up to date. NoSuchRound."""
    poll, path = vote.poll, path_of(vote)
    if poll is None or poll.filed_at != poll.state or _size(path) < poll.filed:
        raw = vote.archive().bytes()
        return len(raw), iter([raw])
    return poll.filed, _parts(path, poll.filed)


def _lengthened(vote: Vote, poll: Poll, path: Path) -> int:
    known, setup = int(poll.filed_at), vote.setup()
    parent = event_at(vote.uuid, known) if known else setup.events[0].hash
    if parent is None:
        raise BoxDisagrees
    with path.open("r+b") as file:
        file.seek(poll.filed)
        file.truncate()
        for height, written in enumerate(ballots_of(vote.uuid, after=known), known + 1):
            raw, event = added("Ballot", written, parent=parent, height=height, timestamp=setup.timestamp)
            file.write(raw)
            parent = event.hash
        file.flush()
        os.fsync(file.fileno())
        return file.tell()


def _written(vote: Vote, path: Path) -> int:
    raw = vote.archive().bytes()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    with beside.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    return len(raw)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else -1


def _parts(path: Path, left: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        while left > 0 and (part := file.read(min(PART, left))):
            left -= len(part)
            yield part
