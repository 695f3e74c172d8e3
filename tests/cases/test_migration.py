"""A process changes while cases run: what has a place in the new one moves, what has none stays and says why."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.restaurant import apply, do, papers, part, task
from zhengtong.cases import acts, queries
from zhengtong.cases.errors import CaseIsClosed
from zhengtong.cases.moving import on_older_law, plan
from zhengtong.charter.model import Migration
from zhengtong.charter.queries import in_force_at
from zhengtong.ledger.models import Act
from zhengtong.people.actor import PROGRAM
from zhengtong.people.errors import NoPower

SIGN = {
    "outlet_name": "临江小馆",
    "premises_region": "990102",
    "premises_address": "青山市和平区样例路88号一层",
    "sign_position": "facade",
    "sign_width": "8",
    "sign_height": "1.2",
}
SERVICE, PROCESS, RULES, MAP = (
    f"services/shop-sign/{name}" for name in ("service.yaml", "process.bpmn", "rules.dmn", "migration.yaml")
)
TO_OFFICER = 'sourceRef="rule_says" targetRef="decide"'
LOOK = """<bpmn:userTask id="look" name="现场查看"><bpmn:extensionElements>
  <zt:text lang="zh-Hans">现场查看</zt:text><zt:text lang="en">Look at the place</zt:text>
  <zt:task post="urban-management/signs" act="examine" clock="P2WD" legalBasis="qingshan-rules/10"
           outputs="look:done|not"/>
