"""`python -m bench.power`: questions whether an officer may act, with 1,000 grants, one JSON line."""

import json

from bench.power.questions import measure

print(json.dumps({"bench": "power questions"} | measure()))
