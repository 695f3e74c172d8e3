"""What has run its time is erased, wherever it lies; proofs stay whole, and no backup brings it back."""

import io
import logging
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from tests.restaurant import apply, do
from tests.vault.search import can_be_read, lies_in_clear
from zhengtong.cases import acts, documents, queries
from zhengtong.cases.acts import end_retention, erase_again
from zhengtong.cases.errors import CaseErased
from zhengtong.cases.models import Case, Document, Draft, Sweep
from zhengtong.cases.queries.held import held
from zhengtong.charter.queries import in_force_at
from zhengtong.connectors.mail.outbox import forget_erased
from zhengtong.connectors.mail.send import send_due
from zhengtong.ledger.acts import sequence
from zhengtong.ledger.models import Act
from zhengtong.ledger.verify import verify
from zhengtong.people import motions
from zhengtong.people.actor import Actor
from zhengtong.people.models import Account, Motion, Person
from zhengtong.people.sign_in.erasing import erase_person
from zhengtong.people.sign_in.models import Event
from zhengtong.registry.acts import keep
from zhengtong.registry.corrections import confirm_correction, propose_correction
from zhengtong.registry.models import Flag, Look, Record
from zhengtong.vault import erasures, ring
from zhengtong.vault.models import Key

NAME, PHONE, ADDRESS = "诸葛静姝", "13900008765", "青石巷七十七号院"
NUMBER = "990102199109170360"
WORDS = [NAME, PHONE, ADDRESS, NUMBER]


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "var/files"}}
    settings.STORAGES = settings.STORAGES | {"default": files}


@pytest.fixture
def jing(cast, monday) -> Person:
    """Zhuge Jingshu, of whom nobody else in the city shares a word."""
    theirs = Record.objects.get(register="population", key=cast.chen_xiaoyu.person.id_index).fields
    charter = in_force_at(monday).charter
    own = {"id_number": NUMBER, "name": NAME}
    fields = theirs | own | {name: ADDRESS for name in theirs if "address" in name}
    keep(charter=charter, register="population", fields=fields, now=monday)
    person = Person.objects.create(id_number=NUMBER, name=NAME, phone=PHONE, email="jing@qingshan.example")
    Account.objects.create_user(username="jing", password="a long enough one", person=person)
    return person


@pytest.fixture
def case(jing, cast, monday) -> Case:
    """A certificate that was granted, a paper of hers, letters that went out, a look of an officer."""
    filed = acts.file_application(
        procedure="residence-certificate",
        person=jing,
        answers={},
        by=Actor(jing),
        channel="web",
        language="zh-Hans",
        request_key="one",
        now=monday,
    )
    body = f"{NAME} {NUMBER} {PHONE} {ADDRESS}".encode()
    Document.objects.create(
        case=filed, material="lease", name=f"{NAME}.pdf", media_type="application/pdf", size=len(body), sha256="0",
        path=documents.store(body, filed.number), scan="clean", uploaded_by=jing, uploaded_at=monday,
    )  # fmt: skip
    queries.case_for(cast.officer("supervision-office/duty"), filed.number, now=monday)
    send_due(now=monday)
    return filed


def asked_to_erase(jing, monday) -> Case:
    return acts.file_application(
        procedure="erase-my-data",
        person=jing,
        answers={"erase_why": "请删除我的全部个人信息"},
        by=Actor(jing),
        channel="web",
        language="zh-Hans",
        request_key="erase",
        now=monday,
    )


def years_later(monday, years=12):
    return monday + timedelta(days=366 * years)


def erased(now) -> None:
    """As the worker does it, round by round, until the day is done."""
    for _round in range(50):
        if not end_retention(now=now):
            return
    raise AssertionError("it never ends")


def gone(monday):
    """The case in its time, the person two years after it, the record twenty years after the death; the moment then."""
    erased(years_later(monday))
    erased(years_later(monday, 15))
    erased(years_later(monday, 21))
    return years_later(monday, 21)


