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
from zhengtong.charter.queries import in_force_at
from zhengtong.connectors.mail.outbox import forget_erased
from zhengtong.connectors.mail.send import send_due
from zhengtong.ledger.acts import sequence
from zhengtong.ledger.models import Act
from zhengtong.ledger.verify import verify
from zhengtong.people.actor import Actor
from zhengtong.people.models import Account, Person
from zhengtong.people.sign_in.models import Event
from zhengtong.registry.acts import keep
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


def years_later(monday, years=12):
    return monday + timedelta(days=366 * years)


def erased(now) -> None:
    """As the worker does it, round by round, until the day is done."""
    for _round in range(50):
        if not end_retention(now=now):
            return
    raise AssertionError("it never ends")


def gone(monday):
    """The case in its time, and the person two years after it; the moment then."""
    erased(years_later(monday))
    erased(years_later(monday, 15))
    return years_later(monday, 15)


def sequenced(now) -> None:
    while sequence(now):
        pass


def test_the_search_finds_what_lies_in_clear(cast, jing):
    from zhengtong.people.models import Enterprise

    assert lies_in_clear([PHONE]) == set()
    Enterprise.objects.filter(pk=cast.linjiang.pk).update(name=f"{PHONE} {ADDRESS}")
    assert lies_in_clear([PHONE, ADDRESS]) == {PHONE, ADDRESS}


def test_everything_of_a_person_ends_and_the_record_stays_whole(case, jing, cast, monday, caplog, mailoutbox):
    caplog.set_level(logging.DEBUG)
    sequenced(monday)
    assert can_be_read(WORDS) == set(WORDS)
    wrapped = bytes(Key.objects.get(pk=ring.id_of(case.number)).wrapped)
    later = gone(monday)
    Record.objects.filter(key=ring.blind("person", NUMBER)).delete()  # the register is its owner's (see security.md)
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
        gone(monday)
        assert Person.objects.get(pk=jing.pk).name == NAME
        assert Person.objects.get(pk=cast.licensing.person.pk).id_index

    def test_a_day_is_searched_once(self, case, monday, django_assert_num_queries):
        erased(monday)
        assert Sweep.objects.get().on == monday.date()
        with django_assert_num_queries(2):
            assert end_retention(now=monday + timedelta(hours=2)) == 0


class TestAtRequest:
    @pytest.fixture
    def request_(self, case, jing, monday) -> Case:
        acts.start_draft(person=jing, procedure="look-question", answers={"look_why": f"{NAME}想知道"}, now=monday)
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

    def test_the_list_is_done_again_once_and_the_record_stays_whole(self, case, jing, monday):
        """The list is of a later day than the database: as after `pg_restore` of an older dump."""
        for subject in (
            case.number,
            jing.sealed_for,
            "case-of-no-backup",
            "person:00000000-0000-4000-8000-000000000000",
        ):
            erasures._append([{"at": monday.isoformat(), "basis": ["pipl/47"], "subject": subject}])
        with erasures.path().open("a") as file:
            file.write('{"at": "cut o')
        out = io.StringIO()
        call_command("erasures", "replay", stdout=out)
        assert "2 " in out.getvalue()
        Record.objects.filter(key=ring.blind("person", NUMBER)).delete()
        assert can_be_read(WORDS) == set()
        out = io.StringIO()
        call_command("erasures", "replay", stdout=out)
        assert "0 " in out.getvalue()
        sequenced(years_later(monday))
        assert verify().sound

    def test_a_case_that_the_backup_does_not_have_is_no_fault(self, cast, monday):
        assert not erase_again(subject="QI-2026-NONE", basis=[], now=monday)
