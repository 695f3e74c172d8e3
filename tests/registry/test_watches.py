"""The charter's rules show certain looks to the supervisor, who settles them, with reasons."""

from datetime import timedelta

import pytest
from django.utils.html import escape

from tests.cast import signed_in
from tests.restaurant import apply, do, part
from zhengtong.cases import queries, registers
from zhengtong.cases.queries.flags import flags_told
from zhengtong.charter.queries import in_force_at
from zhengtong.ledger.models import Act
from zhengtong.people.errors import NoPower
from zhengtong.registry.acts import keep, note_look
from zhengtong.registry.errors import FlagReasonMissing, NoSuchFlag, OwnLook
from zhengtong.registry.flags import explain, settle
from zhengtong.registry.models import Flag, Look

NUMBERS = {"sun-wei": "990103198201300481", "lin-qiang": "990102198511030118"}


@pytest.fixture
def charter(cast, monday):
    return in_force_at(monday).charter


@pytest.fixture
def registration(cast):
    """Jiang Lan, whose former husband is Lin Qiang."""
    return cast.registration


@pytest.fixture
def look(registration, monday):
    def _look(number: str, by=registration, case: str = "", now=monday):
        registers.read(agreement="population-identity-market", key=number, case=case, by=by, now=now)
        return {each.watch for each in Flag.objects.filter(look=Look.objects.latest("pk"))}

    return _look


def test_a_look_without_an_open_case_is_flagged(look, cast):
    assert look(cast.chen_xiaoyu.person.id_number) == {"no-open-case"}


def test_a_look_for_an_open_case_is_not_unless_it_is_somebody_else_s(look, cast, monday):
    joint = apply(cast, now=monday)
    do(joint, "accept", "accepted", by=cast.window, now=monday)
    number = part(joint, "food-licence").number
    assert look(cast.lin_yue.person.id_number, by=cast.licensing, case=number) == set()
    assert look(cast.chen_xiaoyu.person.id_number, by=cast.licensing, case=number) == {"no-open-case"}


def test_a_former_spouse_is_flagged_from_either_side(look, charter, registration, cast, monday):
    assert "former-spouse" in look(NUMBERS["lin-qiang"])
    fields = {"id_number": registration.person.id_number, "name": "蒋岚", "former_spouse_id": NUMBERS["sun-wei"]}
    keep(charter=charter, register="population", fields=fields, now=monday)
    assert "former-spouse" in look(NUMBERS["sun-wei"])


def test_a_spouse_is_flagged(look, charter, registration, cast, monday):
    fields = {"id_number": registration.person.id_number, "name": "蒋岚", "spouse_id": NUMBERS["sun-wei"]}
    keep(charter=charter, register="population", fields=fields, now=monday)
    assert "spouse" in look(NUMBERS["sun-wei"])
    assert "spouse" not in look(cast.chen_xiaoyu.person.id_number)


def test_the_supervisor_is_shown_each_by_its_rule(look, charter, registration, cast, settings, monday):
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    fields = {
        "id_number": registration.person.id_number,
        "name": "蒋岚",
        "spouse_id": NUMBERS["sun-wei"],
        "household_number": "99010201001",
    }
    keep(charter=charter, register="population", fields=fields, now=monday)
    look(NUMBERS["sun-wei"])
    look(cast.lin_yue.person.id_number)
    shown = signed_in(cast.supervisor).get(f"/oversight/{cast.supervisor.post}/looks").content.decode()
    for watch in ("no-open-case", "own-household", "spouse", "public-figure"):
        name = next(each.name for each in charter.privacy.watches if each.id == watch)
        assert str(escape(name["zh-Hans"])) in shown or str(escape(name["en"])) in shown, watch


def test_a_public_figure_is_flagged(look):
    assert "public-figure" in look(NUMBERS["sun-wei"])


def test_somebody_of_the_same_household_is_flagged_and_oneself_is_not(look, charter, registration, cast, monday):
    own = {"id_number": registration.person.id_number, "name": "蒋岚", "household_number": "99010201001"}
    keep(charter=charter, register="population", fields=own, now=monday)
    assert "own-household" in look(cast.lin_yue.person.id_number)
    assert "own-household" not in look(registration.person.id_number)


