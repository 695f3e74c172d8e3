"""The panels for which a person entered: their part of all that is held about them."""

from zhengtong.agora.proceedings.models import Entrant, Offer
from zhengtong.cases.queries.held import Item, Row, Section
from zhengtong.common.text import text
from zhengtong.people.models import Person

ENTERED = text("报名参加议事小组", "Entered for a citizens’ panel")
_SAID = {
    Offer.State.OPEN: text("等待答复", "not answered yet"),
    Offer.State.ACCEPTED: text("已接受", "accepted"),
    Offer.State.DECLINED: text("已谢绝", "declined"),
    Offer.State.SILENT: text("逾期未答复", "not answered in time"),
    Offer.State.GIVEN_BACK: text("已退回", "given back"),
}


def held_of_draws(person: Person) -> Section:
    """Each panel, with the code that stands for the person in the draw, and the place if one was offered."""
    found = Entrant.objects.filter(person=person).select_related("panel__case", "offer").order_by("pk")
    return Section("draws", text("抽签", "Draws by lot"), [_entry(each) for each in found])


def _entry(entrant: Entrant) -> Item:
    age, region = entrant.stratum
    rows = [
        Row("round", text("办件编号", "Case number"), entrant.panel.case.number),
        Row("code", text("代码", "Code"), entrant.code),
        Row("age_group", text("年龄段（起）", "Age group, from"), age),
        Row("region", text("区域", "Region"), region),
    ]
    offer = getattr(entrant, "offer", None)
    return Item(ENTERED, [*rows, *(_offered(offer) if offer else ())])


def _offered(offer: Offer) -> list[Row]:
    state = Offer.State(offer.state)
    return [
        Row("place", text("名额", "Place"), state.value, _SAID[state]),
        Row("answer_until", text("答复期限", "Answer until"), offer.answer_until.isoformat()),
    ]