</bpmn:extensionElements></bpmn:userTask>
<bpmn:sequenceFlow id="looked" sourceRef="look" targetRef="decide"/>
<bpmn:sequenceFlow id="apply_rules" """


def renamed(step, name):
    """The edits by which a step of a process gets another id."""
    named = (" id", "sourceRef", "targetRef", *(["apart"] if step == "decide" else []))
    return [(f'{each}="{step}"', f'{each}="{name}"') for each in named]


@pytest.fixture
def enact(cast, monday):
    """`enact({path: [(old, new)]}, added={path: text})`: the charter in force with these edits, in force at once."""

    def change(edits, *, added=()):
        files = dict(in_force_at(monday).charter.files) | {path: each.encode() for path, each in dict(added).items()}
        for path, pairs in edits.items():
            for old, new in pairs:
                assert old.encode() in files[path], old
                files[path] = files[path].replace(old.encode(), new.encode())
        return acts.put_in_force(files=files, on=monday.date(), by=PROGRAM, now=monday)

    return change


@pytest.fixture
def sign(cast, monday):
    """A case about a shop sign that waits to be accepted."""
    return acts.file_application(
        procedure="shop-sign",
        person=cast.lin_yue.person,
        enterprise=cast.linjiang,
        answers=SIGN,
        documents=papers("sign-design", "business-licence-copy"),
        by=cast.lin_yue,
        channel="web",
        language="zh-Hans",
        request_key="sign",
        now=monday,
    )


@pytest.fixture
def examined(sign, cast, monday):
    """The same, accepted: an officer of the city decides."""
    do(sign, "accept", "accepted", by=cast.window, now=monday)
    sign.refresh_from_db()
    return sign


def move(case, now, *, by=PROGRAM, places=None):
    declared = Migration(legal_basis=["qingshan-rules/10"], places=places) if places is not None else None
    found = acts.migrate_case(case=case, by=by, now=now, declared=declared)
    case.refresh_from_db()
    return found


def reasons(found):
    return [code for code, _told in found.reasons]


def test_a_case_goes_through_the_step_that_was_put_in_before_it(enact, sign, cast, monday):
    new = enact(
        {PROCESS: [(TO_OFFICER, TO_OFFICER.replace("decide", "look")), ('<bpmn:sequenceFlow id="apply_rules" ', LOOK)]}
    )
    assert move(sign, monday).moves
    assert sign.enactment == new
    do(sign, "accept", "accepted", by=cast.window, now=monday)
    assert task(sign, "look").post == "urban-management/signs"
    do(sign, "look", "done", by=cast.signs, now=monday)
    do(sign, "decide", "granted", by=cast.signs, now=monday)
    sign.refresh_from_db()
    assert sign.outcome == "granted"


def test_whoever_took_the_step_up_keeps_it_with_its_clock_under_its_new_name(enact, examined, cast, monday):
    later = monday + timedelta(days=2)
    mine = acts.claim(task=task(examined, "decide"), by=cast.signs, now=later)
    enact({PROCESS: renamed("decide", "decide_sign")})
    assert move(examined, later).moves
    kept = task(examined, "decide_sign")
    assert (kept.pk, kept.key, kept.officer) == (mine.pk, "decide_sign", cast.signs.person)
    assert (kept.counts_from, kept.due_on) == (monday.date(), date(2026, 3, 9))
    do(examined, "decide_sign", "granted", by=cast.signs, now=later)
    examined.refresh_from_db()
    assert examined.outcome == "granted"


def test_the_step_and_the_timer_count_from_when_they_began_by_the_new_limit(enact, sign, monday):
    enact({PROCESS: [('act="accept" clock="P5WD"', 'act="accept" clock="P3WD"'), (">P5WD<", ">P3WD<")]})
    assert move(sign, monday + timedelta(days=1)).moves
    timer = sign.timers.get()
    assert (timer.limit, timer.counts_from, timer.ended_at) == ("P3WD", monday.date(), None)
    assert timer.fire_at.astimezone(monday.tzinfo).date() == date(2026, 3, 6)
    assert task(sign, "accept").due_on == date(2026, 3, 5)
    assert acts.fire_due(now=monday + timedelta(days=5)) == 1
    sign.refresh_from_db()
    assert sign.accepted_at == monday, "accepted by silence after three days"


def test_a_shorter_promise_holds_for_running_cases_a_longer_one_does_not(enact, examined, monday):
    assert examined.due_on == date(2026, 3, 9)
    enact({SERVICE: [("promised_limit: P5WD", "promised_limit: P4WD")]})
    assert move(examined, monday).moves
    assert examined.due_on == date(2026, 3, 6)
    enact({SERVICE: [("promised_limit: P4WD", "promised_limit: P5WD")]})
    assert reasons(move(examined, monday)) == ["decided-otherwise"]
    assert examined.due_on == date(2026, 3, 6)


def test_what_decides_the_case_stays_that_of_the_day_of_filing(enact, sign, cast, monday):
    before = sign.enactment
    enact({RULES: [("&lt;= 12<", "&lt;= 6<"), ("&gt; 12<", "&gt; 6<")]})
    found = move(sign, monday)
    assert reasons(found) == ["decided-otherwise"]
    assert "services/shop-sign/rules.dmn" in found.reasons[0][1].in_("en")
    assert sign.enactment == before
    assert not Act.objects.filter(subject=sign.number, kind="case.migrated").exists()


def test_another_office_takes_over_unless_the_step_was_handed_over(enact, examined, cast, monday):
    acts.claim(task=task(examined, "decide"), by=cast.signs, now=monday)
    files = in_force_at(monday).charter.files
    district = files["organisations/urban-management.yaml"].decode().replace("id: urban-management", "id: heping-urban")
    district = district.replace("level: city", "level: county").replace(
        "parent: city-government", "parent: urban-management"
    )
    enact({}, added={"organisations/heping-urban.yaml": district.replace('region: "990100"', 'region: "990102"')})
    assert move(examined, monday).moves
    seated = task(examined, "decide")
    assert (seated.post, seated.officer, examined.post) == ("heping-urban/signs", None, "heping-urban/signs")


def test_a_step_that_was_assigned_to_another_post_stays_there(enact, examined, cast, monday):
    acts.assign(
        task=task(examined, "decide"), to_post="urban-management/head", reason="争议", by=cast.supervisor, now=monday
    )
    enact({PROCESS: [('act="decide" clock="P5WD"', 'act="decide" clock="P4WD"')]})
    assert move(examined, monday).moves
    assert task(examined, "decide").post == "urban-management/head"


def test_a_case_that_waits_for_its_party_moves_too(enact, examined, cast, monday):
    head, held_on = cast.officer("urban-management/head"), monday + timedelta(days=14)
    acts.ask_for_hearing(case=examined, reason="请当面核对。", by=cast.lin_yue, now=monday)
    acts.arrange_hearing(task=task(examined, "hear"), at=held_on, place="二楼听证室", by=head, now=monday)
    do(examined, "hear", "held", by=head, now=held_on, findings="双方到场。")
    enact({PROCESS: [("招牌设置审查", "招牌审查")]})
    assert move(examined, held_on).moves
    assert task(examined, "read_minutes").post == "party"


def test_a_step_is_called_off_where_the_map_says_so_and_the_case_goes_on(enact, sign, monday):
    enact({PROCESS: [("招牌设置审查", "招牌审查")]})
    found = move(sign, monday, places={"accept": "to_work"})
    assert [each.in_("zh-Hans") for each in found.after] == ["核对招牌规格"]
    assert sign.tasks.get(node="accept").status == "cancelled"
    assert sign.timers.get().ended_at == monday
    assert task(sign, "decide").opened_at == monday


def test_a_map_in_the_charter_names_its_law_and_is_in_the_record(enact, examined, cast, monday):
    declared = "legal_basis: [qingshan-rules/9]\nplaces: {decide: decide_2}\n"
    reworded = ("招牌设置审查", "审查招牌")
    new = enact({PROCESS: [*renamed("decide", "decide_2"), reworded]}, added={MAP: declared})
    assert move(examined, monday).moves
    act = Act.objects.get(subject=examined.number, kind="case.migrated")
    assert act.legal_basis == ["qingshan-rules/9"]
    assert act.particulars == {"from": new.number - 1, "to": new.number, "steps": {"decide": "decide_2"}}


def test_moving_twice_has_one_effect(enact, examined, monday):
    enact({PROCESS: [("招牌设置审查", "招牌审查")]})
    for _ in range(2):
        assert move(examined, monday).moves
    assert Act.objects.filter(subject=examined.number, kind="case.migrated").count() == 1
    assert examined.tasks.filter(status="open").count() == 1


def test_a_step_that_is_gone_keeps_the_case_where_it_is(enact, examined, cast, monday):
    before = examined.state
    wording = in_force_at(monday).charter.process("shop-sign").nodes["decide"].name
    enact({PROCESS: [*renamed("decide", "other"), *[(each, f"{each}*") for each in wording.values()]]})
    assert reasons(move(examined, monday)) == ["vanished"]
    assert examined.state == before
    do(examined, "decide", "granted", by=cast.signs, now=monday)
    examined.refresh_from_db()
    assert examined.outcome == "granted", "the old version goes on"


def test_an_officer_needs_the_power_to_supervise(enact, examined, cast, monday):
    enact({PROCESS: [("招牌设置审查", "招牌审查")]})
    with pytest.raises(NoPower):
        move(examined, monday, by=cast.signs)
    assert move(examined, monday, by=cast.supervisor).moves
    assert Act.objects.get(subject=examined.number, kind="case.migrated").power == "supervision"


def test_a_closed_case_does_not_move(enact, examined, cast, monday):
    do(examined, "decide", "granted", by=cast.signs, now=monday)
    enact({PROCESS: [("招牌设置审查", "招牌审查")]})
    with pytest.raises(CaseIsClosed):
        move(examined, monday)
    assert list(on_older_law("shop-sign", now=monday)) == []


def test_the_parts_of_a_joint_case_and_the_whole_move_each_by_itself(enact, cast, monday):
    whole = apply(cast, now=monday)
    do(whole, "accept", "accepted", by=cast.window, now=monday)
    event = "life-events/open-restaurant/process.bpmn"
    fire_check = "services/fire-check/process.bpmn"
    enact({event: [('"fire_check"', '"fire"')], fire_check: [('clock="P2WD"', 'clock="P1WD"')]})
    fire = part(whole, "fire-check")
    assert move(fire, monday).moves
    assert move(whole, monday).moves
    assert {each.called_by for each in whole.parts.all()} == {"business_licence", "food_licence", "fire", "shop_sign"}
    assert part(whole, "food-licence").enactment != whole.enactment
    for each in whole.parts.exclude(status="closed"):
        acts.withdraw(case=each, by=cast.lin_yue, reason="", now=monday)
    whole.refresh_from_db()
    assert whole.status == "closed"


def test_the_history_knows_the_posts_of_the_earlier_charter(enact, examined, cast, monday):
    enact({PROCESS: [("招牌设置审查", "招牌审查")]})
    move(examined, monday)
    browser = Client(headers={"Accept-Language": "en"})
    browser.force_login(cast.lin_yue.person.account)
    page = browser.get(f"/cases/{examined.number}").content.decode()
    assert "Moved to a new version of the process" in page
    assert queries.case_for(cast.lin_yue, examined.number, now=monday).tasks[0].node == "decide"


def test_the_command_says_first_and_then_does(enact, examined, settings, monday, capsys):
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    enact({PROCESS: [("招牌设置审查", "招牌审查")]})
    call_command("process", "--language", "en", "migrate", "--service", "shop-sign", "--dry-run")
    told = capsys.readouterr().out
    assert f"{examined.number} " in told and "Would move: 1; would stay: 0. Nothing was changed." in told
    examined.refresh_from_db()
    assert plan(examined, now=monday).moves and examined.enactment.number == 1
    call_command("process", "migrate", "--service", "shop-sign")
    assert "1 件转入新流程，0 件留在原流程。" in capsys.readouterr().out
    examined.refresh_from_db()
    assert examined.enactment.number == 2


def test_the_command_tells_why_a_case_stays_and_what_is_wrong_with_a_map(enact, examined, monday, tmp_path, capsys):
    enact({PROCESS: [("招牌设置审查", "招牌审查")]})
    written = tmp_path / "map.yaml"
    written.write_text("legal_basis: [qingshan-rules/9]\nplaces: {decide: nowhere}\n")
    call_command("process", "--language", "en", "migrate", "--service", "shop-sign", "--map", str(written))
    assert "stays under charter no. 1: [no-such-place]" in capsys.readouterr().out
    written.write_text("places: []\n")
    with pytest.raises(CommandError, match=r"map\.yaml"):
        call_command("process", "--language", "en", "migrate", "--service", "shop-sign", "--map", str(written))
    with pytest.raises(CommandError, match="There is no procedure"):
        call_command("process", "--language", "en", "migrate", "--service", "nothing")
