"""The acts about voices that can be opened. None names a person beside a voice: who is told so is told by letter."""

from zhengtong.common.text import text
from zhengtong.ledger.kinds import declare

KEY_GIVEN = declare("agora.opening.key-given", text("保管人提交密钥证书", "A keeper gave the certificate of a key"))
SEALED = declare(
    "agora.opening.round-sealed", text("活动开始，两把密钥固定", "A round began under two keys"), public=True
)
CAUGHT = declare("agora.opening.cheat-caught", text("设备制作的封印不符", "A device was caught with a false seal"))
ASKED = declare("agora.opening.asked", text("请求打开发言身份", "It was asked that a voice be opened"))
SHARED = declare("agora.opening.share-given", text("保管人提交解密份额", "A keeper opened their part"))
REFUSED = declare("agora.opening.refused", text("另一机构拒绝打开", "The other body refused to open"))
LAPSED = declare("agora.opening.lapsed", text("请求逾期失效", "A request to open lapsed"), public=True)
OPENED = declare("agora.opening.opened", text("发言身份被打开", "A voice was opened"), public=True)
NOBODYS = declare("agora.opening.nobodys", text("封印不属于任何人", "The seal of a voice is nobody’s"), public=True)
