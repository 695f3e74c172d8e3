"""What is told of rounds agrees with the ledger, and a row that was slipped in is found."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhengtong.agora import acts
from zhengtong.agora.models import Contribution
from zhengtong.agora.queries import all_rounds
from zhengtong.agora.reconciled import reconciled
from zhengtong.charter.queries import in_force


@pytest.fixture
def held(rounds, cast):
    """A conversation in which something was said, hidden, and shown again."""
    round_ = rounds.open("city-conversation")
    voice = rounds.voice(round_, cast.lin_yue)
    for number in range(2):
        said = {"said": f"说法 {number}", "request_key": str(number), "voice": voice}
        acts.contribute(round_=round_, phase="statements", now=rounds.now, **said)
    taken = acts.hide(round_=round_, number=1, rule="insult", facts="误判", by=rounds.moderator, now=rounds.now)
    acts.restore(measure=taken, why="误判", by=rounds.moderator, now=rounds.now)
    return round_


def test_every_count_of_every_round_agrees_with_the_ledger(rounds, held, django_assert_num_queries):
    rounds.consultation()
    found = all_rounds(in_force(rounds.now.date()).charter)
    with django_assert_num_queries(26):
        lines = reconciled(found)
    assert all(each.agrees for each in lines) and len(lines) == 50
    said = {each.kind: each.held for each in lines if each.round == held.case.number}
    assert said["agora.contribution.made"] == 2 and said["agora.contribution.restored"] == 1
    told = StringIO()
    call_command("rounds", stdout=told)
    assert "50 counts agree with the ledger." in told.getvalue()


def test_a_row_without_an_act_is_told(rounds, held):
    copied = Contribution.objects.get(number=1)
    copied.pk, copied.number, copied.request_key = None, 3, "slipped in"
    copied.save(force_insert=True)
    told = StringIO()
    with pytest.raises(CommandError, match="1 counts do not agree"):
        call_command("rounds", "--wrong", stdout=told)
    assert told.getvalue().strip().endswith("agora.contribution.made\t3 ≠ 2")


def test_all_rounds_are_open_data_with_the_same_numbers(client, rounds, held, settings):
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    (told,) = client.get("/take-part/rounds.json").json()["rounds"]
    assert (told["numbers"]["agora.voice.admitted"], told["numbers"]["agora.contribution.made"]) == (1, 2)
    rows = client.get(told["data"]["json"]).json()["said"]
    assert len(rows) == 2 and told["title"] == {"zh-Hans": "夜间施工管理规定"}


def test_the_open_data_ask_as_often_for_many_rounds_as_for_one(client, rounds, held, settings):
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/take-part/rounds.json").status_code == 200
        return len(queries)

    first = asked()
    for procedure in ("proposal-round", "neighbourhood-budget"):
        rounds.open(procedure)
    assert asked() == first
