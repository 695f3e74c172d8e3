"""Another node lies as a keeper: its own words show it to everybody, and no honest node can be made a liar."""

import copy
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.cast import signed_in
from tests.forum import test_keys_at_another_node as keys
from tests.forum import test_secrets_at_another_node as secrets
from tests.forum.test_secrets_at_another_node import LINSHUI, pledged
from tests.nodes import Elsewhere, changed
from zhengtong.agora import kinds
from zhengtong.agora.abroad.lies import FORK, KEY, SECRET, SHARE, shows
from zhengtong.agora.abroad.models import Lie
from zhengtong.agora.ballots.models import Poll
from zhengtong.agora.models import Word
from zhengtong.agora.proceedings import kinds as lot_kinds
from zhengtong.engines.ballots import compact, new_trustee
from zhengtong.engines.ballots.groups import ED25519
from zhengtong.engines.sortition import commitment, new_seed
from zhengtong.ledger import words
from zhengtong.ledger.acts import sequence
from zhengtong.ledger.opening import opened_to_all
from zhengtong.ledger.queries import of

pytestmark = pytest.mark.django_db(databases=["default", "ballots"])


@pytest.fixture
def draw(rounds, monkeypatch):
    """A draw in which Linshui has committed, and is asked for its secret."""
    return secrets.made(rounds, monkeypatch).asked()


@pytest.fixture
def ballot(cast, monday, settings):
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    polls = keys.Shared(cast, monday)
    polls.neighboured(polls.linshui.key)
    polls.called()
    return polls


def lied(draw):
    """Linshui tells another secret than it committed to; what is kept of it."""
    assert draw.sent(draw.word(new_seed().hex(), "secret")).status_code == 422
    return Lie.objects.get()


def checked(tmp_path, told, *more):
    """What `zhengtong belied` says of a file that was downloaded."""
    file, said = tmp_path / "belied.json", StringIO()
    file.write_text(json.dumps(told), encoding="utf-8")
    call_command("belied", str(file), *more, stdout=said, stderr=StringIO())
    return said.getvalue()


def test_the_lie_is_kept_shown_told_in_the_data_and_lies_on_the_desk_of_who_supervises(draw, tmp_path):
    lie = lied(draw)
    page = draw.anybody.get(draw.page).content.decode()
    file = f"/take-part/{draw.number}/belied/{lie.digest}.json"
    assert "另一节点所说的不成立" in page and "临水县" in page and file in page
    assert file in draw.anybody.get(draw.node).content.decode()
    (told,) = draw.anybody.get(f"/take-part/{draw.number}/said.json").json()["belied"]
    assert (told["node"], told["why"], told["sha256"]) == ("nodes/linshui", SECRET, lie.digest)
    evidence = draw.anybody.get(file).json()
    assert words.hash_of(evidence) == lie.digest
    assert "nodes/linshui" in checked(tmp_path, evidence, "--key", draw.linshui.key)
    office, seat = draw.rounds.cast.supervisor.post.split("/")
    desk = signed_in(draw.rounds.cast.supervisor).get(f"/desk/{office}/{seat}/").content.decode()
    assert f"/take-part/{draw.number}/#belied" in desk
    host = signed_in(draw.rounds.host).get(f"/desk/{draw.rounds.host.post}/").content.decode()
    assert "#belied" not in host


def test_anybody_finds_the_act_in_the_ledger_and_by_it_the_file(draw):
    lie = lied(draw)
    sequence(draw.now)
    (act,) = of(draw.number).filter(kind=lot_kinds.BELIED)
    assert act.particulars["evidence"] == lie.digest and act.particulars["why"] == SECRET
    assert opened_to_all([act])["acts"][0]["opened"][3]["entry"] == lie.entry


def test_another_secret_after_the_true_one_was_told_is_a_lie_too(draw):
    assert draw.sent(draw.word(draw.secrets[LINSHUI], "secret")).status_code == 302
    assert lied(draw).why == SECRET
    assert pledged().get().secret == draw.secrets[LINSHUI]


def test_whoever_changes_the_commitment_in_the_database_makes_no_liar_of_the_node(draw):
    pledged().update(commitment=commitment(new_seed()))
    assert draw.sent(draw.word(draw.secrets[LINSHUI], "secret")).status_code == 422
    assert not Lie.objects.exists() and not of(draw.number).filter(kind=lot_kinds.BELIED).exists()


