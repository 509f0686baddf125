"""From characters to a tree. The parser knows numbers, names, brackets, four signs and calls, and nothing else.

    sum      = product { ("+" | "-") product }
    product  = signed { ("*" | "/") signed }
    signed   = ("+" | "-") signed | atom
    atom     = number | name [ "[" activity "]" ] | name "(" [ argument { "," argument } ] ")" | "(" sum ")"
    argument = [ name "=" ] sum

× · ÷ − are read as * * / -. A name is written in quotation marks where it holds a hyphen.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from regional_analytics.formulas.errors import FormulaError

LONGEST = 2000
DEEPEST = 40
MOST_SIGNS = 150
_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r'|(?P<quoted>"[A-Za-z0-9_\-]+"|“[A-Za-z0-9_\-]+”)|(?P<activity>\[[A-Za-z0-9_.\-]+\])|(?P<sign>[-+*/×·÷−(),=])'
)
_PLAIN_SIGNS = {"×": "*", "·": "*", "÷": "/", "−": "-"}
_SIMPLE_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True)
class Number:
    """A number as written."""

    value: float
    start: int
    end: int


@dataclass(frozen=True)
class Name:
    """An indicator, by its code; of one activity where one is named: persons_employed[C14]."""

    code: str
    activity: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """As it is written in a formula, in one spelling."""
        code = self.code if _SIMPLE_NAME.fullmatch(self.code) else f'"{self.code}"'
        return f"{code}[{self.activity}]" if self.activity else code


@dataclass(frozen=True)
class Negative:
    """What follows a minus sign."""

    operand: Node
    start: int
    end: int


@dataclass(frozen=True)
class Operation:
    """Two sides and the sign between them: + - * /"""

    sign: str
    left: Node
    right: Node
    start: int
    end: int


@dataclass(frozen=True)
class Argument:
    """What stands between two commas of a call, with its name where it has one."""

    name: str
    value: Node
    start: int
    end: int


@dataclass(frozen=True)
class Call:
    """A function and its arguments."""

    function: str
    arguments: tuple[Argument, ...]
    start: int
    end: int


Node: TypeAlias = Number | Name | Negative | Operation | Call


@dataclass(frozen=True)
class Formula:
    """A formula that can be read, whether or not what it names exists."""

    text: str
    tree: Node

    @property
    def names(self) -> tuple[Name, ...]:
        """Every name that stands where an indicator can stand, each once, in the order of the text."""
        found: dict[str, Name] = {}
        for name in _names_in(self.tree):
            found.setdefault(name.key, name)
        return tuple(found.values())

    def written(self, start: int, end: int) -> str:
        return self.text[start:end]


def parse(text: str) -> Formula:
    """Read a formula.

    text   at most 2000 characters; nothing in it is ever executed
    Returns a Formula, whose tree keeps for every node the characters it stands for.
    Raises FormulaError at the first place that cannot be read.

    >>> [name.key for name in parse("1000 × jobs[C14] ÷ population").names]
    ['jobs[C14]', 'population']
    """
    if len(text) > LONGEST:
        raise FormulaError("too_long", (LONGEST, len(text)), limit=LONGEST)
    tokens = list(_tokens(text))
    if len(tokens) == 1:
        raise FormulaError("empty", (0, 0))
    reader = _Reader(tokens)
    tree = reader.sum()
    left_over = reader.here
    if left_over.kind != "end":
        kinds = {",": "comma_outside", ")": "bracket_not_opened"}
        raise reader.refused(kinds.get(left_over.text, "operator_expected"))
    return Formula(text, tree)


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            kinds = {'"': "quote_not_closed", "“": "quote_not_closed", "[": "activity_expected"}
            raise FormulaError(
                kinds.get(text[at], "unexpected_character"), (at, at + 1), found=text[at : at + 1]
            )
        kind = str(found.lastgroup)
        if kind != "space":
            yield _Token(kind, _PLAIN_SIGNS.get(found[0], found[0]), at, found.end())
        at = found.end()
    yield _Token("end", "", len(text), len(text))


class _Reader:
    """Walks over the tokens once, from left to right."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self._signs = 0

    @property
    def here(self) -> _Token:
        return self._tokens[self._at]

    def sum(self) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self.refused("too_deep", limit=DEEPEST)
        found = self._product()
        while self.here.text in ("+", "-"):
            sign = self._sign()
            right = self._product()
            found = Operation(sign.text, found, right, found.start, right.end)
        self._depth -= 1
        return found

    def _product(self) -> Node:
        found = self._signed()
        while self.here.text in ("*", "/"):
            sign = self._sign()
            right = self._signed()
            found = Operation(sign.text, found, right, found.start, right.end)
        return found

    def _signed(self) -> Node:
        signs = []
        while self.here.text in ("+", "-"):
            signs.append(self._sign())
        found = self._atom()
        for sign in reversed(signs):
            if sign.text == "-":
                found = Negative(found, sign.start, found.end)
        return found

    def _atom(self) -> Node:
        token = self.here
        if token.kind == "number":
            self._take()
            value = float(token.text)
            if not math.isfinite(value):
                raise FormulaError("number_too_large", (token.start, token.end))
            return Number(value, token.start, token.end)
        if token.kind in ("name", "quoted"):
            return self._name_or_call()
        if token.text == "(":
            self._take()
            inside = self.sum()
            self._close(token)
            return inside
        if token.kind == "end":
            raise self.refused("value_expected_at_end")
        raise self.refused("value_expected")

    def _name_or_call(self) -> Node:
        token = self._take()
        if self.here.text == "(" and token.kind == "name":
            opened = self._take()
            arguments = self._arguments()
            closed = self._close(opened)
            return Call(token.text, arguments, token.start, closed.end)
        code = token.text.strip('"“”')
        if self.here.kind == "activity":
            activity = self._take()
            return Name(code, activity.text[1:-1], token.start, activity.end)
        return Name(code, "", token.start, token.end)

    def _arguments(self) -> tuple[Argument, ...]:
        found: list[Argument] = []
        if self.here.text == ")":
            return ()
        while True:
            start, name = self.here.start, ""
            if self.here.kind == "name" and self._tokens[self._at + 1].text == "=":
                name = self._take().text
                self._take()
            value = self.sum()
            found.append(Argument(name, value, start, value.end))
            if self.here.text != ",":
                return tuple(found)
            self._take()

    def _close(self, opened: _Token) -> _Token:
        if self.here.text == ")":
            return self._take()
        if self.here.kind == "end":
            raise FormulaError("bracket_not_closed", (opened.start, opened.end))
        raise self.refused("comma_outside" if self.here.text == "," else "operator_expected")

    def _sign(self) -> _Token:
        self._signs += 1
        if self._signs > MOST_SIGNS:
            raise self.refused("too_many_signs", limit=MOST_SIGNS)
        return self._take()

    def _take(self) -> _Token:
        token = self.here
        self._at += 1
        return token

    def refused(self, kind: str, **details: object) -> FormulaError:
        token = self.here
        return FormulaError(kind, (token.start, token.end), **{"found": token.text, **details})


def _names_in(node: Node) -> Iterator[Name]:
    if isinstance(node, Name):
        yield node
    elif isinstance(node, Negative):
        yield from _names_in(node.operand)
    elif isinstance(node, Operation):
        yield from _names_in(node.left)
        yield from _names_in(node.right)
    elif isinstance(node, Call):
        for position, argument in enumerate(node.arguments):
            if not is_word(node.function, position, argument):
                yield from _names_in(argument.value)


def is_word(function: str, position: int, argument: Argument) -> bool:
    """Whether an argument is a word of the language (minmax, lowest) rather than an indicator."""
    if not isinstance(argument.value, Name):
        return False
    return (function == "composite" and position == 0 and not argument.name) or (
        function == "rank" and argument.name == "best"
    )


def constant(node: Node) -> float | None:
    """The number a part of a formula always has; None where it depends on a figure. Division by zero is None too."""
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Negative):
        inside = constant(node.operand)
        return None if inside is None else -inside
    if isinstance(node, Operation):
        left, right = constant(node.left), constant(node.right)
        if left is None or right is None:
            return None
        if node.sign == "/":
            return None if right == 0 else left / right
        return {"+": left + right, "-": left - right, "*": left * right}[node.sign]
    return None
