"""Elements that are rarely drawn: complex gateways, ad hoc sub-processes, pools, completion by counts."""

from tests.process.drawings import NOW, Case, ask, model
from zhengtong.engines.process import (
    CancelTask,
    Incident,
    MessageArrived,
    Model,
    SendMessage,
    TaskDone,
    advance,
    check,
    start,
    verdict,
)
from zhengtong.engines.process.pools import Pools

TWO_OF_THREE = """
    complex enough activation=activationCount >= 2
    start -> and1
    and1 -> a -> enough
    and1 -> b -> enough
    and1 -> c -> enough
    enough -> d -> end
"""


def test_a_complex_join_goes_on_when_enough_have_come() -> None:
    case = Case(TWO_OF_THREE)
    case.hear(TaskDone("a"))
    assert case.waits == {"b", "c"}
    case.hear(TaskDone("c"))
    assert case.waits == {"b", "d"}


def test_and_passes_over_what_comes_later() -> None:
    case = Case(TWO_OF_THREE)
    for key in ("a", "c", "d"):
        case.hear(TaskDone(key))
    assert not case.state.is_over
    case.hear(TaskDone("b"))
    assert case.state.is_over


def test_in_a_loop_it_begins_anew() -> None:
    case = Case(
        TWO_OF_THREE.replace("start -> and1", "start -> xor1 -> and1").replace(
            "d -> end", "d -> xor2\nxor2 -> xor1 : again = true\nxor2 => end"
        ),
        again=True,
    )
    for key in ("a", "b", "c"):
        case.hear(TaskDone(key))
    case.hear(TaskDone("d"))
    assert case.waits == {"a#2", "b#2", "c#2"}
    case.hear(TaskDone("a#2", {"again": False}))
    case.hear(TaskDone("b#2"))
    assert case.waits == {"c#2", "d#2"}


def test_ways_that_ask_for_it_are_taken_when_the_rest_has_come() -> None:
    drawn = TWO_OF_THREE.replace(
        "enough -> d -> end",
        "enough -> d : waitingForStart = true\nenough -> e : waitingForStart = false\nd -> end\ne -> end",
    )
    case = Case(drawn)
    case.hear(TaskDone("a"))
    case.hear(TaskDone("b"))
    assert case.waits == {"c", "d"}
    case.hear(TaskDone("c"))
    assert case.waits == {"d", "e"}


def test_a_complex_join_that_never_has_enough_is_a_dead_lock_that_is_told() -> None:
    case = Case(TWO_OF_THREE.replace(">= 2", ">= 4"))
    for key in ("a", "b"):
        case.hear(TaskDone(key))
    assert [effect.code for effect in case.hear(TaskDone("c")) if isinstance(effect, Incident)] == ["dead-lock"]


def test_whether_there_will_be_enough_depends_on_the_facts() -> None:
    assert verdict(check(model(TWO_OF_THREE))) == "data-dependent"
    assert verdict(check(model(TWO_OF_THREE.replace(">= 2", ">= 1")))) == "sound"


AD_HOC = """
    adhoc s {how}
    user a in=s
    user b in=s
    user c in=s
    b -> c
    start -> s -> end
"""


def test_in_an_ad_hoc_sub_process_each_is_done_once_in_any_order() -> None:
    case = Case(AD_HOC.format(how=""))
    assert case.waits == {"a", "b"}
    case.hear(TaskDone("b"))
    case.hear(TaskDone("c"))
    case.hear(TaskDone("a"))
    assert case.state.is_over


def test_or_again_and_again_until_there_is_enough() -> None:
    case = Case(AD_HOC.format(how="enough=ready = true"))
    case.hear(TaskDone("a"))
    assert case.waits == {"a#2", "b"}
    case.hear(TaskDone("b"))
    case.hear(TaskDone("c"))
    assert case.waits == {"a#2", "b#2"}
    assert CancelTask("b#2") in case.hear(TaskDone("a#2", {"ready": True}))
    assert case.state.is_over


def test_or_one_at_a_time() -> None:
    case = Case(AD_HOC.format(how="order=one-by-one"))
    assert case.waits == {"a"}
    case.hear(TaskDone("a"))
    assert case.waits == {"b"}
    case.hear(TaskDone("b"))
    case.hear(TaskDone("c"))
    assert case.state.is_over


def test_a_completion_condition_may_count_the_instances() -> None:
    case = Case("user a each=3 until=numberOfCompletedInstances >= 2\nstart -> a -> b -> end")
    case.hear(TaskDone("a#2"))
    assert case.waits == {"a#3", "a#4"}
    case.hear(TaskDone("a#4"))
    assert case.waits == {"b"}


POOLS = b"""<?xml version="1.0"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:zt="https://zhengtong.example/ns/charter" targetNamespace="t">
  <bpmn:collaboration id="c">
    <bpmn:participant id="citizen" processRef="asks"/><bpmn:participant id="office" processRef="answers"/>
    <bpmn:messageFlow id="m1" name="request" sourceRef="ask" targetRef="asked"/>
    <bpmn:messageFlow id="m2" sourceRef="reply" targetRef="heard"/>
  </bpmn:collaboration>
  <bpmn:process id="asks">
    <bpmn:startEvent id="s"/><bpmn:sendTask id="ask"/><bpmn:receiveTask id="heard"/><bpmn:endEvent id="e"/>
    <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="ask"/>
    <bpmn:sequenceFlow id="f2" sourceRef="ask" targetRef="heard"/>
    <bpmn:sequenceFlow id="f3" sourceRef="heard" targetRef="e"/>
  </bpmn:process>
  <bpmn:process id="answers">
    <bpmn:startEvent id="asked"><bpmn:messageEventDefinition/></bpmn:startEvent>
    <bpmn:endEvent id="reply"><bpmn:messageEventDefinition/></bpmn:endEvent>
    <bpmn:sequenceFlow id="g1" sourceRef="asked" targetRef="reply"/>
  </bpmn:process>
</bpmn:definitions>"""


def test_two_pools_send_each_other_messages_along_the_flows_between_them() -> None:
    pools = Pools.load(POOLS)
    asks, answers = pools.models["asks"], pools.models["answers"]
    state, effects = start(asks, {}, NOW, ask=ask)
    (sent,) = (effect for effect in effects if isinstance(effect, SendMessage))
    assert sent.name == "request"
    assert pools.receiver(sent) == ("answers", "asked")
    _, effects = start(answers, {}, NOW, ask=ask)
    reply = next(effect for effect in effects if isinstance(effect, SendMessage))
    assert pools.receiver(reply) == ("asks", "heard")
    state, _ = advance(asks, state, MessageArrived(reply.name), NOW, {}, ask=ask)
    assert state.is_over


def test_each_pool_of_a_file_is_checked_by_itself() -> None:
    assert {model_.id for model_ in Pools.load(POOLS).models.values()} == {"asks", "answers"}
    assert "several-processes" not in {finding.code for finding in check(Model.load(POOLS, process="answers"))}
