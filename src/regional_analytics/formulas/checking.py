"""Everything that can be known of a formula before a figure is seen: names, arguments, units, division by zero."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from regional_analytics.formulas.errors import FormulaError
from regional_analytics.formulas.parsing import (
    Argument,
    Call,
    Formula,
    Name,
    Negative,
    Node,
    Number,
    Operation,
    constant,
)
from regional_analytics.formulas.signatures import BEST, FUNCTIONS, NORMALISATIONS, Signature
from regional_analytics.formulas.units import NUMBER, PERCENT, POINTS, Unit


@dataclass(frozen=True)
class Checked:
    """What a formula needs and gives.

    names   the keys of the indicators it reads, in the order of the text
    parts   the names of the parts whose coverage is counted: those of the composite, else the indicators themselves
    unit    of the result; None where the unit of an indicator is not known
    """

    names: tuple[str, ...]
    parts: tuple[str, ...]
    composite: Call | None
    normalisation: str
    unit: Unit | None


def check(
    formula: Formula,
    units: Mapping[str, str | None],
    *,
    weights: Mapping[str, float] | None = None,
    minimum: int | None = None,
) -> Checked:
    """Look at a formula before it is used.

    formula   as parsed
    units     the unit of each indicator that can be named, by code; None where nobody knows it
    weights   of the parts of the composite, by name; every part or none
    minimum   how many parts must be known, from 1; all of them if left out
    Returns what the formula needs and gives.
    Raises FormulaError with the place: an unknown name or function, wrong arguments, units that cannot be added, a
    division by a plain zero, weights that fit no part.

    >>> from regional_analytics.formulas import parse
    >>> found = check(parse("1000 * jobs / people"), {"jobs": "jobs", "people": "inhabitants"})
    >>> found.names, str(found.unit)
    (('jobs', 'people'), 'jobs per inhabitants')
    """
    walker = _Walker(formula, units)
    unit = walker.unit_of(formula.tree)
    names = tuple(name.key for name in formula.names)
    if not names:
        raise FormulaError("no_indicator", (0, len(formula.text)))
    parts = tuple(part_names(walker.composite)) if walker.composite else names
    _check_weights(formula, walker.composite, parts, weights)
    if minimum is not None and not 1 <= minimum <= len(parts):
        raise FormulaError("minimum_out_of_range", (0, len(formula.text)), minimum=minimum, parts=len(parts))
    return Checked(names, parts, walker.composite, walker.normalisation, unit)


def part_names(call: Call) -> list[str]:
    """The names of a composite's parts: given (income=…), or the indicator's own."""
    found: list[str] = []
    for argument in call.arguments[1:]:
        name = argument.name or _own_name(argument.value)
        if not name:
            raise FormulaError("part_without_name", (argument.start, argument.end))
        if name in found:
            raise FormulaError("part_twice", (argument.start, argument.end), name=name)
        found.append(name)
    return found


def _own_name(node: Node) -> str:
    inside = node.operand if isinstance(node, Negative) else node
    return inside.key if isinstance(inside, Name) else ""


def _check_weights(
    formula: Formula, call: Call | None, parts: tuple[str, ...], weights: Mapping[str, float] | None
) -> None:
    if not weights:
        return
    if call is None:
        raise FormulaError("weights_without_composite", (0, len(formula.text)))
    place = (call.start, call.end)
    for name, weight in weights.items():
        if name not in parts:
            raise FormulaError("weight_unknown", place, name=name)
        if not 0 < weight < float("inf"):
            raise FormulaError("weight_not_positive", place, name=name)
    for name in parts:
        if name not in weights:
            raise FormulaError("weight_missing", place, name=name)


class _Walker:
    """Goes through the tree once and knows the unit of every node; None is a unit nobody knows."""

    def __init__(self, formula: Formula, units: Mapping[str, str | None]) -> None:
        self._formula = formula
        self._units = units
        self._inside = 0
        self.composite: Call | None = None
        self.normalisation = ""

    def unit_of(self, node: Node) -> Unit | None:
        if isinstance(node, Number):
            return NUMBER
        if isinstance(node, Name):
            return self._of_name(node)
        if isinstance(node, Negative):
            return self.unit_of(node.operand)
        if isinstance(node, Operation):
            return self._of_operation(node)
        return self._of_call(node)

    def _of_name(self, node: Name) -> Unit | None:
        place = (node.start, node.end)
        if node.code in self._units:
            symbol = self._units[node.code]
            return None if symbol is None else Unit.of(symbol)
        if node.code in FUNCTIONS:
            usage = FUNCTIONS[node.code].usage
            raise FormulaError("function_without_brackets", place, name=node.code, usage=usage)
        near = get_close_matches(node.code, self._units, n=1, cutoff=0.6)
        if near:
            raise FormulaError("unknown_name_near", place, name=node.code, near=near[0])
        raise FormulaError("unknown_name", place, name=node.code)

    def _of_operation(self, node: Operation) -> Unit | None:
        left, right = self.unit_of(node.left), self.unit_of(node.right)
        if node.sign in "+-":
            return self._same(node.left, left, node.right, right, node)
        if node.sign == "/" and constant(node.right) == 0:
            raise FormulaError("division_by_zero", (node.right.start, node.right.end))
        if left is None or right is None:
            return None
        return left * right if node.sign == "*" else left / right

    def _same(self, a: Node, left: Unit | None, b: Node, right: Unit | None, whole: Node) -> Unit | None:
        """The unit two sides share; a plain number takes the other's."""
        if constant(a) is not None:
            return right
        if constant(b) is not None or left == right or right is None:
            return left
        if left is None:
            return right
        sides = {"left": self._written(a), "right": self._written(b)}
        raise FormulaError("units_differ", (whole.start, whole.end), **sides)

    def _written(self, node: Node) -> str:
        return self._formula.written(node.start, node.end)

    def _of_call(self, node: Call) -> Unit | None:
        signature = FUNCTIONS.get(node.function)
        if signature is None:
            raise FormulaError(
                "unknown_function",
                (node.start, node.start + len(node.function)),
                name=node.function,
                functions=", ".join(FUNCTIONS),
            )
        if not signature.least <= len(node.arguments) <= signature.most:
            raise self._refused("wrong_arguments", node, signature)
        if node.function == "composite":
            return self._of_composite(node)
        self._check_options(node, signature)
        self._inside += 1
        given = [self.unit_of(one.value) for one in node.arguments if not one.name]
        self._inside -= 1
        return self._result(node, signature, given)

    def _check_options(self, node: Call, signature: Signature) -> None:
        for argument in node.arguments:
            place = (argument.start, argument.end)
            if not argument.name:
                continue
            if argument.name not in signature.options:
                raise FormulaError("unknown_option", place, option=argument.name, usage=signature.usage)
            if word(argument) not in BEST:
                raise FormulaError("word_wanted", place, words=", ".join(BEST))
        named = [bool(argument.name) for argument in node.arguments]
        if named[: signature.least] != [False] * signature.least or (
            signature.options and not all(named[1:])
        ):
            raise self._refused("wrong_arguments", node, signature)

    def _result(self, node: Call, signature: Signature, given: list[Unit | None]) -> Unit | None:
        name, first = node.function, given[0]
        if name in ("ratio", "per"):
            return self._of_ratio(node, signature, given)
        if name == "share":
            self._same(node.arguments[0].value, first, node.arguments[1].value, given[1], node)
            if constant(node.arguments[1].value) == 0:
                raise FormulaError("division_by_zero", _place(node.arguments[1]))
            return PERCENT
        if name == "index":
            self._whole_number(node.arguments[1], "year_wanted", signature, 1900, 2200)
            return Unit.of("index")
        if name in ("change", "difference"):
            self._whole_number(node.arguments[1], "years_wanted", signature, 1, 200)
            if name == "change":
                return PERCENT
            return POINTS if first == PERCENT else first
        return {"percentile": PERCENT, "zscore": Unit.of("standard deviations")}.get(name, Unit.of(name))

    def _of_ratio(self, node: Call, signature: Signature, given: list[Unit | None]) -> Unit | None:
        if constant(node.arguments[1].value) == 0:
            raise FormulaError("division_by_zero", _place(node.arguments[1]))
        each = constant(node.arguments[2].value) if len(given) == 3 else 1.0
        if each is None or each <= 0:
            raise FormulaError("plain_number_wanted", _place(node.arguments[2]), usage=signature.usage)
        counted, base = given[:2]
        if counted is None or base is None:
            return None
        if each == 1:
            return counted / base
        symbol = f"{each:,.0f} {base}".strip() if each == int(each) else f"{each:g} {base}".strip()
        return counted / Unit.of(symbol)

    def _whole_number(self, argument: Argument, kind: str, signature: Signature, low: int, high: int) -> None:
        number = constant(argument.value)
        if number is None or number != int(number) or not low <= number <= high:
            raise FormulaError(kind, _place(argument), usage=signature.usage)

    def _of_composite(self, node: Call) -> Unit | None:
        if self.composite is not None:
            raise FormulaError("composite_twice", (node.start, node.end))
        if self._inside:
            raise FormulaError("composite_inside", (node.start, node.end))
        self.composite = node
        first = node.arguments[0]
        if first.name or word(first) not in NORMALISATIONS:
            raise FormulaError("word_wanted", _place(first), words=", ".join(NORMALISATIONS))
        self.normalisation = word(first)
        part_names(node)
        self._inside += 1
        units = [self.unit_of(one.value) for one in node.arguments[1:]]
        self._inside -= 1
        if self.normalisation != "as_is":
            return Unit.of("points")
        for argument, unit in zip(node.arguments[2:], units[1:], strict=True):
            self._same(node.arguments[1].value, units[0], argument.value, unit, node)
        return units[0]

    def _refused(self, kind: str, node: Call, signature: Signature) -> FormulaError:
        return FormulaError(kind, (node.start, node.end), name=node.function, usage=signature.usage)


def word(argument: Argument) -> str:
    """The word of the language an argument is; empty where it is something else."""
    return argument.value.key if isinstance(argument.value, Name) else ""


def _place(argument: Argument) -> tuple[int, int]:
    return argument.start, argument.end
