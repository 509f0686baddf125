"""Which years of which indicators a formula looks at to give the value of one year."""

from __future__ import annotations

from regional_analytics.formulas.parsing import (
    Call,
    Formula,
    Name,
    Negative,
    Node,
    Operation,
    constant,
    is_word,
)


def readings(formula: Formula, year: int) -> tuple[tuple[str, int], ...]:
    """The cells behind the value of a year: (key of the indicator, year), each once, in the order of the text.

    formula   as parsed and checked; year: of the value
    Positions among regions read the same year of all regions; of those only the region's own is told.

    >>> from regional_analytics.formulas import parse
    >>> readings(parse("change(jobs, 5) / people"), 2015)
    (('jobs', 2015), ('jobs', 2010), ('people', 2015))
    """
    found: dict[tuple[str, int], None] = {}
    _walk(formula.tree, (year,), found)
    return tuple(found)


def _walk(node: Node, years: tuple[int, ...], found: dict[tuple[str, int], None]) -> None:
    if isinstance(node, Name):
        found.update(dict.fromkeys((node.key, year) for year in years))
    elif isinstance(node, Negative):
        _walk(node.operand, years, found)
    elif isinstance(node, Operation):
        _walk(node.left, years, found)
        _walk(node.right, years, found)
    elif isinstance(node, Call):
        _walk_call(node, years, found)


def _walk_call(node: Call, years: tuple[int, ...], found: dict[tuple[str, int], None]) -> None:
    if node.function in ("index", "change", "difference"):
        number = int(constant(node.arguments[1].value) or 0)
        others = [number if node.function == "index" else year - number for year in years]
        _walk(node.arguments[0].value, tuple(dict.fromkeys([*years, *others])), found)
        return
    for position, argument in enumerate(node.arguments):
        if not is_word(node.function, position, argument):
            _walk(argument.value, years, found)
