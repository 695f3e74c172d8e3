"""A charter answers: who, where, by which law."""

from datetime import date

import pytest

from tests.charter.small import also, changed, small
from zhengtong.charter.charter import digest_of, read
from zhengtong.charter.citation import chinese
from zhengtong.charter.errors import CharterFaults, NoCompetentPost

TODAY = date(2026, 3, 2)
WEST = '- code: "990103"\n  name: {zh-Hans: 西区, en: West}\n  level: county\n  parent: "990100"\n'


@pytest.fixture(scope="module")
def charter():
    return read(small())


@pytest.fixture(scope="module")
def with_branch():
    """A second tea office in the east; there is another district, in the west, without one."""
    files = small()
    branch = files["organisations/tea-office.yaml"].replace(b"tea-office", b"tea-east").replace(b"990100", b"990102")
    branch = branch.replace(b"  - id: helper\n    title: {zh-Hans: \xe5\x8d\x8f\xe5\x8a\x9e, en: Helper}\n", b"")
    return read(files | {"organisations/tea-east.yaml": branch, "regions.yaml": files["regions.yaml"] + WEST.encode()})


def test_law_is_cited_in_both_languages(charter):
    assert charter.cite("tea-law/2") == {"zh-Hans": "《茶法》第二条", "en": "Tea Act, art. 2"}
    assert charter.cite("tea-law/12-1")["zh-Hans"] == "《茶法》第十二条之一"
    assert charter.cite("tea-law/2", "en") == {"en": "Tea Act, art. 2"}


@pytest.mark.parametrize(
    ("number", "told"),
    [
        *((1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (32, "三十二"), (100, "一百"), (101, "一百零一")),
        *((110, "一百一十"), (115, "一百一十五"), (1001, "一千零一"), (1010, "一千零一十"), (1260, "一千二百六十")),
    ],
)
def test_numbers_are_told_in_chinese(number, told):
    assert chinese(number) == told


def test_an_article_is_found_while_it_is_in_force(charter):
    assert charter.article("tea-law/12-1", date(2024, 12, 31))
    assert charter.article("tea-law/12-1", date(2025, 1, 1)) is None
    assert charter.article("tea-law/1", date(2019, 12, 31)) is None
    assert charter.article("tea-law/7") is None


def test_a_post_is_found_in_the_region_of_the_case(with_branch):
    assert with_branch.competent("tea/desk", "990102", TODAY) == "tea-east/desk"
    assert with_branch.competent("tea/desk", "990100", TODAY) == "tea-office/desk"


def test_where_there_is_none_it_is_looked_for_above(with_branch):
    assert with_branch.competent("tea/desk", "990103", TODAY) == "tea-office/desk"
    assert with_branch.competent("tea/helper", "990102", TODAY) == "tea-office/helper"


def test_the_only_one_that_there_is_serves_all():
    files = small()
    for path in ("organisations/overseer.yaml", "services/appeal/service.yaml", "services/bad-rating/service.yaml"):
        files[path] = files[path].replace(b"990100", b"990102")
    assert read(files).competent("oversight/duty", "990100", TODAY) == "overseer/duty"


def test_a_post_can_be_named_by_its_organisation(with_branch):
    assert with_branch.competent("tea-office/desk", "990102", TODAY) == "tea-office/desk"


def test_nobody_is_competent_where_no_such_post_is_in_force(charter):
    closed = read(
        changed("organisations/tea-office.yaml", "level: city", "level: city\nvalid_to: 2026-06-30"), on=TODAY
    )
    assert closed.competent("tea/desk", "990102", date(2026, 6, 30)) == "tea-office/desk"
    with pytest.raises(NoCompetentPost):
        closed.competent("tea/desk", "990102", date(2026, 7, 1))
    with pytest.raises(NoCompetentPost):
        charter.competent("fire/desk", "990102", TODAY)


def test_powers_are_those_that_the_post_and_the_list_agree_on(charter):
    assert [each.id for each in charter.powers_of("tea-office/desk", TODAY)] == ["tea-power"]
    assert charter.powers_of("tea-office/helper", TODAY) == []
    assert charter.holders("tea-power") == ["tea-office/desk"]


def test_regions_lie_within_one_another(charter):
    assert charter.regions_above("990102") == ["990102", "990100"]
    assert charter.region_within("990102", "990100")
    assert not charter.region_within("990100", "990102")


def test_its_decrees_change_the_working_days(charter):
    days = charter.working_days()
    assert not days.is_working(date(2026, 3, 4))
    assert days.is_working(date(2026, 3, 7))
    assert days.is_provisional(date(2027, 1, 4))
    assert charter.working_days() is days


def test_a_service_can_word_its_own_letters():
    own = "# Tea {{ case.number }}\n\nBody {{ decision.reasons }}\n"
    files = also("services/tea-licence/letters/granted.en.md", own)
    charter = read(files | {"services/tea-licence/letters/granted.zh-Hans.md": own.encode()})
    assert charter.letter("tea-licence", "granted", "en") == ("Tea {{ case.number }}", "Body {{ decision.reasons }}")
    assert charter.letter("sign-licence", "granted", "en")[0] == "{{ case.name }} granted"
    assert charter.letter("open-tea-house", "received", "fr")[0] == "{{ case.name }} received"
    with pytest.raises(KeyError):
        charter.letter("tea-licence", "birthday", "en")


def test_processes_rules_and_templates_are_read_once(charter):
    assert charter.process("tea-licence") is charter.process("tea-licence")
    assert charter.process("open-tea-house").nodes["tea-licence"].call.procedure == "tea-licence"
    assert charter.rules("sign-licence") is None
    assert charter.certificate_template("tea-licence").startswith(b"#sys")


def test_the_digest_names_the_law_and_nothing_beside_it():
    files = small()
    assert digest_of(files) == digest_of(
        files | {"sample/people.yaml": b"x", "scenarios/a.yaml": b"y", "README.md": b""}
    )
    assert digest_of(files) != digest_of(files | {"themes.yaml": files["themes.yaml"] + b"\n"})
    assert digest_of({"a": b"bc"}) != digest_of({"ab": b"c"})
    assert read(files).digest == digest_of(files)


def test_a_faulty_charter_is_refused_with_all_its_faults():
    with pytest.raises(CharterFaults) as refused:
        read(changed("organisations/overseer.yaml", "parent: tea-office", "parent: tee-office"))
    assert [each.code for each in refused.value.findings] == ["unknown-reference"]
    assert "organisations/overseer.yaml, line 7" in refused.value.told()["en"]
