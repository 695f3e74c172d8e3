"""A vote on projects is counted once, by the declared rule, and anybody can count it again."""

from decimal import Decimal
from hashlib import sha256
from io import StringIO

import pytest
from django.core import signing
from django.core.management import CommandError, call_command

from tests.agora.test_bound import reorganised
from zhengtong.agora import acts
from zhengtong.agora.acts.contributing import projects_of
from zhengtong.agora.acts.counting import counted, election_of
from zhengtong.agora.errors import NoSuchContribution
from zhengtong.agora.models import BudgetVote, Contribution, Drawn, VoteFile
from zhengtong.agora.votefile import digest
from zhengtong.cases.acts import complete
from zhengtong.engines.budgets import equal_shares, read, write
from zhengtong.ledger.acts import sequence
from zhengtong.ledger.models import Act
from zhengtong.ledger.queries import verifier

COSTS = {1: "200000", 2: "200000", 3: "150000", 4: "150000"}
VOTES = [[1, 2, 3]] * 6 + [[4]] * 3 + [[]]


@pytest.fixture
def voted(rounds):
    """A round in which six would pay for three projects, three for a fourth, and one for nothing; the vote is over."""
    round_ = rounds.open("neighbourhood-budget")
    voices = rounds.voices(round_, len(VOTES))
    for number in COSTS:
        said = {"said": f"项目 {number}", "request_key": str(number), "voice": voices[number]}
        acts.contribute(round_=round_, phase="projects", now=rounds.now, **said)
        rounds.sponsor(round_, number, voices[0])
    round_ = rounds.later(round_, 31)
    for number, amount in COSTS.items():
        acts.cost(round_=round_, number=number, amount=Decimal(amount), by=rounds.host, now=rounds.now)
    task = round_.case.tasks.get(node="check_costs", status="open")
    complete(task=task, output="checked", by=rounds.host, now=rounds.now)
    round_ = rounds.later(round_, 0)
    for voice, projects in zip(voices, VOTES, strict=True):
        acts.vote_budget(round_=round_, phase="voting", voice=voice, projects=projects, now=rounds.now)
    assert acts.count_due(now=rounds.now) == 0  # people may still change their votes
    return rounds.later(round_, 15), voices


def test_a_vote_that_is_over_is_counted_once_and_the_ledger_knows_it(rounds, voted):
    assert [acts.count_due(now=rounds.now) for _ in range(2)] == [2, 0]
    assert {each.actor for each in Act.objects.filter(kind="agora.budget.counted")} == {"program"}
    found = Drawn.objects.get(phase="voting").found
    assert found["votes"] == 10 and found["greedily"] == [1, 2]
    assert {number for number, _ in found["shares"]} == {1, 3, 4}  # the few have their part


def test_what_has_not_begun_is_not_over_and_is_not_counted(rounds):
    round_ = rounds.open("neighbourhood-budget")
    voice = rounds.voices(round_, 1)[0]
    BudgetVote.objects.create(case=round_.case, voice=voice, phase="voting", projects=[])
    assert acts.count_due(now=rounds.now) == 0 and not Drawn.objects.exists()


def test_it_is_counted_though_a_later_charter_knows_no_such_votes(rounds, voted):
    reorganised(rounds, ("neighbourhood-budget", "street-budget"))
    assert acts.count_due(now=rounds.now) == 2


def test_anybody_counts_the_published_votes_again_and_comes_to_the_same(rounds, voted):
    round_, _ = voted
    phase = round_.declared.phase("voting")
    election = election_of(round_, phase)
    again = read(write(election))
    assert again.votes[0].voter == "1" and [len(each.points) for each in again.votes] == [0, *[3] * 6, *[1] * 3]
    assert equal_shares(again).winners == equal_shares(election).winners
    assert counted(election, phase).shares.spent <= 500000


def test_the_page_tells_each_voice_what_its_vote_paid_and_nobody_elses(client, rounds, voted, settings):
    round_, voices = voted
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    address = f"/take-part/{round_.case.number}/"
    assert "正在计票" in client.get(address).content.decode()
    assert client.get(f"{address}vote/voting.pb").status_code == 404
    acts.count_due(now=rounds.now)
    page = client.get(address).content.decode()
    assert "将要建设的项目" in page and "您自己的一票" not in page
    file = client.get(f"{address}vote/voting.pb")
    assert read(file.content).meta["num_votes"] == "10" and file["Repr-Digest"] == digest(file.content)
    assert sha256(file.content).hexdigest() in page
    assert client.get(f"{address}vote/projects.pb").status_code == 404
    own = signing.dumps([round_.case.pk, str(voices[6].pk)], salt="zhengtong.forum.voice")
    client.cookies[f"voice-{round_.case.pk}"] = own
    page = client.get(address).content.decode()
    assert "您的一票为“#4 项目 4”（¥150,000.00）支付了 ¥50,000.00" in page


def test_what_was_voted_on_costs_the_same_once_the_vote_is_over_and_after_its_count(rounds, voted):
    round_, _ = voted
    changed = {"round_": round_, "number": 1, "amount": Decimal("499999"), "by": rounds.host}
    with pytest.raises(NoSuchContribution):
        acts.cost(**changed, now=rounds.now)
    acts.count_due(now=rounds.now)
    with pytest.raises(NoSuchContribution):
        acts.cost(**changed, now=rounds.now)
    assert Contribution.objects.get(number=1).cost == Decimal(COSTS[1])


