"""The page of a proposal: what was changed is read as a difference; whoever writes one is shown what is like it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from zhengtong.agora import acts
from zhengtong.agora.drafting.models import Amendment
from zhengtong.agora.models import Contribution, Stance
from zhengtong.faces.forum.speaker import signed_value

LAMPS = "江边步道加装十盏路灯"
MORE = "江边步道加装二十盏路灯"


@pytest.fixture
def call(rounds, settings):
    """A call for proposals; the first is shown."""
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    round_ = rounds.open("proposal-round")
    voices = rounds.voices(round_, 4)
    told = {"said": LAMPS, "request_key": "1", "voice": voices[0]}
    acts.contribute(round_=round_, phase="propose", now=rounds.now, **told)
    Contribution.objects.update(sponsored=True, state="shown")
    return round_, voices


def speaking(call, at):
    """A browser in which one of the voices speaks."""
    round_, voices = call
    client = Client()
    client.cookies[f"voice-{round_.case.pk}"] = signed_value(round_.case.pk, str(voices[at].pk))
    return client


def page(call, number=1):
    return f"/take-part/{call[0].case.number}/proposals/{number}"


def test_a_text_is_changed_its_author_accepts_and_who_signed_is_told_and_keeps_it(call):
    author, other, signer = (speaking(call, at) for at in range(3))
    home = f"/take-part/{call[0].case.number}/"
    signer.post(f"{home}weigh/1", {"value": "agree", "version": "1"})
    sent = {"said": MORE, "why": "十盏不够", "request_key": "k"}
    assert other.post(page(call) + "/amend", sent).status_code == 302
    assert "等您决定的" in author.get(home).content.decode()
    told = author.get(page(call)).content.decode()
    assert "<ins>" in told and "十盏不够" in told and 'value="accept"' in told
    assert 'value="accept"' not in other.get(page(call)).content.decode()
    refused = author.post(page(call) + "/decide", {"amendment": "2", "do": "accept", "reason": ""})
    assert refused.status_code == 422 and "请写明理由" in refused.content.decode()
    author.post(page(call) + "/decide", {"amendment": "2", "do": "accept", "reason": "有道理"})
    told = signer.get(home).content.decode()
    assert "您联署的建议，文本已经改了" in told and MORE in told
    assert signer.post(f"{home}weigh/1", {"value": "agree", "version": "1"}).status_code == 409
    signer.post(f"{home}weigh/1", {"value": "agree", "version": "2"})
    assert "您联署的建议" not in signer.get(home).content.decode()
    told = Client().get(page(call)).content.decode()
    assert "第 1 版" in told and "有道理" in told and "1 人联署" in told


def test_what_is_refused_keeps_what_was_typed(call):
    answer = speaking(call, 1).post(page(call) + "/amend", {"said": MORE, "why": "", "request_key": "k"})
    assert answer.status_code == 422 and f"{MORE}</textarea>" in answer.content.decode()
    assert not Amendment.objects.exists()


def test_without_a_voice_nothing_is_changed(call, client):
    for do, sent in (("amend", {"said": MORE, "why": "x"}), ("join", {"into": "1"}), ("decide", {"amendment": "2"})):
        assert client.post(f"{page(call)}/{do}", sent).status_code == 403
    assert not Amendment.objects.exists()


@pytest.mark.parametrize("number", ["0", "7", "99999999999999999999"])
def test_a_proposal_that_there_is_not_is_not_found(call, client, number):
    assert client.get(page(call, number)).status_code == 404


def test_whoever_writes_what_there_is_already_is_asked_and_may_go_on(call):
    client, home = speaking(call, 1), f"/take-part/{call[0].case.number}/"
    written = {"said": "步道晚上太黑，江边应加装路灯", "request_key": "k"}
    told = client.post(f"{home}say/propose", written).content.decode()
    assert "已经有 1 条相似的建议" in told and "“加装”" in told and 'name="anyway"' in told
    assert Contribution.objects.count() == 1
    assert client.post(f"{home}say/propose", written | {"anyway": "1"}).status_code == 302
    assert Contribution.objects.count() == 2


def test_the_author_is_shown_what_is_like_theirs_and_offers_to_join(call, rounds):
    round_, voices = call
    told = {"said": "步道晚上太黑，江边应加装路灯", "request_key": "2", "voice": voices[1]}
    acts.contribute(round_=round_, phase="propose", now=rounds.now, **told)
    Contribution.objects.update(sponsored=True, state="shown")
    second = speaking(call, 1)
    assert "提议并入 #1" in second.get(page(call, 2)).content.decode()
    assert "提议并入" not in speaking(call, 2).get(page(call, 2)).content.decode()
    sent = {"into": "1", "said": "", "why": "是一件事", "request_key": "j"}
    assert second.post(page(call, 2) + "/join", sent).status_code == 302
    author = speaking(call, 0)
    author.post(page(call) + "/decide", {"amendment": "3", "do": "accept", "reason": "好"})
    told = Client().get(page(call, 2)).content.decode()
    assert "已并入 #1" in told and "是一件事" in told
    assert "并入本建议的" in Client().get(page(call)).content.decode()


def test_hidden_words_are_on_no_page_and_in_no_data(call, rounds):
    round_, _ = call
    sent = {"said": "王某的电话一三八", "why": "王某的地址", "request_key": "k"}
    speaking(call, 1).post(page(call) + "/amend", sent)
    hidden = {"rule": "privacy", "facts": "公开他人电话", "by": rounds.moderator, "now": rounds.now}
    acts.hide(round_=round_, number=2, **hidden)
    home, reader = f"/take-part/{round_.case.number}/", Client()
    told = "".join(reader.get(each).content.decode() for each in (page(call), home, f"{home}said.json"))
    assert "王某" not in told and "公开他人电话" in told


def test_an_accepted_text_is_hidden_with_the_proposal_whose_text_it_became(call, rounds):
    author, other = speaking(call, 0), speaking(call, 1)
    other.post(page(call) + "/amend", {"said": "王某的电话一三八", "why": "更好", "request_key": "k"})
    author.post(page(call) + "/decide", {"amendment": "2", "do": "accept", "reason": "好"})
    hidden = {"rule": "privacy", "facts": "公开他人电话", "by": rounds.moderator, "now": rounds.now}
    acts.hide(round_=call[0], number=1, **hidden)
    home = f"/take-part/{call[0].case.number}/"
    told = "".join(Client().get(each).content.decode() for each in (page(call), home, f"{home}said.json"))
    assert "王某" not in told


def test_markup_in_a_text_is_shown_as_it_was_typed(call):
    sent = {"said": "<b>x</b>", "why": "<i>y</i>", "request_key": "k"}
    speaking(call, 1).post(page(call) + "/amend", sent)
    told = Client().get(page(call)).content.decode()
    assert "<b>" not in told and "<i>" not in told and "&lt;i&gt;y" in told


def test_the_page_asks_as_often_with_many_changes_as_with_one(call, rounds):
    def asked(keys):
        for key in keys:
            speaking(call, 1 + key % 3).post(
                page(call) + "/amend", {"said": f"{LAMPS}{key}", "why": "x", "request_key": str(key)}
            )
        Contribution.objects.update(sponsored=True, state="shown")
        Stance.objects.all().delete()
        Client().get(page(call))
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(page(call)).status_code == 200
        return len(queries)

    assert asked([1]) == asked(range(2, 12))


def test_the_data_tell_versions_and_what_became_of_each_change(call):
    author, other = speaking(call, 0), speaking(call, 1)
    other.post(page(call) + "/amend", {"said": MORE, "why": "不够", "request_key": "k"})
    author.post(page(call) + "/decide", {"amendment": "2", "do": "accept", "reason": "好"})
    told = Client().get(f"/take-part/{call[0].case.number}/said.json").json()
    assert told["versions"][0]["text"] == LAMPS
    assert [told["amendments"][0][name] for name in ("amends", "state", "why")] == [1, "accepted", "不够"]
    assert told["said"][0]["version"] == 2 and told["said"][1]["amends"] == 1
