"""What an account is opened with."""

from zhengtong.people.models import Account
from zhengtong.people.sign_in.models import CodeApp


def has_second_factor(account: Account) -> bool:
    """Whether the account has something that makes a session strong."""
    return has_code_app(account) or account.passkeys.exists()


def has_code_app(account: Account) -> bool:
    return CodeApp.objects.filter(account=account).exists()


def ways_in(account: Account) -> int:
    """How many passkeys and identities open the account, beside a password."""
    return account.passkeys.count() + account.identities.count()
