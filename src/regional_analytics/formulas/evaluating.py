"""A formula on figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from regional_analytics.formulas import functions
from regional_analytics.formulas.checking import Checked, check, part_names, word
from regional_analytics.formulas.composites import Composite, Counts, composite
from regional_analytics.formulas.grids import Grid, same_everywhere
from regional_analytics.formulas.parsing import (
    Call,
    Formula,
    Name,
    Negative,
    Node,
    Number,
    Operation,
    constant,
)
from regional_analytics.measures.inputs import WrongShape


@dataclass(frozen=True)
class Result:
    """What a formula says of all regions in all years.

    value         (years, regions): masked where unknown (`value.masked`), with the reason of each
    parts         the names of the parts that are counted
    parts_known   (years, regions): how many of them are known
    components    the parts of a composite after normalisation, by name; empty without one
    weights       as used, by the same names
    """

    value: Grid
    parts: tuple[str, ...]
    parts_known: Counts
    components: Mapping[str, Grid]
    weights: Mapping[str, float]


def evaluate(
    formula: Formula,
    figures: Mapping[str, Grid],
    years: Sequence[int],
    *,
    weights: Mapping[str, float] | None = None,
    minimum: int | None = None,
) -> Result:
    """Compute a formula for all regions in all years.

    formula   as parsed
    figures   a grid for each name of the formula (“jobs”, “jobs[C14]”), all (years, regions); never written into
    years     the years of the rows, ascending
    weights   of the parts of the composite, by name; equal if left out
    minimum   how many parts of a composite must be known; all of them if left out
    Returns a Result. A value is unknown where a figure it needs is, and says why; a composite is the mean of the
    parts that are known, unless they are too few.
    Raises FormulaError as `check` does, WrongShape where a grid has another shape.

    >>> from regional_analytics.formulas import grid, parse
    >>> figures = {"jobs": grid([[30.0, np.nan]]), "people": grid([[60.0, 50.0]])}
    >>> found = evaluate(parse("per(jobs, people, 1000)"), figures, [2015])
    >>> found.value.values.tolist(), found.parts_known.tolist()
    ([[500.0, nan]], [[2, 1]])
    """
    checked = check(
        formula,
        {name.code: None for name in formula.names if name.key in figures},
        weights=weights,
        minimum=minimum,
    )
    shape = next(iter(figures.values())).values.shape
    for key, one in figures.items():
        if one.values.shape != shape or shape[0] != len(years):
            raise WrongShape(
                f"The figures of {key} have the shape {one.values.shape} instead of {(len(years), shape[1])}"
            )
    machine = _Machine(figures, tuple(years), shape, checked, weights, minimum)
    value = machine.value_of(formula.tree)
    if machine.composite is not None:
        made = machine.composite
        return Result(value, checked.parts, made.parts_known, made.components, made.weights)
    counted: Counts = np.sum([figures[key].known for key in checked.names], axis=0)
    return Result(value, checked.parts, counted, {}, {})


class _Machine:
    """Walks the tree from the leaves to the root."""

    def __init__(
        self,
        figures: Mapping[str, Grid],
        years: tuple[int, ...],
        shape: tuple[int, ...],
        checked: Checked,
        weights: Mapping[str, float] | None,
        minimum: int | None,
    ) -> None:
        self._figures, self._years, self._shape = figures, years, shape
        self._weights = weights or dict.fromkeys(checked.parts, 1.0)
        self._minimum = minimum or len(checked.parts)
        self.composite: Composite | None = None

    def value_of(self, node: Node) -> Grid:
        if isinstance(node, Number):
            return same_everywhere(node.value, self._shape)
        if isinstance(node, Name):
            return self._figures[node.key]
        if isinstance(node, Negative):
            return functions.negative(self.value_of(node.operand))
        if isinstance(node, Operation):
            return functions.combined(node.sign, self.value_of(node.left), self.value_of(node.right))
        return self._called(node)

    def _called(self, node: Call) -> Grid:
        if node.function == "composite":
            return self._composite(node)
        first = self.value_of(node.arguments[0].value)
        if node.function in ("ratio", "share", "per"):
            return self._divided(node, first)
        if node.function in ("index", "change", "difference"):
            number = int(_plain(node.arguments[1].value))
            over_time = {
                "index": functions.index,
                "change": functions.change,
                "difference": functions.difference,
            }
            return over_time[node.function](first, number, self._years)
        if node.function == "rank":
            best = word(node.arguments[1]) if len(node.arguments) == 2 else "highest"
            return functions.rank(first, best)
        return _NORMALISED[node.function](first)

    def _divided(self, node: Call, first: Grid) -> Grid:
        second = self.value_of(node.arguments[1].value)
        if node.function == "per":
            each = _plain(node.arguments[2].value) if len(node.arguments) == 3 else 1.0
            return functions.per(first, second, each)
        return (functions.share if node.function == "share" else functions.ratio)(first, second)

    def _composite(self, node: Call) -> Grid:
        method = word(node.arguments[0])
        parts = {
            name: _NORMALISED[method](self.value_of(argument.value))
            for name, argument in zip(part_names(node), node.arguments[1:], strict=True)
        }
        self.composite = composite(parts, self._weights, self._minimum)
        return self.composite.value


def _as_is(x: Grid) -> Grid:
    return x


def _plain(node: Node) -> float:
    number = constant(node)
    assert number is not None  # checked before
    return number


_NORMALISED = {
    "minmax": functions.minmax,
    "zscore": functions.zscore,
    "percentile": functions.percentile,
    "as_is": _as_is,
}
