"""The page on which the office checks what projects cost, before people vote on them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import signed_in
from zhengtong.agora import acts
from zhengtong.agora.models import Contribution


@pytest.fixture
def proposed(rounds, settings):
    """Two projects that people brought forward; the time for that is over."""
    round_ = rounds.open("neighbourhood-budget")
    author, *others = rounds.voices(round_, 3)
    for number, said in enumerate(("路灯", "长椅"), 1):
        told = {"said": said, "request_key": said, "voice": author}
        acts.contribute(round_=round_, phase="projects", now=rounds.now, **told)
        rounds.sponsor(round_, number, *others)
    round_ = rounds.later(round_, 31)
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    return round_


@pytest.mark.parametrize(
    ("language", "unchecked", "left"),
    [
        ("zh-hans", "还没有核定造价", "不列入投票：已有长椅"),
        ("en", "neither the cost", "not put to the vote: 已有长椅"),
    ],
)
def test_the_office_says_of_each_project_what_it_costs_or_why_it_is_left_out(
    rounds, proposed, client, language, unchecked, left
):
    number, host = proposed.case.number, signed_in(rounds.host)
    costs = f"/take-part/office/{rounds.host.post}/{number}/costs"
    ends = f"/desk/{rounds.host.post}/tasks/{proposed.case.tasks.get(node='check_costs').pk}/complete"
    told = {"headers": {"Accept-Language": language}}
    host.post(costs, {"project": "1", "amount": "1000"})
    answer = host.post(ends, {"output": "checked"}, **told)
    assert answer.status_code == 409 and unchecked in answer.content.decode() and "#2" in answer.content.decode()
    assert host.post(costs, {"left": "2", "why": " "}).status_code == 422
    assert Contribution.objects.get(number=2).answers.count() == 0
    assert host.post(costs, {"left": "2", "why": "已有长椅"}).status_code == 302
    assert left in host.get(costs, **told).content.decode()
    assert host.post(ends, {"output": "checked"}).status_code == 302
    assert "已有长椅" in client.get(f"/take-part/{number}/", **told).content.decode()


def test_the_page_asks_as_much_for_many_projects_as_for_two(rounds, proposed):
    host, costs = signed_in(rounds.host), f"/take-part/office/{rounds.host.post}/{proposed.case.number}/costs"
    host.get(costs)
    with CaptureQueriesContext(
        connection,
    ) as few:
        host.get(costs)
    made = Contribution.objects.get(number=1)
    for number in range(3, 30):
        made.pk, made.number, made.request_key = None, number, str(number)
        made.save(force_insert=True)
    with CaptureQueriesContext(connection) as many:
        host.get(costs)
    assert len(few) == len(many)
