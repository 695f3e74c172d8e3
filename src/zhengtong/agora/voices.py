"""One verified person, one voice, and nobody knows which: a token that was signed blind opens it (RFC 9474)."""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BadBase64
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from zhengtong.agora.decide import names_of, token_hash, why_no_member, why_not
from zhengtong.agora.errors import HasVoice, NotAVoice, NotEligible
from zhengtong.agora.keys import key_of
from zhengtong.agora.models import Admission, Voice
from zhengtong.agora.proceedings.served import require_asked
from zhengtong.agora.rounds import Round
from zhengtong.common.text import text
from zhengtong.engines.blind import BlindFault, blind, finalise, sign_blinded, verify
from zhengtong.people.actor import Actor
from zhengtong.people.models import Person
from zhengtong.registry.acts import look_up
from zhengtong.registry.errors import NoRecord

TOKEN = 32
AGORA = "agora"


@dataclass(frozen=True)
class Speaker:
    """A voice as the ledger knows it."""

    voice: Voice
    post: str = ""

    @property
    def handle(self) -> str:
        return f"voice:{self.voice.name}"


@transaction.atomic
def admit(*, round_: Round, blinded: bytes, by: Actor, now: datetime) -> bytes:
    """Sign what the person's device blinded, once for each person in a round; the same request gets the same answer.

    The ledger hears of it when the day is closed (acts.admitting).
    NotEligible, HasVoice, NotAVoice if `blinded` is nothing that can be signed.
    """
    if by.person is None or by.post:
        raise NotEligible(why=text("须以个人身份参与", "one takes part as a person, not in a post"))
    known = Admission.objects.filter(case=round_.case, person=by.person).first()
    if known is None:
        require_eligible(round_, by.person, by=by, now=now)
        known = _entered(round_, blinded, by.person, on=round_.day(now))
    if bytes(known.blinded) != blinded:
        raise HasVoice
    try:
        return sign_blinded(key_of(round_.case.number), blinded)
    except BlindFault as fault:
        raise NotAVoice from fault


def require_eligible(round_: Round, person: Person, *, by: Actor, now: datetime) -> None:
    """Members where the charter asks for members, residents where it asks for residents. NotEligible."""
    require_member(round_, person, by=by, now=now)
    if round_.declared.who.register_id:
        require_resident(round_, person, by=by, now=now)


def require_member(round_: Round, person: Person, *, by: Actor, now: datetime) -> None:
    """Where only those whom a service has served take part, one of them; where only members do, a member. NotEligible.

    Each look in a register is kept with its day: a moment could be laid beside what a voice says.
    """
    require_asked(round_, person)
    members = round_.declared.who.members
    if members is None:
        return
    field = members.field or round_.charter.registers[members.register_id].key
    why = why_no_member(members, _told(round_, members.register_id, [field], person, by=by, now=now))
    if why:
        raise NotEligible(why=why)


def require_resident(round_: Round, person: Person, *, by: Actor, now: datetime) -> tuple[date, str]:
    """When and where somebody who may take part was born and lives, by the register. NotEligible."""
    who, on = round_.declared.who, round_.day(now)
    told = _told(round_, who.register_id, [who.born, who.resides], person, by=by, now=now)
    if told is None:
        raise NotEligible(why=text("登记簿中没有您的记录", "the register has no record of you"))
    born, region = date.fromisoformat(str(told[who.born])), str(told[who.resides])
    why = why_not(who, born=born, region=region, on=on, within=round_.charter.region_within)
    if why:
        raise NotEligible(why=why)
    return born, region


def _told(
    round_: Round, register: str, fields: list[str], person: Person, *, by: Actor, now: datetime
) -> dict[str, Any] | None:
    """What a register says of a person; None where it has no record of them."""
    on = round_.day(now)
    try:
        found = look_up(
            charter=round_.charter,
            register=register,
            key=person.id_number,
            fields=fields,
            purpose=AGORA,
            by=by,
            now=round_.beginning(on),
            on=on,
            case=round_.case.number,
        )
    except NoRecord:
        return None
    return found.values


def _entered(round_: Round, blinded: bytes, person: Person, *, on: date) -> Admission:
    try:
        with transaction.atomic():
            return Admission.objects.create(case=round_.case, person=person, blinded=blinded, on=on)
    except IntegrityError:  # the same person at the same moment; the other request was first
        return Admission.objects.get(case=round_.case, person=person)


def admit_here(*, round_: Round, by: Actor, now: datetime) -> str:
    """The same for a device that runs no scripts: the program blinds, hands out the key of the voice, and forgets."""
    token = secrets.token_bytes(TOKEN)
    public = key_of(round_.case.number).public_key()
    blinded = blind(public, token)
    signature = finalise(public, token, admit(round_=round_, blinded=blinded.message, by=by, now=now), blinded.inverse)
    return written(token, signature)


def written(token: bytes, signature: bytes) -> str:
    """The key of a voice as people keep it: letters, digits, hyphens and underscores."""
    return urlsafe_b64encode(token + signature).decode()


@transaction.atomic
def come_in(*, round_: Round, key: str, now: datetime) -> Voice:
    """The voice whose key this is; it begins to be at the first time. NotAVoice."""
    token = token_of(round_, key)
    known = {"case": round_.case, "token": token_hash(token)}
    for name in names_of(token):
        try:
            return Voice.objects.get_or_create(**known, defaults={"name": name, "on": round_.day(now)})[0]
        except IntegrityError:  # another voice has this name
            continue
    raise NotAVoice  # pragma: no cover - five names that are all taken


def token_of(round_: Round, key: str) -> bytes:
    """The token in the key of a voice of this round, which was signed blind; NotAVoice."""
    try:
        whole = urlsafe_b64decode("".join(key.split()).encode("ascii", "replace"))
    except (BadBase64, ValueError) as fault:
        raise NotAVoice from fault
    token, signature = whole[:TOKEN], whole[TOKEN:]
    if len(token) < TOKEN or not verify(key_of(round_.case.number).public_key(), token, signature):
        raise NotAVoice
    return token
