"""What the ledger keeps of sign-ins: every change of what opens an account. The sign-ins themselves are in `Event`."""

from zhengtong.common.text import text
from zhengtong.ledger.kinds import declare

FACTOR_ADDED = declare("account.factor.added", text("增加登录因素", "Factor of a sign-in added"))
FACTOR_REMOVED = declare("account.factor.removed", text("移除登录因素", "Factor of a sign-in removed"))
CODES_RENEWED = declare("account.recovery-codes.renewed", text("更换恢复码", "Recovery codes renewed"))
PASSWORD_CHANGED = declare("account.password.changed", text("更改密码", "Password changed"))
PASSWORD_RESET = declare("account.password.reset", text("经邮件重设密码", "Password set anew by a mailed link"))
IDENTITY_CONNECTED = declare("account.identity.connected", text("关联外部身份", "Identity of a provider connected"))
IDENTITY_LEFT = declare("account.identity.disconnected", text("解除外部身份", "Identity of a provider disconnected"))
ACCOUNT_OPENED = declare("account.opened", text("经外部身份开户", "Account opened by a provider's word"))
ACCOUNT_RESTORED = declare("account.restored", text("当面核验后恢复账户", "Account restored after a check in person"))
