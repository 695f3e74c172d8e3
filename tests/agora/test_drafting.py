"""People work on a proposal: authors decide, signatures are not carried to another text, nobody counts twice."""

from datetime import timedelta

import pytest

from zhengtong.agora import acts
from zhengtong.agora.drafting.acts import amend, decide, offer_to_join, take_back
from zhengtong.agora.drafting.errors import (
    NothingChanged,
    NotOpen,
    NotTheAuthor,
    NotToBeAmended,
    ReasonMissing,
    TextIsBinding,
)
from zhengtong.agora.drafting.models import Amendment, Version
from zhengtong.agora.drafting.queries import asked, like_ones, proposal, to_decide
from zhengtong.agora.duties import look_after
from zhengtong.agora.errors import HasJoined, NoSuchContribution, PhaseIsClosed, TextHasChanged
from zhengtong.agora.models import Contribution, Stance
from zhengtong.agora.queries import outcome, said, unanswered
from zhengtong.agora.reconciled import reconciled
from zhengtong.agora.sums import add_up
from zhengtong.charter.model import Amending
from zhengtong.ledger.models import Act

LAMPS = "江边步道加装十盏路灯"
MORE = "江边步道加装二十盏路灯"


class Desk:
    """A call for proposals in which #1 is shown, with an author and others."""

    def __init__(self, rounds):
        self.rounds = rounds
        self.round = rounds.open("proposal-round")
        self.author, *self.others = rounds.voices(self.round, 8)
        self.propose(self.author, LAMPS)

    def propose(self, voice, text):
        told = {"said": text, "request_key": text, "voice": voice}
        made = acts.contribute(round_=self.round, phase="propose", now=self.rounds.now, **told)
        Contribution.objects.filter(pk=made.pk).update(sponsored=True, state="shown")
        return made.number

    def sign(self, number, *voices, value=1, version=None):
        for voice in voices:
            told = {"voice": voice, "number": number, "value": value, "version": version}
            acts.weigh(round_=self.round, now=self.rounds.now, **told)

    def amend(self, voice, text=MORE, *, number=1, key="k"):
        told = {"said": text, "why": "太暗", "request_key": key, "voice": voice, "number": number}
        return amend(round_=self.round, now=self.rounds.now, **told).contribution.number

    def join(self, voice, number, into, text):
        told = {"said": text, "why": "是一件事", "request_key": "j", "voice": voice, "number": number, "into": into}
        return offer_to_join(round_=self.round, now=self.rounds.now, **told).contribution.number

    def decide(self, voice, number, *, accepted=True, why="好"):
        told = {"voice": voice, "number": number, "accepted": accepted, "why": why}
        return decide(round_=self.round, now=self.rounds.now, **told)

    def signed(self, number=1):
        (told,) = [each for each in said(self.round, self.phase) if each.contribution.number == number]
        return told.contribution.signed

    @property
    def phase(self):
        return self.round.declared.phases[0]

    def kept(self, number=1):
        return Contribution.objects.get(case=self.round.case, number=number)


@pytest.fixture
def desk(rounds):
    return Desk(rounds)


def test_a_material_change_begins_without_signatures_and_who_signed_keeps_or_withdraws(desk):
    one, two, three, other = desk.others[:4]
    desk.sign(1, one, two, three)
    number = desk.amend(other)
    assert desk.signed() == 3  # as long as it is only proposed
    desk.decide(desk.author, number)
    assert (desk.kept().text, desk.kept().version, desk.signed()) == (MORE, 2, 0)
    assert [each.contribution.number for each in asked(one)] == [1]
    desk.sign(1, one)
    desk.sign(1, two, value=0)
    assert desk.signed() == 1 and asked(one) == asked(two) == [] and len(asked(three)) == 1
    (earlier,) = Version.objects.all()
    assert (earlier.text, earlier.signed, earlier.changed) == (LAMPS, 3, True)


def test_a_change_of_blanks_and_capitals_keeps_every_signature(desk):
    desk.sign(1, *desk.others[:2])
    desk.decide(desk.author, desk.amend(desk.others[3], "江边步道 加装十盏路灯"))
    assert (desk.kept().version, desk.signed()) == (2, 2)
    assert asked(desk.others[0]) == []
    desk.sign(1, desk.others[0], value=0)
    assert desk.signed() == 1


def test_what_was_read_and_what_is_signed_are_one_text(desk):
    one = desk.others[0]
    desk.decide(desk.author, desk.amend(desk.others[3]))
    with pytest.raises(TextHasChanged):
        desk.sign(1, one, version=1)
    desk.sign(1, one, version=2)
    assert desk.signed() == 1


