"""Personal data leaves a register through one door, for a purpose, and the look is kept."""

import pytest

from zhengtong.cases import registers
from zhengtong.cases.errors import NoSuchCase
from zhengtong.charter.queries import in_force_at
from zhengtong.ledger.models import Act
from zhengtong.people.actor import Actor
from zhengtong.people.errors import NotTheHolder
from zhengtong.registry.acts import OWN_FORM, look_up
from zhengtong.registry.errors import NoAgreement, NoRecord
from zhengtong.registry.models import Look

OLD_AGE = "population-old-age"


@pytest.fixture
def benefits(cast):
    return cast.officer("civil-affairs/benefits")


@pytest.fixture
def look(cast, monday):
    """Look one record up; what differs is said."""

    def _look(by: Actor, **changes):
        given = {
            "register": "population",
            "key": cast.wang_defu.person.id_number,
            "fields": ["name", "birth_on"],
            "purpose": OLD_AGE,
        } | changes
        return look_up(charter=in_force_at(monday).charter, by=by, now=monday, on=monday.date(), **given)

    return _look


def test_an_office_reads_what_its_agreement_names(look, benefits, cast):
    found = look(benefits)
    assert found.values == {"name": "王德福", "birth_on": "1944-03-16"}
    assert found.agreement.id == OLD_AGE
    kept = Look.objects.latest("pk")
    assert (kept.about, kept.post, kept.by) == (cast.wang_defu.person.id_index, benefits.post, benefits.person)
    assert kept.fields == ["birth_on", "name"]


@pytest.mark.parametrize(
    "changes",
    [
        {"fields": ["name", "household_number"]},  # a field beyond the agreement
        {"purpose": "population-identity-market"},  # another office's agreement
        {"purpose": "because"},  # no agreement at all
        {"register": "premises", "purpose": OLD_AGE},  # an agreement of another register
    ],
)
def test_out_of_scope_is_refused_and_nothing_is_read(look, benefits, changes):
    before = Look.objects.count()
    with pytest.raises(NoAgreement):
        look(benefits, **changes)
    assert Look.objects.count() == before


def test_the_purpose_of_one_s_own_form_opens_nobody_else_s_record(look, cast):
    assert look(cast.wang_defu, purpose=OWN_FORM).values["name"] == "王德福"
    with pytest.raises(NoAgreement):
        look(cast.lin_yue, purpose=OWN_FORM)


def test_a_number_that_is_not_there_leaves_no_look(look, benefits):
    with pytest.raises(NoRecord):
        look(benefits, key="990102198804120240")
    assert not Look.objects.filter(by=benefits.person).exists()


def test_an_officer_s_look_is_in_the_ledger_with_a_counter_of_the_person(look, benefits, cast):
    look(benefits)
    look(benefits)
    acts = Act.objects.filter(subject=f"looks:{cast.wang_defu.person.id_index}").order_by("pk")
    told = [(act.position, act.kind) for act in acts]
    assert told == [(n + 1, ("register.looked", "register.look.flagged")[n % 2]) for n in range(4)]
    assert acts[0].legal_basis == ["elderly-law/33", "pipl/34"]


def test_a_case_that_the_post_does_not_reach_is_no_reason_to_look(benefits, cast, monday):
    with pytest.raises(NoSuchCase):
        registers.read(
            agreement=OLD_AGE, key=cast.wang_defu.person.id_number, case="QI-2026-AAAA", by=benefits, now=monday
        )


def test_who_does_not_hold_the_post_reads_nothing(cast, monday):
    pretender = Actor(cast.lin_yue.person, "civil-affairs/benefits")
    with pytest.raises(NotTheHolder):
        registers.read(agreement=OLD_AGE, key=cast.wang_defu.person.id_number, case="", by=pretender, now=monday)
