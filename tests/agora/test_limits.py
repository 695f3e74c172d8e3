"""In an emergency two offices limit a whole round, for a time, in public; what is said meanwhile waits its turn."""

from datetime import timedelta

import pytest

from tests.cast import signed_in
from zhengtong.agora import acts
from zhengtong.agora.duties import look_after
from zhengtong.agora.moderation.errors import NotToBeLimited
from zhengtong.agora.moderation.limits import limit_on
from zhengtong.agora.moderation.models import Limit
from zhengtong.ledger.models import Act
from zhengtong.people.errors import MotionNeedsReason, NoPower, SamePerson
from zhengtong.people.models import Motion


@pytest.fixture
def talk(rounds, settings):
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    return rounds.open("city-conversation")


@pytest.fixture
def say(rounds, talk):
    voices = rounds.voices(talk, 6)

    def said(text, voice):
        return acts.contribute(
            round_=talk, phase="statements", voice=voices[voice], said=text, request_key=text, now=rounds.now
        )

    return said


def propose(talk, rounds, *, many=2, days=3, reason="一分钟内涌入上千条", by=None):
    until = talk.day(rounds.now) + timedelta(days=days)
    by = by or rounds.moderator
    return acts.propose_limit(round_=talk, shown_a_day=many, until=until, reason=reason, by=by, now=rounds.now)


@pytest.fixture
def limited(talk, rounds, cast):
    return acts.confirm_limit(motion=propose(talk, rounds), by=cast.supervisor, now=rounds.now)


def states(talk):
    return [each.state for each in talk.case.contributions.order_by("number")]


def test_it_holds_only_once_another_office_has_confirmed_it(talk, rounds, cast, say):
    motion = propose(talk, rounds)
    assert say("路灯", 0).state == "shown"
    with pytest.raises(SamePerson):
        acts.confirm_limit(motion=motion, by=rounds.moderator, now=rounds.now)
    acts.confirm_limit(motion=motion, by=cast.supervisor, now=rounds.now)
    assert say("公交", 1).state == "waiting"


def test_a_burst_waits_in_its_order_and_none_of_it_is_lost(talk, rounds, say, limited):
    for number in range(6):
        say(f"说法 {number}", number)
    assert states(talk) == ["waiting"] * 6
    assert look_after(now=rounds.now) == 2 and look_after(now=rounds.now) == 0
    assert states(talk) == ["shown", "shown", *["waiting"] * 4]
    rounds.now += timedelta(days=1)
    look_after(now=rounds.now)
    assert states(talk) == [*["shown"] * 4, "waiting", "waiting"]
    rounds.now += timedelta(days=3)  # over since yesterday
    look_after(now=rounds.now)
    assert states(talk) == ["shown"] * 6


def test_it_ends_by_itself_even_before_the_worker_comes(talk, rounds, say, limited):
    rounds.now += timedelta(days=4)
    assert say("路灯", 0).state == "shown"
    look_after(now=rounds.now)
    limited.refresh_from_db()
    assert (limited.ended_at, limited.ended_why) == (rounds.now, "time-over")
    assert Act.objects.filter(kind="agora.round.freed", subject=talk.case.number).count() == 1


def test_one_officer_may_let_people_speak_again(talk, rounds, cast, say, limited):
    say("路灯", 0)
    acts.end_limit(limit=limited, why="已恢复正常", by=cast.supervisor, now=rounds.now)
    assert limit_on(talk.case, talk.day(rounds.now)) is None
    look_after(now=rounds.now)
    assert states(talk) == ["shown"]


def test_a_proposal_with_its_sponsors_waits_its_turn_too(rounds, cast):
    round_ = rounds.open("proposal-round")
    acts.confirm_limit(motion=propose(round_, rounds, many=0), by=cast.supervisor, now=rounds.now)
    author, *others = rounds.voices(round_, 4)
    acts.contribute(round_=round_, phase="propose", voice=author, said="路灯", request_key="k", now=rounds.now)
    rounds.sponsor(round_, 1, *others)
    assert look_after(now=rounds.now) == 0 and states(round_) == ["waiting"]
    rounds.now += timedelta(days=4)
    look_after(now=rounds.now)
    assert states(round_) == ["shown"]