def test_many_people_within_an_hour_are_flagged_once(charter, cast, monday):
    rule = next(each for each in charter.privacy.watches if each.kind == "bulk")

    def see(index: int, minutes: int) -> None:
        note_look(
            charter=charter,
            about=f"{index:032d}",
            fields=["name"],
            power="",
            by=cast.registration,
            case=f"case-{index}",
            case_open=True,
            now=monday + timedelta(minutes=minutes),
        )

    for index in range(rule.people):
        see(index, 0)
    assert not Flag.objects.exists()
    see(90, 1)
    see(91, 2)
    assert [each.watch for each in Flag.objects.all()] == [rule.id]
    see(92, 200)  # hours later it begins anew
    assert Flag.objects.count() == 1


def test_an_officer_who_opens_a_case_is_a_looker_once_a_sitting(cast, monday):
    case = apply(cast, now=monday)
    for minutes in (0, 3, 9):
        queries.case_for(cast.window, case.number, now=monday + timedelta(minutes=minutes))
    kept = Look.objects.filter(case=case.number, post=cast.window.post)
    assert kept.count() == 1
    assert "food_safety_manager" in kept[0].fields
    assert kept[0].about == cast.lin_yue.person.id_index
    queries.case_for(cast.window, case.number, now=monday + timedelta(hours=1))
    assert kept.count() == 2


def test_a_party_who_sees_their_own_case_is_no_looker(cast, monday):
    case = apply(cast, now=monday)
    queries.case_for(cast.lin_yue, case.number, now=monday)
    assert not Look.objects.filter(case=case.number).exists()


class TestSettling:
    @pytest.fixture
    def flag(self, look, cast):
        look(cast.chen_xiaoyu.person.id_number)
        return Flag.objects.get()

    def settle(self, charter, flag, by, monday, reasons="查明属实"):
        return settle(
            charter=charter, flag_id=flag.pk, cleared=False, reasons=reasons, by=by, now=monday, on=monday.date()
        )

    def test_whoever_looked_explains_and_the_supervisor_refers(self, charter, flag, registration, cast, monday):
        explain(charter=charter, flag_id=flag.pk, explanation="同名核对", by=registration, now=monday, on=monday.date())
        assert flags_told(now=monday)[0].flag.explanation == "同名核对"
        settled = self.settle(charter, flag, cast.supervisor, monday)
        assert settled.state == "referred"
        kinds = Act.objects.filter(kind__startswith="register.look").order_by("pk").values_list("kind", flat=True)
        assert list(kinds)[-4:] == [
            "register.looked",
            "register.look.flagged",
            "register.look.explained",
            "register.look.settled",
        ]

    def test_nobody_else_explains_it(self, charter, flag, cast, monday):
        with pytest.raises(NoSuchFlag):
            explain(charter=charter, flag_id=flag.pk, explanation="x", by=cast.licensing, now=monday, on=monday.date())

    def test_only_a_supervisor_settles_it_and_gives_reasons(self, charter, flag, cast, monday):
        with pytest.raises(NoPower):
            self.settle(charter, flag, cast.licensing, monday)
        with pytest.raises(FlagReasonMissing):
            self.settle(charter, flag, cast.supervisor, monday, reasons=" ")
        flag.refresh_from_db()
        assert flag.state == "open"

    def test_it_is_settled_once(self, charter, flag, cast, monday):
        self.settle(charter, flag, cast.supervisor, monday)
        with pytest.raises(NoSuchFlag):
            self.settle(charter, flag, cast.supervisor, monday)

    def test_nobody_settles_a_look_of_their_own(self, charter, cast, monday):
        note_look(
            charter=charter,
            about="0" * 32,
            fields=["name"],
            power="",
            by=cast.supervisor,
            case="",
            case_open=False,
            now=monday,
        )
        with pytest.raises(OwnLook):
            self.settle(charter, Flag.objects.get(), cast.supervisor, monday)
