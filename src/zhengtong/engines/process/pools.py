"""Several processes in one file that send each other messages (BPMN 2.0.2, 9.3: pools and message flows).

Each pool is a process and runs as a case of its own. A message flow names the message at both of its ends where the
events do not, and says which pool a `SendMessage` is for.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from zhengtong.engines.process.elements import BPMN
from zhengtong.engines.process.events import SendMessage
from zhengtong.engines.process.model import Model
from zhengtong.engines.process.read import contents, parse, processes


@dataclass(frozen=True)
class Pools:
    """The processes of a file, by id, and who gets what a node sends."""

    models: Mapping[str, Model]
    receivers: Mapping[str, tuple[str, str]]  # by sending node: process and the receiving node, empty for the pool

    @staticmethod
    def load(source: str | os.PathLike[str] | bytes) -> "Pools":
        """Read every process of a file; ProcessFault where it cannot be read."""
        xml = contents(source)
        root = parse(xml)
        models = {each: Model.load(xml, process=each) for each in processes(root)}
        pools = {
            each.get("id", ""): each.get("processRef", "").rpartition(":")[2]
            for each in root.iter(f"{BPMN}participant")
        }
        home = {node: process for process, model in models.items() for node in model.nodes}
        receivers = {}
        for flow in root.iter(f"{BPMN}messageFlow"):
            source_, target = (flow.get(end, "").rpartition(":")[2] for end in ("sourceRef", "targetRef"))
            process = home.get(target) or pools.get(target, "")
            receivers[source_] = (process, target if target in home else "")
        return Pools(models, receivers)

    def receiver(self, sent: SendMessage) -> tuple[str, str] | None:
        """The process that a message is for and the node that waits for it there; None where it leaves the file."""
        process, node = self.receivers.get(sent.node, ("", ""))
        return (process, node) if process in self.models else None