@pytest.fixture
def corrections(jing, cast, monday) -> list[Motion]:
    """What was proposed of her record: one confirmed, one rejected, and her death, reported after the case."""
    clerk, chief = cast.officer("public-security/household"), cast.officer("public-security/head")
    charter = in_force_at(monday).charter

    def proposed(field, value):
        of = {"register": "population", "key": NUMBER, "field": field, "value": value}
        return propose_correction(**of, reason=f"{NAME}来电{PHONE}", by=clerk, now=monday)

    moved, refused = proposed("residence_address", f"{ADDRESS}二楼"), proposed("household_head", NAME + "之父")
    motions.reject(motion=refused, charter=charter, answer=f"{NAME}未提交证明", by=chief, now=monday)
    died = proposed("deceased_on", monday.date().isoformat())
    for each in (moved, died):
        confirm_correction(motion=each, by=chief, now=monday)
    return [moved, refused, died]


def sequenced(now) -> None:
    while sequence(now):
        pass


def test_the_search_finds_what_lies_in_clear(cast, jing):
    from zhengtong.people.models import Enterprise

    assert lies_in_clear([PHONE]) == set()
    Enterprise.objects.filter(pk=cast.linjiang.pk).update(name=f"{PHONE} {ADDRESS}")
    assert lies_in_clear([PHONE, ADDRESS]) == {PHONE, ADDRESS}


def test_everything_of_a_person_ends_and_the_record_stays_whole(
    case, corrections, jing, cast, monday, caplog, mailoutbox
):
    caplog.set_level(logging.DEBUG)
    sequenced(monday)
    assert can_be_read(WORDS) == set(WORDS)
    wrapped = bytes(Key.objects.get(pk=ring.id_of(case.number)).wrapped)
    later = gone(monday)
    assert can_be_read(WORDS) == set()
    assert lies_in_clear([*WORDS, "jing@qingshan"]) == set()
    assert not any(word in caplog.text for word in WORDS)
    if connection.vendor == "sqlite":
        assert wrapped not in connection.connection.serialize()
    sequenced(later)
    assert [fault.told["en"] for fault in verify().faults] == []
    call_command("ledger", "verify", stdout=io.StringIO())


def test_letters_that_were_written_into_a_folder_go_too(case, settings, tmp_path, monday):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "var/mail"
    case.letters.update(sent_at=None, next_try_at=monday)
    send_due(now=monday)
    written = list(settings.EMAIL_FILE_PATH.iterdir())
    assert written and forget_erased(now=monday) == 0
    (settings.EMAIL_FILE_PATH / "another.log").write_text("Message-ID: <letter-1-QI-OTHER@zhengtong>\n")
    erased(years_later(monday))
    assert forget_erased(now=monday) == len(written)
    assert [each.name for each in settings.EMAIL_FILE_PATH.iterdir()] == ["another.log"]
    assert forget_erased(now=monday) == 0


def test_files_accounts_and_sign_ins_go_and_rows_stay(case, jing, settings, monday):
    account = jing.account
    Event.objects.create(account=account, kind="signed-in", at=monday, address="203.0.113.7", device="Firefox")
    gone(monday)
    jing.refresh_from_db()
    account.refresh_from_db()
    assert (jing.id_index, account.is_active, "jing" in account.username) == (None, False, False)
    assert not Event.objects.filter(address="203.0.113.7").exists()
    case.refresh_from_db()
    assert case.erased_at and case.outcome and case.facts == {}
    assert set(case.documents.values_list("path", flat=True)) == {""}
    kinds = list(Act.objects.filter(subject=case.number).order_by("position").values_list("kind", flat=True))
    assert kinds[0] == "case.filed" and kinds[-1] == "case.retention.ended"


def test_who_comes_back_to_an_erased_case_is_told_when_and_why(case, jing, monday):
    erased(years_later(monday))
    with pytest.raises(CaseErased) as told:
        queries.case_for(Actor(jing), case.number, now=years_later(monday))
    assert "2038" in told.value.told()["en"]


