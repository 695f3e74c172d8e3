"""A service changes without code: a file is edited and enacted; new cases follow it, running ones do not."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from tests.nodes import Elsewhere, linshui
from tests.restaurant import papers
from zhengtong.cases import acts, queries
from zhengtong.cases.errors import InvalidAnswers
from zhengtong.cases.law import charter_of
from zhengtong.charter.errors import CharterFaults, NodeIsThisOne, OtherSuite
from zhengtong.charter.models import Enactment
from zhengtong.charter.queries import in_force, in_force_at
from zhengtong.engines import merkle
from zhengtong.ledger import keys
from zhengtong.ledger.queries import verifier
from zhengtong.ledger.succession import succeed
from zhengtong.people.actor import PROGRAM

FROM = date(2026, 3, 16)
SIGN = {
    "outlet_name": "临江小馆",
    "premises_region": "990102",
    "premises_address": "青山市和平区样例路88号一层",
    "sign_position": "above-door",
    "sign_width": "8",
    "sign_height": "1.2",
}
SERVICE, RULES, FORM = (f"services/shop-sign/{name}" for name in ("service.yaml", "rules.dmn", "form.json"))
LATE_HOLIDAY = """decrees:
  - title: {zh-Hans: 市政府关于防汛停工的通知, en: Notice on the closure for the flood}
    issued_on: 2026-03-03
    closed:
      2026-03-04: {zh-Hans: 防汛停工, en: Closed for the flood}
