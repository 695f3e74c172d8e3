"""Identity numbers (GB 11643) and unified social credit codes (GB 32100): their check digits."""

from datetime import date

from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from zhengtong.people.errors import BadIdentifier


def checked_id_number(number: str) -> str:
    """The 18-digit identity number without blanks, or a refusal. Regions are the charter's, so they aren't checked."""
    compact = ric.compact(number).upper()
    try:
        right = len(compact) == 18 and ric.calc_check_digit(compact) == compact[17] and bool(birth_on(compact))
    except (ValueError, ValidationError):
        right = False
    if not right:
        raise BadIdentifier(number=number)
    return compact


def birth_on(id_number: str) -> date:
    """The date of birth that an identity number carries."""
    return date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))


def checked_uscc(number: str) -> str:
    """The 18-character credit code without blanks, or a refusal."""
    try:
        compact = uscc.compact(number)
        if uscc.calc_check_digit(compact[:17]) != compact[17:]:
            raise BadIdentifier(number=number)
    except (ValueError, ValidationError) as fault:
        raise BadIdentifier(number=number) from fault
    return compact
