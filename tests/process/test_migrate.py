"""A running case moves to a new version of its process, or is told why not."""

from tests.process.drawings import NOW, Case, ask, model
from zhengtong.engines.process import (
    CallEnded,
    CancelCall,
    CancelTask,
    CancelTimer,
    Migration,
    MoveTimer,
    MoveWork,
    OpenTask,
    StartTimer,
    TaskDone,
    TimerFired,
    advance,
    check,
    migrate,
    verdict,
)

JOINT = "start -> and1\nand1 -> a -> and2\nand1 -> b -> and2\nand1 -> c -> and2\nand2 -> d -> end"


def moved(case: Case, new: str, **declared: str | None) -> Migration:
    return migrate(case.model, model(new), case.state, case.facts, NOW, declared=declared, ask=ask)


def why(found: Migration) -> set[tuple[str, str]]:
    assert not found.effects
    return {(reason.code, reason.element) for reason in found.reasons}


def at(found: Migration) -> set[str]:
    assert found.reasons == ()
    return {key for key, _node in found.state.waiting}


def test_what_is_drawn_alike_takes_every_case_as_it_is() -> None:
    case = Case("boundary late on=b timer=P5WD\n" + JOINT + "\nlate -> end2")
    case.hear(TaskDone("a"))
    found = moved(case, "boundary late on=b timer=P5WD\nuser a name=a post=other/two\n" + JOINT + "\nlate -> end2")
    assert (found.state, found.effects, found.reasons) == (case.state, (), ())


def test_a_step_that_was_put_in_after_where_the_case_is_will_be_done() -> None:
    case = Case("start -> a -> b -> end")
    found = moved(case, "start -> a -> extra -> b -> end")
    assert at(found) == {"a"} and not found.effects
    state, _ = advance(model("start -> a -> extra -> b -> end"), found.state, TaskDone("a"), NOW, {}, ask=ask)
    assert [node for _key, node in state.waiting] == ["extra"]


def test_a_branch_that_had_come_to_the_join_does_what_was_put_in_there() -> None:
    case = Case(JOINT)
    case.hear(TaskDone("a"))
    found = moved(case, JOINT.replace("and1 -> a -> and2", "and1 -> a -> a2 -> and2"))
    assert at(found) == {"b", "c", "a2"}
    assert found.effects == (OpenTask("a2", "a2"),)


def test_a_join_that_waits_for_less_goes_on_at_once() -> None:
    case = Case(JOINT)
    for each in "ab":
        case.hear(TaskDone(each))
    found = moved(case, JOINT.replace("\nand1 -> c -> and2", ""), c=None)
    assert at(found) == {"d"}
    assert found.effects == (CancelTask("c"), OpenTask("d", "d"))


def test_a_branch_that_is_not_needed_any_more_is_forgotten_when_it_is_done_already() -> None:
    case = Case(JOINT)
    case.hear(TaskDone("c"))
    without = JOINT.replace("\nand1 -> c -> and2", "")
    assert why(moved(case, without)) == {("no-way", "and2")}
    assert at(moved(case, without, c=None)) == {"a", "b"}


def test_a_join_that_waits_for_more_than_can_come_is_no_place() -> None:
    case = Case(JOINT)
    found = moved(case, JOINT.replace("and1 -> c -> and2", "and1 -> c -> and2\nand1 -> e -> and2"))
    assert why(found) == {("cannot-finish", "a")}


def test_branches_that_now_come_one_after_the_other_are_no_place_for_two_at_once() -> None:
    assert why(moved(Case(JOINT), "start -> a -> b -> c -> d -> end")) == {("cannot-finish", "a")}


def test_a_step_that_is_gone_has_no_place_until_the_map_gives_one() -> None:
    case = Case("start -> a -> b -> end")
    assert why(moved(case, "start -> b -> end")) == {("vanished", "a")}
    on = moved(case, "start -> b -> end", a="f0")
    assert on.effects == (CancelTask("a"), OpenTask("b", "b"))
    kept = moved(case, "start -> first -> b -> end", a="first")
    assert kept.effects == (MoveWork("a", "first", "first"),)


def test_a_step_with_another_id_is_found_by_its_wording() -> None:
    case = Case("user a name=Examine the papers\nstart -> a -> b -> end")
    found = moved(case, "user x name=Examine the papers\nstart -> x -> b -> end")
    assert (at(found), found.effects) == ({"x"}, (MoveWork("a", "x", "x"),))
    two = "user x name=Examine the papers\nuser y name=Examine the papers\nstart -> x -> y -> end"
    assert why(moved(case, two)) == {("vanished", "a")}


