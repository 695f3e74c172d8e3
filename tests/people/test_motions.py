"""What belongs to no case takes two officers, too: an enactment, the ledger's key, a register put right."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from tests.cast import signed_in
from zhengtong.cases import acts
from zhengtong.charter.models import Enactment
from zhengtong.charter.queries import in_force
from zhengtong.charter.reading.folder import gather
from zhengtong.common.refusal import Refusal
from zhengtong.ledger.models import Act
from zhengtong.people import motions
from zhengtong.people.actor import PROGRAM, Actor
from zhengtong.people.acts import take_post
from zhengtong.people.errors import (
    ConcernsYou,
    MotionIsStale,
    MotionNeedsReason,
    NeedsTwo,
    NoOfficePower,
    NoSuchMotion,
    SamePerson,
)
from zhengtong.people.ledger_key import change_key, confirm_key, propose_key
from zhengtong.people.models import Motion
from zhengtong.registry.corrections import confirm_correction, corrections_of, propose_correction
from zhengtong.registry.errors import NothingToCorrect, NotTheOwner
from zhengtong.registry.queries import looks_at, records_of


@pytest.fixture
def mayor(cast) -> Actor:
    return cast.officer("city-government/mayor")


@pytest.fixture
def jurist(cast) -> Actor:
    return cast.officer("justice-bureau/head")


@pytest.fixture
def clerk(cast) -> Actor:
    return cast.officer("public-security/household")


@pytest.fixture
def chief(cast) -> Actor:
    return cast.officer("public-security/head")


@pytest.fixture
def laid(cast, monday):
    files = dict(gather(settings.ZHENGTONG_CHARTER)[0])
    files["regions.yaml"] += b"# new\n"
    files["stations.yaml"] = files["stations.yaml"].replace(b"counters: 6", b"counters: 7") + b"\n# more\n"
    return acts.lay_charter(files=files, on=monday.date(), by=PROGRAM, now=monday)


@pytest.fixture
def move(laid, mayor, monday) -> Motion:
    return acts.propose_enactment(laid=laid, reason="窗口增加", by=mayor, now=monday)


def corrected(cast, clerk, monday, **other) -> Motion:
    wanted = {"register": "population", "key": cast.wang_defu.person.id_number, "field": "residence_address"}
    wanted |= {"value": "青山市滨河区样例路9号", "reason": "门牌号录错", "by": clerk, "now": monday}
    return propose_correction(**wanted | other)


def test_a_charter_is_laid_proposed_confirmed_and_only_then_in_force(move, mayor, jurist, monday):
    assert Enactment.objects.count() == 1
    made = acts.confirm_enactment(motion=move, by=jurist, now=monday)
    assert made.number == 2 and in_force(monday.date()).enactment == made
    enacted = Act.objects.filter(kind="charter.enacted").latest("pk")
    assert (enacted.actor_post, enacted.power, enacted.reason) == (jurist.post, "enactment", "窗口增加")
    assert list(Act.objects.filter(subject=move.sealed_for).order_by("position").values_list("kind", flat=True)) == [
        "motion.proposed",
        "motion.confirmed",
    ]


def test_nobody_enacts_alone_neither_by_command_nor_by_act(cast, laid, monday):
    with pytest.raises(NeedsTwo):
        acts.enact(files={}, on=monday.date(), by=PROGRAM, now=monday)
    call_command("enact", str(settings.ZHENGTONG_CHARTER))
    assert Enactment.objects.count() == 1


def test_the_second_is_another_person_of_another_office_with_the_power(move, mayor, jurist, cast, monday):
    take_post(person=mayor.person, post=jurist.post, from_on=monday.date(), by=PROGRAM, now=monday)
    take_post(person=cast.lin_yue.person, post=mayor.post, from_on=monday.date(), by=PROGRAM, now=monday)
    for second, refusal in (
        (Actor(mayor.person, jurist.post), SamePerson),
        (Actor(cast.lin_yue.person, mayor.post), SamePerson),
        (cast.fire, NoOfficePower),
    ):
        with pytest.raises(refusal):
            acts.confirm_enactment(motion=move, by=second, now=monday)
    assert Enactment.objects.count() == 1


def test_what_was_enacted_meanwhile_makes_it_stale_and_a_week_ends_it(move, laid, mayor, jurist, monday):
    with pytest.raises(NoSuchMotion):
        acts.confirm_enactment(motion=move, by=jurist, now=monday + timedelta(days=8))
    other = acts.propose_enactment(laid=laid, reason="再提", by=mayor, now=monday)
    acts.confirm_enactment(motion=other, by=jurist, now=monday)
    with pytest.raises(MotionIsStale):
        acts.confirm_enactment(motion=move, by=jurist, now=monday)
    assert Motion.objects.get(pk=move.pk).status == "open", "a refusal changes nothing"


def test_a_late_confirmation_enacts_nothing_for_days_that_have_passed(move, jurist, monday):
    late = monday + timedelta(days=3)
    assert acts.confirm_enactment(motion=move, by=jurist, now=late).in_force_from == late.date()


def test_a_rejection_says_why_and_the_author_alone_takes_it_back(move, mayor, jurist, monday):
    charter = in_force(monday.date()).charter
    with pytest.raises(MotionNeedsReason):
        motions.reject(motion=move, charter=charter, answer=" ", by=jurist, now=monday)
    with pytest.raises(NoSuchMotion):
        motions.take_back(motion=move, charter=charter, by=jurist, now=monday)
    motions.take_back(motion=move, charter=charter, by=mayor, now=monday)
    with pytest.raises(NoSuchMotion):
        acts.confirm_enactment(motion=move, by=jurist, now=monday)


def test_the_ledger_s_key_is_changed_once_for_each_confirmation(cast, mayor, monday):
    duty = cast.supervisor
    with pytest.raises(NeedsTwo):
        change_key(device="", reason="", by=PROGRAM, now=monday)
    with pytest.raises(CommandError, match="another confirm"):
        call_command("rekey")
    motion = propose_key(device="", reason="每年更换", by=duty, now=monday)
    with pytest.raises(NeedsTwo):
        change_key(device="", reason="", by=PROGRAM, now=monday)
    confirm_key(motion=motion, by=mayor, now=monday)
    with pytest.raises(NeedsTwo):
        change_key(device="pkcs11:token=other", reason="", by=PROGRAM, now=monday)
    done = change_key(device="", reason="", by=PROGRAM, now=monday)
    assert done.old != done.new
    with pytest.raises(NeedsTwo):
        change_key(device="", reason="", by=PROGRAM, now=monday)


def test_a_register_is_put_right_by_two_of_its_owner_and_the_person_sees_it(cast, clerk, chief, monday):
    motion = corrected(cast, clerk, monday)
    before = dict(records_of(in_force(monday.date()).charter, cast.wang_defu.person))["population"]
    made = confirm_correction(motion=motion, by=chief, now=monday)
    after = dict(records_of(in_force(monday.date()).charter, cast.wang_defu.person))["population"]
    assert {name for name in after if after[name] != before[name]} == {"residence_address"}
    assert corrections_of(cast.wang_defu.person) == [made] and made.told["new"] == after["residence_address"]
    assert {each.post for each in looks_at(cast.wang_defu.person, on=monday.date())} == {clerk.post, chief.post}
    act = Act.objects.get(kind="register.corrected")
    assert (act.power, act.reason) == ("population-correction", "门牌号录错")
    page = signed_in(cast.wang_defu).get("/my-data").content.decode()
    assert "青山市滨河区样例路9号" in page and "门牌号录错" in page


def test_no_other_office_no_nonsense_and_nobody_concerned(cast, clerk, chief, monday):
    with pytest.raises(NotTheOwner):
        corrected(cast, cast.licensing, monday)
    for wrong in ({"field": "id_number"}, {"field": "birth_on", "value": "2026-02-30"}, {"value": " "}):
        with pytest.raises(NothingToCorrect):
            corrected(cast, clerk, monday, **wrong)
    with pytest.raises(ConcernsYou):
        corrected(cast, clerk, monday, key=clerk.person.id_number)
    motion = corrected(cast, clerk, monday, key=chief.person.id_number)
    with pytest.raises(ConcernsYou):
        confirm_correction(motion=motion, by=chief, now=monday)


def test_what_the_record_says_otherwise_by_now_is_not_overwritten(cast, clerk, chief, monday):
    first, second = corrected(cast, clerk, monday), corrected(cast, clerk, monday, value="别处")
    confirm_correction(motion=first, by=chief, now=monday)
    with pytest.raises(MotionIsStale):
        confirm_correction(motion=second, by=chief, now=monday)


@pytest.mark.parametrize(
    "change",
    [
        "SET status = 'confirmed', answered_at = proposed_at, answered_by_id = proposed_by_id",
        "SET status = 'confirmed', answered_at = proposed_at",
        "SET status = 'rejected', answered_at = proposed_at, answered_by_id = proposed_by_id + 1",
        "SET concerns_id = proposed_by_id",
        "SET carried_out_at = proposed_at",
    ],
)
def test_the_database_itself_wants_two_persons_and_a_reason(move, change):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE people_motion {change}")


def test_two_officers_do_it_on_their_pages(laid, mayor, jurist, settings, monday):
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    first, second = signed_in(mayor), signed_in(jurist)
    page = "/desk/city-government/mayor/motions"
    assert laid.digest[:12] in first.get(page).content.decode()
    first.post(page, {"act": "enact", "laid": laid.pk, "reason": "窗口增加"})
    (motion,) = Motion.objects.all()
    assert first.post(f"{page}/{motion.pk}", {"answer": "confirm"}).status_code == 403
    answer = f"/desk/justice-bureau/head/motions/{motion.pk}"
    shown = second.get(answer).content.decode()
    assert "stations.yaml" in shown and "+# more" in shown
    assert second.post(answer, {"answer": "confirm"}).status_code == 302
    assert Enactment.objects.count() == 2


def test_the_page_is_for_posts_that_may_and_refusals_are_told(cast, mayor, settings, monday):
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    assert signed_in(cast.fire).get("/desk/fire-brigade/inspection/motions").status_code == 404
    answer = signed_in(mayor).post("/desk/city-government/mayor/motions", {"act": "rekey", "reason": ""})
    assert answer.status_code == MotionNeedsReason.status and issubclass(MotionNeedsReason, Refusal)


def test_another_office_that_owns_another_register_sees_nothing_of_a_person(cast, clerk, chief, settings, monday):
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    motion = corrected(cast, clerk, monday)
    stranger = signed_in(cast.officer("market-bureau/head"))
    assert "门牌号录错" not in stranger.get("/desk/market-bureau/head/motions").content.decode()
    assert stranger.get(f"/desk/market-bureau/head/motions/{motion.pk}").status_code == 404
    own = signed_in(chief).get(f"/desk/public-security/head/motions/{motion.pk}")
    assert "青山市滨河区样例路9号" in own.content.decode()
