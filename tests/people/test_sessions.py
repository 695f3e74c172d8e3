"""PostgreSQL keeps an office to its own cases, even where a query forgets to ask whose they are."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection

from tests.cast import signed_in
from tests.restaurant import apply, do, part, task
from tests.rounds import Rounds
from zhengtong.agora.acts import contest, contribute, hide, lift_what_ended
from zhengtong.agora.moderation.statements import contested_in
from zhengtong.cases import acts
from zhengtong.cases.models import Case, Decision, Document, Interest, Letter, Task
from zhengtong.cases.restricting import restrict_cases
from zhengtong.charter.queries import in_force
from zhengtong.common.session import PARTY, Session, session_of, unbound
from zhengtong.people.permissions import session_in

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="row-level security needs PostgreSQL")


@pytest.fixture(autouse=True)
def ordinary_role(db) -> Iterator[None]:
    """The tests sign in to PostgreSQL as a superuser, whom no policy binds; so they become somebody who is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'zhengtong_ordinary'")
        if cursor.fetchone() is None:
            cursor.execute("CREATE ROLE zhengtong_ordinary")
        cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO zhengtong_ordinary")
        cursor.execute("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO zhengtong_ordinary")
        cursor.execute("SET ROLE zhengtong_ordinary")
    yield
    if not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


@pytest.fixture
def joint(cast, monday) -> Case:
    case = apply(cast, now=monday)
    do(case, "accept", "accepted", by=cast.window, now=monday)
    return case


OPEN = {  # no office is kept from these
    "cases.Draft",  # a clerk at a counter writes it for a party
    "cases.Involvement",  # what the policies themselves read
    "openness.Published",  # what everybody reads
}


def session(post: str, monday) -> Session:
    return session_in(in_force(monday.date()).charter, post, on=monday.date())


@pytest.mark.parametrize(
    "post", ["civil-affairs/benefits", "justice-bureau/reconsideration", "yunling-services/window"]
)
def test_a_query_that_forgets_to_filter_finds_nothing_of_other_offices(joint, monday, post):
    with session_of(session(post, monday)):
        for model in (Case, Task, Document, Letter):
            assert not model.objects.exists(), model


def test_each_table_of_what_belongs_to_a_case_is_kept_to_its_offices_or_known_as_open():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_policies")
        kept = {table for (table,) in cursor.fetchall()}
    assert "cases_case" in kept
    beside = {
        model._meta.label
        for room in ("cases", "openness")
        for model in apps.get_app_config(room).get_models()
        if model._meta.db_table not in kept
        and any(field.is_relation and field.related_model._meta.db_table in kept for field in model._meta.fields)
    }
    assert beside == OPEN


def test_nor_does_it_change_or_delete_them(joint, monday):
    with session_of(session("civil-affairs/benefits", monday)):
        assert Task.objects.update(post="civil-affairs/benefits") == 0
        assert Letter.objects.all().delete()[0] == 0


def test_an_office_has_its_own_part_and_the_whole_that_it_belongs_to(joint, monday):
    with session_of(session("fire-brigade/inspection", monday)):
        assert set(Case.objects.filter(parent=None)) == {joint}
        assert part(joint, "fire-check").tasks.exists()
        assert Document.objects.filter(case=joint).exists()


def test_an_offer_brings_the_case_within_reach_and_an_appeal_the_case_that_it_is_about(joint, cast, monday):
    food, elsewhere = part(joint, "food-licence"), session("civil-affairs/benefits", monday)
    with session_of(elsewhere):
        assert not Case.objects.filter(pk=food.pk).exists()
    acts.hand_over(
        task=task(food, "examine"), to_post="civil-affairs/benefits", reason="试", by=cast.licensing, now=monday
    )
    with session_of(elsewhere):
        assert Case.objects.filter(pk=food.pk).exists()


def test_the_program_knows_whether_its_role_is_bound():
    assert not unbound()
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    assert unbound()


