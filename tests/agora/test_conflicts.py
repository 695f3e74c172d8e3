"""Nobody moderates what is about their own office or about themselves; the next office of the charter does."""

import pytest

from zhengtong.agora import acts
from zhengtong.agora.conflicts import moderator_of, speaks_of
from zhengtong.agora.errors import ModeratesItself, NoSuchOffice, NotTheModerator


@pytest.fixture
def said(rounds, cast):
    """A proposal of which the text, and the office that it is addressed to, are the test's."""
    round_ = rounds.open("proposal-round")
    voice = rounds.voice(round_, cast.lin_yue)

    def make(text, addressed=""):
        found = acts.contribute(
            round_=round_,
            phase="propose",
            voice=voice,
            said=text,
            addressed=addressed,
            request_key=text,
            now=rounds.now,
        )
        return round_, found

    return make


def hide(round_, found, by, rounds):
    return acts.hide(round_=round_, number=found.number, rule="insult", facts="侮辱", by=by, now=rounds.now)


@pytest.mark.parametrize("text", ["市信访局不作为", "信访 局 不 作 为", "The Petitions  Office sleeps", "信-访-办拖拉"])
def test_what_speaks_of_the_moderators_office_is_for_the_next_one(said, rounds, cast, text):
    round_, found = said(text)
    with pytest.raises(ModeratesItself) as refused:
        hide(round_, found, rounds.moderator, rounds)
    assert "回避" in refused.value.told()["zh-Hans"] and "市司法局" in refused.value.advice()["zh-Hans"]
    assert hide(round_, found, cast.officer("justice-bureau/moderation"), rounds).post == "justice-bureau/moderation"


def test_what_is_addressed_to_the_office_counts_though_it_is_not_named(said, rounds):
    round_, found = said("他们从来不接电话", addressed="petition-office")
    with pytest.raises(ModeratesItself):
        hide(round_, found, rounds.moderator, rounds)


def test_the_next_office_does_not_take_what_is_not_its_turn(said, rounds, cast):
    round_, found = said("路灯太少")
    with pytest.raises(NotTheModerator):
        hide(round_, found, cast.officer("justice-bureau/moderation"), rounds)


def test_what_speaks_of_every_moderator_is_hidden_by_nobody(said, rounds, cast):
    round_, found = said("信访局和司法局互相推诿")
    assert moderator_of(round_, found, round_.day(rounds.now)) is None
    for by in (rounds.moderator, cast.officer("justice-bureau/moderation")):
        with pytest.raises(ModeratesItself):
            hide(round_, found, by, rounds)


def test_who_is_named_stands_aside_though_the_office_is_not(said, rounds):
    round_, found = said(f"审核的{rounds.moderator.person.name}乱删")
    with pytest.raises(ModeratesItself):
        hide(round_, found, rounds.moderator, rounds)


def test_an_office_that_there_is_not_is_no_addressee(said):
    with pytest.raises(NoSuchOffice):
        said("路灯太少", addressed="ministry-of-truth")


def test_a_text_that_names_no_office_speaks_of_none(rounds):
    round_ = rounds.consultation()
    offices = round_.charter.organisations.values()
    assert not [each for each in offices if speaks_of("路灯太少，晚上看不清路。", each)]
