"""A file of Pabulib opens a vote on money, is written again as it came, and a bad one changes nothing."""

import io
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.budgets.elections import ABSENT, files
from zhengtong.agora import acts
from zhengtong.agora.acts.counting import election_of
from zhengtong.agora.decide import cleaned
from zhengtong.agora.proceedings.errors import NoSuchProjects, UnfitProject
from zhengtong.agora.proceedings.models import ProjectFile
from zhengtong.agora.proceedings.projects import MOST_BYTES, MOST_PROJECTS, as_filed, open_with_projects
from zhengtong.agora.queries import numbers
from zhengtong.agora.reconciled import reconciled
from zhengtong.agora.rounds import Round
from zhengtong.agora.rounds import rounds as every_round
from zhengtong.cases.acts import complete
from zhengtong.cases.models import Case
from zhengtong.common.refusal import Refusal
from zhengtong.engines.budgets import Election, ElectionFault, Project, Vote, read, read_projects, write
from zhengtong.ledger.models import Act

HEAD = "META\nkey;value\nbudget;500000\nvote_type;approval\nrule;equal-shares\n"
PROJECTS = (
    "PROJECTS\nproject_id;cost;name;category;target\n"
    "7;120000;路口红绿灯;交通;老人\nP/2;30000.50;图书馆坡道;;轮椅使用者\n3;90000;长椅;公园;\n"
)
FILE = (HEAD + PROJECTS).encode()


@pytest.fixture
def brought(rounds):
    """`brought(data)`: the round that a file opens, each time another one."""
    opened = []

    def open_(data):
        opened.append(data)
        answers = {"title": "街区改造，您来定", "summary": "今年的钱花在哪里，由居民投票决定。"}
        filed = open_with_projects(
            procedure="neighbourhood-budget",
            answers=answers,
            name="../../青山.pb",
            content=io.BytesIO(data),
            by=rounds.host,
            language="zh-Hans",
            request_key=f"file-{len(opened)}",
            now=rounds.now,
        )
        return Round(filed.case)

    return open_


def exported(round_):
    """The file of the round's vote, as everybody can download it."""
    return write(as_filed(round_, election_of(round_, round_.declared.phase("voting"))))


def projects(data):
    wanted = ("project_id", "name", "category", "target")
    found = read(data).projects.values()
    return {(each.cost, *(each.other.get(cell, "") for cell in wanted)) for each in found}


def test_the_projects_of_a_file_are_the_offices_and_can_be_voted_on_at_their_cost(rounds, brought):
    round_ = brought(FILE)
    said = {each.number: each for each in round_.case.contributions.all()}
    assert {number: each.cost for number, each in said.items()} == {
        7: Decimal(120000),
        8: Decimal("30000.50"),
        3: Decimal(90000),
    }
    assert said[7].text == "路口红绿灯\n交通 · 老人" and said[3].text == "长椅\n公园"
    assert {(each.voice, each.state, each.author) for each in said.values()} == {(None, "shown", "")}
    assert (numbers(round_).voices, round_.case.facts["unanswered"]) == (0, 3)
    (voice,) = rounds.voices(round_, 1)
    own = acts.contribute(
        round_=round_, phase="projects", voice=voice, said="种二十棵树", request_key="1", now=rounds.now
    )
    assert own.number == 9  # no number is given twice
    round_ = rounds.later(round_, 31)
    complete(task=round_.case.tasks.get(node="check_costs"), output="checked", by=rounds.host, now=rounds.now)
    round_ = rounds.later(round_, 0)
    acts.vote_budget(round_=round_, phase="voting", voice=voice, projects=[8, 3], now=rounds.now)
    assert read(exported(round_)).votes[0].points == {"P/2": 1, "3": 1}
    rounds.later(round_, 15)
    assert acts.count_due(now=rounds.now) == 2  # what is paid for, and what comes first


