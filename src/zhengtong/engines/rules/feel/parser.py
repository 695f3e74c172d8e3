"""FEEL text to a tree: a Pratt parser that knows the names in scope (DMN 1.5, 10.3.1.2)."""

from collections.abc import Callable, Iterable
from decimal import Decimal, DecimalException

from zhengtong.common.text import text
from zhengtong.engines.rules.feel import tree
from zhengtong.engines.rules.feel.cursor import Cursor
from zhengtong.engines.rules.feel.lexer import unquoted
from zhengtong.engines.rules.feel.lexical import read_at
from zhengtong.engines.rules.feel.names import KEYWORDS, Names, run_of_words
from zhengtong.engines.rules.feel.tree import Node
from zhengtong.engines.rules.feel.values import NUMBERS
from zhengtong.engines.rules.limits import DEEPEST_SOURCE

_BINDING = {
    "or": 1,
    "and": 2,
    **dict.fromkeys(["=", "!=", "<", "<=", ">", ">=", "between", "in"], 3),
    "+": 4,
    "-": 4,
    "*": 5,
    "/": 5,
    "**": 6,
    "instance": 7,
    **dict.fromkeys([".", "[", "("], 8),
}
_SUM = 4
_TESTS = frozenset(["<", "<=", ">", ">=", "=", "!="])
_LITERALS = {"true": True, "false": False, "null": None}
_CLOSERS = frozenset([",", ".", ")", "]", "}", "", "and", "or", "then", "else", "return", "satisfies", "in"])


def parse_expression(source: str, names: Names) -> Node:
    """The tree of an expression; FeelError where it is none."""
    parser = Parser(source, names)
    return parser.whole(parser.expression)


def parse_tests(source: str, names: Names) -> tree.Tests:
    """The tree of unary tests, as they stand in the cells of a table."""
    parser = Parser(source, names)
    return parser.whole(parser.tests)


def parse_source(source: str, names: Names) -> tuple[Node, Node | None]:
    """What a loop goes over: the tree of a list, or those of `start..end`."""
    parser = Parser(source, names)
    return parser.whole(parser.source_of_loop)


