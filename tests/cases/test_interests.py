"""Others whose major interests a licence touches are told, give their views, and are heard (行政许可法 36, 47, 48)."""

from datetime import timedelta

import pytest

from tests.cases.test_recusals import make_kin
from tests.cast import signed_in
from tests.restaurant import apply, do, part, task
from zhengtong.cases import acts, queries
from zhengtong.cases.errors import NoReason, NoSuchCase, NotYourTask
from zhengtong.cases.hearing_errors import (
    HearingTooSoon,
    NobodyToTell,
    NoSuchHearing,
    NoSuchInterest,
    OthersMayAsk,
)
from zhengtong.cases.models import Case, Hearing, Interest, Letter, Recusal
from zhengtong.cases.queries.held import held
from zhengtong.cases.queries.interests import interest_for, interests_of
from zhengtong.ledger.models import Act
from zhengtong.people.errors import ConflictOfInterest
from zhengtong.registry.models import Look

TOUCHED = "招牌位于您的窗户上方，可能影响采光"
WHY = "招牌夜间灯光直射卧室"
PLACE = "市城市管理局二楼听证室"


@pytest.fixture
def sign(cast, monday) -> Case:
    joint = apply(cast, now=monday, sign_position="roof", sign_width="4", sign_height="3.5")
    do(joint, "accept", "accepted", by=cast.window, now=monday)
    return part(joint, "shop-sign")


@pytest.fixture
def tell(sign, cast, monday):
    def _tell(who=None, now=monday, **other) -> Interest:
        number = (who or cast.chen_xiaoyu).person.id_number
        wanted = {"task": task(sign, "decide"), "id_number": number, "what": TOUCHED, "by": cast.signs, "now": now}
        return acts.tell_interested(**wanted | other)

    return _tell


def decide(sign, cast, now):
    return do(sign, "decide", "granted", by=cast.signs, now=now)


def days(monday, number):
    return monday + timedelta(days=number)


class TestTelling:
    def test_a_neighbour_is_told_and_until_when_they_may_ask(self, tell, sign, cast, monday):
        made = tell()
        letter = Letter.objects.get(case=sign, name="interested")
        assert letter.recipient == cast.chen_xiaoyu.person and TOUCHED in letter.body and "陈晓宇" in letter.body
        assert f"/interests/{made.pk}" in letter.body and "2026年3月9日" in letter.body
        act = Act.objects.get(kind="case.interested.told")
        assert "licensing-law/36" in act.legal_basis and act.actor_post == cast.signs.post

    def test_the_look_at_their_number_is_one_that_they_see(self, tell, cast):
        tell()
        assert Look.objects.get(agreement="population-neighbours").about == cast.chen_xiaoyu.person.id_index

    def test_an_officer_who_reads_who_they_are_is_a_looker(self, tell, sign, cast, monday, settings):
        settings.ZHENGTONG_CLOCK = monday.isoformat()
        tell()
        desk = f"/desk/urban-management/signs/tasks/{task(sign, 'decide').pk}/interests"
        browser = signed_in(cast.signs)
        for _ in range(2):
            browser.get(desk)
        theirs = Look.objects.filter(about=cast.chen_xiaoyu.person.id_index, register="", case=sign.number)
        assert theirs.count() == 1, "once a sitting"
        assert Look.objects.filter(about=cast.lin_yue.person.id_index, register="", case=sign.number).count() == 1

    def test_once_is_enough(self, tell, sign):
        assert tell() == tell()
        assert Letter.objects.filter(case=sign, name="interested").count() == 1

    def test_only_whoever_has_a_step_and_only_others_and_only_for_a_reason(self, tell, cast):
        for wrong, refusal in (
            ({"by": cast.licensing}, NotYourTask),
            ({"who": cast.lin_yue}, NobodyToTell),
            ({"what": " "}, NoReason),
        ):
            with pytest.raises(refusal):
                tell(**wrong)

    def test_where_the_charter_gives_others_no_hearing_nobody_is_told(self, sign, cast, monday):
        food = part(Case.objects.get(pk=sign.parent_id), "food-licence")
        mine = task(food, food.tasks.filter(status="open").values_list("node", flat=True)[0])
        with pytest.raises(NobodyToTell):
            acts.tell_interested(
                task=mine, id_number=cast.chen_xiaoyu.person.id_number, what=TOUCHED, by=cast.licensing, now=monday
            )

    def test_an_officer_who_is_a_neighbour_takes_no_part_in_the_case(self, tell, sign, cast, monday):
        tell(who=cast.signs, by=cast.signs)
        with pytest.raises((ConflictOfInterest, NotYourTask)):
            decide(sign, cast, days(monday, 10))

    def test_an_officer_who_is_kin_of_a_neighbour_takes_no_part_either(self, tell, sign, cast, monday):
        make_kin(cast.signs.person, cast.chen_xiaoyu.person, monday)
        tell()
        kept_out = Recusal.objects.get()
        assert (kept_out.person, kept_out.ground) == (cast.signs.person, "kin")
        with pytest.raises((ConflictOfInterest, NotYourTask)):
            decide(sign, cast, days(monday, 10))


