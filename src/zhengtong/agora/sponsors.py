"""What looks for sponsors is read by who has its link. Nobody guesses it: it is an HMAC of 256 bits, kept nowhere."""

from django.core.signing import BadSignature, Signer

from zhengtong.agora.decide import sponsors_of
from zhengtong.agora.models import Contribution
from zhengtong.agora.rounds import Round

SALT = "zhengtong.agora.sponsors"


def link_of(found: Contribution) -> str:
    """What stands in its link: letters, digits, hyphens and underscores."""
    return Signer(salt=SALT).signature(_named(found))


def opens(found: Contribution, link: str) -> bool:
    """Whether this is its link."""
    try:
        return Signer(salt=SALT).unsign(f"{_named(found)}:{link}") == _named(found)
    except BadSignature:
        return False


def still_wanted(round_: Round, found: Contribution) -> int:
    """How many sponsors more it needs before it is shown to all."""
    phase = round_.declared.phase(found.phase)
    return 0 if found.sponsored or phase is None else max(0, sponsors_of(phase) - found.signed)


def _named(found: Contribution) -> str:
    return f"{found.case_id}.{found.number}"
