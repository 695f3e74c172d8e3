"""What is told of rounds agrees with the ledger, and a row that was slipped in is found."""

from datetime import timedelta
from hashlib import sha256
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.rounds import copied
from zhengtong.agora import acts
from zhengtong.agora.kinds import SUMMED
from zhengtong.agora.models import Admission, Contribution, Stance, Voice
from zhengtong.agora.reconciled import reconciled
from zhengtong.agora.rounds import rounds as every_round
from zhengtong.cases.models import Case
from zhengtong.charter.models import EnactedFile, Enactment
from zhengtong.charter.queries import in_force
from zhengtong.ledger.queries import of


@pytest.fixture
def held(rounds, cast):
    """A conversation in which something was said, hidden, and shown again."""
    round_ = rounds.open("city-conversation")
    voice = rounds.voice(round_, cast.lin_yue)
    for number in range(2):
        said = {"said": f"说法 {number}", "request_key": str(number), "voice": voice}
        acts.contribute(round_=round_, phase="statements", now=rounds.now, **said)
    taken = acts.hide(round_=round_, number=1, rule="insult", facts="误判", by=rounds.moderator, now=rounds.now)
    for who in (rounds.cast.lin_yue, rounds.cast.chen_xiaoyu):
        acts.contest(measure=taken, grounds="是批评，不是侮辱", by=who, language="zh-Hans", now=rounds.now)
    acts.restore(measure=taken, why="误判", by=rounds.moderator, now=rounds.now)
    return round_


def test_every_count_of_every_round_agrees_with_the_ledger(rounds, held, django_assert_num_queries):
    rounds.consultation()
    found = every_round()
    with django_assert_num_queries(40):
        lines = reconciled(found)
    assert all(each.agrees for each in lines) and len(lines) == 76
    said = {each.kind: each.held for each in lines if each.round == held.case.number}
    assert said["agora.contribution.made"] == 2 and said["agora.contribution.restored"] == 1
    told = StringIO()
    call_command("rounds", stdout=told)
    assert "82 counts agree with the ledger." in told.getvalue()


def test_a_row_without_an_act_is_told(rounds, held):
    copied = Contribution.objects.get(number=1)
    copied.pk, copied.number, copied.request_key = None, 3, "slipped in"
    copied.save(force_insert=True)
    told = StringIO()
    with pytest.raises(CommandError, match="1 counts do not agree"):
        call_command("rounds", "--wrong", stdout=told)
    assert told.getvalue().strip().endswith("agora.contribution.made\t3 ≠ 2")


def wrong() -> str:
    """The one count that does not agree."""
    told = StringIO()
    with pytest.raises(CommandError, match="1 counts do not agree"):
        call_command("rounds", "--wrong", stdout=told)
    return told.getvalue().strip()


def test_voices_that_nobody_was_admitted_for_are_told(rounds, held):
    for number in range(3):
        Voice.objects.create(case=held.case, token=number.to_bytes(32), name=f"forged {number}", on=rounds.now.date())
    assert wrong().endswith("voices\t4 > 1")


def test_an_admission_slipped_into_a_closed_day_is_told_and_not_counted_afterwards(rounds, held, cast):
    tomorrow = rounds.now + timedelta(days=1)
    assert acts.close_days(now=tomorrow) == 1
    Admission.objects.create(case=held.case, person=cast.chen_xiaoyu.person, blinded=b"", on=rounds.now.date())
    assert acts.close_days(now=tomorrow) == 0
    assert wrong().endswith("agora.voices.admitted\t2 ≠ 1")


def test_an_admission_taken_out_of_a_closed_day_is_told(rounds, held, cast):
    rounds.voice(held, cast.chen_xiaoyu)
    acts.close_days(now=rounds.now + timedelta(days=1))
    Voice.objects.filter(contributions=None).delete()
    Admission.objects.filter(person=cast.chen_xiaoyu.person).delete()
    assert wrong().endswith("agora.voices.admitted\t1 ≠ 2")


def test_a_text_that_was_changed_in_the_table_is_told(rounds, held):
    Contribution.objects.filter(number=2).update(text="另一种说法")
    assert wrong().endswith("texts\t1 ≠ 2")


