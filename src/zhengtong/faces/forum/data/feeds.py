"""Every file of open data on taking part, listed once: index, page and reference are made of this list."""

from dataclasses import dataclass
from typing import Literal

from django.urls import reverse

from zhengtong.common.text import Text, text

Of = Literal["city", "office", "meeting", "round", "phase"]
GAPS: dict[Of, list[str]] = {
    "city": [],
    "office": ["OFFICE"],
    "meeting": ["NUMBER"],
    "round": ["NUMBER"],
    "phase": ["NUMBER", "PHASE"],
}
OF: dict[Of, Text] = {
    "city": text("全市", "Of the whole city"),
    "office": text("每个机构", "Of each office"),
    "meeting": text("议事组织的每次会议", "Of each meeting of an assembly"),
    "round": text("每轮参与", "Of each round"),
    "phase": text("每轮中的投票和抽签", "Of each vote and each draw in a round"),
}
JSON, CSV = "application/json", "text/csv; charset=utf-8"


@dataclass(frozen=True)
class Feed:
    """A file: its name in the index, its route and media type; `of` says what there is one of."""

    of: Of
    name: str
    route: str
    media: str
    holds: Text

    @property
    def address(self) -> str:
        """Where it is, with capitals for what differs."""
        return reverse(self.route, args=GAPS[self.of])

    @property
    def kind(self) -> str:
        """The media type in the word that people know."""
        return self.address.rpartition(".")[2].upper()


FEEDS = (
    Feed(
        *("city", "rounds", "rounds-json", JSON),
        text(
            "总目录：每一轮参与，各类行为的数量，以及其他所有文件的地址",
            "the index: every round with its acts by kind, and the address of every other file",
        ),
    ),
    Feed(
        *("city", "moderation_json", "measures-json", JSON),
        text(
            "言论审核记录：每次隐藏的规则、事实和申诉结果，各轮的限流，申诉后撤销的比例",
            "the log of moderation: rule, facts and outcome of each measure, limits of rounds, how often measures fell",
        ),
    ),
    Feed(
        *("city", "moderation_csv", "measures-csv", CSV),
        text("言论审核记录，一次一行", "the log of moderation, a row for each measure"),
    ),
    Feed(
        *("city", "openings_json", "openings-json", JSON),
        text(
            "请求打开发言身份的每一次：活动、日期、依据、机构和结果，不含发言身份和姓名",
            "each time that it was asked to open a voice: round, days, ground, bodies, outcome; no voice and no person",
        ),
    ),
    Feed(
        *("city", "reports_json", "reports-json", JSON),
        text(
            "市民反映的问题：地点、类别、办到哪一步；一页二十件，next 是下一页",
            "what people have reported: where, of which kind, how far it is; twenty a page, `next` is the next one",
        ),
    ),
    Feed(
        *("city", "reports_csv", "reports-csv", CSV),
        text(
            "市民反映的问题，一件一行；下一页见 Link 标头",
            "what people have reported, a row for each; the next page is in the header `Link`",
        ),
    ),
    Feed(
        *("office", "owed_json", "owed-json", JSON),
        text(
            "该机构对参与者欠下的答复和承诺，逐轮、逐项",
            "what it owes to who took part: answers and promises, round by round and one by one",
        ),
    ),
    Feed(
        *("office", "owed_csv", "owed-csv", CSV),
        text("该机构欠下的，一轮一行", "what it owes, a row for each round"),
    ),
    Feed(
        *("office", "duties_csv", "owed-duties-csv", CSV),
        text("该机构欠下的，一项一行", "what it owes, a row for each duty"),
    ),
    Feed(
        *("meeting", "json", "meeting-json", JSON),
        text(
            "成员、动议、每名成员怎么投票、会议纪要（成员以职务身份公开具名）",
            "members, motions, how each member voted, minutes (members act in public office, and by name)",
        ),
    ),
    Feed(
        *("round", "json", "round-json", JSON),
        text(
            "页面上的一切：草案、依据、发言和答复、意见群体、各项结果",
            "all that its page shows: draft, evidence, what was said and answered, groups of opinion, results",
        ),
    ),
    Feed(
        *("round", "csv", "round-csv", CSV),
        text("发言和答复，一条一行", "what was said and answered, a row for each"),
    ),
    Feed(
        *("round", "record", "round-record", JSON),
        text(
            "台账对投票、计票和抽签的记录，附证明",
            "what the ledger recorded of ballot, count and draw, with its proofs",
        ),
    ),
    Feed(
        *("phase", "pb", "round-pb", "text/plain; charset=utf-8"),
        text(
            "已计票的项目投票（Pabulib 格式），任何人都可以重新计算",
            "a counted vote on projects, in the format of Pabulib: anybody counts it again",
        ),
    ),
    Feed(
        *("phase", "bel", "ballot-archive", "application/x-tar"),
        text(
            "秘密投票的全部加密档案（Belenios 格式），任何人都可以核验",
            "the whole archive of a secret ballot, encrypted, in the format of Belenios: anybody verifies it",
        ),
    ),
    Feed(
        *("phase", "heads", "ballot-heads", JSON),
        text(
            "台账对票箱的每次记录，附证明",
            "what the ledger recorded of a ballot box each time, with its proofs",
        ),
    ),
    Feed(
        *("phase", "lot", "round-lot", JSON),
        text(
            "抽签所需的一切：报名代码、承诺、种子，任何人都可以重新抽一次",
            "all that a draw takes: codes, commitments, seed; anybody draws it again",
        ),
    ),
)
