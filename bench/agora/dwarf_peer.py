"""red-dwarf's opinion groups of the votes in a file of numpy, run by the interpreter of the peers; prints JSON."""

import json
import sys
import warnings
from time import process_time, time

import numpy as np

try:
    from reddwarf.implementations.polis import run_pipeline
except ImportError:
    print(json.dumps({"red-dwarf": False}))
    sys.exit()

warnings.simplefilter("ignore")
held = np.load(sys.argv[1])
people, statements = np.nonzero(~np.isnan(held["votes"]))
values = held["votes"][people, statements]
votes = [
    {"participant_id": int(who), "statement_id": int(what), "vote": int(value), "modified": 0}
    for who, what, value in zip(people, statements, values, strict=True)
]
seconds, walls = [], []
for seed in range(int(sys.argv[2])):
    begun, wall = process_time(), time()
    found = run_pipeline(votes=votes, mod_out_statement_ids=np.flatnonzero(held["hidden"]).tolist(), random_state=seed)
    seconds.append(process_time() - begun)
    walls.append(time() - wall)
grouped = found.participants_df["cluster_id"].fillna(-1).astype(int)
told = dict(zip(map(int, grouped.index), map(int, grouped), strict=True))
labels = [told.get(each, -1) for each in range(len(held["votes"]))]
print(json.dumps({"red-dwarf": True, "seconds": min(seconds), "wall": min(walls), "grouped": labels}))
