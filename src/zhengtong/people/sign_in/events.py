"""What can happen at a sign-in, as the person's own security log tells it."""

from zhengtong.common.text import Text, text

TRIED = "tried"  # counted as a failure until it is known to be none
FAILED = "failed"
CODE_FAILED = "code-failed"
HELD = "held"
PASSWORD_RIGHT = "password-right"  # noqa: S105 the name of an event
SIGNED_IN = "signed-in"
PROVED = "proved"
RESET_ASKED = "reset-asked"
RESET = "password-reset"

TOLD: dict[str, Text] = {
    TRIED: text("尝试登录，未完成", "A try to sign in that was not finished"),
    FAILED: text("密码错误", "A wrong password"),
    CODE_FAILED: text("验证码或恢复码错误", "A wrong code"),
    HELD: text("尝试次数过多，已暂停登录", "Too many tries: signing in was held"),
    PASSWORD_RIGHT: text("密码正确，等待第二步", "The right password; the second step was asked for"),
    SIGNED_IN: text("已登录", "Signed in"),
    "signed-out": text("已退出", "Signed out"),
    PROVED: text("再次验证身份", "Proved again who it is"),
    "session-ended": text("会话已结束", "A session was ended"),
    "sessions-ended": text("其他会话已全部结束", "All other sessions were ended"),
    RESET_ASKED: text("申请重设密码", "A link to set a new password was asked for"),
    RESET: text("已经邮件重设密码", "A new password was set by a mailed link"),
    "password-changed": text("已更改密码", "The password was changed"),
    "code-app-added": text("已设置验证码应用", "A code app was set up"),
    "code-app-removed": text("已移除验证码应用", "The code app was removed"),
    "passkey-added": text("已增加通行密钥", "A passkey was added"),
    "passkey-removed": text("已移除通行密钥", "A passkey was removed"),
    "codes-renewed": text("已更换恢复码", "The recovery codes were renewed"),
    "recovery-code-used": text("已使用一个恢复码", "A recovery code was used"),
    "identity-connected": text("已关联外部身份", "An identity of a provider was connected"),
    "identity-disconnected": text("已解除外部身份", "An identity of a provider was disconnected"),
    "token-issued": text("已签发接口令牌", "An API token was issued"),
    "token-ended": text("已吊销接口令牌", "An API token was ended"),
    "restored": text("窗口当面核验后已恢复账户", "The account was restored after a check in person"),
}
MAILED = {
    RESET,
    "password-changed",
    "code-app-added",
    "code-app-removed",
    "passkey-added",
    "passkey-removed",
    "codes-renewed",
    "recovery-code-used",
    "identity-connected",
    "identity-disconnected",
    "restored",
    RESET_ASKED,
}
"""What the person is mailed, so that somebody else's change does not stay unseen."""
