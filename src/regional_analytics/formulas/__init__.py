"""Indicators made of indicators: a small language for formulas, read by a parser of its own and never run as code.

    text ──parsing──▶ Formula ──checking──▶ its unit, or one sentence with the place of the mistake
                          └────evaluating──▶ Result: values with what is unknown masked, and why

parsing       characters → a tree; every node knows where it stands
grids         figures of all regions in all years, what is unknown and for which reason
functions     ratio, per, share, index, change, difference; rank, percentile, zscore, minmax
composites    several parts with named weights, and how many of them are known
units         persons ÷ persons, persons + euro: what can be added and what comes out
checking      names, arguments, units, division by zero
evaluating    a formula on figures
readings      which cells stand behind the value of a year
comparing     whether values can be compared between regions, between years, as multiples
dependencies  which indicator needs which; no circles

A formula is data: nothing in it can name a file, a module or a function of Python.
"""

from regional_analytics.formulas.checking import Checked, check
from regional_analytics.formulas.comparing import A_COUNT, A_RATE, Comparable, comparable
from regional_analytics.formulas.dependencies import evaluation_order
from regional_analytics.formulas.errors import SENTENCES, FormulaError
from regional_analytics.formulas.evaluating import Result, evaluate
from regional_analytics.formulas.grids import REASONS, Grid, grid
from regional_analytics.formulas.parsing import Formula, parse
from regional_analytics.formulas.readings import readings
from regional_analytics.formulas.signatures import FUNCTIONS, NORMALISATIONS

__all__ = [
    "A_COUNT",
    "A_RATE",
    "FUNCTIONS",
    "NORMALISATIONS",
    "REASONS",
    "SENTENCES",
    "Checked",
    "Comparable",
    "Formula",
    "FormulaError",
    "Grid",
    "Result",
    "check",
    "comparable",
    "evaluate",
    "evaluation_order",
    "grid",
    "parse",
    "readings",
]
