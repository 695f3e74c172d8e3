"""A citizen speaks under a voice made on a telephone; two keepers open it; the citizen reads who did it, and why."""

import json
from base64 import urlsafe_b64decode
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.journeys.test_take_part import press, send
from tests.openings import WHY, Openings
from zhengtong.agora.models import Admission, Voice
from zhengtong.agora.openings.models import Listed, Opening
from zhengtong.faces.shared.clock import now

pytestmark = pytest.mark.journey
VECTOR = Path(__file__).resolve().parents[1] / "blind" / "sealed_vector.json"
SAID = {"zh-hans": "他住在青山路三号，谁去找他。", "en": "He lives at 3 Qingshan Road. Who pays him a visit?"}
TOLD = {
    "zh-hans": ("发言身份可以被打开", "共同查出发言身份", "这个发言身份已被打开", "等待答复"),
    "en": ("Voices in this round can be opened", "together found out", "This voice was opened", "waits for an answer"),
}
MAKE = """async ([n, joint, mark, seeds]) => {
  const hex = (raw) => [...raw].map((each) => each.toString(16).padStart(2, "0")).join("");
  const raw = (written) => Uint8Array.from(written.match(/../g), (each) => parseInt(each, 16));
  const { candidate, sealing } = await import(document.querySelector("script[src*=voice]").src);
  const key = { n: BigInt("0x" + n), e: 65537n, bits: n.length * 4 };
  const made = await Promise.all(seeds.map((seed) => candidate(key, sealing(joint, mark), raw(seed))));
  return made.map((each) => [hex(each.whole), hex(each.message)]);
}"""


@pytest.fixture
def city(cast):
    return Openings(cast, now()).give_keys()


def share(office, at, city, tmp_path, capsys):
    """What a keeper's own machine makes of the request that the desk gives it."""
    key, request = tmp_path / f"{at}.key", tmp_path / f"{at}.json"
    key.write_text(json.dumps(str(city.keys[at][0])))
    link = office.locator("a[href$='.json']").get_attribute("href")
    request.write_text(office.evaluate("async (link) => (await fetch(link)).text()", link))
    capsys.readouterr()
    call_command("opening", "share", str(key), str(request), "--yes")
    return capsys.readouterr().out


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_two_keepers_open_a_voice_and_the_citizen_reads_why(visit, city, axe, shoot, language, tmp_path, capsys):
    can, found, opened, waits = TOLD[language]
    number = city.begin().case.number
    lin = visit("lin-yue", language=language, width=320)
    lin.goto(f"/take-part/{number}/voice")
    assert can in lin.locator("main").inner_text()
    axe(lin)
    shoot(lin, f"opening-voice-{language}")
    press(lin, "get")
    lin.locator("[data-kept]").wait_for(state="visible")
    assert "seeds" not in lin.evaluate("JSON.stringify(localStorage)")
    press(lin, "enter")
    name = Voice.objects.get().name
    assert can in lin.locator("main").inner_text() and name in lin.locator("main").inner_text()
    lin.locator("#said").first.fill(SAID[language])
    send(lin)
    shoot(lin, f"opening-round-{language}")

    desks = [
        visit(username, language=language, width=320, scripts=True)
        for username in (each.person.account.username for each in city.officers)
    ]
    posts = [f"/take-part/office/{each.post}/{number}/voices" for each in city.officers]
    first, second = desks
    first.goto(posts[0])
    first.locator("#voice").fill(name)
    first.locator("#order").fill(WHY["order"])
    first.locator("#reason").fill(WHY["reason"])
    axe(first)
    press(first, "ask")
    first.locator("textarea[name=written]").fill(share(first, 0, city, tmp_path, capsys))
    axe(first)
    shoot(first, f"opening-asked-{language}")
    press(first, "share")
    second.goto(posts[1])
    text = second.locator("main").inner_text()
    assert WHY["reason"] in text and waits in text and city.cast.lin_yue.person.name not in text
    second.locator("textarea[name=written]").fill(share(second, 1, city, tmp_path, capsys))
    axe(second)
    shoot(second, f"opening-answer-{language}")
    press(second, "share")
    assert city.cast.lin_yue.person.name in second.locator("main").inner_text()
    axe(second)

    lin.goto(f"/take-part/{number}/")
    assert opened in lin.locator("main").inner_text()
    axe(lin)
    lin.locator("a[href$='/opened']").click()
    lin.wait_for_load_state()
    text = lin.locator("main").inner_text()
    assert all(each in text for each in (found, name, WHY["order"], WHY["reason"]))
    axe(lin)
    shoot(lin, f"opening-told-{language}")
    stranger = visit(language=language, width=320)
    stranger.goto(f"/take-part/openings?round={number}")
    text = stranger.locator("main").inner_text()
    assert name not in text and city.cast.lin_yue.person.name not in text
    axe(stranger)
    shoot(stranger, f"opening-list-{language}")
    assert Opening.objects.get().person == city.cast.lin_yue.person


@pytest.fixture
def page(visit, city):
    page = visit("lin-yue", language="en", width=320)
    page.goto(f"/take-part/{city.begin().case.number}/voice")
    page.sent = []
    page.on("request", lambda request: page.sent.append(request.post_data or ""))
    return page


def test_what_is_signed_never_leaves_the_device(page):
    press(page, "get")
    page.locator("[data-kept]").wait_for(state="visible")
    key = urlsafe_b64decode(page.locator("#kept-key").input_value())
    everything = " ".join(page.sent)
    assert len(key) == 32 + 64 + 256 and Admission.objects.count() == 1 and not Listed.objects.exists()
    assert key[:32].hex() not in everything and page.locator("#kept-key").input_value()[:40] not in everything
    assert everything.count("do=blind") == 2


def test_an_answer_that_is_lost_at_either_step_costs_nobody_their_voice(page):
    def lost(route):
        route.fetch()
        route.abort()

    for _ in range(2):
        page.route("**/voice", lost, times=1)
        page.locator("button[value=get]").click()
        page.locator("[role=alert]").wait_for(state="visible")
        page.reload()
    press(page, "get")
    page.locator("[data-kept]").wait_for(state="visible")
    assert Admission.objects.count() == 1


def test_a_device_makes_the_same_of_a_seed_as_the_program(page):
    told = json.loads(VECTOR.read_text())
    made = page.evaluate(MAKE, [told["n"], told["key"], told["mark"], [each["seed"] for each in told["candidates"]]])
    assert made == [[each["token"] + each["seal"], each["blinded"]] for each in told["candidates"]]


@pytest.mark.parametrize("joint", ["0" * 64, "0" * 63 + "1", "f" * 64])
def test_a_device_seals_with_no_key_outside_of_the_group(page, joint):
    told = json.loads(VECTOR.read_text())
    with pytest.raises(Exception, match="no key"):
        page.evaluate(MAKE, [told["n"], joint, told["mark"], [told["candidates"][0]["seed"]]])
