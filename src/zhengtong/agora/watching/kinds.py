"""The acts about signals."""

from zhengtong.common.text import text
from zhengtong.ledger.kinds import declare

RAISED = declare("agora.signal.raised", text("程序提示疑似协同行为", "A program told of what may have been arranged"))
SETTLED = declare("agora.signal.settled", text("审核人员处理提示", "A moderator looked at a signal"))
