"""The small language of the templates: values, `if`, `for` and a few filters, nothing else.

What is not on the list is refused before a template is used, so that none can run code, reach an
object, or take long: loops go over lists that are given, two deep, and nothing is computed.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from types import CodeType

from jinja2 import Environment, StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from responders import wording
from responders.vocabulary import Placeholder, Shape

FILTERS: dict[str, Callable[..., str]] = {
    "moment": wording.moment,
    "day": wording.day,
    "week": wording.week,
    "clock": wording.clock,
    "joined": wording.joined,
    "counted": wording.counted,
}
MOMENT_FILTERS = frozenset({"moment", "day", "week", "clock"})
LIST_FILTERS = frozenset({"joined", "length"})

DEEPEST_LOOP = 2
LONGEST_TEMPLATE = 16 * 1024
"""Characters; the longest letter that is shipped has 2,000."""

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.If,
    nodes.For,
    nodes.CondExpr,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Compare,
    nodes.Operand,
    nodes.Const,
    nodes.Filter,
    nodes.Include,
)
_REFUSED_WORDS = {
    nodes.Call: "a call",
    nodes.Getitem: "a place in brackets",
    nodes.Assign: "set",
    nodes.AssignBlock: "set",
    nodes.Macro: "a macro",
    nodes.Extends: "extends",
    nodes.Block: "a block",
    nodes.Import: "import",
    nodes.FromImport: "import",
    nodes.Concat: "joining with ~",
    nodes.Mul: "arithmetic",
    nodes.Add: "arithmetic",
    nodes.Pow: "arithmetic",
}
LOOP_WORDS = ("first", "last", "index")


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong at `line`, and the nearest word that would be right."""

    line: int
    problem: str
    nearest: str | None = None


def make_environment(finalize: Callable[[object], str] | None) -> Environment:
    """Where templates are compiled. `finalize` is what every value passes through on
    its way into the text; None is for the layout, whose values are escaped for HTML."""
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=finalize is None,
        finalize=finalize,
    )
    environment.filters = {**FILTERS, "length": len}
    environment.globals = {}
    environment.tests = {}
    return environment


@lru_cache(maxsize=512)
def parse(source: str) -> nodes.Template:
    """The tree of a template, for many to read and nobody to change. Raises TemplateSyntaxError or
    RecursionError."""
    return make_environment(str).parse(source)


@lru_cache(maxsize=512)
def compile_source(source: str, finalize: Callable[[object], str] | None) -> CodeType:
    """What every environment with this `finalize` runs for a template."""
    return make_environment(finalize).compile(source)


def check_source(source: str, placeholders: tuple[Placeholder, ...]) -> tuple[Remark, ...]:
    """Everything in a template that is not of this language or not declared, by line."""
    if len(source) > LONGEST_TEMPLATE:
        return (Remark(0, f"is longer than {LONGEST_TEMPLATE:,} characters"),)
    try:
        tree = parse(source)
        refused = tuple(_refused(tree))
        return refused or tuple(_Checker(_Scope.of(placeholders)).check(tree))
    except TemplateSyntaxError as error:
        return (Remark(error.lineno, (error.message or "can't be read").rstrip(".") + "."),)
    except RecursionError:
        return (Remark(0, "is nested too deeply."),)


def _refused(tree: nodes.Node) -> Iterator[Remark]:
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED):
            what = _REFUSED_WORDS.get(type(node), type(node).__name__.lower())
            yield Remark(node.lineno, f"{what} can't be used in a letter.")
        if isinstance(node, nodes.For) and (node.recursive or node.test is not None):
            yield Remark(node.lineno, "a loop with a condition can't be used: put an if inside.")


@dataclass(frozen=True, slots=True)
class _Scope:
    """The words that may be used here, dotted, with what each means."""

    words: Mapping[str, Placeholder]
    loops: int = 0

    @classmethod
    def of(cls, placeholders: tuple[Placeholder, ...]) -> "_Scope":
        return cls({placeholder.name: placeholder for placeholder in placeholders})

    def within(self, loop: Placeholder, name: str) -> "_Scope":
        item = Placeholder(name, loop.meaning, None)
        inner = {f"{name}.{x.name}": x for x in loop.items} or {name: item}
        own = {f"loop.{word}": Placeholder(f"loop.{word}", "", True) for word in LOOP_WORDS}
        return _Scope({**self.words, **inner, **own}, self.loops + 1)


