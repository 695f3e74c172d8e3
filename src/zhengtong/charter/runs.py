"""What the report of a simulation was made of: written into it, so that anybody can make the same again."""

import re
from datetime import date
from html import escape, unescape
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationError

from zhengtong.charter.model.base import Id, Part

Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

Language = Literal["zh-Hans", "en"]
MOST = 50_000_000  # persons that anybody draws again to check a report: more than any city has
_WRITTEN = re.compile(r'<pre id="run">([^<]*)</pre>')


class Population(Part):
    """The file of persons, and how the program drew it; a file from elsewhere has its hash alone."""

    sha256: Hash
    size: int | None = Field(None, gt=0, le=MOST)
    seed: int | None = None
    on: date | None = None

    @property
    def is_drawn(self) -> bool:
        """Whether it can be drawn again."""
        return None not in (self.size, self.seed, self.on)


class Run(Part):
    """A run of `zhengtong simulate`: the rules that were in force and the draft, by digest, over a population."""

    program: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z.+-]{1,40}$")]
    service: Id
    on: date
    language: Language
    charter: Hash
    draft: Hash
    change: dict[str, str | None]  # the files of law that the draft has otherwise; none: it has not got it
    population: Population

    def written(self) -> str:
        """As it stands in the report."""
        return f'<pre id="run">{escape(self.model_dump_json(indent=1))}</pre>'


def run_of(report: bytes) -> Run | None:
    """The run that a report says it is of; nothing where it says none that can be made again."""
    found = _WRITTEN.findall(report.decode("utf-8", "replace"))
    try:
        return Run.model_validate_json(unescape(found[0])) if len(found) == 1 else None
    except ValidationError:
        return None
