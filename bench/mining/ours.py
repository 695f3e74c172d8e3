"""Our side, in a process of its own so that its memory is its own: `python -m bench.mining.ours LOG`; prints JSON."""

import json
import resource
import sys
import time
from collections.abc import Callable

from zhengtong.engines.mining import follows, hand_overs, ping_pong, read_log, variants
from zhengtong.engines.mining.log import Log

ROUNDS = 5


def main(path: str) -> None:
    began = time.process_time()
    with read_log(path) as log:
        reading = time.process_time() - began
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        rounds = [_asked(log) for _ in range(ROUNDS)]
        print(json.dumps({"read_s": reading, "read_kb": memory, "ask_s": sorted(rounds)[ROUNDS // 2], **answers(log)}))


def _asked(log: Log) -> float:
    began = time.process_time()
    asked: list[Callable[[], object]] = [
        lambda: follows(log),
        lambda: variants(log),
        lambda: hand_overs(log, of="who"),
        lambda: ping_pong(log, of="who"),
    ]
    for each in asked:
        each()
    return time.process_time() - began


def answers(log: Log) -> dict[str, object]:
    """What a log answers, as both sides write it."""
    return {
        "follows": sorted([source, target, count] for (source, target), count in follows(log).items()),
        "variants": sorted([" > ".join(each.way), each.count] for each in variants(log)),
        "hand_overs": sorted([each.source, each.target] for each in hand_overs(log, of="who")),
        "returns": ping_pong(log, of="who").count,
    }


if __name__ == "__main__":
    main(sys.argv[1])
