"""The Python of branches, loops, functions, calls, lists, contexts and filters."""

from collections.abc import Callable, Sequence

from zhengtong.engines.rules.errors import ExternalCode
from zhengtong.engines.rules.feel import tree
from zhengtong.engines.rules.feel.builtins import BUILTINS
from zhengtong.engines.rules.feel.forms import direct
from zhengtong.engines.rules.feel.generate import Generator, emits
from zhengtong.engines.rules.feel.scope import Frame
from zhengtong.engines.rules.feel.types import result_type
from zhengtong.engines.rules.feel.values import Builtin, Value
from zhengtong.engines.rules.feel.weight import weight
from zhengtong.engines.rules.limits import Run

_Body = Callable[[str], None]


@emits(tree.If)
def _if(self: Generator, node: tree.If) -> str:
    """A chain of `else if` is one loop of one round that is left at the first hit: it must not nest."""
    value = self.code.fresh()
    last: tree.Node = node
    with self.code.block("while True:"):
        while isinstance(last, tree.If):
            with self.code.block(f"if {self.emit(last.condition)} is True:"):
                self.code.line(f"{value} = {self.emit(last.yes)}")
                self.code.line("break")
            last = last.no
        self.code.line(f"{value} = {self.emit(last)}")
        self.code.line("break")
    return value


@emits(tree.For)
def _for(self: Generator, node: tree.For) -> str:
    def body(found: str) -> None:
        self.code.line(f"{found}.append({self.emit(node.body)})")

    return _looped(self, node, "[]", body, partial=tree.uses((node.body, node.loops), "partial"))


@emits(tree.Quantified)
def _quantified(self: Generator, node: tree.Quantified) -> str:
    settled = "False" if node.every else "True"

    def body(found: str) -> None:
        answer = self.emit(node.body)
        with self.code.block(f"if {answer} is {settled}:"):
            self.code.line(f"return {settled}")
        with self.code.block(f"if type({answer}) is not bool:"):
            self.code.line(f"{found} = None")

    return _looped(self, node, str(node.every), body)


def _looped(
    self: Generator, node: tree.For | tree.Quantified, start: str, body: _Body, *, partial: bool = False
) -> str:
    """Loops within loops, in a function of their own so that they can be left at once."""
    function, found = self.code.fresh("f"), self.code.fresh()
    with self.code.block(f"def {function}():"):
        self.code.line(f"{found} = {start}")
        frame = Frame()
        with self.within(frame):
            _loops(self, node.loops, frame, found, body, node.body, partial)
        self.code.line(f"return {found}")
    return self.code.let(f"{function}()")


def _loops(
    self: Generator, loops: Sequence[tree.Loop], frame: Frame, found: str, body: _Body, goal: tree.Node, partial: bool
) -> None:
    if not loops:
        if partial:
            frame.variables["partial"] = self.code.let(f"copied(run, {found})")
        body(found)
        return
    loop = loops[0]
    source = self.emit(loop.source)
    over = f"each(run, {source})" if loop.end is None else f"each_between(run, {source}, {self.emit(loop.end)})"
    domain, item = self.code.let(over), self.code.fresh("v")
    with self.code.block(f"if {domain} is None:"):
        self.code.line("return None")
    with self.code.block(f"for {item} in {domain}:"):
        _spent(self, (loops[1].source, loops[1].end) if loops[1:] else goal)
        frame.variables[loop.name] = item
        _loops(self, loops[1:], frame, found, body, goal, partial)


def _spent(self: Generator, *parts: object) -> None:
    """Each round counts by what is done in it."""
    if steps := weight(*parts):
        self.code.line(f"run.spend({steps})")


@emits(tree.FunctionOf)
def _function(self: Generator, node: tree.FunctionOf) -> str:
    """Variables from around it are bound when it is made, as default values: in a loop they will have others later."""
    name, names = self.code.fresh("f"), tuple(each.name for each in node.parameters)
    variables = {each: self.code.fresh("v") for each in names}
    frame = Frame(variables, captured=set())
    place = len(self.code.lines)
    with self.code.block(""), self.within(frame):
        _spent(self, node.body)
        self.code.line(f"return {_body(self, node)}")
    bound = "".join(f", {each}={each}" for each in sorted(frame.captured or ()))
    takes = "".join(f", {each}" for each in variables.values())
    indent = self.code.lines[place]
    self.code.lines[place] = f"{indent}def {name}(run{takes}{', *' if bound else ''}{bound}):"
    kinds = tuple(each.type and self.resolve(each.type) for each in node.parameters)
    result = result_type(self.resolve(node.result) if node.result else None)
    constants = [self.code.constant(each) for each in (names, kinds, result)]
    return self.code.let(f"Function({constants[0]}, {name}, {constants[1]}, {constants[2]})")


def _body(self: Generator, node: tree.FunctionOf) -> str:
    if not node.external:
        return self.emit(node.body)
    return f"{self.code.constant(_refuse)}(run)"


def _refuse(run: Run) -> Value:
    raise ExternalCode


@emits(tree.Call)
def _call(self: Generator, node: tree.Call) -> str:
    if literal := self.literal(node):
        return self.code.constant(literal.value)
    known = _known(self, node)
    if known:
        return self.code.let(f"{known}(run, {self.emit_all(node.arguments)})")
    function = self.emit(node.function)
    names = self.code.constant(node.names)
    return self.code.let(f"invoke(run, {function}, ({self.emit_all(node.arguments)}), {names})")


def _known(self: Generator, node: tree.Call) -> str:
    """A function of the standard of which one form fits, as a constant; "" where that has to be found out later."""
    if not isinstance(node.function, tree.Name):
        return ""
    found = self.scope.find(node.function.name)
    function = BUILTINS.get(node.function.name)
    if found.variable or found.items or not isinstance(function, Builtin):
        return ""
    fitting = [made for form in function.forms if (made := direct(form, len(node.arguments), node.names))]
    return self.code.constant(fitting[0]) if len(fitting) == 1 else ""


@emits(tree.Path)
def _path(self: Generator, node: tree.Path) -> str:
    return self.code.let(f"member({self.emit(node.value)}, {self.code.constant(node.name)}, run.spend)")


@emits(tree.Filter)
def _filter(self: Generator, node: tree.Filter) -> str:
    value = self.emit(node.value)
    if tree.is_number(node.condition):
        return self.code.let(f"item_at({value}, {self.emit(node.condition)})")
    function, item = self.code.fresh("f"), self.code.fresh("v")
    with self.code.block(f"def {function}({item}):"), self.within(Frame({"item": item}, item=item)):
        _spent(self, node.condition)
        self.code.line(f"return {self.emit(node.condition)}")
    return self.code.let(f"filtered(run, {value}, {function})")


@emits(tree.ListOf)
def _list(self: Generator, node: tree.ListOf) -> str:
    return self.code.let(f"[{self.emit_all(node.items)}]")


@emits(tree.ContextOf)
def _context(self: Generator, node: tree.ContextOf) -> str:
    frame = Frame()
    with self.within(frame):
        for entry in node.entries:
            value = self.emit(entry.value)
            kind = self.resolve(entry.type) if entry.type else None
            frame.variables[entry.name] = self.code.let(self.conformed(value, kind))
        if node.result is not None:
            return self.emit(node.result)
    pairs = (f"{self.code.constant(name)}: {value}" for name, value in frame.variables.items())
    return self.code.let(f"{{{', '.join(pairs)}}}")
