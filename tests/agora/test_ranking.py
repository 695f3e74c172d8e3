"""A round puts projects in an order, by a rule that the charter names, and counts it once."""

from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command

from zhengtong.agora import acts
from zhengtong.agora.acts.counting import _count_ranking
from zhengtong.agora.errors import OverBudget
from zhengtong.agora.models import Contribution, Drawn
from zhengtong.cases.acts import complete
from zhengtong.engines.budgets import put_in_order, read, write

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


def test_the_page_says_of_each_number_what_it_is_and_where_nobody_voted_that_nobody_did(client, rounds, voting):
    round_ = rounds.later(voting[0], 15)
    acts.count_due(now=rounds.now)
    page = client.get(f"/take-part/{round_.case.number}/").content.decode()
    order, money = page.partition('id="phase-order"')[2], page.partition('id="phase-voting"')[2]
    assert "胜过几个项目" in order and "没有人投票" not in order, "seven put projects in an order"
    assert "没有人投票" in money.partition("</section>")[0], "and nobody voted on money"


@pytest.mark.parametrize("rule", ["approval", "borda", "transferable"])
def test_the_charter_names_the_rule(rounds, voting, rule):
    round_ = voting[0]
    phase = round_.declared.phase("order").model_copy(update={"count_by": rule, "seats": 1})
    found = _count_ranking(round_, phase, now=rounds.now).found["elected"]
    assert found == {"approval": [3], "borda": [3], "transferable": [2]}[rule]  # by hand


def test_anybody_counts_the_published_order_again_and_comes_to_the_same(client, tmp_path, rounds, voting):
    round_ = rounds.later(voting[0], 15)
    acts.count_due(now=rounds.now)
    content = client.get(f"/take-part/{round_.case.number}/vote/order.pb").content
    election = read(content)
    assert (election.meta["vote_type"], election.meta["rule"], election.meta["seats"]) == ("ordinal", "schulze", "3")
    assert sorted(list(map(int, each.points)) for each in election.votes) == sorted(BALLOTS)
    assert write(election) == content
    path = tmp_path / "order.pb"
    path.write_bytes(content)
    told = StringIO()
    call_command("count", path, stdout=told)
    chosen = [int(line.split("\t")[0]) for line in told.getvalue().splitlines()[1:]]
    assert chosen == Drawn.objects.get(phase="order").found["elected"]
    sent = BytesIO(content)
    sent.name = "order.pb"
    page = client.post("/take-part/count", {"file": sent}).content.decode()
    assert [page.index(f"项目 {each}") for each in chosen] == sorted(page.index(f"项目 {each}") for each in chosen)
    path.write_bytes(content.replace(b"seats;3", b"seats;0"))
    with pytest.raises(CommandError):
        call_command("count", path)


@pytest.mark.parametrize("rule", ["approval", "borda", "transferable", "schulze"])
def test_whatever_the_rule_its_file_comes_to_the_same(rounds, voting, rule):
    phase = voting[0].declared.phase("order").model_copy(update={"count_by": rule, "seats": 2})
    kept = _count_ranking(voting[0], phase, now=rounds.now)
    election = read(bytes(kept.file.content))
    assert election.meta["vote_type"] == ("approval" if rule == "approval" else "ordinal")
    assert list(map(int, put_in_order(election).elected)) == kept.found["elected"]


@pytest.mark.parametrize("projects", [[1, 1], [9]])
def test_a_ballot_names_each_project_once(rounds, voting, projects):
    with pytest.raises(OverBudget):
        acts.vote_budget(round_=voting[0], phase="order", voice=voting[1][0], projects=projects, now=rounds.now)


def test_an_order_of_more_projects_than_a_page_counts_is_left_to_the_command(cast, client):
    rows = "".join(f"{each};1;x\n" for each in range(51))
    meta = "META\nkey;value\nbudget;1\nvote_type;ordinal\nrule;schulze\nseats;1\n"
    sent = BytesIO(f"{meta}PROJECTS\nproject_id;cost;name\n{rows}VOTES\nvoter_id;vote\n1;1\n".encode())
    sent.name = "order.pb"
    answer = client.post("/take-part/count", {"file": sent})
    assert answer.status_code == 422 and "zhengtong count" in answer.content.decode()
