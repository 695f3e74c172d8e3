"""A process that cannot finish is refused, with the way that leads into the trap."""

import pytest

from tests.process.drawings import model
from zhengtong.engines.process import Finding, check, longest_path, shortest_path, verdict


def found(drawn: str, code: str) -> Finding:
    findings = check(model(drawn))
    matching = [finding for finding in findings if finding.code == code]
    assert matching, [finding.code for finding in findings]
    return matching[0]


def codes(drawn: str) -> list[str]:
    return [finding.code for finding in check(model(drawn))]


@pytest.mark.parametrize(
    "drawn",
    [
        "start -> a -> end",
        "start -> and1\nand1 -> a -> and2\nand1 -> b -> and2\nand2 -> end",
        "start -> xor1\nxor1 -> a : x = 1\nxor1 => b\na -> c\nb -> c\nc -> end",
        "start -> a -> xor1\nxor1 -> a : x = 1\nxor1 => end",
        "start -> or1\nor1 -> a : x = 1\nor1 => b\na -> or2\nb -> or2\nor2 -> end",
        "boundary t on=a timer=P1WD\nstart -> a -> b -> end\nt -> b",
        "boundary t on=a timer=P1WD interrupting=no\nstart -> a -> end\nt -> b -> end2",
        "start -> and1\nand1 -> a -> end\nand1 -> b -> end",
        (
            "start -> and1\nand1 -> a -> and2\nand1 -> xor1\nxor1 -> b : x = 1\nxor1 => c\nb -> xor2\n"
            "c -> xor2\nxor2 -> and2\nand2 -> end"
        ),
        "end stop ends=terminate\nstart -> and1\nand1 -> a -> stop\nand1 -> b -> end",
        # not block-structured: the branches of two splits overlap
        (
            "start -> and1\nand1 -> a -> and2\nand1 -> b -> and3\nand2 -> c -> and4\n"
            "and2 -> d -> and3\nand3 -> e -> and4\nand4 -> end"
        ),
        "call c\nsub s\nstart s1 in=s\nuser u in=s\nend e1 in=s\nstart -> s -> c -> end\ns1 -> u -> e1",
    ],
)
def test_a_sound_process_is_proved(drawn: str) -> None:
    findings = check(model(drawn))
    assert findings == []
    assert verdict(findings) == "sound"


def test_a_join_that_waits_for_a_branch_not_taken_is_a_dead_lock() -> None:
    finding = found("start -> xor1\nxor1 -> a : x = 1\nxor1 => b\na -> and1\nb -> and1\nand1 -> end", "dead-lock")
    assert finding.element == "and1"
    assert finding.severity == "error"
    assert finding.trace[:2] == ("start", "xor1")
    assert len({"a", "b"} & set(finding.trace)) == 1


def test_branches_that_meet_without_waiting_are_told() -> None:
    finding = found("start -> and1\nand1 -> a -> c\nand1 -> b -> c\nc -> end", "not-synchronised")
    assert finding.element == "c"


def test_a_loop_without_a_way_out_never_ends() -> None:
    assert "cannot-end" in codes("start -> a -> b -> a")
    drawn = "start -> xor1\nxor1 -> a : x = 1\nxor1 => end\na -> b -> a"
    finding = found(drawn, "never-ends")
    assert finding.severity == "error"


def test_choices_that_look_at_the_same_fact_make_it_depend_on_the_facts() -> None:
    drawn = """
        start -> and1
        and1 -> xor1
        and1 -> xor3
        xor1 -> a : x = 1
        xor1 => b
        xor3 -> c : x = 1
        xor3 => d
        a -> and2
        c -> and2
        b -> and3
        d -> and3
        and2 -> xor4
        and3 -> xor4
        xor4 -> end
    """
    finding = found(drawn, "dead-lock")
    assert finding.severity == "data-dependent"
    assert verdict(check(model(drawn))) == "data-dependent"


def test_a_dead_step_is_told() -> None:
    drawn = "start -> xor1\nxor1 => a -> end\nxor1 -> b : x = 1\nb -> end\nc -> end"
    assert found(drawn, "unreachable").element == "c"


def test_a_choice_that_may_have_no_way_out_depends_on_the_facts() -> None:
    drawn = "start -> xor1\nxor1 -> a : x = 1\nxor1 -> b : x = 2\na -> end\nb -> end"
    assert found(drawn, "no-way-out").severity == "data-dependent"


@pytest.mark.parametrize(
    ("one", "other"),
    [("x = 1", "x != 1"), ("ready", "not(ready)"), ('r = "good"', 'r = "bad"')],
)
def test_a_choice_that_leaves_nothing_out_needs_no_default(one: str, other: str) -> None:
    drawn = f"""
        user t outputs=r:good|bad
        start -> t -> xor1
        xor1 -> a : {one}
        xor1 -> b : {other}
        a -> end
        b -> end
    """
    assert codes(drawn) == []


def test_outputs_do_not_count_where_the_task_can_be_passed_by() -> None:
    drawn = """
        user t outputs=r:good|bad
        boundary late on=t timer=P1WD
        start -> t -> xor1
        late -> xor1
        xor1 -> a : r = "good"
        xor1 -> b : r = "bad"
        a -> end
        b -> end
    """
    assert "no-way-out" in codes(drawn)


def test_a_step_needs_a_post_and_a_clock() -> None:
    assert codes("user a post= clock=\nstart -> a -> end") == ["no-clock", "no-post"]
    assert codes("user a clock=soon\nstart -> a -> end") == ["bad-clock"]


