"""A file as a stream of text: gunzipped, in whatever encoding it says it is, never whole in memory."""

import codecs
import gzip
import os
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from zhengtong.common.text import text
from zhengtong.engines.mining.errors import LogFault

PIECE = 4 << 20  # bytes read at a time
LARGEST = 64 << 30  # bytes of text: what a small file may swell to is bounded too
MARKS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
OTHERS = {
    b"PK\x03\x04": ("电子表格（XLSX、ODS）或压缩包", "a spreadsheet (XLSX, ODS) or an archive"),
    b"\xd0\xcf\x11\xe0": ("电子表格（XLS）", "a spreadsheet (XLS)"),
    b"%PDF": ("PDF", "a PDF"),
}
BEYOND = re.compile(rb"[\x80-\xff]+")
DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")


def pieces(path: str | os.PathLike[str], *, encoding: str = "", size: int = PIECE) -> Iterator[str]:
    """The text of a file, some megabytes at a time; LogFault with the line where it cannot be read on.

    `encoding` overrides the byte order mark and the XML declaration; without any of them it is UTF-8, or what Chinese
    or Western spreadsheets write where it cannot be that.
    """
    line, total = 1, 0
    with opened(path) as stream:
        first = _read(stream, size, line)
        decoder = _decoder(encoding or _encoding(first))
        while first:
            total += len(first)
            if total > LARGEST:
                raise LogFault(text("文件过大。", f"the log is larger than {LARGEST >> 30} GB"), line)
            found = _decoded(decoder, first, line)
            yield found
            line += found.count("\n")
            first = _read(stream, size, line)
        _decoded(decoder, b"", line, final=True)


def opened(path: str | os.PathLike[str]) -> IO[bytes]:
    """The file for reading bytes, through gzip where it is gzipped, whatever its name is."""
    try:
        with Path(path).open("rb") as file:
            is_gzipped = file.read(2) == b"\x1f\x8b"
        return cast(IO[bytes], gzip.open(path)) if is_gzipped else Path(path).open("rb")
    except OSError as fault:
        raise LogFault(text(f"无法打开 {path}。", f"{path} cannot be opened: {fault.strerror}")) from fault


def begin(path: str | os.PathLike[str], size: int) -> bytes:
    """The first bytes of a file; LogFault where it is something else that people keep their tables in."""
    with opened(path) as stream:
        first = _read(stream, size, 1)
    for mark, name in OTHERS.items():
        if first.startswith(mark):
            raise LogFault(
                text(
                    f"这是{name[0]}，不是日志；请另存为 CSV。", f"this is {name[1]}, not a log: save the table as CSV"
                ),
                1,
            )
    return first


def _read(stream: IO[bytes], size: int, line: int) -> bytes:
    try:
        return stream.read(size)
    except (EOFError, zlib.error, gzip.BadGzipFile) as fault:
        raise LogFault(text("压缩文件已损坏或不完整。", f"the gzip file is broken: {fault}"), line) from fault


def _encoding(first: bytes) -> str:
    for mark, name in MARKS:
        if first.startswith(mark):
            return name
    declared = DECLARED.match(first)
    name = declared[1].decode() if declared else _wide(first) or _likely(first)
    return "gb18030" if name.lower() in ("gb2312", "gbk") else name  # which holds both


def _wide(first: bytes) -> str:
    """UTF-16 without a mark: separators and digits have a zero beside them, in any language."""
    low, high = first[:4096:2].count(0), first[1:4096:2].count(0)
    if low + high < 4 or min(low, high) * 10 > max(low, high):
        return ""
    return "utf-16-le" if high > low else "utf-16-be"


def _likely(first: bytes) -> str:
    """UTF-8 if it can be; else GB 18030 where bytes beyond ASCII come in pairs, as in Chinese, else Windows-1252."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(first)
    except UnicodeDecodeError:
        runs = [len(run) for run in BEYOND.findall(first)]
        return "gb18030" if sum(each % 2 for each in runs) * 5 < len(runs) else "cp1252"
    return "utf-8"


def _decoder(encoding: str) -> codecs.IncrementalDecoder:
    try:
        return codecs.getincrementaldecoder(encoding)()
    except LookupError as fault:
        raise LogFault(text(f"未知编码 {encoding}。", f"unknown encoding {encoding}"), 1) from fault


def _decoded(decoder: codecs.IncrementalDecoder, piece: bytes, line: int, *, final: bool = False) -> str:
    try:
        return decoder.decode(piece, final)
    except UnicodeError as fault:
        at = line + piece[: getattr(fault, "start", 0)].count(b"\n")
        raise LogFault(
            text("文本与声明的编码不符，请指明编码。", f"not text in the encoding that it says: {fault}"), at
        ) from fault
