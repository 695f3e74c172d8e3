"""Processes as they really were: event logs read, put in order, asked, drawn and replayed. Knows no government.

with read_log("permits.xes.gz") as log:
    clock(log, Calendar(country="NL"))
    edges(log), variants(log, top=10), ping_pong(log), conformance(log, Model.load("permit.bpmn"))
"""

from zhengtong.engines.mining.change import Change, changed, compared
from zhengtong.engines.mining.csv_read import read_csv
from zhengtong.engines.mining.csv_write import write_csv
from zhengtong.engines.mining.errors import LogFault
from zhengtong.engines.mining.examine import Asked, Findings, examine
from zhengtong.engines.mining.fitted import fitted
from zhengtong.engines.mining.flow import Edge, Step, Variant, edges, follows, steps, variants
from zhengtong.engines.mining.given import Given, log_from, log_of
from zhengtong.engines.mining.late import Blame, Late, late
from zhengtong.engines.mining.log import Bad, Keys, Log
from zhengtong.engines.mining.map import Map, draw_map, process_map
from zhengtong.engines.mining.ocel import object_types, read_ocel, write_ocel
from zhengtong.engines.mining.quality import Quality, quality
from zhengtong.engines.mining.read import read_log
from zhengtong.engines.mining.replay import Conformance, Deviation, Misfit, conformance
from zhengtong.engines.mining.report import report
from zhengtong.engines.mining.report_section import Section
from zhengtong.engines.mining.report_tables import sections
from zhengtong.engines.mining.times import Span, StepTime, clock, lasting, step_times
from zhengtong.engines.mining.work import (
    Correction,
    HandOver,
    PingPong,
    Return,
    Rework,
    corrections,
    hand_overs,
    ping_pong,
    rework,
)
from zhengtong.engines.mining.write import write_log
from zhengtong.engines.mining.xes import read_xes
from zhengtong.engines.mining.xes_write import write_xes

__all__ = [
    "Asked",
    "Bad",
    "Blame",
    "Change",
    "Conformance",
    "Correction",
    "Deviation",
    "Edge",
    "Findings",
    "Given",
    "HandOver",
    "Keys",
    "Late",
    "Log",
    "LogFault",
    "Map",
    "Misfit",
    "PingPong",
    "Quality",
    "Return",
    "Rework",
    "Section",
    "Span",
    "Step",
    "StepTime",
    "Variant",
    "changed",
    "clock",
    "compared",
    "conformance",
    "corrections",
    "draw_map",
    "edges",
    "examine",
    "fitted",
    "follows",
    "hand_overs",
    "lasting",
    "late",
    "log_from",
    "log_of",
    "object_types",
    "ping_pong",
    "process_map",
    "quality",
    "read_csv",
    "read_log",
    "read_ocel",
    "read_xes",
    "report",
    "rework",
    "sections",
    "step_times",
    "steps",
    "variants",
    "write_csv",
    "write_log",
    "write_ocel",
    "write_xes",
]