def test_a_map_that_leads_nowhere_is_told() -> None:
    assert why(moved(Case("start -> a -> end"), "start -> b -> end", a="c")) == {("no-such-place", "c")}


def test_a_step_of_another_kind_or_in_another_sub_process_is_not_the_same() -> None:
    case = Case("start -> a -> end")
    assert why(moved(case, "catch a timer=P5WD\nstart -> a -> end")) == {("other-kind", "a")}
    assert why(moved(case, "user a each=3\nstart -> a -> end")) == {("other-kind", "a")}
    inside = "sub s\nstart s1 in=s\nuser a in=s\nend e1 in=s\nstart -> s -> end\ns1 -> a -> e1"
    assert why(moved(case, inside)) == {("elsewhere", "a")}


def test_two_pieces_of_work_do_not_become_one() -> None:
    case = Case("start -> and1\nand1 -> a -> and2\nand1 -> b -> and2\nand2 -> end")
    assert ("merged", "b") in why(moved(case, "start -> c -> end", a="c", b="c"))


def test_by_moving_alone_no_case_is_over() -> None:
    assert why(moved(Case("start -> a -> end"), "start -> b -> end", a="f1")) == {("over", "p")}


def test_timers_run_on_begin_or_end_with_the_drawing() -> None:
    case = Case("boundary late on=a timer=P5WD\nstart -> a -> end\nlate -> end2")
    new = "boundary {0} on=a timer={1}\nstart -> a -> end\n{0} -> end2"
    assert moved(case, new.format("late", "P3WD")).effects == (MoveTimer("late", "late", "late", "P3WD"),)
    assert moved(case, new.format("x", "P5WD"), late="x").effects == (MoveTimer("late", "x", "x", "P5WD"),)
    assert moved(case, new.format("x", "P5WD")).effects == (CancelTimer("late"), StartTimer("x", "x", "P5WD"))
    assert moved(case, "start -> a -> end").effects == (CancelTimer("late"),)


def test_a_reminder_that_was_given_is_not_given_again() -> None:
    drawn = "boundary r on=a timer=P3WD interrupting=no\nstart -> a -> b -> end\nr -> rem -> end2"
    case = Case(drawn)
    case.hear(TimerFired("r"))
    found = moved(case, drawn.replace("b -> end", "b -> c -> end"))
    assert at(found) == {"a", "rem"} and not found.effects
    assert found.state.fired == ("r",)


def test_an_inclusive_join_goes_on_when_nothing_more_can_come() -> None:
    drawn = "start -> or1\nor1 -> a -> or2 : x = 1\nor1 -> b -> c -> or2 : y = 1\nor1 => or2\nor2 -> d -> end"
    drawn = drawn.replace("or1 -> a -> or2 : x = 1", "or1 -> a : x = 1\na -> or2")
    drawn = drawn.replace("or1 -> b -> c -> or2 : y = 1", "or1 -> b : y = 1\nb -> c -> or2")
    case = Case(drawn, x=1, y=1)
    case.hear(TaskDone("a"))
    assert at(moved(case, drawn.replace("b -> c", "b -> b2 -> c"))) == {"b"}
    assert at(moved(case, drawn.replace("d -> end", "d -> d2 -> end"), b=None)) == {"d"}


def test_a_complex_join_that_has_gone_on_stays_unless_it_is_drawn_alike() -> None:
    drawn = "complex j activation=activationCount >= 1\nstart -> and1\nand1 -> a -> j\nand1 -> b -> j\nj -> d -> end"
    case = Case(drawn)
    case.hear(TaskDone("a"))
    assert case.state.joined[0][0].startswith("+")
    assert moved(case, "user a post=x/y\n" + drawn).state == case.state
    assert why(moved(case, drawn.replace("d -> end", "d -> d2 -> end"))) == {("cannot-finish", "b")}


SUB = "sub s\nstart s1 in=s\nuser i in=s\nuser k in=s\nend e1 in=s\nstart -> s -> b -> end\ns1 -> i -> k -> e1"


def test_what_is_inside_a_sub_process_moves_with_it() -> None:
    found = moved(Case(SUB), SUB.replace("sub s\n", "sub t\n").replace("in=s", "in=t").replace("> s ", "> t "), s="t")
    assert at(found) == {"i"}
    assert found.state.to_json()["at"] == "t t/i"
    assert why(moved(Case(SUB), SUB.replace("i -> k", "i -> and5 -> k\nand and5 in=s\nand5 -> i"))) != set()


def test_a_sub_process_that_is_left_out_takes_what_is_inside_away() -> None:
    found = moved(Case(SUB), "start -> b -> end", s="f0")
    assert found.effects == (CancelTask("i"), OpenTask("b", "b"))


