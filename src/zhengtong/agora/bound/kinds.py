"""The acts of being bound, as the ledger knows them, and of being no more."""

from zhengtong.common.text import text
from zhengtong.ledger.kinds import declare

OBLIGED = declare("agora.duty.begun", text("联署达到门槛，产生责任", "Enough people have signed: something is owed"))
PROMISED = declare("agora.promise.made", text("作出承诺", "Something was promised, by a day"))
DISCHARGED = declare("agora.duty.done", text("责任已履行", "What was owed has been done"))
ENDED_HIDDEN = declare(
    "agora.duty.ended-hidden", text("文本已被隐藏，责任终止", "What was owed has ended: its text is hidden")
)
CARRIED = declare("agora.promise.carried", text("承诺落到事项、章程或者预算", "A promise carries into something"))
