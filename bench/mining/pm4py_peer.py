"""pm4py's side, for the interpreter that has it: `python bench/mining/pm4py_peer.py LOG`; prints JSON.

It has no ping-pong; that is asked by whole columns in pandas, which is as quick as its users can have it.
"""

import json
import os
import resource
import sys
import time
import warnings

warnings.filterwarnings("ignore")
os.environ["TQDM_DISABLE"] = "1"

with open(os.devnull, "w") as nothing:  # noqa: PTH123
    said, sys.stdout = sys.stdout, nothing
    import pm4py

    sys.stdout = said

ROUNDS = 3
NOBODY = "nobody"
NAMELESS = ("EMPTY", "UNKNOWN", "MISSING", "NONE", "NULL", "NAN", "N/A")


def main(path):
    began = time.process_time()
    log = pm4py.read_xes(path)
    reading = time.process_time() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    log = log.sort_values(["case:concept:name", "time:timestamp"], kind="stable").reset_index(drop=True)
    who = log.get("org:resource")
    log["org:resource"] = NOBODY if who is None else who.where(~who.str.upper().isin(NAMELESS)).fillna(NOBODY)
    rounds = []
    for _ in range(ROUNDS):
        began = time.process_time()
        follows, _, _ = pm4py.discover_dfg(log)
        variants = pm4py.get_variants(log)
        handed = pm4py.discover_handover_of_work_network(log)
        returns = ping_pong(log)
        rounds.append(time.process_time() - began)
    answers = {
        "follows": sorted([source, target, int(count)] for (source, target), count in follows.items()),
        "variants": sorted([" > ".join(way), int(count)] for way, count in variants.items()),
        "hand_overs": sorted(
            [source, target]
            for source, target in handed.connections
            if NOBODY not in (source, target) and source != target
        ),
        "returns": returns,
    }
    print(json.dumps({"read_s": reading, "read_kb": memory, "ask_s": sorted(rounds)[ROUNDS // 2], **answers}))


def ping_pong(log):
    known = log.loc[log["org:resource"] != NOBODY, ["case:concept:name", "org:resource"]]
    moved = known.ne(known.shift()).any(axis=1)
    return int(known[moved].duplicated().sum())


main(sys.argv[1])
