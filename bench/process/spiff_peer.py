"""SpiffWorkflow 3.2 runs the permit, in memory and through its serializer; per CPU second, as JSON."""

import json
import sys
from time import process_time

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

given = json.load(sys.stdin)
parser = BpmnParser()
parser.add_bpmn_xml(etree.fromstring(given["xml"].encode()))
spec = parser.get_spec("p")
serializer = BpmnWorkflowSerializer()


def step(workflow, name):
    task = next(each for each in workflow.get_tasks(state=TaskState.READY) if each.task_spec.bpmn_id == name)
    task.data.update(given["outputs"].get(name, {}))
    task.run()
    workflow.do_engine_steps()


def begun():
    workflow = BpmnWorkflow(spec)
    workflow.do_engine_steps()
    return workflow


def played():
    workflow = begun()
    for name in given["order"]:
        step(workflow, name)
    assert workflow.completed


def stored():
    largest = 0
    row = serializer.serialize_json(begun())
    for name in given["order"]:
        workflow = serializer.deserialize_json(row)
        step(workflow, name)
        row = serializer.serialize_json(workflow)
        largest = max(largest, len(row))
    return largest


played()
times = []
for _ in range(3):
    began = process_time()
    for _ in range(50):
        played()
    times.append(process_time() - began)
began = process_time()
largest = max(stored() for _ in range(5))
seconds = process_time() - began
print(json.dumps({"instances": 50 / min(times), "steps": 5 * len(given["order"]) / seconds, "bytes": largest}))
