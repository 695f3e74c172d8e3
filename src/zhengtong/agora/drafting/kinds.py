"""The acts by which proposals are worked on together."""

from zhengtong.common.text import text
from zhengtong.ledger.kinds import declare

AMENDED = declare("agora.amendment.proposed", text("有人提出修改建议文本", "Another text of a proposal was proposed"))
ACCEPTED = declare("agora.amendment.accepted", text("提出人接受修改", "An author accepted another text"))
REFUSED = declare("agora.amendment.refused", text("提出人不接受修改", "An author refused another text"))
JOINED = declare("agora.proposal.joined", text("两条建议合为一条", "Two proposals became one"))
ENDED = declare("agora.amendment.ended", text("修改未决定即终止", "Another text came to nothing, undecided"))