class TestWhoSeesWhat:
    def test_the_applicant_sees_neither_names_nor_letters_of_others(self, tell, sign, cast, monday, settings):
        settings.ZHENGTONG_CLOCK = monday.isoformat()
        tell()
        view = queries.case_for(cast.lin_yue, Case.objects.get(pk=sign.parent_id).number, now=monday)
        assert {each.recipient_id for each in view.letters} == {cast.lin_yue.person.pk}
        browser = signed_in(cast.lin_yue)
        for page in (f"/cases/{Case.objects.get(pk=sign.parent_id).number}", f"/cases/{sign.number}", "/my-data/held"):
            assert "陈晓宇" not in browser.get(page).content.decode()

    def test_the_neighbour_sees_nothing_of_the_applicant_and_not_the_case(self, tell, sign, cast, monday, settings):
        settings.ZHENGTONG_CLOCK = monday.isoformat()
        made = tell()
        browser = signed_in(cast.chen_xiaoyu)
        page = browser.get(f"/interests/{made.pk}").content.decode()
        assert TOUCHED in page and "临江小馆" not in page and "林悦" not in page
        assert browser.get(f"/cases/{sign.number}").status_code == 404
        assert f"/interests/{made.pk}" in browser.get("/cases").content.decode()

    def test_to_anybody_else_it_is_not_there(self, tell, cast, monday):
        made = tell()
        assert interests_of(cast.lin_qiang.person) == []
        with pytest.raises(NoSuchInterest):
            interest_for(cast.lin_qiang.person, made.pk, now=monday)
        assert signed_in(cast.lin_qiang).get(f"/interests/{made.pk}").status_code == 404

    def test_it_is_among_all_that_is_held_about_them(self, tell, cast, monday):
        tell()
        [section] = [each for each in held(cast.chen_xiaoyu.person, now=monday) if each.id == "interests"]
        assert section.items[0].plain()["interest"] == TOUCHED


