"""The acts of this room, as the ledger knows them. Its subjects: `looks:` and the blinded number of a person."""

from zhengtong.common.text import text
from zhengtong.ledger.kinds import declare

LOOKED = declare("register.looked", text("查看个人信息", "Personal data looked at"))
FLAGGED = declare("register.look.flagged", text("查看被报送监督", "A look was shown to the supervisor"))
EXPLAINED = declare("register.look.explained", text("查看人说明理由", "Whoever looked gave the reason"))
SETTLED = declare("register.look.settled", text("监督机构认定查看", "The supervisor settled a flagged look"))
CORRECTED = declare("register.corrected", text("更正登记", "A register was corrected"))
RESTRICTED = declare("register.record.restricted", text("停止处理，只存储", "Processing stopped; stored only"))
RESTRICTION_LIFTED = declare("register.record.restriction.lifted", text("恢复处理", "Processing goes on again"))
RECORD_ENDED = declare(
    "register.record.ended",
    text("登记的记录保存期满，已删除", "A record of a register was kept long enough, and is erased"),
)
ENDED = declare(
    "register.looks.ended", text("查看记录保存期满，已删除", "Records of looks were kept long enough, and are deleted")
)
