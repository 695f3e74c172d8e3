"""A device blinds its own token: what the office signs it has never seen, and the vectors of the standard hold."""

from base64 import urlsafe_b64decode
from urllib.parse import parse_qs

import pytest

from tests.blind.test_blind import vectors
from tests.rounds import Rounds
from zhengtong.agora.models import Admission, Voice
from zhengtong.faces.shared.clock import now

pytestmark = pytest.mark.journey

BLIND = """async ([n, e, msg, salt, factor, signed]) => {
  const hex = (raw) => [...raw].map((each) => each.toString(16).padStart(2, "0")).join("");
  const raw = (written) => Uint8Array.from(written.match(/../g) ?? [], (each) => parseInt(each, 16));
  const { blind, finalise } = await import(document.querySelector("script[src*=voice]").src);
  const key = { n: BigInt("0x" + n), e: BigInt("0x" + e), bits: n.length * 4 };
  const blinded = await blind(key, raw(msg), raw(salt), BigInt("0x" + factor));
  return [hex(blinded.message), hex(finalise(key, blinded, raw(signed)))];
}"""


@pytest.fixture
def talk(cast):
    return Rounds(cast, now()).open("city-conversation")


@pytest.fixture
def page(visit, talk):
    """Lin Yue before the page on which voices are given, with all that her browser sends."""
    page = visit("lin-yue", language="en", width=320)
    page.goto(f"/take-part/{talk.case.number}/voice")
    page.sent = []
    page.on("request", lambda request: page.sent.append(f"{request.url} {request.post_data or ''}"))
    return page


def get(page):
    page.locator("button[value=get]").click()
    page.locator("[data-kept]").wait_for(state="visible")
    return page.locator("#kept-key").input_value()


def test_the_office_signs_what_it_has_never_seen(page, talk, axe, shoot):
    assert "Your device blinds it" in page.locator("main").inner_text()
    axe(page)
    key = get(page)
    token = urlsafe_b64decode(key)[:32]
    (posted,) = (each for each in page.sent if "do=blind" in each)
    blinded = parse_qs(posted.partition(" ")[2])["blinded"][0]
    assert bytes(Admission.objects.get().blinded) == urlsafe_b64decode(blinded)
    everything = " ".join(page.sent)
    for told in (key, key[:40], token.hex(), str(int.from_bytes(token))):
        assert told not in everything
    axe(page)
    shoot(page, "voice-kept")
    name = page.locator("[data-name]").inner_text()
    page.locator("[data-kept] button[value=enter]").click()
    page.wait_for_load_state()
    assert Voice.objects.get().name == name and name in page.locator("main").inner_text()


def test_the_browser_keeps_the_voice_and_forgets_it_when_told_to(page, talk):
    key = get(page)
    page.reload()
    page.locator("[data-kept]").wait_for(state="visible")
    assert page.locator("#kept-key").input_value() == key
    page.locator("[data-forget]").click()
    page.locator("[data-first]").wait_for(state="visible")
    assert key not in page.evaluate("JSON.stringify(localStorage)")


def test_an_answer_that_is_lost_is_asked_for_again_and_costs_nobody_their_voice(page):
    def lost(route):
        route.fetch()
        route.abort()

    page.route("**/voice", lost, times=1)
    page.locator("button[value=get]").click()
    page.locator("[role=alert]").wait_for(state="visible")
    assert Admission.objects.count() == 1 and not page.locator("[data-kept]").is_visible()
    get(page)
    assert Admission.objects.count() == 1


def test_who_has_a_voice_already_is_told_so(page, visit, talk):
    get(page)
    other = visit("lin-yue", language="en", width=320)
    other.goto(f"/take-part/{talk.case.number}/voice")
    other.locator("button[value=get]").click()
    other.locator("[role=alert]").wait_for(state="visible")
    assert "already" in other.locator("[role=alert]").inner_text()


def test_who_is_not_signed_in_signs_in_and_is_given_nothing_on_the_way(visit, talk):
    stranger = visit(language="en", width=320)
    stranger.goto(f"/take-part/{talk.case.number}/voice")
    stranger.locator("button[value=begin]").click()
    stranger.wait_for_load_state()
    assert stranger.locator("#username").is_visible() and not Admission.objects.exists()


def test_the_vectors_of_the_standard_hold_in_the_browser(page):
    for vector in vectors():
        factor = pow(int.from_bytes(vector["inv"]), -1, int.from_bytes(vector["n"]))
        given = [vector[name].hex() for name in ("n", "e", "msg", "salt")]
        told = page.evaluate(BLIND, [*given, f"{factor:x}", vector["blind_sig"].hex()])
        assert told == [vector["blinded_msg"].hex(), vector["sig"].hex()]