def test_an_activity_done_several_times_keeps_what_is_done() -> None:
    case = Case("user a each=3\nstart -> a -> end")
    case.hear(TaskDone("a#3"))
    found = moved(case, "user a each=5\nstart -> a -> b -> end")
    assert at(found) == {"a#2", "a#4"} and not found.effects


def test_a_call_goes_on_in_the_case_that_it_opened() -> None:
    case = Case("call a procedure=one\nstart -> a -> end")
    found = moved(case, "call x procedure=one\nstart -> x -> b -> end", a="x")
    assert found.effects == (MoveWork("a", "x", "x"),)
    assert moved(case, "start -> b -> end", a="f0").effects == (CancelCall("a"), OpenTask("b", "b"))
    state, _ = advance(model("call x\nstart -> x -> b -> end"), found.state, CallEnded("x", "done"), NOW, {}, ask=ask)
    assert [node for _key, node in state.waiting] == ["b"]


UNDO = """
    user book
    boundary back on=book compensate=any
    user cancel undoes=back
    throw undo compensate=any
    start -> book -> more -> xor1
    xor1 -> undo : x = 1
    undo -> end1
    xor1 => end
"""


def test_what_was_done_can_be_undone_as_before_or_the_case_stays() -> None:
    case = Case(UNDO, x=1)
    case.hear(TaskDone("book"))
    found = moved(case, UNDO.replace("more -> xor1", "more -> more2 -> xor1"))
    assert found.state.undoable == (("book", ""),)
    without = "\n".join(line for line in UNDO.splitlines() if "back" not in line and "cancel" not in line)
    assert why(moved(case, without)) == {("undone-otherwise", "book")}
    plain = Case("start -> book -> more -> end")
    plain.hear(TaskDone("book"))
    assert why(moved(plain, UNDO)) == {("undone-otherwise", "book")}


def test_what_stood_still_for_a_fault_of_the_drawing_goes_on_when_it_is_mended() -> None:
    broken = "start -> a -> xor1\nxor1 -> b : x = 1\nxor1 -> c : x = 2\nb -> end\nc -> end"
    case = Case(broken, x=3)
    case.hear(TaskDone("a"))
    assert case.state.stuck == (("xor1", "xor1"),)
    assert why(moved(case, broken + "\nuser z")) == {("stands-still", "xor1")}
    found = moved(case, broken.replace("xor1 -> c : x = 2", "xor1 => c"))
    assert (at(found), found.effects) == ({"c"}, (OpenTask("c", "c"),))


def test_a_choice_ahead_is_not_left_without_the_fact_that_it_looks_at() -> None:
    case = Case("start -> a -> b -> end")
    case.hear(TaskDone("a"))
    new = """
        user a outputs=papers:good|bad
        start -> a -> b -> xor1
        xor1 -> end1 : papers = "good"
        xor1 -> end2 : papers = "bad"
    """
    assert why(moved(case, new)) == {("no-fact", "xor1")}
    case.facts["papers"] = "good"
    assert at(moved(case, new)) == {"b"}
    assert at(moved(Case("start -> a -> b -> end"), new)) == {"a"}


def test_where_the_end_depends_on_the_facts_a_state_that_the_new_version_can_come_to_is_taken() -> None:
    drawn = "start -> or1\nor1 -> a : x = 1\nor1 => xor1\na -> xor1\nxor1 -> b -> end"
    assert verdict(check(model(drawn))) == "data-dependent"
    later = drawn.replace("b -> end", "b -> c -> end")
    assert at(moved(Case(drawn, x=1), later)) == {"a"}
    twice = Case("start -> and1\nand1 -> b -> and2\nand1 -> a -> and2\nand2 -> end", x=1)
    assert why(moved(twice, later)) == set()


def test_fourteen_branches_half_done_are_proved_at_once() -> None:
    branches = "\n".join(f"and1 -> a{n} -> b{n} -> c{n} -> and2" for n in range(14))
    case = Case(f"start -> and1\n{branches}\nand2 -> end")
    for n in range(7):
        case.hear(TaskDone(f"a{n}"))
        case.hear(TaskDone(f"b{n}"))
    case.hear(TaskDone("c0"))
    found = moved(case, f"start -> and1\n{branches}\nand2 -> last -> end")
    assert len(at(found)) == 13


def test_a_case_that_is_over_and_one_of_the_same_version_stay_as_they_are() -> None:
    case = Case("start -> a -> end")
    assert moved(case, "start -> a -> end", a=None) == Migration(case.state)
    case.hear(TaskDone("a"))
    assert moved(case, "start -> b -> end") == Migration(case.state)
