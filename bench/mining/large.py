"""`python -m bench.mining.large [GIGABYTES] [--memory MB]`: writes a log of that size, reads it in bounded memory.

The log is gone afterwards. The limit is the operating system's, on the addresses that the reading process may have.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0">\n<string key="concept:name" value="large"/>\n'
STEPS = ("受理", "审查", "现场勘查", "决定")
BLOCK = 2000  # cases that are written at once
MEGABYTE = 1 << 20


def write(path: Path, size: int) -> int:
    """A log of at least `size` bytes; how many cases it has, each of four events on consecutive days."""
    block = "".join(_case(number) for number in range(BLOCK)).encode()
    blocks = 0
    with path.open("wb") as file:
        file.write(HEAD.encode())
        while file.tell() < size:
            file.write(block.replace(b"@", str(blocks).encode()))
            blocks += 1
        file.write(b"</log>\n")
    return blocks * BLOCK


def _case(number: int) -> str:
    events = "".join(_event(name, f"2026-03-{2 + day + number % 20:02d}") for day, name in enumerate(STEPS))
    return f'<trace>\n<string key="concept:name" value="@-{number}"/>\n{events}</trace>\n'


def _event(name: str, day: str) -> str:
    return (
        f'<event>\n<string key="concept:name" value="{name}"/>\n<string key="org:resource" value="p{day[-1]}"/>\n'
        f'<date key="time:timestamp" value="{day}T09:30:00.000+08:00"/>\n</event>\n'
    )


def read(path: Path, *, memory: int) -> dict[str, float]:
    """Read it in a process of its own that may have `memory` bytes of addresses, and say what it took."""
    command = [sys.executable, "-m", "bench.mining.large", "--read", str(path), "--memory", str(memory // MEGABYTE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise MemoryError(done.stderr[-2000:])
    return dict(json.loads(done.stdout))


def _read_here(path: Path, memory: int) -> dict[str, float]:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    from zhengtong.engines.mining import quality, read_log, variants

    with read_log(path) as log:
        found, ways = quality(log), variants(log)
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "cases": found.cases,
        "events": found.events,
        "ways": len(ways),
        "cpu_s": round(used.ru_utime + used.ru_stime, 1),
        "peak_mb": _peak(),
    }


def _peak() -> int:
    """Megabytes that this program has had. Linux's `getrusage` also counts what its parent had when it was started."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    kept = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(kept.split()[1]) // 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gigabytes", nargs="?", type=float, default=2.0)
    parser.add_argument("--memory", type=int, default=2048, help="megabytes of addresses that the reader may have")
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.read:
        print(json.dumps(_read_here(given.read, given.memory * MEGABYTE)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xes"
        cases = write(path, int(given.gigabytes * 1024 * MEGABYTE))
        told = {"bench": "mining.large", "file_mb": path.stat().st_size // MEGABYTE, "written": cases}
        print(json.dumps(told | read(path, memory=given.memory * MEGABYTE)))


if __name__ == "__main__":
    main()