def test_a_signature_that_was_on_its_way_when_the_text_changed_is_asked_and_not_counted(desk):
    desk.decide(desk.author, desk.amend(desk.others[3]))
    Stance.objects.create(
        contribution=desk.kept(), voice=desk.others[0], value=1, version=1
    )  # committed a moment later
    assert desk.signed() == 0
    add_up()
    assert desk.signed() == 0 and len(asked(desk.others[0])) == 1


def test_signatures_that_were_added_up_are_not_carried_either(desk):
    desk.sign(1, *desk.others[:3])
    add_up()
    assert desk.kept().signed == 3
    desk.decide(desk.author, desk.amend(desk.others[3]))
    add_up()
    assert desk.kept().signed == 0
    desk.sign(1, desk.others[0])
    add_up()
    assert desk.kept().signed == 1


def test_only_the_author_decides_and_with_a_reason_once(desk):
    number = desk.amend(desk.others[0])
    with pytest.raises(NotTheAuthor):
        desk.decide(desk.others[0], number)
    with pytest.raises(ReasonMissing):
        desk.decide(desk.author, number, why=" ")
    desk.decide(desk.author, number, accepted=False, why="超出预算")
    assert desk.kept().text == LAMPS and Amendment.objects.get().decided_why == "超出预算"
    with pytest.raises(NotOpen):
        desk.decide(desk.author, number)


def test_the_same_text_and_no_reason_are_no_amendment_and_the_same_request_is_one(desk):
    with pytest.raises(NothingChanged):
        desk.amend(desk.others[0], LAMPS)
    assert desk.amend(desk.others[0]) == desk.amend(desk.others[0])
    with pytest.raises(ReasonMissing):
        amend(
            round_=desk.round,
            voice=desk.others[1],
            number=1,
            said=MORE,
            why="",
            request_key="x",
            now=desk.rounds.now,
        )


def test_a_text_that_binds_the_office_is_changed_no_more(desk, monkeypatch):
    number = desk.amend(desk.others[0])
    monkeypatch.setitem(desk.phase.__dict__, "threshold", 2)
    desk.sign(1, *desk.others[:2])
    with pytest.raises(TextIsBinding):
        desk.amend(desk.others[1], key="late")
    with pytest.raises(TextIsBinding):
        desk.decide(desk.author, number)
    assert desk.kept().text == LAMPS


def test_where_the_charter_says_so_it_may_be_changed_and_binds_again_by_new_signatures_only(desk, monkeypatch):
    monkeypatch.setitem(desk.phase.__dict__, "threshold", 2)
    monkeypatch.setitem(desk.phase.__dict__, "amendments", Amending(after_threshold="asked"))
    desk.sign(1, *desk.others[:2])
    desk.decide(desk.author, desk.amend(desk.others[3]))
    assert desk.signed() == 0 and Version.objects.get().signed == 2


def test_of_two_changes_of_one_text_the_other_is_overtaken(desk):
    first, second = desk.amend(desk.others[0]), desk.amend(desk.others[1], LAMPS + "和长椅", key="2")
    desk.decide(desk.author, first)
    with pytest.raises(NotOpen):
        desk.decide(desk.author, second)
    assert Amendment.objects.get(contribution__number=second).state == "overtaken"


def test_what_the_author_leaves_lying_lapses_and_what_is_taken_back_is_over(desk):
    left, back = desk.amend(desk.others[0]), desk.amend(desk.others[1], key="2")
    with pytest.raises(NotTheAuthor):
        take_back(round_=desk.round, voice=desk.others[0], number=back, now=desk.rounds.now)
    take_back(round_=desk.round, voice=desk.others[1], number=back, now=desk.rounds.now)
    assert [each.contribution.number for each in to_decide(desk.author)] == [left]
    look_after(now=desk.rounds.now + timedelta(days=14))
    assert to_decide(desk.author) != []
    look_after(now=desk.rounds.now + timedelta(days=15))
    assert to_decide(desk.author) == []
    states = dict(Amendment.objects.values_list("contribution__number", "state"))
    assert states == {left: "lapsed", back: "taken-back"}


def test_when_the_phase_is_over_nothing_is_changed_and_what_is_open_lapses(desk):
    number = desk.amend(desk.others[0])
    desk.round = desk.rounds.later(desk.round, 70)
    with pytest.raises(PhaseIsClosed):
        desk.decide(desk.author, number)
    look_after(now=desk.rounds.now)
    assert Amendment.objects.get().state == "lapsed"


def test_a_changed_text_is_neither_signed_nor_answered_nor_listed_and_its_rate_and_rules_are_those_of_all(desk):
    number = desk.amend(desk.others[0])
    with pytest.raises(NoSuchContribution):
        desk.sign(number, desk.others[1])
    assert [each.contribution.number for each in said(desk.round, desk.phase)] == [1]
    assert [each.number for each in unanswered(desk.round)] == [1]
    acts.hide(
        round_=desk.round, number=number, rule="insult", facts="骂人", by=desk.rounds.moderator, now=desk.rounds.now
    )
    with pytest.raises(NotOpen):
        desk.decide(desk.author, number)
    for key in ("a", "b", "c"):
        desk.amend(desk.others[0], f"{MORE}{key}", key=key)
    assert Contribution.objects.order_by("-number").first().state == "waiting"  # the fourth in a week


