"""The groups that an election can be held in, by the names that the format gives them."""

from zhengtong.common.text import text
from zhengtong.engines.ballots.edwards import Edwards
from zhengtong.engines.ballots.errors import ElectionArchiveFault
from zhengtong.engines.ballots.group import Group
from zhengtong.engines.ballots.modular import Modular

BELENIOS_2048, ED25519 = Modular(), Edwards()
GROUPS: dict[str, Group] = {each.name: each for each in (BELENIOS_2048, ED25519)}


def group_called(name: object) -> Group:
    """A group by its name; ElectionArchiveFault where it is not known here."""
    if not isinstance(name, str) or name not in GROUPS:
        raise ElectionArchiveFault(text("版本或群不受支持", "its version or group is not known here"))
    return GROUPS[name]