class TestTheSchedule:
    def test_nothing_is_erased_before_its_time(self, case, jing, monday):
        erased(monday + timedelta(days=300))
        assert can_be_read(WORDS) == set(WORDS)

    def test_a_case_that_is_contested_is_kept(self, case, cast, monday):
        Case.objects.filter(pk=apply(cast, now=monday).pk).update(about=case)  # it stands in for an appeal
        erased(years_later(monday))
        case.refresh_from_db()
        assert case.erased_at is None

    def test_a_certificate_that_is_good_keeps_its_case(self, case, monday):
        case.certificates.update(valid_to=None)
        erased(years_later(monday, 40))
        case.refresh_from_db()
        assert case.erased_at is None

    def test_a_draft_goes_after_its_days_with_its_papers(self, jing, monday):
        draft = acts.start_draft(
            person=jing, procedure="look-question", answers={"look_why": f"{NAME}想知道"}, now=monday
        )
        erased(monday + timedelta(days=89))
        assert Draft.objects.filter(pk=draft.pk).exists()
        erased(monday + timedelta(days=92))
        assert not Draft.objects.filter(pk=draft.pk).exists()
        assert ring.is_destroyed(draft.sealed_for)

    def test_looks_go_after_theirs_and_what_the_ledger_told_of_them(self, case, cast, monday):
        assert Look.objects.filter(case=case.number).exists()
        Flag.objects.update(state="cleared", settled_at=monday)  # what the supervisor has not settled waits
        erased(years_later(monday))
        sequenced(years_later(monday))
        assert not Look.objects.exists()
        looked = Act.objects.filter(kind="register.looked")
        assert looked.exists() and all(each.particulars is None for each in looked)
        assert verify().sound

    def test_whoever_came_back_or_holds_a_post_stays(self, case, jing, cast, monday):
        Account.objects.filter(person=jing).update(last_login=years_later(monday, 14))
        erased(years_later(monday))
        erased(years_later(monday, 15))
        assert Person.objects.get(pk=jing.pk).name == NAME
        assert Person.objects.get(pk=cast.licensing.person.pk).id_index

    def test_a_day_is_searched_once(self, case, monday, django_assert_num_queries):
        erased(monday)
        assert Sweep.objects.get().on == monday.date()
        with django_assert_num_queries(2):
            assert end_retention(now=monday + timedelta(hours=2)) == 0


class TestRecordsOfARegister:
    """Their schedule is the register's own, from a day in them (see charters/qingshan/registers)."""

    @staticmethod
    def record(number=NUMBER):
        return Record.objects.get(register="population", key=ring.blind("person", number))

    def test_it_is_kept_while_the_person_lives_and_its_time_after(self, jing, corrections, cast, monday):
        lives = self.record(cast.wang_defu.person.id_number)
        erased(monday + timedelta(days=366 * 19))
        assert self.record().fields["name"] == NAME
        erased(years_later(monday, 21))
        assert not Record.objects.filter(key=ring.blind("person", NUMBER)).exists()
        lives.refresh_from_db()
        assert lives.fields["name"] == "王德福" and lives.erased_at is None

    def test_what_was_proposed_of_it_goes_with_it_and_with_the_person(self, jing, corrections, monday):
        erase_person(person=jing, basis=["pipl/47"], now=monday)
        assert all(ring.is_destroyed(each.sealed_for) for each in corrections)
        assert self.record().fields["name"] == NAME, "the register is kept by its own law"

    def test_and_with_the_record_where_the_person_was_never_here(self, corrections, monday):
        Motion.objects.update(concerns=None)
        erased(years_later(monday, 21))
        assert all(ring.is_destroyed(each.sealed_for) for each in corrections)

    def test_what_still_waits_for_a_second_officer_can_no_longer_be_confirmed(self, jing, corrections, monday):
        waiting = corrections[0]
        Motion.objects.filter(pk=waiting.pk).update(
            status="open", answered_at=None, answered_by=None, carried_out_at=None
        )
        erase_person(person=jing, basis=["pipl/47"], now=monday)
        assert not Motion.objects.filter(status="open", expires_at__gt=monday).exists()

    def test_not_while_a_case_runs_whose_party_it_is_about(self, case, corrections, jing, monday):
        asked_to_erase(jing, monday)  # and nobody answers
        erased(years_later(monday, 21))
        assert self.record().erased_at is None

    def test_what_a_law_forbids_to_erase_stays(self, cast, monday):
        before = Record.objects.filter(register="premises", erased_at=None).count()
        erased(years_later(monday, 100))
        assert before and Record.objects.filter(register="premises", erased_at=None).count() == before

    def test_a_schedule_that_comes_later_reads_the_records_again(self, corrections, monday):
        Record.objects.update(ended_by="", ended_on=None)
        erased(years_later(monday, 21))
        assert not Record.objects.filter(key=ring.blind("person", NUMBER)).exists()

    def test_the_erasing_is_an_act_and_the_row_stays_under_no_number(self, corrections, monday):
        kept = self.record()
        erased(years_later(monday, 21))
        kept.refresh_from_db()
        assert (kept.key, kept.ended_on, kept.fields) == (kept.sealed_for, None, {})
        ended = Act.objects.get(kind="register.record.ended", subject=kept.sealed_for)
        assert "qingshan-data-rules/9" in ended.legal_basis

    def test_the_person_reads_how_long_it_is_kept(self, jing, monday):
        def told():
            [registers] = [each for each in held(jing, now=monday) if each.id == "registers"]
            return {row.name: (row.value, row.told and row.told["en"]) for row in registers.items[0].rows}

        assert told()["kept_until"] == ("", "counted from “Date of death” on")
        assert "Qingshan Data Rules" in told()["kept_basis"][1]
        fields = self.record().fields | {"deceased_on": "2026-03-01"}
        keep(charter=in_force_at(monday).charter, register="population", fields=fields, now=monday)
        assert told()["kept_until"] == ("2046-03-01", None)


