"""A place is pointed at on a map without scripts, shown again before it is sent, and stays a line of text."""

import re
from xml.etree import ElementTree as ET

import pytest

from tests.cases.test_petition_clocks import TOLD
from zhengtong.cases.models import Case, Draft
from zhengtong.charter.queries import in_force_at
from zhengtong.common.positions import position
from zhengtong.faces.shared.map import Pointing

HEPING = (150.4, 10.33)  # within the district
WRITTEN = {"petition_region": "990102", "petition_place": ""}


@pytest.fixture
def area(cast, monday) -> Pointing:
    return Pointing.over(in_force_at(monday).charter.regions.values())


@pytest.fixture
def lin(signed_in, cast):
    return signed_in(cast.lin_yue)


@pytest.fixture
def where(lin) -> str:
    """Where Lin Yue is asked for the place."""
    lin.post("/services/complaint/start", {"party": "myself"})
    draft = Draft.objects.get()
    draft.answers = {name: value for name, value in TOLD.items() if name != "petition_region"}
    draft.save()
    return f"/drafts/{draft.pk}/questions/where"


def at(area, corner):
    """The form as a browser sends it when somebody clicks there."""
    scale = 600 / area.width
    x, y = (round(each / scale) for each in area._paper.at(corner))
    return WRITTEN | {"petition_place-at.x": str(x), "petition_place-at.y": str(y)}


def test_the_page_has_a_map_of_a_fixed_size_and_a_line_for_the_keyboard(lin, where, area):
    page = lin.get(where).content.decode()
    image = re.search(r'<input type="image"[^>]+>', page)[0]
    assert f'width="{area.width}"' in image and f'height="{area.height}"' in image and 'alt="区县地图' in image
    assert area.width <= 270, "a telephone of 320 shows it whole, or a click is elsewhere than it seems"
    assert 'name="petition_place"' in page and 'tabindex="-1"' in image
    assert page.index('type="submit"') < page.index('type="image"'), "the Enter key goes on, and clicks no map"


def test_the_picture_is_of_the_city_alone_in_the_language_of_who_asks(lin, client, area):
    for browser, name in ((lin, "和平区"), (client, "和平区")):
        answer = browser.get("/map.svg")
        assert answer["Content-Type"].startswith("image/svg+xml") and name in answer.content.decode()
    client.cookies["django_language"] = "en"
    picture = ET.fromstring(client.get("/map.svg").content)
    assert picture.get("width") == str(area.width) and "Heping District" in [each.text for each in picture.iter()]


def test_what_was_pointed_at_is_written_and_shown_and_nothing_is_kept_until_they_go_on(lin, where, area):
    page = lin.post(where, at(area, HEPING)).content.decode()
    place = re.search(r'name="petition_place" type="text" value="([^"]+)"', page)[1]
    longitude, latitude = position(place)
    assert abs(longitude - HEPING[0]) < 0.005 and abs(latitude - HEPING[1]) < 0.005
    assert 'aria-label="地图上的地点"' in page and 'fill="#d4351c"' in page
    assert 'value="990102" checked' in page, "what else was answered on the page stays"
    assert "petition_place" not in Draft.objects.get().answers
    lin.post(where, WRITTEN | {"petition_place": place})
    assert Draft.objects.get().answers["petition_place"] == place
    check = where.replace("questions/where", "check")
    assert 'aria-label="地图上的地点"' in lin.get(check).content.decode()
    lin.post(check)
    assert Case.objects.get().facts["petition_place"] == place


@pytest.mark.parametrize(("language", "told"), [("zh-hans", "不在本市范围内"), ("en", "not within the city")])
@pytest.mark.parametrize("corner", [(150.02, 10.21), (150.79, 10.59), None])
def test_outside_of_the_city_or_by_a_key_nothing_is_taken(lin, where, area, language, told, corner):
    lin.cookies["django_language"] = language
    by_key = WRITTEN | {"petition_place-at.x": "0", "petition_place-at.y": "0"}
    written = {"petition_place": "和平路 3 号"}
    answer = lin.post(where, (at(area, corner) if corner else by_key) | written)
    page = answer.content.decode()
    assert answer.status_code == 422 and told in page and 'href="#petition_place"' in page
    assert "和平路 3 号" in page, "what was written stays"


@pytest.mark.parametrize("axis", ["-5", "99999999999999999999", "x", "1.5"])
def test_what_is_no_click_is_outside(lin, where, axis):
    sent = WRITTEN | {"petition_place-at.x": axis, "petition_place-at.y": axis}
    assert lin.post(where, sent).status_code == 422


@pytest.mark.parametrize("place", ["和平路 3 号", "30.25, 120.17"])
def test_an_address_or_a_position_elsewhere_is_a_place_as_before_and_on_no_map(lin, where, place):
    lin.post(where, WRITTEN | {"petition_place": place})
    assert Draft.objects.get().answers["petition_place"] == place
    for page in (where, where.replace("questions/where", "check")):
        assert "地图上的地点" not in lin.get(page).content.decode()
