"""What stories of a charter do in a request for information: third parties, redacted papers, publication."""

from io import BytesIO

from zhengtong.cases.scenarios import Deeds, deed
from zhengtong.openness import acts, giving, third_parties
from zhengtong.openness.models import ThirdParty


def tell() -> None:
    """Let stories do these."""
    deed("ask-third-party", _ask)
    deed("answer-third-party", _answer)
    deed("settle-objection", _settle)
    deed("make-paper-ready", _make_ready)
    deed("publish", _publish)


def _ask(of: Deeds) -> None:
    whom, about = of.step.whom or "", of.told(of.step.text)
    company = of.players.enterprises.get(whom)
    number = company.uscc if company else str(of.players.people[whom].id_number)
    third_parties.ask_third_party(case=of.stage.case, about=about, number=number, by=of.by, now=of.stage.now)


def _answer(of: Deeds) -> None:
    agrees, words = of.step.output == "agrees", of.reasons()
    third_parties.answer_as_third_party(third_party=_last(of), agrees=agrees, words=words, by=of.by, now=of.stage.now)


def _settle(of: Deeds) -> None:
    told, by, now = _last(of), of.by, of.stage.now
    if of.step.output == "overrule":
        third_parties.overrule_objection(third_party=told, reasons=of.reasons(), by=by, now=now)
    else:
        third_parties.follow_objection(third_party=told, by=by, now=now)


def _last(of: Deeds) -> ThirdParty:
    return ThirdParty.objects.filter(case=of.stage.case).latest("pk")


def _make_ready(of: Deeds) -> None:
    body, by, now = of.told(of.step.text), of.by, of.stage.now
    paper = acts.add_paper(case=of.stage.case, name="paper.txt", content=BytesIO(body.encode()), by=by, now=now)
    for passage in of.step.withheld:
        acts.mark(paper=paper, ground=of.step.basis[0], passage=passage, by=by, now=now)
    acts.make_ready(paper=paper, title=of.reasons(), personal=False, by=by, now=now)


def _publish(of: Deeds) -> None:
    giving.publish_due(now=of.stage.now)