class TestAtRequest:
    @pytest.fixture
    def request_(self, case, jing, monday) -> Case:
        acts.start_draft(person=jing, procedure="look-question", answers={"look_why": f"{NAME}想知道"}, now=monday)
        return asked_to_erase(jing, monday)

    def answer(self, request_, cast, output, now):
        do(request_, "find_out", "completed", by=cast.supervisor, now=now)
        told = {"reasons": "保存期限未满的不予删除", "basis": ["pipl/47"]}
        do(request_, "answer", output, by=cast.supervisor, now=now, **told)
        request_.refresh_from_db()

    def test_drafts_go_at_once_and_what_the_law_keeps_stays(self, request_, case, jing, cast, monday):
        self.answer(request_, cast, "erased", monday)
        assert request_.outcome == "erased"
        assert not Draft.objects.filter(person=jing).exists()
        case.refresh_from_db()
        assert case.erased_at is None
        done = Act.objects.get(kind="person.erasure.carried-out")
        assert done.particulars == {"cases": 0, "drafts": 1} and "pipl/47" in done.legal_basis

    def test_a_case_whose_time_has_passed_goes_at_once(self, request_, case, cast, monday):
        long_ago = years_later(monday, -11)
        case.certificates.update(valid_to=long_ago.date())
        Case.objects.filter(pk=case.pk).update(closed_at=long_ago)
        self.answer(request_, cast, "erased", monday)
        case.refresh_from_db()
        assert case.erased_at == monday

    def test_a_refusal_gives_its_ground_and_erases_nothing(self, request_, jing, cast, monday):
        self.answer(request_, cast, "refused", monday)
        decision = request_.decisions.get()
        assert decision.adverse and decision.legal_basis == ["pipl/47"] and decision.appeal_until
        assert Draft.objects.filter(person=jing).exists()

    def test_who_asked_goes_with_their_last_case_and_no_later(self, request_, case, jing, cast, monday):
        self.answer(request_, cast, "erased", monday)
        erased(years_later(monday))
        jing.refresh_from_db()
        assert jing.id_index is None


class TestAnOldBackup:
    def test_what_was_erased_is_listed_outside_the_database(self, case, monday):
        gone(monday)
        assert erasures.list_outside(now=monday) > 0
        assert erasures.list_outside(now=monday) == 0
        assert {case.number, case.applicant.sealed_for} <= {each.subject for each in erasures.listed()}
        assert not any(word in erasures.path().read_text() for word in WORDS)

    def test_the_list_is_done_again_once_and_the_record_stays_whole(self, case, corrections, jing, monday):
        """The list is of a later day than the database: as after `pg_restore` of an older dump."""
        for subject in (
            case.number,
            jing.sealed_for,
            Record.objects.get(register="population", key=ring.blind("person", NUMBER)).sealed_for,
            "record:00000000-0000-4000-8000-000000000000",
            "case-of-no-backup",
            "person:00000000-0000-4000-8000-000000000000",
        ):
            erasures._append([{"at": monday.isoformat(), "basis": ["pipl/47"], "subject": subject}])
        with erasures.path().open("a") as file:
            file.write('{"at": "cut o')
        out = io.StringIO()
        call_command("erasures", "replay", stdout=out)
        assert "3 " in out.getvalue()
        assert can_be_read(WORDS) == set()
        out = io.StringIO()
        call_command("erasures", "replay", stdout=out)
        assert "0 " in out.getvalue()
        sequenced(years_later(monday))
        assert verify().sound

    def test_a_case_that_the_backup_does_not_have_is_no_fault(self, cast, monday):
        assert not erase_again(subject="QI-2026-NONE", basis=[], now=monday)
