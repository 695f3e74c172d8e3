"""The demonstration has petitions that everybody may read, in every state, with places on the map."""

import pytest
from django.conf import settings

from zhengtong.agora.reports.models import Report
from zhengtong.agora.reports.queries import Asked, counted, listed
from zhengtong.cases.models import Case
from zhengtong.charter.queries import in_force_at
from zhengtong.ledger.acts import sequence
from zhengtong.ledger.verify import verify
from zhengtong.project.sample.reports import write_reports


@pytest.fixture
def written(cast, monday):
    return write_reports(settings.ZHENGTONG_CHARTER, now=monday)


def test_they_are_of_different_kinds_and_in_different_states(written, monday):
    charter = in_force_at(monday).charter
    states = counted(charter)
    assert all(states[each] for each in ("received", "handled", "answered", "solved", "not-solved"))
    found = listed(charter, Asked(), page=1)
    assert len(found) == written == 8
    assert len({each.kind for each in found}) == len({each.region for each in found}) == 3
    assert [bool(each.photo) for each in found].count(True) == 1
    assert [each.words for each in found if each.withheld_for] == [""]


def test_each_place_lies_within_the_region_that_it_names(written, monday):
    regions = in_force_at(monday).charter.regions
    placed = Report.objects.exclude(latitude=None)
    assert len(placed) == 7
    assert all(inside(regions[each.region].outline, each.longitude, each.latitude) for each in placed)


def inside(outline, x, y):
    """Whether a ray from the point crosses the outline an odd number of times."""
    sides = zip(outline, [*outline[1:], outline[0]], strict=True)
    return sum((a[1] > y) != (b[1] > y) and x < a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]) for a, b in sides) % 2


def test_everybody_reads_them_and_none_names_who_wrote_it(client, written, monday, settings):
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    page = client.get("/take-part/reports").content.decode()
    assert "人行信号灯" in page and page.count('r="19"') == 7 and "其中指明了他人的姓名和住址" in page
    assert not any(case.applicant.name in page for case in Case.objects.filter(report__isnull=False))


def test_writing_them_again_changes_nothing_and_the_ledger_is_whole(written, monday):
    assert write_reports(settings.ZHENGTONG_CHARTER, now=monday) == 0
    assert Report.objects.count() == 8
    sequence(now=monday)
    report = verify()
    assert report.sound, report.faults