def test_a_file_of_any_city_is_counted_on_the_command_line(tmp_path, rounds, voted):
    round_, _ = voted
    path = tmp_path / "vote.pb"
    path.write_bytes(write(election_of(round_, round_.declared.phase("voting"))))
    told = StringIO()
    call_command("count", path, stdout=told)
    assert "equal shares: 3 projects, 500,000.00 of 500,000.00" in told.getvalue()
    assert "greedy: 2 projects, 400,000.00" in told.getvalue()
    path.write_text("META\n")
    with pytest.raises(CommandError, match=r"vote\.pb"):
        call_command("count", path)


def test_the_file_of_a_vote_is_made_with_its_count_and_nothing_that_happens_later_changes_it(client, rounds, voted):
    round_, voices = voted
    acts.count_due(now=rounds.now)
    address = f"/take-part/{round_.case.number}/vote/voting.pb"
    counted_ = client.get(address).content
    acts.hide(round_=round_, number=4, rule="insult", facts="侮辱", by=rounds.moderator, now=rounds.now)
    BudgetVote.objects.filter(voice=voices[0]).delete()
    assert client.get(address).content == counted_
    told = [each.particulars for each in Act.objects.filter(kind="agora.budget.counted")]
    assert {each["phase"]: each["sha256"] for each in told}["voting"] == sha256(counted_).hexdigest()


def test_a_file_that_is_not_the_one_that_was_counted_is_told(rounds, voted):
    acts.count_due(now=rounds.now)
    told = StringIO()
    call_command("rounds", stdout=told)
    assert "agora.budget.counted:voting\t1 = 1" in told.getvalue()
    file = VoteFile.objects.get(drawing__phase="voting")
    for changed in ({"content": file.content[:-3]}, None):
        VoteFile.objects.filter(pk=file.pk).update(**changed) if changed else file.delete()
        told = StringIO()
        with pytest.raises(CommandError, match="1 counts do not agree"):
            call_command("rounds", "--wrong", stdout=told)
        assert told.getvalue().strip().endswith("agora.budget.counted:voting\t0 ≠ 1")


def test_who_downloads_the_votes_sees_that_the_ledger_knows_just_this_file(client, rounds, voted, tmp_path):
    round_, _ = voted
    acts.count_due(now=rounds.now)
    sequence(rounds.now)
    votes, record = tmp_path / "votes.pb", tmp_path / "record.json"
    record.write_bytes(client.get(f"/take-part/{round_.case.number}/record.json").content)
    votes.write_bytes(client.get(f"/take-part/{round_.case.number}/vote/voting.pb").content)
    words, said = ["--record", str(record), "--key", str(verifier())], StringIO()
    call_command("count", str(votes), *words, stdout=StringIO(), stderr=said)
    assert "are in the log of" in said.getvalue()
    votes.write_bytes(votes.read_bytes() + b"\n")
    with pytest.raises(CommandError, match="recorded something else: the SHA-256"):
        call_command("count", str(votes), *words, stdout=StringIO(), stderr=StringIO())


def test_a_count_that_the_ledger_does_not_know_is_told(rounds, voted):
    Drawn.objects.create(case=voted[0].case, phase="voting", on=rounds.now.date(), found={}, places={})
    told = StringIO()
    with pytest.raises(CommandError):
        call_command("rounds", "--wrong", stdout=told)
    assert told.getvalue().strip().endswith("agora.budget.counted:voting\t1 ≠ 0")


def test_the_open_data_name_the_files_that_there_are(client, rounds, voted, settings):
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()

    def files():
        (told,) = client.get("/take-part/rounds.json").json()["rounds"]
        return told["data"]["pb"]

    assert files() == []
    acts.count_due(now=rounds.now)
    assert len(files()) == 2 and {client.get(each).status_code for each in files()} == {200}


def hide(rounds, round_, number):
    acts.hide(round_=round_, number=number, rule="insult", facts="侮辱", by=rounds.moderator, now=rounds.now)


def test_who_hides_a_project_while_it_is_voted_on_hides_its_words_and_decides_no_vote(rounds, voted, client):
    round_, _ = voted
    phase = round_.declared.phase("voting")
    before = counted(election_of(round_, phase), phase)
    hide(rounds, round_, 4)
    election = election_of(round_, phase)
    assert "4" in before.winners and counted(election, phase).winners == before.winners
    assert (election.projects["4"].name, election.projects["1"].name) == ("", "项目 1")
    for language, told in (("zh-hans", "内容已隐藏"), ("en", "its words are hidden")):
        page = client.get(f"/take-part/{round_.case.number}/", headers={"Accept-Language": language}).content.decode()
        assert told in page and "项目 4" not in page and "项目 1" in page
    acts.count_due(now=rounds.now)
    assert "项目 4" not in client.get(f"/take-part/{round_.case.number}/").content.decode()


def test_what_was_hidden_before_the_vote_began_is_not_voted_on(rounds):
    round_ = rounds.open("neighbourhood-budget")
    author, *others = rounds.voices(round_, 3)
    acts.contribute(round_=round_, phase="projects", now=rounds.now, said="项目", request_key="one", voice=author)
    rounds.sponsor(round_, 1, *others)
    round_ = rounds.later(round_, 31)
    acts.cost(round_=round_, number=1, amount=Decimal(1000), by=rounds.host, now=rounds.now)
    hide(rounds, round_, 1)
    assert projects_of(round_) == {}
