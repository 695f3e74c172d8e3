"""Who does an act: a person, perhaps in a post, or the program itself."""

from dataclasses import dataclass

from zhengtong.people.models import Person


@dataclass(frozen=True)
class Actor:
    """The one who acts. `post` is empty when a person acts as a party; `person` is None for the program."""

    person: Person | None = None
    post: str = ""

    @property
    def handle(self) -> str:
        """What the ledger calls the person: random, and worth nothing without the people's table."""
        return str(self.person.handle) if self.person else "program"


PROGRAM = Actor()
