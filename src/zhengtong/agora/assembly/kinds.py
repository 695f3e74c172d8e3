"""The acts of an assembly, as the ledger knows them."""

from zhengtong.common.text import text
from zhengtong.ledger.kinds import declare

ATTENDED = declare("assembly.attended", text("成员到会", "A member is there"))
MOVED = declare("assembly.motion.put", text("提出议案", "A motion was put"))
LAID = declare("assembly.motion.laid", text("联署议案列入议程", "What people signed was put on the agenda"))
DEBATED = declare("assembly.motion.debated", text("联署议案已经审议", "What people signed was debated"))
CALLED = declare("assembly.vote.called", text("交付表决", "A vote was called"))
VOTED = declare("assembly.vote.cast", text("成员表决", "A member voted"))
CLOSED = declare("assembly.vote.closed", text("表决结束", "A vote was closed"))