def test_nor_does_who_writes_a_word_into_the_database(draw):
    other = Elsewhere()
    told = {"to": words.origin(), "about": f"{draw.number}/panel/1", "role": "commitment"}
    forged = other.give(commitment(new_seed()), **told)
    kept = Word.objects.get()
    kept.told |= {"acts": forged["acts"], "checkpoint": forged["checkpoint"], "said": forged["said"]}
    kept.save()
    assert draw.sent(draw.word(draw.secrets[LINSHUI], "secret")).status_code in (302, 422)
    pledged().update(commitment=forged["said"], secret="")
    assert draw.sent(draw.word(draw.secrets[LINSHUI], "secret")).status_code == 422
    assert not Lie.objects.exists()


def honest(draw):
    """The two words of a node that told the truth, put as if they showed a lie."""
    of_ = {"to": words.origin(), "about": f"{draw.number}/panel/1"}
    said = {"commitment": draw.commitments[LINSHUI], "secret": draw.secrets[LINSHUI]}
    given = [draw.linshui.give(each, role=role, **of_) | {"role": role} for role, each in said.items()]
    return {"node": "nodes/linshui", "key": draw.linshui.key, "why": SECRET, "words": given}


def with_word(told, at, word):
    return told | {"words": [word if place == at else each for place, each in enumerate(told["words"])]}


def another_said(draw, told, at, said, **other):
    of_ = {"to": words.origin(), "about": f"{draw.number}/panel/1", "role": ("commitment", "secret")[at]} | other
    return with_word(told, at, draw.linshui.give(said, **of_))


FRAMED = {
    "it told the truth": lambda draw, told: told,
    "another secret was put into the word": lambda draw, told: with_word(
        told, 1, told["words"][1] | {"said": new_seed().hex()}
    ),
    "another commitment was put into the word": lambda draw, told: with_word(
        told, 0, told["words"][0] | {"said": commitment(new_seed())}
    ),
    "this node's own ledger says so": lambda draw, told: with_word(
        told, 1, Elsewhere().give(new_seed().hex(), to=words.origin(), about=f"{draw.number}/panel/1", role="secret")
    ),
    "it committed so in another attempt": lambda draw, told: another_said(
        draw, told, 0, commitment(new_seed()), about=f"{draw.number}/panel/2"
    ),
    "it committed so to another node": lambda draw, told: another_said(
        draw, told, 0, commitment(new_seed()), to="elsewhere.example/ledger"
    ),
    "it said it as something else": lambda draw, told: another_said(draw, told, 1, new_seed().hex(), role="key"),
    "the commitment came later": lambda draw, told: another_said(draw, told, 0, commitment(new_seed())),
    "the proof is cut": lambda draw, told: with_word(told, 1, changed(told["words"][1], proof=[])),
    "one word is missing": lambda draw, told: told | {"words": told["words"][1:]},
    "it is said to be a fork": lambda draw, told: told | {"why": FORK},
    "it is said to be of an unknown kind": lambda draw, told: told | {"why": "treason"},
    "there are no words": lambda draw, told: {"why": SECRET, "key": told["key"]},
}


@pytest.mark.parametrize("how", FRAMED)
def test_nothing_that_somebody_makes_up_shows_an_honest_node_to_lie(draw, tmp_path, how):
    told = FRAMED[how](draw, honest(draw))
    assert not shows(told, key=draw.linshui.key)
    with pytest.raises(CommandError):
        checked(tmp_path, told, "--key", draw.linshui.key)
    false = another_said(draw, honest(draw), 1, new_seed().hex())
    assert shows(false, key=draw.linshui.key)  # and what it did say does


def test_a_node_of_whose_words_one_was_kept_back_answers_with_it(draw, tmp_path):
    told, kept = honest(draw), new_seed()
    given = {"to": words.origin(), "about": f"{draw.number}/panel/1"}
    answer = draw.linshui.give(commitment(kept), role="commitment", **given)
    told = another_said(draw, told, 1, kept.hex())
    assert shows(told, key=draw.linshui.key)
    (tmp_path / "my.word").write_text(json.dumps(answer))
    with pytest.raises(CommandError):
        checked(tmp_path, told, "--answer", str(tmp_path / "my.word"))
    late = draw.linshui.give(commitment(kept), role="commitment", **given)
    assert shows(told, key=draw.linshui.key, answers=[late])  # said when it knew what would come out


