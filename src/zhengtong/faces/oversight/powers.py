"""The power list (权责清单): who may do what, by what law."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhengtong.charter.charter import Charter
from zhengtong.charter.model import Power
from zhengtong.charter.queries import in_force
from zhengtong.common.text import Text, text
from zhengtong.faces.shared import clock
from zhengtong.people.wording import post_told

ACTS = {
    "accept": text("受理", "accept"),
    "examine": text("审查", "examine"),
    "inspect": text("现场核查", "inspect"),
    "decide": text("决定", "decide"),
    "answer": text("答复", "answer"),
    "review": text("复核", "review"),
    "revoke": text("撤销", "revoke"),
    "supervise": text("监督", "supervise"),
    "file": text("收件", "take in"),
    "open": text("开启", "open"),
    "moderate": text("审核言论", "moderate"),
    "enact": text("颁行", "enact"),
}


@require_safe
def power_list(request: HttpRequest) -> HttpResponse:
    """Every power in force, with its matters, its acts, the posts that hold it, and its legal basis."""
    charter = in_force(clock.today()).charter
    powers = [
        (power, _matters(charter, power), [ACTS[act] for act in power.acts], _holders(charter, power))
        for power in charter.powers.values()
        if power.in_force(clock.today())
    ]
    return render(request, "oversight/powers.html", {"powers": powers, "section": "powers"})


def _matters(charter: Charter, power: Power) -> list[Text]:
    known = {**charter.procedures, **charter.events}
    return [known[matter].name for matter in power.matters if matter in known]


def _holders(charter: Charter, power: Power) -> list[Text]:
    return [post_told(charter, post) for post in charter.holders(power.id)]