@pytest.fixture
def signed(rounds, cast):
    """A conversation that is over, in which two agree with a third."""
    round_ = rounds.open("city-conversation")
    first, *others = rounds.voices(round_, 3)
    said = {"said": "夜间应当安静", "request_key": "a", "voice": first}
    acts.contribute(round_=round_, phase="statements", now=rounds.now, **said)
    for each in others:
        acts.weigh(round_=round_, voice=each, number=1, value=1, now=rounds.now)
    assert acts.sum_due(now=rounds.now) == 0  # they may still change their minds
    return rounds.later(round_, days=40)


def test_how_a_phase_stands_when_it_is_over_is_recorded_once(rounds, signed):
    assert acts.sum_due(now=rounds.now) == 1 and acts.sum_due(now=rounds.now) == 0
    (act,) = of(signed.case.number).filter(kind=SUMMED)
    line = sha256(b"1\t2\t0\n").hexdigest()
    assert act.particulars == {"phase": "statements", "signed": 2, "opposed": 0, "digest": line}


@pytest.mark.parametrize("forged", ["turned", "taken out", "slipped in"])
def test_what_somebody_said_is_not_changed_unseen_once_the_phase_is_over(rounds, signed, forged):
    acts.sum_due(now=rounds.now)
    one = Stance.objects.first()
    if forged == "turned":
        Stance.objects.filter(pk=one.pk).update(value=-1)
    elif forged == "taken out":
        one.delete()
    else:
        Stance.objects.create(contribution=one.contribution, voice=one.contribution.voice, value=1)
    assert wrong().endswith("agora.phase.summed\t0 ≠ 1")


def test_all_rounds_are_open_data_with_the_same_numbers(client, rounds, held, settings):
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    acts.close_days(now=rounds.now + timedelta(days=1))
    (told,) = client.get("/take-part/rounds.json").json()["rounds"]
    assert (told["numbers"]["agora.voices.admitted"], told["numbers"]["agora.contribution.made"]) == (1, 2)
    rows = client.get(told["data"]["json"]).json()["said"]
    assert len(rows) == 2 and told["title"] == {"zh-Hans": "夜间施工管理规定"}


@pytest.fixture
def dropped(rounds, held):
    """A later charter does not know conversations any more."""
    first = Enactment.objects.get()
    day = rounds.now.date()
    later = Enactment.objects.create(
        number=2, charter_id=first.charter_id, digest="without", in_force_from=day, enacted_at=rounds.now
    )
    kept = first.files.exclude(path="participation/city-conversation.yaml")
    EnactedFile.objects.bulk_create(EnactedFile(enactment=later, path=each.path, blob=each.blob) for each in kept)
    assert "city-conversation" not in in_force(day).charter.participation


def test_a_round_of_a_procedure_that_a_later_charter_dropped_is_listed_and_counted_on(dropped, client, rounds, held):
    assert held.case.number in client.get("/take-part/").content.decode()
    assert held.case.number in str(client.get("/take-part/rounds.json").json())
    Voice.objects.create(case=held.case, token=bytes(32), name="forged", on=rounds.now.date())
    assert wrong() == f"{held.case.number}\tvoices\t2 > 1"


def test_what_is_no_round_by_its_own_charter_takes_no_place_on_a_page(dropped, client, rounds, held):
    copied(held.case, 49)
    assert "?page=2" in client.get("/take-part/").content.decode()
    later = held.case.filed_at + timedelta(minutes=1)
    copied(held.case, 1, enactment=Enactment.objects.get(number=2), filed_at=later)
    page = client.get("/take-part/").content.decode()
    assert held.case.number in page and "?page=2" in page and f"QI-{Case.objects.count() - 1}/" not in page


def test_however_many_rounds_there_are_every_one_is_counted_and_the_list_has_pages(client, rounds, held, settings):
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    copied(held.case, 201, filed_at=held.case.filed_at + timedelta(minutes=1))
    Voice.objects.create(case=held.case, token=bytes(32), name="forged", on=rounds.now.date())
    assert wrong() == f"{held.case.number}\tvoices\t2 > 1"
    pages = [client.get("/take-part/", {"page": page}).content.decode() for page in range(1, 6)]
    assert [held.case.number in page for page in pages] == [False, False, False, False, True]
    assert ["?page=6" in pages[4], "?page=5" in pages[3], "?page=4" in pages[4]] == [False, True, True]


def test_the_open_data_ask_as_often_for_many_rounds_as_for_one(client, rounds, held, settings):
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/take-part/rounds.json").status_code == 200
        return len(queries)

    first = asked()
    for procedure in ("proposal-round", "neighbourhood-budget"):
        rounds.open(procedure)
    assert asked() == first