def test_it_is_one_act_with_the_hash_of_the_file_and_the_counts_agree(rounds, brought):
    round_ = brought(FILE)
    (act,) = Act.objects.filter(kind="agora.projects.put")
    told = act.particulars
    assert told["sha256"] == sha256(FILE).hexdigest() and told["projects"] == [3, 7, 8]
    assert act.subject == round_.case.number and not Act.objects.filter(kind="agora.project.costed").exists()
    assert all(each.agrees for each in reconciled(every_round()))
    assert ProjectFile.objects.get().name == "青山.pb"


def test_the_same_request_again_brings_nothing_twice(rounds, brought):
    first = brought(FILE)
    answers = {"title": "街区改造，您来定", "summary": "今年的钱花在哪里，由居民投票决定。"}
    again = open_with_projects(
        procedure="neighbourhood-budget",
        answers=answers,
        name="b.pb",
        content=io.BytesIO(FILE),
        by=rounds.host,
        language="zh-Hans",
        request_key="file-1",
        now=rounds.now + timedelta(minutes=1),
    )
    assert again.case == first.case and first.case.contributions.count() == 3


def test_votes_in_the_file_do_not_count_and_what_it_says_otherwise_is_told(brought):
    head = "META\nkey;value\nbudget;400000\ncurrency;PLN\nvote_type;ordinal\nrule;greedy-no-skip\nmin_length;1\n"
    votes = "VOTES\nvoter_id;vote\n1;7,3\n2;no such project\n"
    round_ = brought((head + "max_length;2\nmax_sum_cost;a lot\n" + PROJECTS + votes).encode())
    filed = round_.case.project_file
    assert filed.votes == 2 and not round_.case.budget_votes.exists()
    assert [tuple(each) for each in filed.otherwise] == [
        ("budget", "400000", "500000"),
        ("currency", "PLN", "CNY"),
        ("vote_type", "ordinal", "approval"),
        ("rule", "greedy-no-skip", "equal-shares"),
        ("min_length", "1", ""),
        ("max_length", "2", ""),
        ("max_sum_cost", "a lot", ""),
    ]


def test_a_file_that_agrees_with_the_charter_has_nothing_told_of_it(brought):
    limits = "min_length;0\nmax_length;3\nmax_sum_cost;240000.50\ncurrency;CNY\n"
    filed = brought((HEAD.replace("equal-shares", "equalshares/add1u") + limits + PROJECTS).encode())
    assert filed.case.project_file.otherwise == []


MANY = "".join(f"{each};10;project {each}\n" for each in range(1, MOST_PROJECTS + 2))
ONE = HEAD + "PROJECTS\nproject_id;cost;name\n"


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", NoSuchProjects),
        (HEAD.encode(), NoSuchProjects),
        ((ONE + MANY).encode(), NoSuchProjects),
        (FILE + b"\n" * MOST_BYTES, NoSuchProjects),
        (b"\x89PNG\r\n\x1a\n\xff\xfe", ElectionFault),
        (b"PK\x03\x04" + bytes(200), ElectionFault),
        ((ONE + '1;10;"' + "x" * 200_000).encode(), ElectionFault),
        ((ONE + "1;10;a\n1;20;b\n").encode(), ElectionFault),
        ((ONE + "1;1e999999999;a\n").encode(), ElectionFault),
        ((HEAD.replace("500000", "") + PROJECTS).encode(), ElectionFault),
        ((ONE + "1;10;\n").encode(), UnfitProject),
        ((ONE + "1;10;\u202e \u200f\n").encode(), UnfitProject),
        ((ONE + "1;0;a\n").encode(), UnfitProject),
        ((ONE + "1;10.005;a\n").encode(), UnfitProject),
        ((ONE + "1;1000000000000;a\n").encode(), UnfitProject),
        ((ONE + f"1;10;{'长' * 4001}\n").encode(), UnfitProject),
        ((ONE + f"{'9' * 61};10;a\n").encode(), UnfitProject),
        ((ONE + "1\u202e2;10;a\n").encode(), UnfitProject),
    ],
)
def test_a_bad_file_changes_nothing(brought, data, refusal):
    acts_before = Act.objects.count()
    with pytest.raises(refusal) as told:
        brought(data)
    assert len(told.value.told()["zh-Hans"]) < 200
    assert Act.objects.count() == acts_before and not Case.objects.filter(procedure="neighbourhood-budget").exists()


