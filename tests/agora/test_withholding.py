"""What everybody could read of a petition is withheld by a published rule, told to who wrote it, and can come back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.agora.test_reports import public, reported
from tests.cases.test_petition_clocks import answered
from tests.cases.test_photographs import photograph
from tests.cast import signed_in
from zhengtong.agora.acts import contest, lift_what_ended, restore
from zhengtong.agora.moderation.errors import ModeratesItself, NoSuchRule, NotContestable, NotTheModerator
from zhengtong.agora.moderation.models import Measure
from zhengtong.agora.moderation.statements import contested_in
from zhengtong.agora.reports.acts import publish_due
from zhengtong.agora.reports.errors import NoSuchReport, NotSaidWhy, StillContested
from zhengtong.agora.reports.models import Kept, Report
from zhengtong.agora.reports.withholding import delete, withhold
from zhengtong.cases.acts import complete
from zhengtong.cases.acts.erasing import erase_case
from zhengtong.cases.queries.looks import looks_told
from zhengtong.ledger.models import Act
from zhengtong.people.errors import NoPower

SAID = "王某某住三楼，电话一三八，他家总是漏水。"


@pytest.fixture
def moderator(cast):
    return cast.officer("petition-office/moderation")


@pytest.fixture
def other(cast):
    return cast.officer("justice-bureau/moderation")


@pytest.fixture
def case(cast, monday):
    """A petition that everybody may read, with a photograph."""
    made = reported(cast, monday, photo=photograph(), petition_facts=SAID)
    publish_due(now=monday)
    return made


@pytest.fixture
def take(moderator, monday):
    def taken(case, *, rule="privacy", facts="有他人电话", by=moderator, now=monday, **more):
        return withhold(report=Report.objects.get(case=case), rule=rule, facts=facts, by=by, now=now, **more)

    return taken


def page_of(path, language="zh-hans"):
    return Client().get(path, headers={"accept-language": language}).content.decode()


def decided(measure, cast, monday, output="granted"):
    appeal = contest(measure=measure, grounds="没有写他人的事", by=cast.lin_yue, language="zh-Hans", now=monday)
    basis = {} if output == "granted" else {"basis": ["qingshan-participation-rules/15"]}
    task = appeal.tasks.get(status="open")
    complete(task=task, output=output, reasons="已查明", by=cast.supervisor, now=monday, **basis)
    lift_what_ended(now=monday)
    return appeal


def test_its_place_says_that_it_is_withheld_by_which_rule_and_why(case, take):
    measure = take(case)
    for path in ("/take-part/reports", f"/take-part/reports/{case.number}"):
        page = page_of(path)
        assert "公开他人隐私" in page and "有他人电话" in page and f"/take-part/moderation/{measure.pk}" in page
        assert "王某某" not in page
    assert Client().get(f"/take-part/reports/{case.number}/photo.jpg").status_code == 404
    assert Client().get("/take-part/reports.json").json()["reports"][0]["words"] == ""


def test_it_takes_a_published_rule_the_facts_and_the_power(case, take, cast):
    for wrong in ({"rule": "criticism"}, {"facts": " "}, {"until": case.filed_at.date()}, {"found": "machine"}):
        with pytest.raises(NoSuchRule):
            take(case, **wrong)
    with pytest.raises(NoPower):
        take(case, by=cast.signs)
    assert not Measure.objects.exists() and public(case.filed_at)[0].words == SAID


def test_who_wrote_it_is_told_in_a_letter_with_rule_facts_post_and_where_to_contest_it(case, take, monday):
    measure = take(case, until=monday.date() + timedelta(days=30))
    letter = case.letters.get(name="report-withheld")
    assert letter.recipient == case.applicant
    told = (
        "公开他人隐私",
        "有他人电话",
        "民法典",
        "公众言论审核岗",
        "政务服务监督办公室",
        f"/take-part/moderation/{measure.pk}",
    )
    for part in told:
        assert part in letter.body, part
    assert SAID not in letter.body and f"{measure.until:%Y}年" in letter.body


def test_it_is_in_the_public_log_with_every_field_and_without_a_name(case, take, cast):
    measure = take(case, was="一户人家的姓名和电话")
    (told,) = Client().get("/take-part/moderation.json").json()["statements"]
    assert (told["round"], told["rule"], told["post"]) == (case.number, "privacy", "petition-office/moderation")
    assert told["illegal_content_legal_ground"] == "civil-code/1032" and told["voice"] == ""
    assert told["automated_decision"] == "AUTOMATED_DECISION_NOT_AUTOMATED" and "Open311" in told["territorial_scope"]
    log, page = page_of("/take-part/moderation"), page_of(f"/take-part/moderation/{measure.pk}")
    assert case.number in log and ">privacy<" not in log and "一户人家的姓名和电话" in page
    for shown in (log, page, str(told)):
        assert cast.lin_yue.person.name not in shown and "王某某" not in shown
    assert Act.objects.get(kind="report.withheld").legal_basis == ["civil-code/1032"]


def test_a_granted_appeal_brings_back_every_word_and_the_photograph(case, take, cast, monday):
    measure = take(case)
    appeal = decided(measure, cast, monday)
    assert appeal.tasks.get().post.startswith("supervision-office/")
    measure.refresh_from_db()
    (found,) = public(monday)
    assert (found.words, found.withheld_for, measure.lifted_why) == (SAID, "", "appeal-granted")
    assert Client().get(f"/take-part/reports/{case.number}/photo.jpg").status_code == 200
    assert "申诉成立" in case.letters.get(name="report-restored").body and not Kept.objects.exists()
    (rate,) = Client().get("/take-part/moderation.json").json()["rates"]
    assert (rate["procedure"], rate["overturned"], rate["share_overturned"]) == ("complaint", 1, 1.0)
    assert "overturned on appeal" in page_of(f"/take-part/moderation/{measure.pk}", "en")


def test_a_refused_appeal_leaves_it_withheld(case, take, cast, monday):
    decided(take(case), cast, monday, output="refused")
    assert public(monday)[0].words == "" and Kept.objects.get().words == SAID


def test_it_is_contested_on_the_page_that_everybody_has(case, take, cast):
    measure = take(case)
    browser = signed_in(cast.lin_yue)
    path = f"/take-part/{case.number}/contest/{measure.pk}"
    assert "公开他人隐私" in browser.get(path).content.decode()
    assert browser.post(path, {"grounds": "没有写他人的事"}).status_code == 302
    assert measure.appeals.get().facts["round"] == case.number


def test_what_is_withheld_for_a_time_comes_back_by_itself(case, take, monday):
    take(case, until=monday.date() + timedelta(days=3))
    assert lift_what_ended(now=monday + timedelta(days=3)) == 0
    assert lift_what_ended(now=monday + timedelta(days=4)) == 1
    assert public(monday)[0].words == SAID and "期限已满" in case.letters.get(name="report-restored").body


def test_the_moderator_puts_a_mistake_right_once(case, take, moderator, monday):
    measure = take(case)
    with pytest.raises(NoSuchReport):
        take(case)
    restore(measure=measure, why="看错了", by=moderator, now=monday)
    assert public(monday)[0].words == SAID
    with pytest.raises(NotContestable):
        restore(measure=measure, why="看错了", by=moderator, now=monday)
    assert take(case).pk != measure.pk


def test_nobody_withholds_what_speaks_of_their_office_or_of_them(cast, take, moderator, other, monday):
    office = reported(cast, monday, "office", petition_facts="市信访局的电话打了三次都没有人接。")
    person = reported(cast, monday, "person", petition_facts=f"{moderator.person.name}态度不好，电话里骂人，还挂断。")
    lamp = reported(cast, monday, "lamp", petition_facts="人民路三号的路灯已经一个星期不亮。")
    publish_due(now=monday)
    for spoken_of in (office, person):
        with pytest.raises(ModeratesItself):
            take(spoken_of)
    with pytest.raises(NotTheModerator):
        take(lamp, by=other)
    assert take(office, by=other).post == "justice-bureau/moderation"


def test_who_judges_the_appeal_withholds_nothing(case, take, cast):
    with pytest.raises(NoPower):
        take(case, by=cast.supervisor)


def test_what_was_never_to_be_public_is_deleted_without_a_measure_and_told(case, moderator, cast, monday):
    told = {"report": Report.objects.get(), "basis": "qingshan-participation-rules/15", "by": moderator, "now": monday}
    with pytest.raises(NotSaidWhy):
        delete(reason=" ", **told)
    with pytest.raises(NotSaidWhy):  # an article by which this post may not do so, put into the form by hand
        delete(reason="窗口误填了同意公开", **{**told, "basis": "civil-code/1024"})
    deleted = delete(reason="窗口误填了同意公开", **told)
    assert (deleted.words, deleted.place, deleted.latitude, deleted.photo) == ("", "", None, "")
    assert not Measure.objects.exists() and not Kept.objects.exists()
    page = page_of(f"/take-part/reports/{case.number}")
    assert "窗口误填了同意公开" in page and "王某某" not in page
    assert "窗口误填了同意公开" in case.letters.get(name="report-deleted").body
    with pytest.raises(NoSuchReport):
        withhold(report=Report.objects.get(), rule="privacy", facts="有", by=moderator, now=monday)


def test_its_place_is_withheld_where_the_moderator_says_so_and_comes_back_with_it(case, take, moderator, monday):
    path = f"/take-part/office/petition-office/moderation/reports/{case.number}"
    posted = {"do": "withhold", "rule": "privacy", "facts": "住址", "found": "own", "place": "with"}
    assert signed_in(moderator).post(path, posted).status_code == 302
    for page in ("/take-part/reports", f"/take-part/reports/{case.number}"):
        told = page_of(page)
        assert 'r="19"' not in told and "地点也停止公开" in told
    (row,) = Client().get("/take-part/reports.json").json()["reports"]
    assert (row["place"], row["latitude"], row["longitude"]) == ("", None, None)
    assert "150.4" not in Client().get("/take-part/reports.csv").content.decode()
    (open311,) = Client().get(f"/open311/v2/requests/{case.number}.json").json()
    assert (open311["lat"], open311["long"], open311["address"]) == (None, None, "")
    assert "内容、照片和地点停止" in case.letters.get(name="report-withheld").body
    assert Act.objects.get(kind="report.withheld").particulars["with_place"] is True
    measure = Measure.objects.get()
    assert "内容、照片和地点停止公开" in page_of(f"/take-part/moderation/{measure.pk}")
    restore(measure=measure, why="看错了", by=moderator, now=monday)
    (found,) = public(monday)
    assert (found.words, found.latitude, found.longitude) == (SAID, 10.3, 150.4)


def test_its_place_stays_where_nobody_says_so(case, take, monday):
    take(case)
    assert public(monday)[0].latitude == 10.3 and 'r="19"' in page_of("/take-part/reports")
    assert "内容和照片停止" in case.letters.get(name="report-withheld").body


def test_what_is_withheld_is_deleted_without_being_shown_again(case, take, moderator, monday):
    measure = take(case, with_place=True)
    path = f"/take-part/office/petition-office/moderation/reports/{case.number}"
    posted = {"do": "delete", "reason": "窗口误填了同意公开", "basis": "qingshan-participation-rules/15"}
    browser = signed_in(moderator)
    assert 'value="delete"' in browser.get(path).content.decode()
    assert browser.post(path, posted).status_code == 302
    assert not Kept.objects.exists() and "窗口误填了同意公开" in page_of(f"/take-part/reports/{case.number}")
    assert browser.post(path, posted).status_code == 404  # once
    measure.refresh_from_db()
    assert measure.outcome == "deleted" and "后来已永久删除" in page_of(f"/take-part/moderation/{measure.pk}")
    (rate,) = Client().get("/take-part/moderation.json").json()["rates"]
    assert (rate["taken"], rate["put_right"]) == (1, 0)
    assert lift_what_ended(now=monday + timedelta(days=400)) == 0 and public(monday)[0].words == ""


def test_what_is_contested_is_not_deleted_before_its_judge_has_read_it(case, take, moderator, cast, monday):
    measure, browser = take(case), signed_in(moderator)
    path = f"/take-part/office/petition-office/moderation/reports/{case.number}"
    posted = {"do": "delete", "reason": "误填", "basis": "qingshan-participation-rules/15"}
    contest(measure=measure, grounds="没有写他人的事", by=cast.lin_yue, language="zh-Hans", now=monday)
    assert browser.post(path, posted).status_code == StillContested.status
    measure.refresh_from_db()
    assert measure.lifted_at is None and Kept.objects.get().words == SAID
    task = measure.appeals.get().tasks.get(status="open")
    basis = ["qingshan-participation-rules/15"]
    complete(task=task, output="refused", reasons="已查明", by=cast.supervisor, now=monday, basis=basis)
    assert browser.post(path, posted).status_code == 302 and Report.objects.get().withheld_for == "误填"


def test_of_a_withheld_petition_that_is_erased_no_place_is_kept(cast, take, monday):
    case = answered(reported(cast, monday, photo=photograph(), petition_facts=SAID), cast, monday)
    publish_due(now=monday)
    take(case, with_place=True)
    erase_case(case=case, basis=["pipl/47"], now=monday)
    publish_due(now=monday)
    kept = Kept.objects.get()
    assert (kept.words, kept.photo, kept.place, kept.latitude) == ("", "", "", None)


def test_the_desk_pages_through_all_that_can_be_withheld(cast, moderator, monday):
    for key in range(21):
        reported(cast, monday, f"{key}")
    publish_due(now=monday)
    desk = "/take-part/office/petition-office/moderation/"
    first, second = (signed_in(moderator).get(f"{desk}?page={page}").content.decode() for page in (1, 2))
    assert [each.count("/moderation/reports/") for each in (first, second)] == [20, 1]
    assert "?page=2#reports" in first and "?page=1#reports" in second


def test_nobody_deletes_what_speaks_of_their_office(cast, moderator, monday):
    reported(cast, monday, petition_facts="市信访局的电话打了三次都没有人接。")
    publish_due(now=monday)
    with pytest.raises(ModeratesItself):
        delete(report=Report.objects.get(), reason="不实", basis="petition-regulation/30", by=moderator, now=monday)


def test_of_a_petition_that_is_erased_nothing_comes_back(cast, take, monday):
    case = answered(reported(cast, monday, photo=photograph(), petition_facts=SAID), cast, monday)
    publish_due(now=monday)
    measure = take(case)
    erase_case(case=case, basis=["pipl/47"], now=monday)
    publish_due(now=monday)
    assert Kept.objects.get().words == ""
    lift = {"measure": measure, "why": "appeal-granted", "now": monday}
    restore(by=cast.officer("petition-office/moderation"), **lift)
    assert (public(monday), Report.objects.get().words) == ([], "")


def test_the_moderator_does_all_of_it_at_the_desk(case, moderator):
    browser = signed_in(moderator)
    desk = browser.get("/take-part/office/petition-office/moderation/").content.decode()
    path = f"/take-part/office/petition-office/moderation/reports/{case.number}"
    assert path in desk and SAID in browser.get(path).content.decode()
    posted = {"do": "withhold", "rule": "privacy", "facts": "有他人电话", "found": "notice"}
    assert browser.post(path, posted | {"rule": ""}).status_code == 422
    assert browser.post(path, posted | {"until-day": "31", "until-month": "2", "until-year": "2026"}).status_code == 422
    assert not Measure.objects.exists()
    assert browser.post(path, posted).status_code == 302
    assert Measure.objects.get().found == "notice"
    assert SAID in browser.get(path).content.decode()  # the moderator still reads it
    assert browser.post(path, {"do": "restore", "why": "看错了"}).status_code == 302
    assert Report.objects.get().words == SAID


def test_the_log_asks_as_often_for_many_reports_as_for_one(cast, take, monday):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            page_of("/take-part/moderation")
            page_of("/take-part/reports")
        return len(queries)

    def withheld(key):
        case = reported(cast, monday, key)
        publish_due(now=monday)
        take(case)

    withheld("first")
    asked()
    one = asked()
    for key in "abc":
        withheld(key)
    assert asked() == one


def test_the_judge_of_an_appeal_reads_what_was_withheld(case, take, cast, monday):
    appeal = contest(measure=take(case), grounds="没有写他人的事", by=cast.lin_yue, language="zh-Hans", now=monday)
    found = contested_in(appeal)
    assert (found.text, found.rule.id, found.what) == (SAID, "privacy", case.number)
    task = appeal.tasks.get(status="open")
    page = signed_in(cast.supervisor).get(f"/desk/supervision-office/duty/tasks/{task.pk}").content.decode()
    assert SAID in page and f"/take-part/reports/{case.number}" in page


def test_the_judge_sees_the_photograph_and_the_petitioner_sees_the_look(case, take, cast, monday, settings):
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    measure = take(case, with_place=True)
    appeal = contest(measure=measure, grounds="没有写他人的事", by=cast.lin_yue, language="zh-Hans", now=monday)
    path = f"/desk/supervision-office/duty/tasks/{appeal.tasks.get(status='open').pk}"
    judge = signed_in(cast.supervisor)
    page = judge.get(path).content.decode()
    assert f"{path}/withheld.jpg" in page and "10.3, 150.4" in page
    shown = judge.get(f"{path}/withheld.jpg")
    assert b"".join(shown.streaming_content).startswith(b"\xff\xd8") and "no-store" in shown["Cache-Control"]
    (look,) = (each for each in looks_told(cast.lin_yue.person, now=monday) if each.case == case.number and each.who)
    assert [each["en"] for each in look.fields] == ["Photographs or other evidence", "What happened?"]
    assert "监督" in look.who["zh-Hans"] and look.purpose["en"] == "Deciding appeals against moderation"


def test_nobody_but_its_judge_sees_it(case, take, cast, monday):
    appeal = contest(measure=take(case), grounds="没有写他人的事", by=cast.lin_yue, language="zh-Hans", now=monday)
    task = appeal.tasks.get(status="open")
    where = {"petition-office/moderation": cast.officer("petition-office/moderation"), task.post: cast.lin_yue}
    for post, who in where.items():
        assert signed_in(who).get(f"/desk/{post}/tasks/{task.pk}/withheld.jpg").status_code == 404
    assert not any(each.who for each in looks_told(cast.lin_yue.person, now=monday) if each.case == case.number)


def test_a_step_about_nothing_that_is_withheld_has_no_photograph(case, cast):
    task = case.tasks.get(status="open")
    office, seat = task.post.split("/")
    path = f"/desk/{office}/{seat}/tasks/{task.pk}/withheld.jpg"
    assert signed_in(cast.officer(task.post)).get(path).status_code == 404