class TestBeingHeard:
    def test_nothing_is_decided_while_they_may_still_ask(self, tell, sign, cast, monday):
        tell()
        for day in (0, 7):
            with pytest.raises(OthersMayAsk):
                decide(sign, cast, days(monday, day))
        decide(sign, cast, days(monday, 8))
        sign.refresh_from_db()
        assert sign.outcome == "granted"

    def test_they_ask_within_five_working_days_and_no_later(self, tell, sign, cast, monday):
        tell()
        with pytest.raises(NoSuchHearing):
            acts.ask_for_hearing(case=sign, reason=WHY, by=cast.chen_xiaoyu, now=days(monday, 8))
        made = acts.ask_for_hearing(case=sign, reason=WHY, by=cast.chen_xiaoyu, now=days(monday, 7))
        assert made.by_others and not made.by_office
        sign.refresh_from_db()
        assert sign.stopped, "the clock stands still, as for the party's own hearing"

    def test_whoever_was_not_told_cannot_ask(self, sign, cast, monday):
        with pytest.raises(NoSuchCase):
            acts.ask_for_hearing(case=sign, reason=WHY, by=cast.chen_xiaoyu, now=monday)
        assert not Hearing.objects.exists()

    def test_everybody_gets_the_letter_seven_working_days_ahead(self, tell, sign, cast, monday):
        tell()
        acts.ask_for_hearing(case=sign, reason=WHY, by=cast.chen_xiaoyu, now=monday)
        head = cast.officer("urban-management/head")
        with pytest.raises(HearingTooSoon):
            acts.arrange_hearing(task=task(sign, "hear"), at=days(monday, 9), place=PLACE, by=head, now=monday)
        acts.arrange_hearing(task=task(sign, "hear"), at=days(monday, 14), place=PLACE, by=head, now=monday)
        letters = Letter.objects.filter(case=sign, name="hearing")
        assert {each.recipient_id for each in letters} == {cast.lin_yue.person.pk, cast.chen_xiaoyu.person.pk}
        [theirs] = [each for each in letters if each.recipient == cast.chen_xiaoyu.person]
        assert PLACE in theirs.body and "林悦" not in theirs.body and "/interests/" in theirs.body

    def test_whoever_is_told_late_has_the_seven_days_too_or_the_hearing_is_moved(self, tell, sign, cast, monday):
        acts.ask_for_hearing(case=sign, reason=WHY, by=cast.lin_yue, now=monday)
        head = cast.officer("urban-management/head")
        acts.arrange_hearing(task=task(sign, "hear"), at=days(monday, 14), place=PLACE, by=head, now=monday)
        with pytest.raises(HearingTooSoon):
            tell(now=days(monday, 8))
        tell(now=monday)
        assert Letter.objects.filter(recipient=cast.chen_xiaoyu.person, name="hearing").exists()

    def test_they_read_the_minutes(self, tell, sign, cast, monday):
        made = tell()
        acts.ask_for_hearing(case=sign, reason=WHY, by=cast.chen_xiaoyu, now=monday)
        head = cast.officer("urban-management/head")
        acts.arrange_hearing(task=task(sign, "hear"), at=days(monday, 14), place=PLACE, by=head, now=monday)
        do(sign, "hear", "held", by=head, now=days(monday, 15), findings="邻居陈述灯光影响，申请人同意夜间关灯。")
        told = interest_for(cast.chen_xiaoyu.person, made.pk, now=days(monday, 15))
        assert "夜间关灯" in told.hearing.minutes


class TestViews:
    def test_they_are_with_the_officer_until_it_is_decided(self, tell, sign, cast, monday, settings):
        settings.ZHENGTONG_CLOCK = monday.isoformat()
        made = tell()
        signed_in(cast.chen_xiaoyu).post(f"/interests/{made.pk}", {"do": "views", "words": WHY})
        desk = f"/desk/urban-management/signs/tasks/{task(sign, 'decide').pk}/interests"
        page = signed_in(cast.signs).get(desk).content.decode()
        assert WHY in page and "陈晓宇" in page
        decide(sign, cast, days(monday, 8))
        with pytest.raises(NoSuchInterest):
            acts.give_views(interest=made, views="太晚", by=cast.chen_xiaoyu, now=days(monday, 9))

    def test_nobody_speaks_for_them(self, tell, cast, monday):
        made = tell()
        for by in (cast.lin_yue, cast.signs):
            with pytest.raises(NoSuchInterest):
                acts.give_views(interest=made, views=WHY, by=by, now=monday)
        with pytest.raises(NoReason):
            acts.give_views(interest=made, views=" ", by=cast.chen_xiaoyu, now=monday)


def test_the_officer_tells_them_on_a_page_and_they_ask_on_theirs(sign, cast, monday, settings):
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    desk = f"/desk/urban-management/signs/tasks/{task(sign, 'decide').pk}/interests"
    officer = signed_in(cast.signs)
    number = cast.chen_xiaoyu.person.id_number
    assert officer.post(desk, {"id_number": "1", "what": TOUCHED}).status_code == 422
    assert officer.post(desk, {"id_number": number, "what": TOUCHED, "came_forward": "1"}).status_code == 302
    made = Interest.objects.get()
    assert made.came_forward
    mine = signed_in(cast.chen_xiaoyu)
    assert mine.post(f"/interests/{made.pk}", {"do": "hearing", "words": ""}).status_code == 422
    assert mine.post(f"/interests/{made.pk}", {"do": "hearing", "words": WHY}).status_code == 302
    assert Hearing.objects.get().by_others
    head = signed_in(cast.officer("urban-management/head"))
    shown = head.get(f"/desk/urban-management/head/tasks/{task(sign, 'hear').pk}").content.decode()
    assert WHY in shown and "当事人要求：" not in shown