class Parser(Cursor):
    """One text and how far it is read."""

    # tests of a cell

    def tests(self) -> tree.Tests:
        if self.is_("-") and self.tokens[self.at + 1].kind == "end":
            self.next()
            return tree.Tests(())
        if self.is_("not") and self.tokens[self.at + 1].text == "(":
            start = self.at
            self.at += 2
            negated = tree.Tests(self.listed(self.test, ")"), negated=True)
            if self.token.kind == "end":
                return negated
            self.at = start  # `not(a) and b` is an expression
        found = [self.test()]
        while self.take(","):
            found.append(self.test())
        return tree.Tests(tuple(found))

    def test(self) -> Node:
        if self.is_(*_TESTS):
            return tree.UnaryTest(self.next().text, self.operand(_SUM))
        return self.expression()

    # expressions

    def expression(self) -> Node:
        return self.operand(1)

    def operand(self, binding: int) -> Node:
        """An expression whose operators bind at least so tightly."""
        with self.nested():
            return self.extended(self.prefix(), binding)

    def extended(self, left: Node, binding: int) -> Node:
        """With the operators that follow. Sums and their like may be long; everything else makes the tree deep."""
        links = 0
        while (strength := self._strength()) >= binding:
            left = self.infix(left, strength)
            links += not isinstance(left, tree.Binary)
            if links > DEEPEST_SOURCE:
                raise self.too_deep()
        return left

    def _strength(self) -> int:
        token = self.token
        if token.kind == "string" or (token.text == "[" and self.tokens[self.at + 1].text in _CLOSERS):
            return 0  # `]1..5[`: the bracket closes a range
        return _BINDING.get(token.text, 0)

    def infix(self, left: Node, strength: int) -> Node:
        match self.next().text:
            case "between":
                low = self.operand(_SUM)
                self.need("and")
                return tree.Between(left, low, self.operand(_SUM))
            case "in":
                return tree.In(left, self.tests_of_in())
            case "instance":
                self.need("of")
                return tree.InstanceOf(left, self.type())
            case ".":
                return tree.Path(left, self.member())
            case "[":
                return self.filter(left)
            case "(":
                return self.call(left)
            case op:
                return tree.Binary(op, left, self.operand(strength + 1))

    def tests_of_in(self) -> tuple[Node, ...]:
        if not self.is_("("):
            return (tree.UnaryTest(self.next().text, self.operand(_SUM)) if self.is_(*_TESTS) else self.operand(_SUM),)
        self.next()
        first = self.test()
        if self.is_(".."):
            return (self.range_from(first, included=False),)
        tests = [first]
        while self.take(","):
            tests.append(self.test())
        self.need(")")
        return tuple(tests)

    def prefix(self) -> Node:
        token = self.token
        if token.kind == "number":
            return tree.Constant(self.number())
        if token.kind == "string":
            return tree.Constant(unquoted(self.next().text))
        if token.kind == "word":
            return self.word()
        return self.sign()

    def sign(self) -> Node:
        if self.is_(*_TESTS):
            return self.test()
        token = self.next()
        match token.text:
            case "-":
                return self.negation()
            case "(":
                return self.bracketed()
            case "[":
                return self.list_or_range()
            case "]":
                return self.range_from(self.operand(_SUM), included=False)
            case "{":
                return self.context()
            case "@":
                return self.at_literal()
        self.at -= token.kind != "end"
        raise self.fault(text("此处应为一个值。", "A value is expected here."))

    def number(self) -> Decimal:
        try:
            return NUMBERS.create_decimal(self.next().text)
        except DecimalException:
            raise self.fault(text("数字过大。", "This number is too large.")) from None

    def negation(self) -> Node:
        if self.token.kind == "number":
            value = NUMBERS.minus(self.number())
            return self.extended(tree.Constant(value if value else Decimal(0)), _BINDING["instance"])
        return tree.Negation(self.operand(_BINDING["instance"]))

    def at_literal(self) -> Node:
        if self.token.kind != "string":
            raise self.fault(text("@ 之后应为引号中的日期或时间。", "@ is followed by a date or time in quotes."))
        return tree.Constant(read_at(unquoted(self.next().text)))

    def bracketed(self) -> Node:
        inner = self.expression()
        if self.is_(".."):
            return self.range_from(inner, included=False)
        self.need(")")
        return inner

    def list_or_range(self) -> Node:
        if self.take("]"):
            return tree.ListOf(())
        first = self.expression()
        if self.is_(".."):
            return self.range_from(first, included=True)
        items = [first]
        while self.take(","):
            items.append(self.expression())
        self.need("]")
        return tree.ListOf(tuple(items))

    def range_from(self, start: Node, *, included: bool) -> Node:
        self.need("..")
        end = self.operand(_SUM)
        return tree.RangeOf(start, end, included, self.need("]", ")", "[").text == "]")

    def context(self) -> Node:
        self.names.push()
        entries = self.listed(self.entry, "}")
        self.names.pop()
        if len({entry.name for entry in entries}) < len(entries):
            return tree.Constant(None)  # a context with the same key twice is null
        return tree.ContextOf(entries)

    def entry(self) -> tree.Entry:
        key = unquoted(self.next().text) if self.token.kind == "string" else self.name_before(":")
        self.need(":")
        value = self.expression()
        self.names.add(key)
        self.keys.add(key)
        return tree.Entry(key, value)

    # words

    def word(self) -> Node:
        token = self.token
        known = self.names.longest(self.tokens, self.at)
        if known:
            self.at += known[1]
            return tree.Name(known[0])
        if token.text in _LITERALS:
            self.next()
            return tree.Constant(_LITERALS[token.text])
        reader = {"if": self.if_, "for": self.for_, "some": self.quantified, "every": self.quantified}.get(token.text)
        if token.text == "function" and self.tokens[self.at + 1].text == "(":
            reader = self.function
        if reader:
            return reader()
        if token.text in KEYWORDS - {"not", "function"}:
            raise self.fault(text(f"此处不能有“{token.text}”。", f"“{token.text}” cannot stand here."))
        return tree.Name(self.words(run_of_words(self.tokens, self.at)))

    def if_(self) -> Node:
        branches: list[tuple[Node, Node]] = []
        while self.take("if"):  # a chain of `else if` is long, not deep
            condition = self.expression()
            self.need("then")
            branches.append((condition, self.expression()))
            self.need("else")
        last = self.expression()
        for condition, yes in reversed(branches):
            last = tree.If(condition, yes, last)
        return last

    def for_(self) -> Node:
        self.need("for")
        self.names.push()
        loops = self._loops()
        self.need("return")
        body = self.expression()
        self.names.pop()
        return tree.For(loops, body)

    def quantified(self) -> Node:
        every = self.need("some", "every").text == "every"
        self.names.push()
        loops = self._loops()
        self.need("satisfies")
        body = self.expression()
        self.names.pop()
        return tree.Quantified(every, loops, body)

    def _loops(self) -> tuple[tree.Loop, ...]:
        loops = [self._loop()]
        while self.take(","):
            loops.append(self._loop())
            if len(loops) > DEEPEST_SOURCE:
                raise self.too_deep()
        return tuple(loops)

    def _loop(self) -> tree.Loop:
        name = self.name_before("in", ":")
        kind = self.type() if self.take(":") else None
        self.need("in")
        source, end = self.source_of_loop()
        self.names.add(name)
        return tree.Loop(name, source, end, kind)

    def source_of_loop(self) -> tuple[Node, Node | None]:
        """A list, or `start..end`."""
        return self.expression(), self.expression() if self.take("..") else None

    def function(self) -> Node:
        self.need("function")
        self.need("(")
        parameters = self.listed(self._parameter, ")")
        external = self.take("external")
        body = self._scoped((each.name for each in parameters), self.expression)
        return tree.FunctionOf(parameters, body, external)

    def _parameter(self) -> tree.Parameter:
        name = self.name_before(":", ",", ")")
        return tree.Parameter(name, self.type() if self.take(":") else None)

    def call(self, function: Node) -> Node:
        if self.take(")"):
            return tree.Call(function, ())
        if self._is_named_argument():
            pairs = self.listed(self._named_argument, ")")
            return tree.Call(function, tuple(value for _, value in pairs), tuple(name for name, _ in pairs))
        return tree.Call(function, self.listed(self.expression, ")"))

    def _is_named_argument(self) -> bool:
        start = self.at
        while self.may_be_in_name():
            self.next()
        found = self.at > start and self.is_(":")
        self.at = start
        return found

    def _named_argument(self) -> tuple[str, Node]:
        name = self.name_before(":")
        self.need(":")
        return name, self.expression()

    def filter(self, value: Node) -> Node:
        self.names.push_members()
        condition = self.expression()
        self.names.pop()
        self.need("]")
        return tree.Filter(value, condition)

    def _scoped(self, names: Iterable[str], part: Callable[[], Node]) -> Node:
        self.names.push(names)
        found = part()
        self.names.pop()
        return found