@pytest.mark.parametrize(("many", "days"), [(2, 14), (2, -1), (-1, 3), (100_001, 3)])
def test_longer_than_the_law_allows_or_without_a_number_is_refused(talk, rounds, many, days):
    with pytest.raises(NotToBeLimited):
        propose(talk, rounds, many=many, days=days)
    assert not Motion.objects.exists()


def test_without_reasons_or_by_the_office_that_is_spoken_to_it_is_refused(talk, rounds):
    with pytest.raises(MotionNeedsReason):
        propose(talk, rounds, reason=" ")
    with pytest.raises(NoPower):
        propose(talk, rounds, by=rounds.host)


def test_there_is_one_limit_at_a_time(talk, rounds, limited):
    with pytest.raises(NotToBeLimited):
        propose(talk, rounds)


def test_the_act_names_the_law_the_reasons_and_both_offices(talk, limited):
    act = Act.objects.get(kind="agora.round.limited")
    assert act.legal_basis == ["qingshan-participation-rules/11"] and act.subject == talk.case.number
    assert (limited.proposed_in, limited.confirmed_in) == ("petition-office/moderation", "supervision-office/duty")


def test_limits_one_after_the_other_last_no_longer_than_one_may(talk, rounds, cast):
    for days in (9, 3):  # ten days, then four: all the fourteen that the rules give
        acts.confirm_limit(motion=propose(talk, rounds, days=days), by=cast.supervisor, now=rounds.now)
        rounds.later(talk, days + 1)
        look_after(now=rounds.now)
    with pytest.raises(NotToBeLimited):
        propose(talk, rounds, days=0)


def test_days_before_which_a_limit_was_ended_are_left(talk, rounds, cast, limited):
    acts.end_limit(limit=limited, why="平息", by=cast.supervisor, now=rounds.now)
    rounds.later(talk, 1)
    propose(talk, rounds, days=12)
    with pytest.raises(NotToBeLimited):
        propose(talk, rounds, days=13)


def test_everybody_reads_of_it_on_the_page_and_in_the_log(client, talk, limited):
    page = client.get(f"/take-part/{talk.case.number}/").content.decode()
    assert "一分钟内涌入上千条" in page and "最多新公开 2 条" in page
    log = client.get("/take-part/moderation").content.decode()
    assert "一分钟内涌入上千条" in log and "监督值班岗" in log
    (told,) = client.get("/take-part/moderation.json").json()["limits"]
    assert told["shown_a_day"] == 2 and told["ended_at"] == "" and told["legal_basis"]


def test_two_officers_do_it_on_their_pages(talk, rounds, cast):
    day = talk.day(rounds.now) + timedelta(days=2)
    asked = {"do": "propose", "shown_a_day": "5", "reason": "涌入上千条"}
    asked |= {"until-year": day.year, "until-month": day.month, "until-day": day.day}
    page = f"/take-part/office/petition-office/moderation/{talk.case.number}/limit"
    assert signed_in(rounds.moderator).post(page, asked).status_code == 302
    supervisor, motion = signed_in(cast.supervisor), Motion.objects.get()
    seen = supervisor.get(f"/desk/supervision-office/duty/motions/{motion.pk}").content.decode()
    assert talk.case.number in seen and "涌入上千条" in seen
    supervisor.post(f"/desk/supervision-office/duty/motions/{motion.pk}", {"answer": "confirm"})
    assert Limit.objects.get().shown_a_day == 5
    assert "涌入上千条" in signed_in(rounds.moderator).get(page).content.decode()
    signed_in(rounds.moderator).post(page, {"do": "end", "reason": "平息"})
    assert Limit.objects.get().ended_why == "平息"


@pytest.mark.parametrize("asked", [{}, {"do": "end", "reason": "x"}, {"shown_a_day": "五", "until-year": "2026"}])
def test_what_is_no_limit_changes_nothing(talk, rounds, asked):
    page = f"/take-part/office/petition-office/moderation/{talk.case.number}/limit"
    assert signed_in(rounds.moderator).post(page, asked).status_code in {404, 409, 422}
    assert not Motion.objects.exists()