@pytest.mark.parametrize("timer", ["soon", "", "5WD", "P", "PT"])
def test_a_timer_that_nobody_understands_is_told(timer: str) -> None:
    assert "bad-timer" in codes(f"catch t timer={timer}\nstart -> t -> end")


@pytest.mark.parametrize("timer", ["P5WD", "P1M", "PT24H", "P1Y2M", "2026-05-01", "2026-05-01T09:00:00Z"])
def test_a_timer_is_a_duration_or_a_date(timer: str) -> None:
    assert codes(f"catch t timer={timer}\nstart -> t -> end") == []


def test_a_loop_that_never_waits_is_told() -> None:
    assert "endless" in codes("start -> xor1 -> xor2\nxor2 -> xor1 : x = 1\nxor2 => a\na -> end")
    assert "endless" not in codes("start -> xor1 -> a -> xor2\nxor2 -> xor1 : x = 1\nxor2 => end")


def test_fourteen_branches_are_proved_without_walking_every_way() -> None:
    drawn = "\n".join(f"and1 -> a{n} -> b{n} -> c{n} -> and2" for n in range(14))
    large = model(f"start -> and1\n{drawn}\nand2 -> end")
    assert check(large) == []


def test_what_is_too_large_is_said_to_be_too_large() -> None:
    two_entries = """
        and1 -> xor_s{n}
        xor_s{n} -> xor_a{n} : x = 1
        xor_s{n} => xor_b{n}
        xor_a{n} -> a{n} -> xor_c{n}
        xor_b{n} -> b{n} -> xor_d{n}
        xor_c{n} -> xor_b{n} : y = 1
        xor_d{n} -> xor_a{n} : z = 1
        xor_c{n} => xor_e{n}
        xor_d{n} => xor_e{n}
        xor_e{n} -> and2
    """
    branches = "\n".join(two_entries.format(n=n) for n in range(9))
    finding = found(f"start -> and1\n{branches}\nand2 -> end", "too-large")
    assert finding.severity == "data-dependent"


def test_ten_thousand_nodes_are_checked() -> None:
    chain = " -> ".join(f"a{n}" for n in range(10_000))
    large = model(f"start -> {chain} -> end")
    assert check(large) == []


def test_the_longest_way_is_the_longest_of_branches() -> None:
    drawn = model(
        "user a clock=P5WD\nuser b clock=P3WD\nuser c clock=P9WD\nuser d clock=P2WD\n"
        "start -> a -> and1\nand1 -> b -> and2\nand1 -> c -> and2\nand2 -> d -> end"
    )
    path = longest_path(drawn)
    assert path.days == 16
    assert path.nodes == ("start", "a", "and1", "c", "and2", "d", "end")
    assert path.is_exact
    assert shortest_path(drawn).days == 16


def test_the_shortest_way_is_that_of_the_quickest_choice() -> None:
    drawn = model(
        "user a clock=P5WD\nuser b clock=P3WD\nstart -> xor1\nxor1 -> a : x = 1\nxor1 => b\na -> end\nb -> end"
    )
    assert (shortest_path(drawn).days, longest_path(drawn).days) == (3, 5)


def test_what_a_procedure_takes_is_told_from_outside() -> None:
    drawn = model("call c procedure=food\nstart -> c -> end")
    assert longest_path(drawn, {"food": 12}).days == 12
    assert not longest_path(drawn).is_exact


def test_other_units_are_turned_into_working_days_and_said_to_be() -> None:
    path = longest_path(model("user a clock=P14D\nstart -> a -> end"))
    assert path.days == 10
    assert not path.is_exact


def test_a_step_in_a_loop_counts_once() -> None:
    path = longest_path(model("start -> a -> xor1\nxor1 -> a : x = 1\nxor1 => end"))
    assert path.days == 5
    assert path.has_loop


def test_several_ways_of_one_inclusive_choice_may_exclude_each_other() -> None:
    drawn = "start -> or1\nor1 -> a : x = 1\nor1 -> b : x = 2\nor1 => c\na -> d\nb -> d\nc -> d\nd -> end"
    assert found(drawn, "not-synchronised").severity == "data-dependent"


def test_a_sub_process_is_proved_by_itself() -> None:
    drawn = """
        sub s
        start s1 in=s
        xor xor1 in=s
        user a in=s
        user b in=s
        and and1 in=s
        end e1 in=s
        start -> s -> end
        s1 -> xor1
        xor1 -> a : x = 1
        xor1 => b
        a -> and1
        b -> and1
        and1 -> e1
    """
    assert found(drawn, "dead-lock").element == "and1"


def test_an_empty_sub_process_is_told() -> None:
    assert found("sub s\nstart -> s -> end", "undefined-task").severity == "warning"


def test_an_error_that_nobody_catches_is_told() -> None:
    assert found("end e error=x\nstart -> a -> e", "uncaught").element == "e"
    caught = "sub s\nstart s1 in=s\nend e in=s error=x\nboundary b on=s error={}\ns1 -> e\nstart -> s -> end\nb -> end2"
    assert "uncaught" not in codes(caught.format("any"))
    assert "uncaught" in codes(caught.format("other"))


def test_an_error_leaves_a_sub_process_with_all_its_branches() -> None:
    drawn = """
        sub s
        start s1 in=s
        and and1 in=s
        and and2 in=s
        user a in=s
        user b in=s
        xor xor1 in=s
        end wrong in=s error=x
        end e1 in=s
        boundary caught on=s error=x
        s1 -> and1
        and1 -> a -> xor1
        xor1 -> wrong : x = 1
        xor1 => and2
        and1 -> b -> and2
        and2 -> e1
        start -> s -> end
        caught -> end2
    """
    assert codes(drawn) == []
