"""A device that makes the candidates of a voice for tests, honest or not."""

from zhengtong.agora.acts import admit_sealed
from zhengtong.agora.keys import key_of
from zhengtong.agora.openings.keys import sealing_key
from zhengtong.agora.openings.sealing import left_of, mark_of
from zhengtong.agora.voices import written
from zhengtong.engines.blind import finalise
from zhengtong.engines.blind.sealed import MANY, candidate, new_seed


class Device:
    """Somebody's, which makes what it lists from seeds; `lies` are the places of candidates that are made of another's
    mark.
    """

    def __init__(self, round_, who, *, lies=(), mark=bytes(32)):
        self.round, self.who = round_, who
        self.public, self.key = key_of(round_.case.number).public_key(), sealing_key(round_)
        self.seeds = [new_seed() for _ in range(MANY)]
        own = mark_of(round_, who.person)
        self.made = [self._made(seed, mark if at in lies else own) for at, seed in enumerate(self.seeds)]
        self.listed = [each.blinded.message for each in self.made]

    def _made(self, seed, mark):
        return candidate(self.public, key=self.key, mark=mark, seed=seed)

    @property
    def left(self):
        return left_of(self.round, self.who.person, self.listed)

    def shown(self):
        return [seed for at, seed in enumerate(self.seeds) if at != self.left]

    def ask(self, now, seeds=None):
        return admit_sealed(round_=self.round, listed=self.listed, seeds=seeds, by=self.who, now=now)

    def key_from(self, signature):
        one = self.made[self.left]
        return written(one.message, finalise(self.public, one.message, signature, one.blinded.inverse))
