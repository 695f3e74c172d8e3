"""Python being written: lines of statements made of our own identifiers only, and the constants that they name.

No text of an author gets into it: names of variables are numbered, and every literal is a constant `K1`, `K2` …
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from zhengtong.common.text import text
from zhengtong.engines.rules.errors import TooMuch


class Code:
    """One module of generated Python."""

    def __init__(self, **known: Any) -> None:
        self.lines: list[str] = []
        self.constants: dict[str, Any] = dict(known)
        self._indent = 0
        self._count = 0
        self._literals: dict[tuple[type, str], str] = {}

    def fresh(self, prefix: str = "t") -> str:
        """An identifier that is not used yet."""
        self._count += 1
        return f"{prefix}{self._count}"

    def constant(self, value: Any) -> str:
        """The identifier of a constant; the same literal has the same one."""
        if value is None or value is True or value is False:
            return str(value)
        key = (type(value), repr(value)) if isinstance(value, Decimal | str) else (type(value), str(id(value)))
        if key not in self._literals:
            self._literals[key] = self.fresh("K")
            self.constants[self._literals[key]] = value
        return self._literals[key]

    def line(self, statement: str) -> None:
        """Add a statement at the present depth."""
        self.lines.append(" " * self._indent + statement)

    def let(self, expression: str) -> str:
        """Add `t1 = expression`, and give the new name."""
        name = self.fresh()
        self.line(f"{name} = {expression}")
        return name

    def named(self, expression: str) -> str:
        """The expression itself where it is a name already, else a new name for it."""
        return expression if expression.isidentifier() else self.let(expression)

    @contextmanager
    def block(self, header: str) -> Iterator[None]:
        """What is added within stands below the header."""
        self.line(header)
        self._indent += 1
        yield
        self._indent -= 1

    @contextmanager
    def nested(self) -> Iterator[None]:
        """What `only_if` opens within is closed at its end."""
        indent = self._indent
        yield
        self._indent = indent

    def only_if(self, condition: str) -> None:
        """What follows, up to the end of `nested`, is done only on a condition ("" is none)."""
        if condition:
            self.line(f"if {condition}:")
            self._indent += 1

    @property
    def source(self) -> str:
        return "\n".join(self.lines)

    def compiled(self, name: str) -> Callable[..., Any]:
        """The function `name` that was written."""
        try:
            program = compile(self.source, "<rules>", "exec")
        except SyntaxError:  # Python allows a hundred levels of indentation, and twenty loops within loops
            raise TooMuch(text("嵌套过深", "it is nested too deep")) from None
        exec(program, self.constants)  # noqa: S102  the program holds no text but ours, see above
        made: Callable[..., Any] = self.constants[name]
        return made
