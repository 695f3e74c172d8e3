"""What enough people signed is answered by itself, what was promised is followed until done, any vote is counted."""

import io

import pytest
from django.urls import reverse

from tests.cast import signed_in
from zhengtong.agora import acts
from zhengtong.agora.errors import AnsweredAlone
from zhengtong.agora.models import Answer, Contribution

PB = """META
key;value
budget;300
vote_type;approval
description;Two camps
PROJECTS
project_id;cost;name
1;200;Lamp
2;100;Bench
VOTES
voter_id;vote
a;1
b;1
c;2
"""


@pytest.fixture
def proposals(rounds):
    """Two proposals that are shown, the first with as many signatures as bind the office; the time to answer."""
    round_ = rounds.open("proposal-round")
    voice = rounds.voices(round_, 1)[0]
    for number in (1, 2):
        said = {"said": f"建议 {number}", "request_key": str(number)}
        acts.contribute(round_=round_, phase="propose", voice=voice, now=rounds.now, **said)
    Contribution.objects.update(sponsored=True, state="shown", signed=3)
    Contribution.objects.filter(number=1).update(signed=100)
    return rounds.later(round_, 70)  # over the holidays of May


def answer(rounds, round_, *numbers):
    return acts.answer(round_=round_, numbers=numbers, verdict="adopted", text="照办", by=rounds.host, now=rounds.now)


def test_what_a_hundred_signed_is_not_answered_along_with_others(rounds, proposals):
    with pytest.raises(AnsweredAlone):
        answer(rounds, proposals, 1, 2)
    answer(rounds, proposals, 1)
    answer(rounds, proposals, 2)
    assert Answer.objects.count() == 2


def test_what_was_promised_stays_on_the_page_until_it_is_done(rounds, proposals, client, settings):
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    given = answer(rounds, proposals, 1)
    host, number = signed_in(rounds.host), proposals.case.number
    page = reverse("forum-follow-up", args=["city-government", "participation", number])
    assert "照办" in host.get(page).content.decode()
    assert host.post(page, {"answer": "999"}).status_code == 404
    host.post(page, {"answer": given.pk})
    assert "照办" not in host.get(page).content.decode()
    assert Answer.objects.get().done_on == rounds.now.date()


def test_where_nothing_was_promised_nothing_is_said_to_be_done(rounds, proposals, settings):
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    page = reverse("forum-follow-up", args=["city-government", "participation", proposals.case.number])
    assert "没有作出承诺。" in signed_in(rounds.host).get(page).content.decode()


def test_anybody_counts_a_file_of_pabulib_on_a_page(cast, client):
    def send(body):
        file = io.BytesIO(body)
        file.name = "vote.pb"
        return client.post(reverse("recount"), {"file": file}, headers={"Accept-Language": "en"})

    told = send(PB.encode()).content.decode()
    assert "3 votes, 2 projects." in told and told.count("chosen") == 4
    assert send(b"no election").status_code == 422
    assert "A file may have 3 MB" in client.get(reverse("recount"), headers={"Accept-Language": "en"}).content.decode()
    refused = send(PB.encode() + b"\n" * (3 * 2**20))
    assert refused.status_code == 422 and "zhengtong count" in refused.content.decode()
    assert client.post(reverse("recount"), {}).status_code == 422