def test_a_session_of_nobody_sees_nothing_and_that_of_a_party_is_not_narrowed(joint):
    with session_of(Session("")):
        assert not Case.objects.exists()
    with session_of(PARTY):
        assert Case.objects.exists()


def test_officers_of_all_departments_work_the_joint_case_to_its_end_in_their_own_sessions(
    joint, cast, monday, settings
):
    """Each act through the pages, whose sessions are narrow; what follows from an act reaches every department."""
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    ends = {"examine": "satisfied", "decide": "granted", "inspect": "passed"}
    for _ in range(12):
        waiting = Task.objects.filter(case__parent=joint, status="open").exclude(post="party")
        for each in waiting:
            officer = cast.officer(each.post)
            client = signed_in(officer)
            outputs = acts.handling.outputs_of(
                in_force(monday.date()).charter.process(each.case.procedure).nodes[each.node]
            )[1]
            wanted = next(output for output in (*ends.values(), *outputs) if output in outputs)
            answer = client.post(f"/desk/{each.post}/tasks/{each.pk}/complete", {"output": wanted})
            assert answer.status_code in (302, 409), answer.content.decode()
    joint.refresh_from_db()
    assert part(joint, "food-licence").outcome == "granted"
    assert Decision.objects.filter(case__parent=joint).count() >= 3


def test_who_judges_a_measure_in_place_of_another_office_reads_it_though_the_round_is_beyond_reach(cast, monday):
    rounds, judge = Rounds(cast, monday), "civil-affairs/head"
    round_ = rounds.consultation()
    said = {"said": "监督办不作为", "request_key": "k", "voice": rounds.voice(round_, cast.lin_yue)}
    contribute(round_=round_, phase="comment", now=monday, **said)
    measure = hide(round_=round_, number=1, rule="insult", facts="侮辱", by=rounds.moderator, now=monday)
    with session_of(PARTY):
        appeal = contest(measure=measure, grounds="是批评，不是侮辱", by=cast.lin_yue, language="en", now=monday)
    with session_of(session(judge, monday)):
        appeal = Case.objects.get(pk=appeal.pk)
        assert not Case.objects.filter(pk=round_.case.pk).exists()
        assert contested_in(appeal).contribution.text == "监督办不作为"
        acts.complete(task=appeal.tasks.get(), output="granted", reasons="是批评", by=cast.officer(judge), now=monday)
    assert lift_what_ended(now=monday) == 1


def test_what_a_person_asked_for_reaches_their_cases_in_every_office(cast, monday):
    over = acts.file_application(
        procedure="residence-certificate", person=cast.chen_xiaoyu.person, answers={}, by=cast.chen_xiaoyu,
        channel="web", language="zh-Hans", request_key="one", now=monday,
    )  # fmt: skip
    with session_of(session("civil-affairs/benefits", monday)):
        assert not Case.objects.filter(pk=over.pk).exists(), "it is beyond the reach of that office"
        assert restrict_cases(cast.chen_xiaoyu.person, basis=["pipl/47"], now=monday) == 1
    over.refresh_from_db()
    assert over.restricted_at == monday


def test_who_else_was_told_of_a_case_is_for_the_offices_that_have_it(cast, monday):
    whole = apply(cast, now=monday, sign_position="roof", sign_width="4", sign_height="3.5")
    do(whole, "accept", "accepted", by=cast.window, now=monday)
    sign = part(whole, "shop-sign")
    with session_of(session(cast.signs.post, monday)):
        acts.tell_interested(
            task=task(sign, "decide"), id_number=cast.chen_xiaoyu.person.id_number, what="招牌在窗户上方",
            by=cast.signs, now=monday,
        )  # fmt: skip
        assert Interest.objects.count() == 1
    with session_of(session("civil-affairs/benefits", monday)):
        assert not Interest.objects.exists()
    with session_of(PARTY):
        acts.ask_for_hearing(case=sign, reason="灯光扰民", by=cast.chen_xiaoyu, now=monday)
