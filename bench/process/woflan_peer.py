"""pm4py's woflan over the model that stands in standard input; CPU seconds as JSON."""

import json
import os
import sys
import tempfile
import warnings
from time import process_time

warnings.filterwarnings("ignore")
given = json.load(sys.stdin)

said, sys.stdout = sys.stdout, open(os.devnull, "w")  # noqa: SIM115, PTH123
import pm4py  # noqa: E402
from pm4py.algo.analysis.woflan import algorithm as woflan  # noqa: E402

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "model.bpmn")  # noqa: PTH118
    with open(path, "w") as file:  # noqa: PTH123
        file.write(given["xml"])
    net, first, last = pm4py.convert_to_petri_net(pm4py.read_bpmn(path))
began = process_time()
sound = woflan.apply(net, first, last, parameters={"print_diagnostics": False, "return_asap_when_not_sound": False})
seconds = process_time() - began
sys.stdout = said
assert sound
print(json.dumps({"seconds": seconds}))