def test_two_proposals_become_one_only_if_both_authors_want_it_and_nobody_counts_twice(desk):
    second, (both, one, other, *_) = desk.others[4], desk.others
    number = desk.propose(second, "步道晚上太黑，装路灯")
    desk.sign(1, both, one)
    desk.sign(number, both, other)
    with pytest.raises(NotTheAuthor):
        desk.join(one, number, 1, LAMPS)
    offer = desk.join(second, number, 1, LAMPS)
    with pytest.raises(NotTheAuthor):
        desk.decide(second, offer)  # not by who offers
    assert desk.signed() == 2
    desk.decide(desk.author, offer)
    assert desk.kept(number).joined_id == desk.kept().pk and desk.kept().version == 1
    assert desk.signed() == 2  # the text is the same: those who signed it stay, the others are asked
    assert asked(both) == asked(one) == []
    assert [each.joined.number for each in asked(other)] == [number]
    desk.sign(1, other)
    assert desk.signed() == 3  # both, one, other: once each
    with pytest.raises(HasJoined):
        desk.sign(number, other)


def test_either_author_may_offer_and_a_joint_text_asks_everybody(desk):
    second = desk.others[4]
    number = desk.propose(second, "步道晚上太黑，装路灯")
    desk.sign(1, desk.others[0])
    desk.sign(number, desk.others[1])
    offer = desk.join(desk.author, number, 1, MORE)
    with pytest.raises(NotTheAuthor):
        desk.decide(desk.author, offer)
    desk.decide(second, offer)
    assert (desk.kept().text, desk.signed()) == (MORE, 0)
    assert len(asked(desk.others[0])) == len(asked(desk.others[1])) == 1
    assert [each.number for each in proposal(desk.round, 1, voice=None).joining] == [number]


def test_what_joined_is_answered_with_what_it_joined_and_every_number_agrees_with_the_ledger(desk):
    second = desk.others[4]
    number = desk.propose(second, "步道晚上太黑，装路灯")
    desk.decide(desk.author, desk.join(second, number, 1, LAMPS))
    desk.decide(desk.author, desk.amend(desk.others[0]))
    desk.amend(desk.others[1], LAMPS, key="3")
    desk.round = desk.rounds.later(desk.round, 70)
    look_after(now=desk.rounds.now)
    told = {"verdict": "adopted", "text": "照办", "by": desk.rounds.host, "now": desk.rounds.now}
    acts.answer(round_=desk.round, numbers=[1], **told)
    assert not unanswered(desk.round).exists() and desk.kept(number).answers.exists()
    desk.round.case.refresh_from_db()
    assert desk.round.case.facts["unanswered"] == 0
    told = outcome(desk.round)
    assert told.all == told.answered == 2
    assert all(each.agrees for each in reconciled([desk.round]))


def test_a_proposal_joins_neither_itself_nor_one_of_another_round_and_none_that_joined(desk):
    second = desk.others[4]
    number = desk.propose(second, "步道晚上太黑，装路灯")
    with pytest.raises(NotToBeAmended):
        desk.join(desk.author, 1, 1, MORE)
    desk.decide(desk.author, desk.join(second, number, 1, LAMPS))
    with pytest.raises(NotToBeAmended):
        desk.amend(desk.others[0], number=number)


def test_the_same_voice_that_signed_both_keeps_one_row(desk):
    second = desk.others[4]
    number = desk.propose(second, "步道晚上太黑，装路灯")
    for each in (1, number):
        desk.sign(each, *desk.others[:4])
    desk.decide(desk.author, desk.join(second, number, 1, LAMPS))
    rows = Stance.objects.filter(contribution=desk.kept()).values_list("voice")
    assert len(rows) == len(set(rows)) == 4


def test_like_ones_are_found_and_nothing_comes_of_it_by_itself(desk):
    number = desk.propose(desk.others[4], "步道晚上太黑，江边步道应装路灯")
    desk.propose(desk.others[5], "和平路增设公交站")
    found = like_ones(desk.round, desk.phase, LAMPS, but=desk.kept())
    assert [each.contribution.number for each in found] == [number]
    assert not Amendment.objects.exists()


def test_each_step_is_in_the_ledger_by_the_voice_and_with_its_reason(desk):
    desk.decide(desk.author, desk.amend(desk.others[0]), why="同意")
    kinds = list(Act.objects.filter(subject=desk.round.case.number).order_by("pk").values_list("kind", flat=True))
    assert kinds[-2:] == ["agora.amendment.proposed", "agora.amendment.accepted"]
