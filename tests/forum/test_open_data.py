"""Whoever starts at the index finds every file, each as it says of itself, and nobody in any of them."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings as configured
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from tests.agora.keepers import Keepers
from tests.agora.test_assembly import CHAIR, SAYS
from tests.agora.test_drafting import Desk
from tests.agora.test_reports import reported
from zhengtong.agora import acts
from zhengtong.agora.assembly.acts import put_motion
from zhengtong.agora.groups import draw_due
from zhengtong.agora.models import Contribution, Voice
from zhengtong.agora.proceedings.evidence import put_evidence
from zhengtong.agora.proceedings.panels import panels_due
from zhengtong.agora.reports.acts import publish_due
from zhengtong.agora.watching.models import Signal
from zhengtong.cases.acts import complete, fire_due, open_by_office
from zhengtong.cases.models import Case
from zhengtong.faces.forum.data.feeds import FEEDS, JSON
from zhengtong.ledger.acts import sequence
from zhengtong.people.actor import Actor
from zhengtong.people.models import Account, Person
from zhengtong.project.sample.reports import write_reports
from zhengtong.project.sample.rounds import open_rounds

pytestmark = pytest.mark.django_db(databases=["default", "ballots"])
INDEX = "/take-part/rounds.json"
REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "open-data.md"
KEYS = {
    "numbers": "KIND",
    "entrants": "CODE",
    "surveys.PHASE": "QUESTION",
    "given": "ANSWER",
    "motions[].votes": "NAME",
    **dict.fromkeys(("surveys", "responses", "groups", "budgets", "rankings", "ballots"), "PHASE"),
}
"""What the keys of a mapping are, by its name or its path."""
TABLES = {
    "round-csv": ("round-json", "said[]."),
    "measures-csv": ("measures-json", "statements[]."),
    "reports-csv": ("reports-json", "reports[]."),
    "owed-csv": ("owed-json", "owed[]."),
    "owed-duties-csv": ("owed-json", "duties[]."),
}
"""Each table, and the list in the JSON beside it that has the same fields."""
SERVED = ("served", "asked", "answered", "rate", "margin")
NOT_IN_THIS_CITY = {
    "/take-part/assemblies/NUMBER.json": {
        *(f"motions[].signed.{each}" for each in ("round", "number", "signatures")),
        "motions[].votes.NAME",
    },
    "/take-part/openings.json": {
        *(f"openings[].{each}" for each in ("round", "asked_on", "ended_on", "legal_basis", "outcome")),
        *(f"openings[].{each}" for each in ("asked_in", "answered_in")),
    },
    "/take-part/NUMBER/said.json": {
        *(f"responses.PHASE.{each}" for each in SERVED),
        "surveys.PHASE.QUESTION.given.ANSWER",
        *(f"belied[].{each}" for each in ("node", "phase", "entry", "why", "found_on", "sha256", "file")),
    },
    "/take-part/NUMBER/draw/PHASE.json": {
        *(f"ended[].{each}" for each in ("attempt", "missing", "reasons", "ended_at")),
        *(f"replaced[].{each}" for each in ("code", "by", "because", "on")),
        "nodes.ID.key",
        "nodes.ID.words[]",
    },
}
"""Fields of what was not done in the city below: a vote in an assembly, a survey with enough answers, a draw that
begins again, in which places go on, or of which another node keeps a
secret, and one that belies itself.
"""


@pytest.fixture
def city(rounds, cast, settings):
    """All that the sample has, a counted vote on money, groups of opinion, a hidden text, a limit and a meeting."""
    now, folder = rounds.now, configured.ZHENGTONG_CHARTER
    open_rounds(folder, now=now)
    write_reports(folder, now=now)
    publish_due(now=now)
    panels_due(now=now)
    draw_due(now=now)
    talk = rounds.open("city-conversation", key="limited")
    for number, voice in enumerate(rounds.voices(talk, 3)):
        said = {"said": f"说法 {number}", "request_key": str(number), "voice": voice}
        acts.contribute(round_=talk, phase="statements", now=now, **said)
    measure = acts.hide(round_=talk, number=1, rule="insult", facts="误判", by=rounds.moderator, now=now)
    acts.contest(measure=measure, grounds="属于批评意见", by=cast.lin_yue, language="zh-Hans", now=now)
    until = talk.day(now) + timedelta(days=3)
    asked = {"shown_a_day": 2, "until": until, "reason": "涌入", "by": rounds.moderator}
    acts.confirm_limit(motion=acts.propose_limit(round_=talk, now=now, **asked), by=cast.supervisor, now=now)
    chair = Actor(Account.objects.get(username="bai-ruo").person, CHAIR)
    told = {"procedure": "riverside-meeting", "answers": SAYS, "by": chair, "language": "zh-Hans"}
    meeting = open_by_office(request_key="meeting", now=now, **told)
    put_motion(case=meeting, title="充电", text="楼道不得充电", by=chair, now=now)
    seen = {"kind": "burst", "key": "k", "many": 30, "told": {}, "raised_at": now}
    Signal.objects.create(case=talk.case, phase="statements", **seen)
    written(rounds)
    keepers = entered(rounds)
    acts.box_due(now=now)
    voted(rounds)
    drawn(keepers)
    sequence(now=rounds.now)
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    return rounds


def written(rounds):
    """A draft with its evidence, and a proposal that has another text now."""
    given = {"kind": "simulation", "title": "影响测算", "name": "effect.svg", "content": io.BytesIO(b"<svg/>")}
    put_evidence(round_=rounds.consultation(), by=rounds.host, now=rounds.now, **given)
    desk = Desk(rounds)
    desk.decide(desk.author, desk.amend(desk.others[0]))


def entered(rounds) -> Keepers:
    """A panel for which twelve entered, and its keepers have committed."""
    round_ = rounds.open("city-conversation", key="drawn")
    panels_due(now=rounds.now)
    keepers = Keepers(rounds, round_)
    keepers.residents_enter(12)
    keepers.commit(0, 1)
    return keepers


def drawn(keepers: Keepers) -> None:
    """It is over, and drawn by lot."""
    panels_due(now=keepers.now)
    keepers.fixed()
    for keeper in (0, 1):
        keepers.tell(keeper)


def voted(rounds):
    """A vote on one project, counted, which is promised to be built."""
    round_ = rounds.open("neighbourhood-budget", key="counted")
    voices = rounds.voices(round_, 2)
    said = {"said": "=路灯", "request_key": "k", "voice": voices[0]}
    acts.contribute(round_=round_, phase="projects", now=rounds.now, **said)
    Contribution.objects.filter(case=round_.case).update(sponsored=True, state="shown", cost=1000)
    round_ = rounds.later(round_, 31)
    complete(task=round_.case.tasks.get(node="check_costs"), output="checked", by=rounds.host, now=rounds.now)
    round_ = rounds.later(round_, 0)
    for voice in voices:
        acts.vote_budget(round_=round_, phase="voting", voice=voice, projects=[1], now=rounds.now)
    round_ = rounds.later(round_, 15)
    acts.count_due(now=rounds.now)
    fire_due(now=rounds.now)
    acts.answer(round_=round_, numbers=[1], verdict="adopted", text="照办", by=rounds.host, now=rounds.now)


def addresses(told) -> Iterator[str]:
    """Every address of a file in what an index says."""
    if isinstance(told, dict):
        for key, each in told.items():
            yield from () if key in {"feeds", "licence"} else addresses(each)
    elif isinstance(told, list):
        for each in told:
            yield from addresses(each)
    elif isinstance(told, str) and told.startswith("http"):
        yield told


def read(address: str) -> tuple[str, str, bool]:
    """What an address answers: text, media type, and whether it has an ETag that is answered by 304."""
    client = Client()
    answer = client.get(address)
    assert answer.status_code == 200, address
    body = b"".join(answer) if answer.streaming else answer.content
    again = client.get(address, headers={"if-none-match": answer.headers.get("ETag", "")})
    return body.decode("utf-8", "replace"), answer["Content-Type"], again.status_code == 304


@pytest.fixture
def files(city) -> dict[str, tuple[str, str, bool]]:
    """Every file that the index leads to, and the index."""
    found = {INDEX: read(INDEX)}
    for each in addresses(json.loads(found[INDEX][0])):
        found[each] = read(each)
    return found


def the_index_leads_to_every_kind_of_file_and_each_is_of_the_type_that_it_says(files):
    index = json.loads(files[INDEX][0])
    led = {
        ("phase" if isinstance(value, list) else of, name): files[address][1]
        for of, many in (("round", index["rounds"]), ("meeting", index["meetings"]), ("office", index["offices"]))
        for each in many
        for name, value in each["data"].items()
        for address in (value if isinstance(value, list) else [value] if value else [])
    }
    led |= {("city", name): files[address][1] for name, address in index["city"].items()}
    assert led == {(each.of, each.name): each.media for each in FEEDS}
    said = {(each["of"], each["name"]): (each["address"], each["media_type"]) for each in index["feeds"]}
    assert said == {(each.of, each.name): (each.address, each.media) for each in FEEDS}


def it_says_on_what_terms_all_of_it_may_be_used(files):
    said = json.loads(files[INDEX][0])["licence"]
    assert said["address"] == "https://creativecommons.org/licenses/by/4.0/" and said["name"]["zh-Hans"]
    page = Client().get("/take-part/data").content.decode()
    assert said["address"] in page and said["name"]["zh-Hans"] in page


def what_has_not_changed_is_not_sent_again(files):
    again = {address: known for address, (_, _, known) in files.items()}
    assert {address for address, known in again.items() if not known} == {
        address
        for address in again
        if address.endswith(".bel")  # a file that is sent as it lies
    }


def nobody_is_in_any_file(files):
    """By name, number, handle, e-mail, account; but who sits in an assembly is named in its meeting, and who stands for
    election on the ballot.
    """
    election = Case.objects.get(procedure="association-election")
    standing = election.facts["candidates"].splitlines()
    assert len(files) > 60 and sum("/assemblies/" in each for each in files) == 1
    for person in Person.objects.all():
        known = [each for each in (person.id_number, str(person.handle), person.email, person.phone) if each]
        for address, (body, *_) in files.items():
            assert not [each for each in known if each in body], address
            public = "/assemblies/" in address or (election.number in address and person.name in standing)
            assert public or person.name not in body, (address, person.name)
    for username in Account.objects.values_list("username", flat=True):
        assert not [address for address, (body, *_) in files.items() if username in body], username


def no_voice_is_known_in_another_round(files):
    told = "".join(body for body, *_ in files.values())
    assert Voice.objects.count() > 10
    for voice in Voice.objects.all():
        assert not [key for key in (str(voice.pk), voice.pk.hex, bytes(voice.token).hex()) if key in told]
    names = list(Voice.objects.values_list("name", flat=True))
    assert len(names) == len(set(names))


def no_cell_of_any_table_is_a_formula(files):
    tables = {address: body for address, (body, media, _) in files.items() if media.startswith("text/csv")}
    assert any("'=路灯" in body for body in tables.values())
    assert not any(f"{before}=路灯" in body for body in tables.values() for before in ',"\n')


def the_numbers_agree_with_the_ledger(files):
    told = StringIO()
    call_command("rounds", stdout=told)
    assert "agree with the ledger" in told.getvalue()
    numbers = {each["round"]: each["numbers"] for each in json.loads(files[INDEX][0])["rounds"]}
    lines = [line.split("\t") for line in told.getvalue().splitlines() if line.count("\t") == 2]
    checked = {(number, kind): said for number, kind, said in lines}
    assert len(numbers) > 9
    for number, held in numbers.items():
        assert all(checked[number, kind].split()[0] == str(many) for kind, many in held.items())


def shapes(told, at="") -> Iterator[str]:
    """The path of every field, with a word in capitals for keys that differ; of what is empty no further."""
    if isinstance(told, dict) and told and not {*told} <= {"zh-Hans", "en"}:
        kind = KEYS.get(at.rpartition(".")[2]) or KEYS.get(at)
        for key, each in told.items():
            yield from shapes(each, f"{at}.{kind or key}".lstrip("."))
    elif isinstance(told, list) and told and all(isinstance(each, dict) for each in told):
        for each in told:
            yield from shapes(each, f"{at}[]")
    else:
        yield at


def explained() -> dict[str, set[str]]:
    """By address, the fields that the reference explains."""
    sections = re.split(r"^### `(.+)`$", REFERENCE.read_text(), flags=re.MULTILINE)[1:]
    rows = {at: re.findall(r"^\| (`.+?`) \|", told, re.MULTILINE) for at, told in batched(sections)}
    return {at: {field for row in found for field in re.findall(r"`(.+?)`", row)} for at, found in rows.items()}


def batched(listed: list[str]) -> Iterator[tuple[str, str]]:
    return zip(listed[::2], listed[1::2], strict=True)


def every_field_is_in_the_reference_and_every_field_of_the_reference_is_in_a_file(files):
    told, feeds = explained(), {each.route: each for each in FEEDS}
    found: dict[str, set[str]] = {each.address: set() for each in FEEDS if each.media == JSON}
    for address, (body, media, _) in files.items():
        feed = feeds[resolve(urlsplit(address).path).url_name]
        if media == JSON:
            found[feed.address] |= set(shapes(json.loads(body)))
        elif feed.route in TABLES:
            of, rows = TABLES[feed.route]
            columns = set(next(csv.reader([body.lstrip("\ufeff").splitlines()[0]])))
            assert columns == {each.rpartition(".")[2] for each in told[feeds[of].address] if each.startswith(rows)}
    begun = {
        at: {each[: end.start()] for each in of for end in re.finditer(r"\[]|\.", each)} for at, of in told.items()
    }
    new = {address: fields - told[address] - begun[address] for address, fields in found.items()}
    assert not any(new.values()), new
    left = {address: told[address] - fields for address, fields in found.items() if told[address] - fields}
    assert left == NOT_IN_THIS_CITY
    text = REFERENCE.read_text()
    assert not [each.address for each in FEEDS if f"`{each.address}`" not in text]


CLAIMS = (
    every_field_is_in_the_reference_and_every_field_of_the_reference_is_in_a_file,
    the_index_leads_to_every_kind_of_file_and_each_is_of_the_type_that_it_says,
    it_says_on_what_terms_all_of_it_may_be_used,
    what_has_not_changed_is_not_sent_again,
    nobody_is_in_any_file,
    no_voice_is_known_in_another_round,
    no_cell_of_any_table_is_a_formula,
    the_numbers_agree_with_the_ledger,
)


def test_whoever_starts_at_the_index_finds_every_file_and_what_is_said_of_them_all_is_so(files):
    for claim in CLAIMS:  # on one city, which takes half a minute to make
        claim(files)


def test_the_index_asks_as_often_for_many_rounds_and_meetings_as_for_one(client, rounds, settings):
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(INDEX).status_code == 200
        return len(queries)

    rounds.open("city-conversation")
    first = asked()
    chair = Actor(Account.objects.get(username="bai-ruo").person, CHAIR)
    for number in range(3):
        told = {"procedure": "riverside-meeting", "answers": SAYS, "by": chair, "language": "zh-Hans"}
        open_by_office(request_key=f"more-{number}", now=rounds.now, **told)
        rounds.open("city-conversation", key=f"more-{number}")
        rounds.open("priorities-ballot", key=f"more-{number}", options="滨河公园\n路灯")
    panels_due(now=rounds.now)
    assert asked() == first


def test_reports_lead_on_page_by_page_to_the_last(client, rounds, cast, settings):
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    for number in range(41):
        reported(cast, rounds.now, f"report-{number}")
    publish_due(now=rounds.now)
    address, found = "/take-part/reports.json?state=received", []
    while address:
        page = client.get(address).json()
        found.append(len(page["reports"]))
        address = page["next"]
    assert found == [20, 20, 1]
    table = client.get("/take-part/reports.csv?state=received")
    assert table["Link"].endswith('/take-part/reports.csv?state=received&page=2>; rel="next"')
    assert not client.get("/take-part/reports.csv?page=3").has_header("Link")


def test_people_find_every_file_from_the_list_of_rounds_and_the_foot_of_every_page(client, rounds, settings):
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    assert client.get("/take-part/").content.decode().count('href="/take-part/data"') == 2
    for language in ("zh-hans", "en"):
        page = client.get("/take-part/data", headers={"accept-language": language}).content.decode()
        for each in FEEDS:
            assert each.address in page and each.holds["en" if language == "en" else "zh-Hans"] in page.replace(
                "&#x27;", "'"
            )
    assert '/take-part/owed/city-government.json"' in page
