"""Which indicator is made of which, and in what order they can be computed."""

from __future__ import annotations

from collections.abc import Mapping

from regional_analytics.formulas.errors import FormulaError
from regional_analytics.formulas.parsing import Formula


def evaluation_order(formulas: Mapping[str, Formula]) -> tuple[str, ...]:
    """The derived indicators so that each comes after those it names.

    formulas   by code; a name that is no code of these is an indicator that is read from a table
    Returns every code once.
    Raises FormulaError “cycle”, with the way round, the name that closes it and the code of the formula it stands in.

    >>> from regional_analytics.formulas import parse
    >>> evaluation_order({"b": parse("a * 2"), "a": parse("jobs / people")})
    ('a', 'b')
    """
    done: dict[str, None] = {}

    def visit(code: str, path: tuple[str, ...]) -> None:
        for name in formulas[code].names:
            if name.code in path:
                circle = [*path[path.index(name.code) :], name.code]
                raise FormulaError("cycle", (name.start, name.end), path=" → ".join(circle), code=code)
            if name.code in formulas and name.code not in done:
                visit(name.code, (*path, name.code))
        done[code] = None

    for code in formulas:
        if code not in done:
            visit(code, (code,))
    return tuple(done)
