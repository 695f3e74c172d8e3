"""A sample city whose consultations can be opened, for tests: in the city itself nobody can open a voice."""

from datetime import datetime
from pathlib import Path
from typing import Any

from tests.rounds import DRAFT, Rounds
from zhengtong.agora.acts import begin_round, contribute
from zhengtong.agora.models import Contribution, Voice
from zhengtong.agora.openings.asking import ask, give_share, refuse, request_of
from zhengtong.agora.openings.keys import give_key
from zhengtong.agora.openings.models import Opening
from zhengtong.agora.rounds import Round, round_of
from zhengtong.cases.acts import put_in_force
from zhengtong.charter.reading.folder import gather
from zhengtong.engines.blind.opening import bound_to, new_keeper, share_of
from zhengtong.people.actor import PROGRAM, Actor

QINGSHAN = Path(__file__).resolve().parents[1] / "charters" / "qingshan"
PROCEDURE, BASIS = "draft-consultation", "qingshan-participation-rules/24"
OPENING = f"""
opening:
  keepers: [supervision/duty, public-security/household]
  legal_basis: [{BASIS}]
  remedy:
    zh-Hans: 六十日内向青山市司法局申请行政复议，或者六个月内向人民法院起诉
    en: the Justice Bureau within sixty days (reconsideration), or the people’s court within six months
"""
POWER = f"""
- id: voice-opening
  name: {{zh-Hans: 会同打开发言身份, en: Opening a voice together with another body}}
  kind: "20"
  matters: [{PROCEDURE}]
  acts: [open-voice]
  holders: [supervision, public-security]
  legal_basis: [{BASIS}]
"""
ARTICLE = """  - article: "24"
    wording:
      zh-Hans: 发言涉嫌犯罪，经依法批准的，由监督机构和公安机关共同打开发言身份，并立即书面告知本人。
      en: >-
        Where what was said may be a crime, and by a warrant, the supervisor and the police open a voice together, and
        tell the person in writing at once.
"""
LETTERS = {
    "zh-Hans": """# 您的发言身份已被打开

您在“{{ case.name }}”（{{ round.number }}）中的发言身份 {{ voice.name }} 已由{{ opening.by }}共同打开。

依据：{{ decision.legal_basis }}，文号 {{ opening.order }}。
理由：{{ decision.reasons }}

救济：{{ appeal.where }}。
详情：{{ url.opened }}
""",
    "en": """# Your voice was opened

Your voice {{ voice.name }} in “{{ case.name }}” ({{ round.number }}) was opened by {{ opening.by }} together.

Legal basis: {{ decision.legal_basis }}, order {{ opening.order }}.
Reasons: {{ decision.reasons }}

You can contest it: {{ appeal.where }}.
All of it: {{ url.opened }}
""",
}
ANSWERS = {"title": "夜间施工管理规定", "summary": "征求市民对夜间施工管理的意见。", "draft": DRAFT}
WHY = {"basis": BASIS, "order": "公刑令〔2026〕7号", "reason": "发言公布了他人住址并威胁其人身安全。"}


def openable() -> dict[str, bytes]:
    """The files of the sample city, with an article by which voices of its consultations can be opened."""
    files = dict(gather(QINGSHAN)[0])

    def put(path: str, old: str, new: str) -> None:
        source = files[path].decode()
        assert old in source, f"{path} does not hold {old!r}"
        files[path] = source.replace(old, new, 1).encode()

    for name in ("supervision-office", "public-security"):
        power = {"supervision-office": "ballot-key,", "public-security": "ballot-roll,"}[name]
        put(f"organisations/{name}.yaml", power, f"{power} voice-opening,")
    put("participation/draft-consultation.yaml", "\nphases:", OPENING.rstrip() + "\nphases:")
    files["powers.yaml"] += POWER.lstrip("\n").encode()
    files["laws/qingshan-participation-rules.yaml"] += ARTICLE.encode()
    for tag, letter in LETTERS.items():
        files[f"services/draft-consultation/letters/voice-opened.{tag}.md"] = letter.encode()
    return files


class Openings:
    """A city whose consultations can be opened: its two keepers with their keys, and who speaks."""

    def __init__(self, cast: Any, now: datetime) -> None:
        put_in_force(files=openable(), on=now.date(), by=PROGRAM, now=now)
        self.cast, self.rounds = cast, Rounds(cast, now)
        self.officers = [cast.supervisor, cast.officer("public-security/household")]
        self.keys = [new_keeper() for _ in self.officers]

    @property
    def now(self) -> datetime:
        return self.rounds.now

    def give_keys(self, *keepers: int) -> "Openings":
        """Hand in the certificates of these, or of both."""
        for at in keepers or (0, 1):
            give_key(procedure=PROCEDURE, certificate=self.keys[at][1], by=self.officers[at], now=self.now)
        return self

    def begin(self, key: str = "k") -> Round:
        """A consultation that has begun."""
        case = begin_round(
            procedure=PROCEDURE, answers=ANSWERS, by=self.rounds.host, language="zh-Hans", request_key=key, now=self.now
        )
        return round_of(case.number)

    def said(self, round_: Round, who: Actor, said: str = "他住在青山路三号。") -> Contribution:
        """What somebody said under their voice."""
        voice = self.rounds.voice(round_, who)
        return contribute(round_=round_, phase="comment", voice=voice, said=said, request_key=said, now=self.now)

    def ask(self, round_: Round, of: Voice, keeper: int = 0, **changed: Any) -> Opening:
        given = {**WHY, "voice": of.name, "by": self.officers[keeper], **changed}
        return ask(round_=round_, now=self.now, **given)

    def share(self, opening: Opening, keeper: int, *, key: int | None = None, **other: Any) -> dict[str, Any]:
        """What a keeper's machine makes of a request, as its node tells it."""
        told = request_of(Opening.objects.get(pk=opening.pk)) | other
        secret = self.keys[keeper if key is None else key][0]
        return share_of(secret=secret, seal=bytes.fromhex(told["seal"]), about=bound_to(told))

    def give(self, opening: Opening, keeper: int, *, by: Actor | None = None, share: Any = None) -> Opening:
        made = self.share(opening, keeper) if share is None else share
        return give_share(opening=opening, share=made, by=by or self.officers[keeper], now=self.now)

    def refuse(self, opening: Opening, keeper: int, answer: str, *, by: Actor | None = None) -> Opening:
        return refuse(opening=opening, answer=answer, by=by or self.officers[keeper], now=self.now)

    def opened(self, round_: Round, voice: Voice) -> Opening:
        """A voice opened by both."""
        opening = self.ask(round_, voice)
        self.give(opening, 0)
        return self.give(opening, 1)
