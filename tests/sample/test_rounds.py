"""The demonstration opens rounds in which people already speak."""

from django.conf import settings

from zhengtong.agora.models import Contribution
from zhengtong.cases.models import Case
from zhengtong.project.sample.rounds import open_rounds


def test_every_kind_of_round_is_open_and_others_have_spoken(cast, client, monday):
    assert open_rounds(settings.ZHENGTONG_CHARTER, now=monday) == 4
    rounds = Case.objects.filter(request_key__startswith="sample-")
    assert {each.procedure for each in rounds} == {
        *("draft-consultation", "city-conversation", "neighbourhood-budget", "proposal-round")
    }
    assert not Contribution.objects.exclude(state=Contribution.State.SHOWN).exists()
    assert all(each.contributions.exists() for each in rounds)
    page = client.get("/take-part/").content.decode()
    assert all(each.facts["title"] in page for each in rounds)


def test_opening_them_again_changes_nothing(cast, monday):
    open_rounds(settings.ZHENGTONG_CHARTER, now=monday)
    before = Contribution.objects.count()
    assert open_rounds(settings.ZHENGTONG_CHARTER, now=monday) == 0
    assert Contribution.objects.count() == before
