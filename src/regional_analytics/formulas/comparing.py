"""What may be said of the values of a formula beside each other: between regions, between years, as multiples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from regional_analytics.formulas.checking import word
from regional_analytics.formulas.parsing import Call, Formula, Name, Negative, Node, Number, Operation

_QUOTIENTS = ("ratio", "per", "share")
_OVER_YEARS = ("change", "difference")
_POSITIONS = ("rank", "percentile", "zscore", "minmax")


class Comparable(NamedTuple):
    """What two values of one indicator can be compared for.

    regions     the levels of two regions: not of counts, which differ because regions differ in size
    years       two years of one region: not of positions among regions, which are drawn anew each year
    multiples   “twice as much”, and who catches up: not of positions, nor of growth, which has no natural zero
    """

    regions: bool
    years: bool
    multiples: bool


A_RATE = Comparable(regions=True, years=True, multiples=True)
A_COUNT = Comparable(regions=False, years=True, multiples=False)
_A_POSITION = Comparable(regions=True, years=False, multiples=False)
_A_GROWTH = Comparable(regions=True, years=True, multiples=False)


def comparable(formula: Formula, parts: Mapping[str, Comparable]) -> Comparable:
    """What may be compared of a formula's values.

    formula   as parsed and checked
    parts     the same of each name in it (“jobs”, “jobs[C14]”); a name that is missing is taken for a count
    A quotient of two figures no longer depends on the size of a region; a sum, a difference or a multiple is like its
    parts; an index with a base year says nothing between regions. Wherever a position among regions is in it, two
    years cannot be compared: each year is scaled by itself.

    >>> from regional_analytics.formulas import parse
    >>> comparable(parse("per(jobs, people, 1000)"), {})
    Comparable(regions=True, years=True, multiples=True)
    >>> comparable(parse("2 * jobs"), {}).regions, comparable(parse("rank(jobs)"), {}).years
    (False, False)
    """
    return _of(formula.tree, parts)


def _of(node: Node, parts: Mapping[str, Comparable]) -> Comparable:
    if isinstance(node, Number):
        return A_RATE
    if isinstance(node, Name):
        return parts.get(node.key, A_COUNT)
    if isinstance(node, Negative):
        return _of(node.operand, parts)._replace(multiples=False)
    if isinstance(node, Operation):
        left, right = _of(node.left, parts), _of(node.right, parts)
        is_quotient = node.sign == "/" and not isinstance(node.right, Number)
        return _quotient(left, right) if is_quotient else _together(left, right)
    return _called(node, parts)


def _called(node: Call, parts: Mapping[str, Comparable]) -> Comparable:
    name = node.function
    if name == "composite":
        own = [_of(argument.value, parts) for argument in node.arguments[1:]]
        return _together(*own) if word(node.arguments[0]) == "as_is" else _A_POSITION
    first = _of(node.arguments[0].value, parts)
    if name in _POSITIONS:
        return _A_POSITION
    if name in _QUOTIENTS:
        return _quotient(first, _of(node.arguments[1].value, parts))
    if name == "index":
        return first._replace(regions=False, multiples=False)
    assert name in _OVER_YEARS
    grown = _A_GROWTH if name == "change" else first._replace(multiples=False)
    return grown._replace(years=first.years)


def _quotient(left: Comparable, right: Comparable) -> Comparable:
    years = left.years and right.years
    return Comparable(regions=True, years=years, multiples=years)


def _together(*several: Comparable) -> Comparable:
    return Comparable(*(all(one[at] for one in several) for at in range(3)))