def test_a_ledger_that_says_two_things_in_one_place_is_found_and_told_once(rounds, monkeypatch):
    draw = secrets.made(rounds, monkeypatch)
    there = copy.copy(draw.linshui)
    there.leaves = list(there.leaves)
    assert draw.sent(draw.committed()).status_code == 302
    draw.linshui = there  # as it is shown to others: the same key, and another entry in that place
    other = draw.word(commitment(new_seed()), "commitment")
    for _ in range(2):
        answer = draw.sent(other)
        assert answer.status_code == 409 and "同一处有两份不同的内容" in answer.content.decode()
    lie = Lie.objects.get()
    assert lie.why == FORK and shows(json.loads(lie.told), key=there.key)
    assert of(draw.number).filter(kind=lot_kinds.BELIED).count() == 1
    assert pledged().get().commitment == draw.commitments[LINSHUI]


def test_a_word_that_somebody_wrote_into_the_database_makes_no_fork(draw):
    told = draw.word(draw.secrets[LINSHUI], "secret")
    other = Elsewhere()
    while len(other.leaves) < told["acts"][0]["index"]:
        other.told("ledger.word.given", "word:", {})
    forged = other.give("x", to=words.origin(), about=f"{draw.number}/panel/1", role="commitment")
    assert forged["acts"][0]["index"] == told["acts"][0]["index"]
    Word.objects.create(case=draw.round.case, phase="panel", place=9, entry=told["acts"][0]["index"], told=forged)
    assert draw.sent(told).status_code == 302
    assert not Lie.objects.exists()


def test_two_words_of_one_ledger_are_no_fork(draw):
    told = draw.word(draw.secrets[LINSHUI], "secret")
    assert draw.sent(told).status_code == 302
    assert draw.sent(told).status_code == 409
    assert not Lie.objects.exists()


def opened(ballot, at=keys.LINSHUI):
    """Voting is over; what the trustee's own command prints."""
    code, *_ = ballot.opened()
    ballot.voted(code)
    ballot.passed(11)
    ballot.boxed()
    box, secret = ballot.read(), ballot.secrets[at][0]
    number, held = box.share(secret)
    return {"owner": number, "share": held, "of": box.opened_by(secret)}


def wrong(share):
    """One factor in the place of another."""
    (first, *rest), *rows = share["share"]["decryption_factors"]
    return share | {"share": share["share"] | {"decryption_factors": [[*rest, first], *rows]}}


def test_a_wrong_share_shows_itself_where_it_names_what_it_is_made_for(ballot, tmp_path):
    share = opened(ballot)
    assert ballot.sent(ballot.word(wrong(share), SHARE)).status_code == 422
    lie = Lie.objects.get()
    evidence = json.loads(lie.told)
    assert lie.why == SHARE and "nodes/linshui" in checked(tmp_path, evidence, "--key", ballot.linshui.key)
    assert of(ballot.number).get(kind=kinds.TRUSTEE_BELIED).particulars["evidence"] == lie.digest
    (first, *rest), *rows = json.loads(evidence["sums"])
    swapped = evidence | {"sums": compact([[*rest, first], *rows])}
    assert not shows(swapped, key=ballot.linshui.key)  # other sums than the node named are nothing
    right = evidence | {"words": [ballot.word(share, SHARE)]}
    assert not shows(right, key=ballot.linshui.key)
    assert ballot.sent(ballot.word(share, SHARE)).status_code == 302  # it can still do it right


def test_a_share_for_other_sums_than_are_here_blames_nobody(ballot):
    share = opened(ballot)
    for name, other in (("sums", "0" * 64), ("election", "x"), ("key", "7")):
        told = wrong(share) | {"of": share["of"] | {name: other}}
        answer = ballot.sent(ballot.word(told, SHARE))
        assert answer.status_code == 409 and "另一份选举文件" in answer.content.decode(), name
    unnamed = {name: each for name, each in wrong(share).items() if name != "of"}
    assert ballot.sent(ballot.word(unnamed, SHARE)).status_code == 422
    assert not Lie.objects.exists() and not of(ballot.number).filter(kind=kinds.TRUSTEE_BELIED).exists()
    assert Poll.objects.get().result == ""


def test_a_key_without_its_proof_shows_itself_in_every_group_or_not_at_all():
    there, of_ = Elsewhere(), {"to": "here", "about": "QI-1/ballot", "role": KEY}
    (_, mine), (_, other), (_, elsewhere) = new_trustee(), new_trustee(), new_trustee(ED25519)

    def shown(said):
        return shows({"why": KEY, "words": [there.give(said, **of_)]}, key=there.key)

    assert shown(mine | {"pok": other["pok"]}) and shown({"public_key": mine["public_key"]}) and shown("x")
    assert not shown(mine) and not shown(elsewhere)  # whatever group this node says that it asked for
