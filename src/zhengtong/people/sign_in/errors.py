"""What people are told when they cannot sign in, or change how they do."""

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text


class WrongPassword(Refusal):
    code = "wrong-password"
    message = text("用户名与密码不匹配。", "The user name and the password do not match.")
    next_step = text("请重新输入，或重设密码。", "Type them again, or set a new password.")


class WrongCode(Refusal):
    code = "wrong-code"
    message = text("验证码不对，或已经用过。", "This code is wrong, or has been used already.")
    next_step = text("请等待下一个验证码，或使用恢复码。", "Wait for the next code, or use a recovery code.")


class WrongPasskey(Refusal):
    code = "wrong-passkey"
    message = text("这个通行密钥没有被接受。", "This passkey was not accepted.")
    next_step = text("请重试，或使用其他方式登录。", "Try again, or sign in another way.")


class SignInHeld(Refusal):
    code = "sign-in-held"
    status = 429
    message = text("尝试次数过多。", "Too many attempts.")
    next_step = text(
        "请十五分钟后再试，或现在使用通行密钥、邮件重设密码。",
        "Try again in fifteen minutes; or use a passkey, or a mailed link to set a new password, now.",
    )


class WeakPassword(Refusal):
    code = "weak-password"
    message = text("这个密码不够安全：{why}", "This password is not safe enough: {why}")
    next_step = text(
        "请使用至少 12 个字符、不常见的密码，任何字符都可以。",
        "Use at least 12 characters that are not a common password; any characters will do.",
    )


class LinkSpent(Refusal):
    code = "link-spent"
    status = 410
    message = text("这个链接已使用过或已过期。", "This link has been used or has expired.")
    next_step = text("请重新申请一个链接。", "Ask for a new one.")


class LastWayIn(Refusal):
    code = "last-way-in"
    status = 409
    message = text("这是您唯一的登录方式，不能移除。", "This is the only way into your account; it cannot be removed.")
    next_step = text("请先增加另一种登录方式。", "Add another one first.")


class IdentityTaken(Refusal):
    code = "identity-taken"
    status = 409
    message = text("这个外部身份已属于另一个账户。", "This identity belongs to another account already.")
    next_step = text("请以那个账户登录，或联系服务中心。", "Sign in with that account, or ask a service centre.")


class NoAccountYet(Refusal):
    code = "no-account-yet"
    status = 403
    message = text(
        "“{provider}”确认了您的身份，但这里还没有与之关联的账户。",
        "“{provider}” has confirmed who you are, but no account here is connected with it yet.",
    )
    next_step = text(
        "请用密码或通行密钥登录，再在“登录与安全”页关联；没有账户请到服务中心办理。",
        "Sign in with a password or a passkey and connect it under “Sign-in and security”; without an account, "
        "go to a service centre.",
    )
