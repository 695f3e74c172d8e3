"""pabutools' equal shares of the elections that are named, run by the interpreter of the peers; prints JSON."""

import json
import sys
from pathlib import Path
from time import process_time

try:
    from pabutools.election import Cardinality_Sat, Cost_Sat, parse_pabulib
    from pabutools.rules import method_of_equal_shares
except ImportError:
    print(json.dumps({"pabutools": False}))
    sys.exit()

measure = {"cost": Cost_Sat, "count": Cardinality_Sat}[sys.argv[1]]
winners, seconds, reading = {}, 0.0, 0.0
for path in sys.argv[2:]:
    begun = process_time()
    instance, profile = parse_pabulib(path)
    reading += process_time() - begun
    begun = process_time()
    bought = method_of_equal_shares(instance, profile, sat_class=measure)
    seconds += process_time() - begun
    winners[Path(path).name] = [project.name for project in bought]
print(json.dumps({"pabutools": True, "seconds": seconds, "reading": reading, "winners": winners}))
