"""What every part of a charter is made of."""

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, GetPydanticSchema, StringConstraints
from pydantic_core import core_schema

from zhengtong.common.text import Text

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
"""A name within the charter: lower-case words joined by hyphens."""

Basis = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[0-9]+(-[0-9]+)?$")]
"""A legal basis: `law/article`, such as `licensing-law/32`; `law/12-1` is article 12 bis (第十二条之一)."""

Limit = Annotated[str, StringConstraints(pattern=r"^P[1-9][0-9]{0,3}(WD|D|M)$")]
"""A time limit: `P20WD` working days (工作日), `P60D` days (自然日), `P1M` months (月)."""


def _text_schema(_source: Any, handler: Any) -> core_schema.CoreSchema:
    return core_schema.no_info_after_validator_function(Text, handler(dict[str, str]))


LocalText = Annotated[Text, GetPydanticSchema(_text_schema)]
"""A wording in each of the charter's languages: `{zh-Hans: …, en: …}`."""


class Part(BaseModel):
    """A piece of a charter: frozen, and no key is allowed that the format does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Dated(Part):
    """A part with dates of force; without them it is always in force."""

    valid_from: date | None = None
    valid_to: date | None = None

    def in_force(self, on: date) -> bool:
        """Whether this holds on the day `on`; the last day is included."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)
