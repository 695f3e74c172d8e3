"""How a service really runs: the node's own record, mined.

with_findings = process_of(procedure="food-licence", office="", code="2026", language="en", now=now)
"""

from zhengtong.observatory.processes.chosen import NothingRecorded
from zhengtong.observatory.processes.planned import planned, rules_of
from zhengtong.observatory.processes.queries import ProcessReport, process_of, record_of

__all__ = ["NothingRecorded", "ProcessReport", "planned", "process_of", "record_of", "rules_of"]
