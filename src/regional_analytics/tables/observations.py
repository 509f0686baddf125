"""Tidy observations, and what can be known about each of them.

A tidy observation is one row: region, activity, year, series, value, state, flag, line. Its state keeps apart
what an empty cell runs together: a figure nobody published, one that is secret, one that makes no sense, and an
estimate. Zero is none of these: it is a reported value of 0.
"""

from __future__ import annotations

from typing import Final

import polars as pl
from polars.datatypes import DataType, DataTypeClass

STATES: Final = ("reported", "estimated", "not_published", "confidential", "not_applicable")

StateEnum = pl.Enum(STATES)

_COLUMNS: dict[str, DataType | DataTypeClass] = {
    "region": pl.String,  # as the source prints it, after GR→EL and GB→UK
    "activity": pl.String,  # "" where the table has no activity dimension
    "year": pl.Int16,
    "series": pl.String,  # all other dimensions, joined by "."
    "value": pl.Float64,  # null unless reported or estimated
    "state": StateEnum,
    "flag": pl.String,  # the source's letters, sorted; "" for none
    "line": pl.UInt32,  # where the cell stands in the source, from 1
}

OBSERVATION_SCHEMA = pl.Schema(_COLUMNS)


def state_expression(value: pl.Expr, flag: pl.Expr) -> pl.Expr:
    """What is known about an observation, read off its value and its flag letters.

    value present   flag has e (estimated), s (Eurostat estimate) or i (imputed) → estimated, else reported
    value missing   flag has c → confidential; z or m → not_applicable; else not_published

    A missing value is a null; NaN counts as missing too, since no source means a figure by it.

    >>> frame = pl.DataFrame({"value": [0.0, 5.0, None, None, None], "flag": ["", "be", "c", "z", ""]})
    >>> frame.select(state=state_expression(pl.col("value"), pl.col("flag")))["state"].to_list()
    ['reported', 'estimated', 'confidential', 'not_applicable', 'not_published']
    """
    letters = flag.fill_null("")
    present = value.cast(pl.Float64).is_not_null() & value.cast(pl.Float64).is_not_nan()
    return (
        pl.when(present & letters.str.contains("[esi]"))
        .then(pl.lit("estimated"))
        .when(present)
        .then(pl.lit("reported"))
        .when(letters.str.contains("c", literal=True))
        .then(pl.lit("confidential"))
        .when(letters.str.contains("[zm]"))
        .then(pl.lit("not_applicable"))
        .otherwise(pl.lit("not_published"))
        .cast(StateEnum)
    )