def test_a_limit_that_is_a_bomb_is_told_and_not_computed(brought):
    filed = brought((HEAD + "max_length;1e999999999\n" + PROJECTS).encode()).case.project_file
    assert [tuple(each) for each in filed.otherwise] == [("max_length", "1e999999999", "")]


def test_what_the_office_put_in_is_signed_hidden_and_told_like_anything_else(client, rounds, brought, settings):
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    round_ = brought(FILE)
    (voice,) = rounds.voices(round_, 1)
    acts.weigh(round_=round_, voice=voice, number=7, value=1, now=rounds.now)
    acts.hide(round_=round_, number=3, rule="advertising", facts="广告", by=rounds.moderator, now=rounds.now)
    assert set(election_of(round_, round_.declared.phase("voting")).projects) == {"7", "8"}
    said = client.get(f"/take-part/{round_.case.number}/said.json").json()["said"]
    assert {(each["number"], each["voice"], each["state"]) for each in said} == {
        (3, "", "hidden"),
        (7, "", "shown"),
        (8, "", "shown"),
    }
    assert client.get("/take-part/moderation.json").json()["statements"][0]["voice"] == ""


SIGNS = st.characters(blacklist_categories=("Cs",))
WORDS = st.text(SIGNS, max_size=20).map(cleaned)
COSTS = st.integers(1, 10**13).map(lambda cents: Fraction(cents, 100))
IDS = st.one_of(st.integers(1, 30).map(str), st.text(SIGNS, min_size=1, max_size=6).map(cleaned).filter(bool))


@st.composite
def elections(draw):
    """What any city might hand in: projects with any names and ids that can be read, and votes for some of them."""
    ids = draw(st.lists(IDS.filter(lambda each: each == each.strip() and "," not in each), unique=True, min_size=1))
    found = {
        each: Project(
            each,
            cost := draw(COSTS),
            name := draw(WORDS.filter(bool)),
            {
                "project_id": each,
                "cost": f"{Decimal(cost.numerator) / cost.denominator:f}",
                "name": name,
                "category": draw(WORDS),
                "target": draw(WORDS),
            },
        )
        for each in ids
    }
    votes = [Vote("1", dict.fromkeys(draw(st.sets(st.sampled_from(ids))), 1))]
    return Election(Fraction(500000), found, votes, {"budget": "500000", "vote_type": "approval"})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(election=elections())
def test_what_is_written_read_and_written_again_has_the_same_projects(brought, election):
    first = exported(brought(write(election)))
    again = exported(brought(first))
    assert projects(write(election)) == projects(first) == projects(again)


@pytest.mark.skipif(not files(), reason=ABSENT)
@pytest.mark.once
@pytest.mark.parametrize("path", files(10**7), ids=lambda path: path.stem[:40])
def test_every_real_file_opens_a_round_or_says_what_is_missing(brought, path):
    data = path.read_bytes()
    election, votes = read_projects(data)
    try:
        round_ = brought(data)
    except Refusal as told:
        assert isinstance(told, UnfitProject) and not any(each.name for each in election.projects.values())
        return
    assert round_.case.project_file.votes == votes > 0
    shown = as_filed(round_, election_of(round_, round_.declared.phase("voting"))).projects
    assert {each.id: (each.cost, each.name) for each in shown.values()} == {
        each.id: (each.cost, cleaned(each.name)) for each in election.projects.values()
    }
