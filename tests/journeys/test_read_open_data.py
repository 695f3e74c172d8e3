"""Where the data on taking part are, on a telephone, without scripts."""

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_anybody_finds_the_data_from_the_list_of_rounds(visit, axe, shoot, cast, language):
    reader = visit(language=language, width=320, scripts=False)
    reader.goto("/take-part/")
    reader.locator("main a[href='/take-part/data']").click()
    reader.wait_for_load_state()
    assert reader.evaluate("document.documentElement.scrollWidth") <= 320
    assert reader.locator("footer a[href='/take-part/data']").count() == 1
    shoot(reader, f"open-data-{language}")
    reader.locator("main details summary").click()
    assert reader.locator("main details a").first.is_visible()
    index = reader.request.get(reader.locator("main p > a[href$='rounds.json']").first.get_attribute("href"))
    assert index.status == 200 and index.json()["city"]["moderation_csv"].endswith("/take-part/moderation.csv")
    looking = visit(language=language, width=320)
    looking.goto("/take-part/data")
    axe(looking)
