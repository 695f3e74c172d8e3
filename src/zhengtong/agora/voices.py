"""One verified person, one voice, and nobody knows which: a token that was signed blind opens it (RFC 9474).

Where a charter lets two bodies open voices, a seal is signed along with the token (`openings.sealing`).
"""

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
from zhengtong.agora.openings.errors import SealFirst
from zhengtong.agora.openings.models import Seal
from zhengtong.agora.proceedings.served import require_asked
from zhengtong.agora.rounds import Round
from zhengtong.common.text import text
from zhengtong.engines.blind import BlindFault, blind, finalise, sign_blinded, verify
from zhengtong.engines.blind.sealed import SEAL, read_seal
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
    if round_.declared.opening is not None:
        raise SealFirst
    person = person_of(by)
    known = Admission.objects.filter(case=round_.case, person=person).first()
    if known is None:
        require_eligible(round_, person, by=by, now=now)
        known = entered(round_, blinded, person, now=now)
    return signed(round_, known, blinded)


def person_of(by: Actor) -> Person:
    """Who asks for a voice, as themselves. NotEligible."""
    if by.person is None or by.post:
        raise NotEligible(why=text("须以个人身份参与", "one takes part as a person, not in a post"))
    return by.person


def signed(round_: Round, known: Admission, blinded: bytes) -> bytes:
    """The signature for somebody who was admitted: on this and on nothing else. HasVoice, NotAVoice."""
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


def entered(round_: Round, blinded: bytes, person: Person, *, now: datetime) -> Admission:
    """Somebody who may take part on the roll, with what is signed for them."""
    try:
        with transaction.atomic():
            return Admission.objects.create(case=round_.case, person=person, blinded=blinded, on=round_.day(now))
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
    token, seal = _parts(round_, key)
    known = {"case": round_.case, "token": token_hash(token)}
    for name in names_of(token):
        try:
            voice, new = Voice.objects.get_or_create(**known, defaults={"name": name, "on": round_.day(now)})
        except IntegrityError:  # another voice has this name
            continue
        if new and seal:
            Seal.objects.create(voice=voice, sealed=seal)
        return voice
    raise NotAVoice  # pragma: no cover - five names that are all taken


def token_of(round_: Round, key: str) -> bytes:
    """The token in the key of a voice of this round, which was signed blind; NotAVoice."""
    return _parts(round_, key)[0]


def _parts(round_: Round, key: str) -> tuple[bytes, bytes]:
    """Its token and, where voices can be opened, its seal; NotAVoice unless both were signed, and the seal is one."""
    size = TOKEN + (SEAL if round_.declared.opening else 0)
    try:
        whole = urlsafe_b64decode("".join(key.split()).encode("ascii", "replace"))
        message, signature = whole[:size], whole[size:]
        if len(message) == size and verify(key_of(round_.case.number).public_key(), message, signature):
            token, seal = message[:TOKEN], message[TOKEN:]
            if seal:
                read_seal(seal)
            return token, seal
    except (BadBase64, ValueError) as fault:  # a BlindFault is one
        raise NotAVoice from fault
    raise NotAVoice
