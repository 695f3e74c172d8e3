"""The standard's own sentences, tables and examples, one line each: an expression of FEEL, and what it comes to.

The lines stand in `standard/*.feel`, by chapter; `unreadable` says that the text is no FEEL at all.
"""

from pathlib import Path

import pytest

from zhengtong.engines.rules import FeelError, feel
from zhengtong.engines.rules.feel.values import into
from zhengtong.engines.rules.tck import agrees

LINES = [
    pytest.param(*line.split(" ==> "), id=f"{path.stem}-{number}")
    for path in sorted((Path(__file__).parent / "standard").glob("*.feel"))
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    if not line.startswith("// ")
]


@pytest.mark.parametrize(("text", "wanted"), LINES)
def test_an_expression_comes_to_what_the_standard_says(text, wanted):
    if wanted == "unreadable":
        with pytest.raises(FeelError):
            feel.evaluate(text, {})
    else:
        found, value = into(feel.evaluate(text, {})), into(feel.evaluate(wanted, {}))
        assert agrees(found, value), f"{text} is {found!r}"
