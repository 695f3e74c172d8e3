"""The acts of a round beside contributions."""

from zhengtong.common.text import text
from zhengtong.ledger.kinds import declare

SURVEYED = declare("agora.survey.answered", text("问卷已答完", "The questions were answered"))
EVIDENCE_PUT = declare("agora.evidence.put", text("主办机关公布材料", "The office put a paper to the round"))
