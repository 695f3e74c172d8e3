"""Pabulib's files are read and written again; what is wrong with one is told with its line."""

import pytest

from tests.budgets.elections import ABSENT, PABULIB, files
from zhengtong.engines.budgets import ElectionFault, greedy, read, write

HEAD = "META\nkey;value\nbudget;100.50\nvote_type;{}\nPROJECTS\nproject_id;cost;name\n1;10;Benches\n2;20,5;Trees\n"


def file(kind, votes):
    return f"{HEAD.format(kind)}VOTES\n{votes}".encode()


@pytest.mark.skipif(not files(), reason=ABSENT)
@pytest.mark.parametrize("path", files(30_000), ids=lambda path: path.stem[:40])
def test_a_real_file_is_written_as_it_was(path):
    data = path.read_bytes()
    assert write(read(data)).split() == data.split()


def test_blanks_after_semicolons_as_in_the_example_of_the_format_are_none_of_the_values():
    election = read(file("approval", "voter_id; vote\n7; 2,1\n").replace(b"vote_type;", b"vote_type; "))
    assert election.votes[0].points == {"2": 1, "1": 1} and election.meta["vote_type"] == "approval"


@pytest.mark.skipif(not files(), reason=ABSENT)
def test_files_whose_projects_have_no_names_are_read_and_counted_all_the_same():
    nameless = [read(each.read_bytes()) for each in sorted(PABULIB.glob("US_*.pb"))]
    assert not any(project.name for each in nameless for project in each.projects.values())
    assert len(nameless) == 5 and all(greedy(each).winners for each in nameless)


@pytest.mark.parametrize(
    ("kind", "votes", "points"),
    [
        ("approval", "voter_id;vote\n7;2,1\n", {"1": 1, "2": 1}),
        ("approval", "voter_id;vote\n7;2,2\n", {"2": 1}),
        ("approval", "voter_id;vote\n7;\n", {}),
        ("choose-1", "voter_id;vote\n7;2\n", {"2": 1}),
        ("ordinal", "voter_id;vote\n7;2,1\n", {"2": 2, "1": 1}),
        ("cumulative", "voter_id;vote;points\n7;2,1;3,1.5\n", {"2": 3, "1": 1.5}),
        ("scoring", "voter_id;points;vote\n7;3;1\n", {"1": 3}),
    ],
)
def test_each_type_of_vote_becomes_points(kind, votes, points):
    election = read(file(kind, votes))
    assert election.votes[0].points == points
    assert (election.votes[0].voter, election.budget, election.projects["2"].cost) == ("7", 100.5, 20.5)
    assert read(write(election)) == election


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", 0),
        (b"\xff\xfe", 0),
        (b"budget;1\n", 1),
        (file("guess", ""), 0),
        (file("approval", "voter_id;vote\n7;3\n"), 11),
        (file("ordinal", "voter_id;vote\n7;1,1\n"), 11),
        (file("scoring", "voter_id;vote;points\n7;1,2;5\n"), 11),
        (file("scoring", "voter_id;vote;points\n7;1;-5\n"), 11),
        (file("approval", "voter_id;vote\n7;1;2;3\n"), 11),
        (HEAD.format("approval").replace("2;20,5", "1;20,5").encode(), 8),
        (HEAD.format("approval").replace("20,5", "much").encode(), 8),
        (HEAD.format("approval").replace("20,5", "1e999999999").encode(), 8),
        (HEAD.format("approval").replace("100.50", "").encode(), 0),
    ],
)
def test_what_is_no_election_is_refused_with_its_line(data, line):
    with pytest.raises(ElectionFault) as refused:
        read(data)
    assert refused.value.line == line
    assert refused.value.told()["zh-Hans"]
