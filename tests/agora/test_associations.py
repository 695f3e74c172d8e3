"""An association holds a round of its own: its members vote, others are told why not, and no authority holds it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import person_called, signed_in
from tests.polls import LIGHTS, PARKS, Elections
from zhengtong.agora.acts import admit_here, close_roll, give_certificate, open_poll, propose_limit
from zhengtong.agora.ballots.errors import NotAKeeper
from zhengtong.agora.ballots.queries import COUNTED
from zhengtong.agora.errors import NotEligible
from zhengtong.agora.models import Admission
from zhengtong.cases.acts import claim, open_by_office
from zhengtong.cases.errors import NotYourTask
from zhengtong.people.actor import Actor
from zhengtong.people.errors import NoPower
from zhengtong.registry.models import Look

pytestmark = pytest.mark.django_db(databases=["default", "ballots"])

ASKED = {"summary": "由会员选举会长。", **Elections.ASKED}


@pytest.fixture
def election(cast, monday, settings):
    """The Volunteers' Association elects its president; members enrol now."""
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    election = Elections(cast, monday)
    election.called()
    return election


def voiced(election, who):
    return admit_here(round_=election.vote.round, by=who, now=election.now)


def test_members_elect_their_president_and_two_associations_open_the_sum(cast, monday):
    election = Elections(cast, monday)
    first, second, third, *_ = election.opened()
    election.voted(first, PARKS)
    election.voted(second, PARKS)
    election.voted(third, LIGHTS)
    election.passed(11)
    election.boxed()
    for council in (0, 1):  # the Riverside Residents' Council and the Citizens' Council; no authority has a part in it
        election.shared(council)
    assert election.read().result == [[0, 2, 1, 0]]
    assert election.vote.stage == COUNTED


def test_a_member_is_found_in_the_register_of_the_association_and_in_no_other(election, cast):
    voiced(election, cast.lin_yue)
    look = Look.objects.get(case=election.number)
    assert (look.register, look.fields, look.agreement) == ("volunteers", ["standing"], "volunteers-election")
    assert (look.by, look.at) == (cast.lin_yue.person, election.vote.round.beginning(election.now.date()))


@pytest.mark.parametrize("name", ["王德福", "孙薇"])  # a resident who never joined, and one who has left
def test_who_is_no_member_is_refused_and_told_who_may_take_part(election, name):
    with pytest.raises(NotEligible) as refused:
        voiced(election, Actor(person_called(name)))
    told = refused.value.told()
    assert "只有和平区志愿者协会会员可以参与" in told["zh-Hans"]
    assert "only members of the Heping Volunteers’ Association can take part" in told["en"]
    assert not Admission.objects.exists()


def declaring(round_, **who):
    """The same round under a charter that says otherwise who may take part."""
    asked = round_.declared.who.model_copy(update=who)
    vars(round_)["declared"] = round_.declared.model_copy(update={"who": asked})
    return round_


def test_where_no_field_is_asked_for_whoever_the_register_names_is_a_member(election, cast):
    members = election.vote.round.declared.who.members
    plain = {"register_id": "population", "field": "", "value": ""}
    round_ = declaring(election.vote.round, members=members.model_copy(update=plain))
    population = round_.charter.registers["population"]
    agreement = next(each for each in population.sharing if each.reader == "agora")
    shared = [agreement.model_copy(update={"fields": ["id_number"]})]
    vars(round_)["charter"] = replace(
        round_.charter,
        registers={**round_.charter.registers, "population": population.model_copy(update={"sharing": shared})},
    )
    assert admit_here(round_=round_, by=cast.wang_defu, now=election.now)
    with pytest.raises(NotEligible):
        admit_here(round_=round_, by=cast.officer("city-government/participation"), now=election.now)


def test_members_may_be_asked_to_be_of_age_and_to_live_there_as_well(election, cast):
    asked = {"age_from": 90, "register_id": "population", "born": "birth_on", "resides": "residence_region"}
    with pytest.raises(NotEligible) as refused:
        admit_here(round_=declaring(election.vote.round, **asked), by=cast.lin_yue, now=election.now)
    assert "须年满 90 周岁" in refused.value.told()["zh-Hans"]
    with pytest.raises(NotEligible) as refused:  # who is old enough, and no member
        admit_here(round_=declaring(election.vote.round, **asked), by=cast.wang_defu, now=election.now)
    assert "会员" in refused.value.told()["zh-Hans"]


def test_an_authority_cannot_call_it(cast, monday):
    officer = cast.officer("city-government/participation")
    given = {"procedure": "association-election", "language": "zh-Hans", "request_key": "k", "now": monday}
    with pytest.raises(NoPower):
        open_by_office(answers=ASKED, by=officer, **given)
    with pytest.raises(NoPower):  # nor can the association call a vote of the city
        open_by_office(
            answers={"title": "先办什么", "summary": "今年先办哪几件事？", "options": "路灯\n公园"},
            by=cast.officer(Elections.HOST),
            **given | {"procedure": "priorities-ballot"},
        )


def test_an_authority_cannot_hold_it(election, cast):
    """Neither roll, box and keys, nor the steps of the host."""
    officer = cast.officer("city-government/participation")
    with pytest.raises(NotAKeeper):
        give_certificate(held={}, by=cast.officer("supervision-office/duty"), **election.where)  # it keeps the roll
    election.passed(25)
    with pytest.raises(NotAKeeper):
        close_roll(by=officer, **election.where)
    with pytest.raises(NotYourTask):
        open_poll(by=officer, **election.where)
    with pytest.raises(NotYourTask):
        claim(task=election.vote.round.case.tasks.get(node="prepare"), by=officer, now=election.now)


@pytest.mark.parametrize("post", ["petition-office/moderation", "supervision-office/duty", "riverside-council/chair"])
def test_nobody_limits_it(election, cast, post):
    """The charter declares no emergency for it, and gives nobody the power."""
    round_ = election.vote.round
    until = round_.day(election.now) + timedelta(days=3)
    with pytest.raises(NoPower):
        propose_limit(round_=round_, shown_a_day=1, until=until, reason="太多", by=cast.officer(post), now=election.now)


@pytest.mark.parametrize(
    ("tag", "told"), [("zh-hans", "和平区志愿者协会会员"), ("en", "members of the Heping Volunteers’")]
)
def test_its_pages_say_who_may_take_part(election, cast, client, tag, told):
    client.cookies["django_language"] = tag
    start = f"/take-part/{election.number}/"
    for page in ("", "ballot/ballot/", "ballot/ballot/enrol"):
        assert told in client.get(start + page).content.decode()
    member = signed_in(cast.lin_yue)
    member.cookies["django_language"] = tag
    assert told in member.get(start + "voice").content.decode()


def test_a_page_of_residents_says_that_residents_take_part(rounds, client):
    page = client.get(f"/take-part/{rounds.consultation().case.number}/").content.decode()
    assert "谁可以参加" in page and "年满 16 周岁的居民" in page


def test_the_refusal_is_read_where_one_enrols(election, client, cast):
    browser = signed_in(cast.wang_defu)
    answer = browser.post(f"/take-part/{election.number}/voice", {"do": "get"})
    assert answer.status_code == 403
    assert "只有和平区志愿者协会会员可以参与" in answer.content.decode()
