"""SpiffWorkflow plays cases that stand in standard input; for the interpreter that has it. Prints JSON.

Given are a model, the facts and what is heard: a task that is done or a signal. Told are the tasks that are open at
first and after each, or what went wrong.
"""

import json
import sys

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.specs.event_definitions import SignalEventDefinition
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState


def played(case):
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.fromstring(case["xml"].encode()))
    workflow = BpmnWorkflow(parser.get_spec("p"), parser.get_subprocess_specs("p"))
    workflow.data.update(case["facts"])
    for task in workflow.get_tasks(state=TaskState.READY):
        task.data.update(case["facts"])
    workflow.do_engine_steps()
    seen = [opened(workflow)]
    for kind, name, facts in case["heard"]:
        if kind == "task":
            task = next(each for each in ready(workflow) if each.task_spec.bpmn_id == name)
            task.data.update(facts)
            task.run()
        else:
            workflow.catch(BpmnEvent(SignalEventDefinition(name), {}))
            workflow.refresh_waiting_tasks()
        workflow.do_engine_steps()
        seen.append(opened(workflow))
    return seen


def ready(workflow):
    return [task for task in workflow.get_tasks(state=TaskState.READY) if task.task_spec.manual]


def opened(workflow):
    return sorted(task.task_spec.bpmn_id for task in ready(workflow))


answers = []
for case in json.load(sys.stdin):
    try:
        answers.append(played(case))
    except Exception as fault:
        answers.append(f"{type(fault).__name__}: {fault}"[:300])
print(json.dumps(answers))
