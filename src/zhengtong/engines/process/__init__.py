"""Processes: BPMN 2.0 read, run, proved and drawn. A plain library: it knows neither Django nor government.

model = Model.load("process.bpmn")
state, effects = start(model, facts, now)
state, effects = advance(model, state, TaskDone("examine", {"examination": "satisfied"}), now, facts)
"""

from zhengtong.engines.process.check import Verdict, check, verdict
from zhengtong.engines.process.clocks import Path, longest_path, shortest_path
from zhengtong.engines.process.draw import MARKS, Mark, draw, told
from zhengtong.engines.process.events import (
    AskDecision,
    CallEnded,
    CallProcedure,
    CancelCall,
    Cancelled,
    CancelTask,
    CancelTimer,
    DecisionAnswered,
    Effect,
    Ended,
    Event,
    FactsChanged,
    Failed,
    Incident,
    KeepFacts,
    MessageArrived,
    MoveTimer,
    MoveWork,
    OpenTask,
    Retried,
    RunService,
    SendMessage,
    SendSignal,
    SignalSent,
    StartTimer,
    TaskDone,
    TimerFired,
)
from zhengtong.engines.process.faults import Finding, ProcessFault
from zhengtong.engines.process.layout import layout, presented
from zhengtong.engines.process.migrate import Migration, migrate
from zhengtong.engines.process.model import Flow, Model, Node
from zhengtong.engines.process.run import advance, start
from zhengtong.engines.process.state import State, Token

__all__ = [
    "MARKS",
    "AskDecision",
    "CallEnded",
    "CallProcedure",
    "CancelCall",
    "CancelTask",
    "CancelTimer",
    "Cancelled",
    "DecisionAnswered",
    "Effect",
    "Ended",
    "Event",
    "FactsChanged",
    "Failed",
    "Finding",
    "Flow",
    "Incident",
    "KeepFacts",
    "Mark",
    "MessageArrived",
    "Migration",
    "Model",
    "MoveTimer",
    "MoveWork",
    "Node",
    "OpenTask",
    "Path",
    "ProcessFault",
    "Retried",
    "RunService",
    "SendMessage",
    "SendSignal",
    "SignalSent",
    "StartTimer",
    "State",
    "TaskDone",
    "TimerFired",
    "Token",
    "Verdict",
    "advance",
    "check",
    "draw",
    "layout",
    "longest_path",
    "migrate",
    "presented",
    "shortest_path",
    "start",
    "told",
    "verdict",
]