@dataclass(slots=True)
class _Checker:
    """Walks a tree whose nodes are all allowed; every word must be known where it stands."""

    scope: _Scope
    remarks: list[Remark] = field(default_factory=list)

    def check(self, node: nodes.Node) -> list[Remark]:
        self._visit(node, filters=())
        return self.remarks

    def _visit(self, node: nodes.Node, filters: tuple[str, ...]) -> None:
        match node:
            case nodes.For():
                self._loop(node)
            case nodes.Filter():
                self._filter(node, filters)
            case nodes.Name() | nodes.Getattr():
                self._word(node, filters)
            case nodes.Output():
                for shown in node.nodes:
                    self._visit(shown, ("shown",))
            case nodes.CondExpr():
                self._visit(node.test, ())
                for branch in (node.expr1, node.expr2):
                    if branch is not None:
                        self._visit(branch, filters)
            case nodes.Include():
                if not isinstance(node.template, nodes.Const):
                    self._remark(node, "include needs the name of a file in quotes.")
            case _:
                for child in node.iter_child_nodes():
                    self._visit(child, ())

    def _loop(self, node: nodes.For) -> None:
        name = _dotted(node.iter)
        known = self.scope.words.get(name or "")
        if name and known is None:
            self._unknown(node, name)
            return
        if (
            not isinstance(node.target, nodes.Name)
            or known is None
            or known.shape is not Shape.LIST
        ):
            self._remark(node, "a loop goes over one of the lists: for word in list.")
            return
        if self.scope.loops >= DEEPEST_LOOP:
            self._remark(node, "loops can't be nested deeper than two.")
            return
        outer, self.scope = self.scope, self.scope.within(known, node.target.name)
        for child in node.body:
            self._visit(child, ())
        self.scope = outer
        for otherwise in node.else_:
            self._visit(otherwise, ())

    def _filter(self, node: nodes.Filter, filters: tuple[str, ...]) -> None:
        known = [*FILTERS, "length"]
        if node.name not in known:
            self._remark(node, f"there is no filter {node.name}.", _nearest(node.name, known))
        if node.node is not None:
            self._visit(node.node, (*filters, node.name))
        for argument in node.args:
            self._visit(argument, ())

    def _word(self, node: nodes.Name | nodes.Getattr, filters: tuple[str, ...]) -> None:
        name = _dotted(node)
        known = self.scope.words.get(name or "")
        if known is None:
            self._unknown(node, name or "this")
            return
        is_shown = "shown" in filters
        if is_shown and known.shape is Shape.MOMENT and not MOMENT_FILTERS & set(filters):
            self._remark(node, f"{name} is a moment: write {name} | moment.", None)
        if is_shown and known.shape is Shape.LIST and not LIST_FILTERS & set(filters):
            self._remark(node, f"{name} is a list: write {name} | joined.", None)

    def _unknown(self, node: nodes.Node, shown: str) -> None:
        """The nearest word beside it, or all that stand there; elsewhere the nearest of all."""
        known = list(self.scope.words)
        told = f"there is no placeholder {shown}."
        group = shown.rpartition(".")[0] + "."
        beside = [word.removeprefix(group) for word in known if word.startswith(group)]
        if not beside:
            self._remark(node, told, _nearest(shown, known))
        elif near := _nearest(shown.removeprefix(group), beside):
            self._remark(node, told, group + near)
        else:
            listed = ", ".join(group + word for word in beside)
            self._remark(node, f"{told} Those of {group[:-1]} are {listed}.")

    def _remark(self, node: nodes.Node, problem: str, nearest: str | None = None) -> None:
        self.remarks.append(Remark(node.lineno, problem, nearest))


def _dotted(node: nodes.Node) -> str | None:
    """`round.closes_at` of the nodes that say it, None for anything else."""
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            inner = _dotted(node.node)
            return f"{inner}.{node.attr}" if inner else None
        case _:
            return None


def _nearest(word: str, known: list[str]) -> str | None:
    return next(iter(get_close_matches(word, known, n=1, cutoff=0.5)), None)
