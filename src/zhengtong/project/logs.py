"""Log lines: one event, one line, the moment with its offset; what came from outside cannot begin a line of its own."""

import json
import logging
from datetime import UTC, datetime


class OneLine(logging.Formatter):
    """`2026-03-02T01:30:00.000+00:00 WARNING name: message`; a traceback follows, indented."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")

    def formatMessage(self, record: logging.LogRecord) -> str:
        return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in super().formatMessage(record))

    def formatException(self, ei: object) -> str:
        return super().formatException(ei).replace("\n", "\n    ")  # type: ignore[arg-type]


class OneObject(logging.Formatter):
    """The same as a JSON object in a line, for collectors that read those."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return json.dumps(told)
