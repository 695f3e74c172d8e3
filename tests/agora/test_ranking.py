"""A round puts projects in an order, by a rule that the charter names, and counts it once."""

from decimal import Decimal

import pytest

from zhengtong.agora import acts
from zhengtong.agora.acts.counting import _count_ranking
from zhengtong.agora.errors import OverBudget
from zhengtong.agora.models import Contribution, Drawn
from zhengtong.cases.acts import complete

BALLOTS = [[1, 3]] * 3 + [[2, 3]] * 2 + [[3, 2], [2]]  # 3 beats 1 by 4 to 3; 2 beats 1 by 4 to 3; 2 and 3: 3 to 4


@pytest.fixture
def voting(rounds):
    round_ = rounds.open("neighbourhood-budget")
    voices = rounds.voices(round_, len(BALLOTS))
    for number in (1, 2, 3):
        said = {"said": f"项目 {number}", "request_key": str(number), "voice": voices[number]}
        acts.contribute(round_=round_, phase="projects", now=rounds.now, **said)
    Contribution.objects.update(sponsored=True, state="shown", cost=Decimal(100000))
    round_ = rounds.later(round_, 31)
    complete(task=round_.case.tasks.get(node="check_costs"), output="checked", by=rounds.host, now=rounds.now)
    round_ = rounds.later(round_, 0)
    for voice, projects in zip(voices, BALLOTS, strict=True):
        acts.vote_budget(round_=round_, phase="order", voice=voice, projects=projects, now=rounds.now)
    return round_, voices


def test_the_order_is_counted_once_by_duels(rounds, voting):
    acts.count_due(now=rounds.now)
    assert not Drawn.objects.exists()
    over = rounds.later(voting[0], 15)
    acts.count_due(now=rounds.now)
    acts.count_due(now=rounds.now)
    found = Drawn.objects.get(phase="order").found
    assert (found["rule"], found["votes"], len(found["elected"])) == ("schulze", 7, 3)
    assert found["elected"][-1] == 1, "one that most put behind is last, though three put it first"
    assert over.case.drawings.count() == 2


@pytest.mark.parametrize("rule", ["approval", "borda", "transferable"])
def test_the_charter_names_the_rule(rounds, voting, rule):
    round_ = voting[0]
    phase = round_.declared.phase("order").model_copy(update={"count_by": rule, "seats": 1})
    found = _count_ranking(round_, phase, now=rounds.now).found["elected"]
    assert found == {"approval": [3], "borda": [3], "transferable": [2]}[rule]  # by hand


@pytest.mark.parametrize("projects", [[1, 1], [9]])
def test_a_ballot_names_each_project_once(rounds, voting, projects):
    with pytest.raises(OverBudget):
        acts.vote_budget(round_=voting[0], phase="order", voice=voting[1][0], projects=projects, now=rounds.now)