"""


@pytest.fixture
def enact(cast, monday):
    """`enact({path: [(old, new)]}, on=…)`: a copy of the charter in force with these edits, enacted."""

    def change(edits, *, added=(), on=FROM):
        files = dict(in_force(monday.date()).charter.files) | dict(added)
        for path, pairs in edits.items():
            for old, new in pairs:
                assert old.encode() in files[path], old
                files[path] = files[path].replace(old.encode(), new.encode())
        return acts.put_in_force(files=files, on=on, by=PROGRAM, now=monday, note="试验")

    return change


@pytest.fixture
def sign(cast, monday):
    """`sign(day)`: a case about a shop sign, filed on that day."""

    def file(after=0, **changes):
        now = monday + timedelta(days=after)
        return acts.file_application(
            procedure="shop-sign",
            person=cast.lin_yue.person,
            enterprise=cast.linjiang,
            answers=SIGN | changes,
            documents=papers("sign-design", "business-licence-copy"),
            by=cast.lin_yue,
            channel="web",
            language="zh-Hans",
            request_key=f"{after}",
            now=now,
        )

    return file


def accepted(case, cast, now):
    step = case.tasks.get(status="open")
    acts.complete(task=step, output="accepted", by=cast.officer(step.post), now=now)
    case.refresh_from_db()
    return case


def test_a_deadline(enact, sign, cast, monday):
    running = accepted(sign(sign_position="facade"), cast, monday)
    before = running.due_on
    enact({SERVICE: [("promised_limit: P5WD", "promised_limit: P3WD")]})
    acts.recompute_clocks(by=PROGRAM, now=monday + timedelta(days=14))
    running.refresh_from_db()
    assert running.due_on == before == date(2026, 3, 9)
    day_before = accepted(sign(11, sign_position="facade"), cast, monday + timedelta(days=11))
    assert day_before.due_on == date(2026, 3, 20), "filed on Friday under the old law"
    new = accepted(sign(14, sign_position="facade"), cast, monday + timedelta(days=14))
    assert new.due_on == date(2026, 3, 19)


def test_a_rule(enact, sign, cast, monday):
    running = sign()
    enact({RULES: [("&lt;= 12<", "&lt;= 6<"), ("&gt; 12<", "&gt; 6<")]})
    later = monday + timedelta(days=14)
    assert accepted(running, cast, later).outcome == "granted", "9.6 m² was within the limits when it was filed"
    assert accepted(sign(14), cast, later).is_open, "now an officer examines it"


def test_a_department(enact, sign, cast, monday):
    running = accepted(sign(sign_position="facade"), cast, monday)
    office = in_force(monday.date()).charter.files["organisations/urban-management.yaml"].decode()
    district = (
        office.replace("id: urban-management", "id: heping-urban")
        .replace("level: city", "level: county")
        .replace('region: "990100"', 'region: "990102"')
        .replace("parent: city-government", "parent: urban-management")
    )
    enact({}, added={"organisations/heping-urban.yaml": district.encode()})
    assert running.post == "urban-management/signs"
    acts.recompute_clocks(by=PROGRAM, now=monday + timedelta(days=14))
    running.refresh_from_db()
    assert running.post == "urban-management/signs"
    assert accepted(sign(14, sign_position="facade"), cast, monday + timedelta(days=14)).post == "heping-urban/signs"


def test_a_question_of_the_form(enact, sign, cast, monday, settings):
    running = sign()
    form = json.loads(in_force(monday.date()).charter.files[FORM])
    form["properties"]["sign_height"]["title"] = {"zh-Hans": "招牌净高（米）", "en": "Clear height of the sign (m)"}
    form["properties"]["sign_width"]["maximum"] = 7
    enact({}, added={FORM: json.dumps(form, ensure_ascii=False).encode()})
    assert accepted(running, cast, monday + timedelta(days=14)).outcome == "granted"
    with pytest.raises(InvalidAnswers) as refusal:
        sign(14)
    assert set(refusal.value.errors) == {"sign_width"}
    told = {
        day: in_force(day).charter.form("shop-sign").questions[-1].title.in_("en") for day in (date(2026, 3, 15), FROM)
    }
    assert told[FROM] == "Clear height of the sign (m)" != told[date(2026, 3, 15)]


def test_the_old_version_stays_readable_for_ever(enact, sign, cast, monday, client: Client):
    running = sign()
    number = running.enactment.number
    second = enact({SERVICE: [("promised_limit: P5WD", "promised_limit: P3WD")]})
    old = client.get(f"/charters/{number}/{SERVICE}").content.decode()
    new = client.get(f"/charters/{second.number}/{SERVICE}").content.decode()
    assert "promised_limit: P5WD" in old
    assert "promised_limit: P3WD" in new
    assert client.get(f"/charters/{number}").status_code == 200
    assert charter_of(running).procedures["shop-sign"].promised_limit == "P5WD"


def test_a_holiday_that_is_decreed_late_moves_running_deadlines_and_the_page_says_why(
    enact, sign, cast, monday, settings
):
    running = accepted(sign(sign_position="facade"), cast, monday)
    assert running.due_on == date(2026, 3, 9)
    tomorrow = monday + timedelta(days=1)
    enact({"calendar.yaml": [("decrees: []\n", LATE_HOLIDAY)]}, on=tomorrow.date())
    running.refresh_from_db()
    assert running.due_on == date(2026, 3, 9)
    assert acts.recompute_clocks(by=PROGRAM, now=tomorrow) == 1
    running.refresh_from_db()
    assert running.due_on == date(2026, 3, 10)
    settings.ZHENGTONG_CLOCK = tomorrow.isoformat()
    browser = Client(headers={"Accept-Language": "zh-hans"})
    browser.force_login(cast.lin_yue.person.account)
    page = browser.get(f"/cases/{running.number}/why").content.decode()
    assert "防汛停工" in page
    assert queries.case_for(cast.lin_yue, running.number, now=tomorrow).promised.on == date(2026, 3, 10)


def test_a_faulty_change_is_not_enacted_and_changes_nothing(enact, sign, cast, monday):
    before = Enactment.objects.count()
    with pytest.raises(CharterFaults):
        enact({SERVICE: [("promised_limit: P5WD", "promised_limit: P50WD")]})
    assert Enactment.objects.count() == before
    assert accepted(sign(14, sign_position="facade"), cast, monday + timedelta(days=14)).due_on == date(2026, 3, 23)


def test_a_charter_that_wants_another_suite_than_the_ledgers_is_refused(enact):
    before = Enactment.objects.count()
    with pytest.raises(OtherSuite, match="sm2-sm3"):
        enact({"charter.yaml": [("crypto_suite: ed25519-sha256", "crypto_suite: sm2-sm3")]})
    assert Enactment.objects.count() == before


def test_new_law_holds_from_midnight_where_the_government_is_not_from_midnight_in_greenwich(enact):
    new = enact({SERVICE: [("id: shop-sign", "id: shop-sign")]}, on=FROM)
    last_minute_before = datetime(2026, 3, 15, 15, 59, tzinfo=UTC)  # 23:59 in Qingshan
    first_minute = datetime(2026, 3, 15, 16, 0, tzinfo=UTC)
    assert in_force_at(last_minute_before).enactment != new
    assert in_force_at(first_minute).enactment == new


def own_and_before() -> dict[str, merkle.Verifier]:
    """Every key that this node has, and one that it had."""
    before = verifier()
    succeed(before.name, 0)
    return {"the ledger's": verifier(), "one that was succeeded": before, "the witness's": keys.cosigner().verifier}


def test_a_node_that_has_this_ones_own_key_under_another_name_is_refused(enact, monday):
    enacted = Enactment.objects.count()
    for whose, own in own_and_before().items():
        renamed = str(merkle.Verifier("linshui.example/ledger", own.key, merkle.ED25519))
        with pytest.raises(NodeIsThisOne, match="linshui"):
            enact({}, added={"nodes.yaml": linshui(renamed)})
        with pytest.raises(NodeIsThisOne):
            acts.lay_charter(
                files=dict(in_force(monday.date()).charter.files) | {"nodes.yaml": linshui(renamed)},
                on=FROM,
                by=PROGRAM,
                now=monday,
            )
        assert Enactment.objects.count() == enacted, whose
    assert enact({}, added={"nodes.yaml": linshui(Elsewhere().key)}).number == enacted + 1
