"""Observations in the making: columns of numbers, piece by piece, and the frame they become."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

# Polars asks for masked arrays at the first array it is given; loaded here, it does not stall the first reading.
import numpy as np
import numpy.ma
import polars as pl
from numpy.typing import NDArray

from regional_analytics.sources.flags import state_number
from regional_analytics.sources.words import Numbers
from regional_analytics.tables import OBSERVATION_SCHEMA, STATES, StateEnum

_CODES = ("region", "activity", "series", "flag")


class Gathering:
    """Pieces of columns, in the order of the file. Codes are numbers of texts, values NaN where there is none."""

    def __init__(self) -> None:
        self._pieces: dict[str, list[NDArray[Any]]] = {
            name: [] for name in OBSERVATION_SCHEMA if name != "state"
        }

    def add(self, **columns: NDArray[Any]) -> None:
        for name, pieces in self._pieces.items():
            found = columns[name]
            pieces.append(_narrow(found) if name in _CODES else found)

    def frame(self, *, texts: Mapping[str, Sequence[str]]) -> pl.DataFrame:
        """The observations, in the columns of OBSERVATION_SCHEMA. texts: what the numbers of each code column mean."""
        values, flags = self._whole("value", np.float64), self._whole("flag", np.uint32)
        columns = [
            pl.Series("value", values, nan_to_null=True),
            _states(flags, values, texts["flag"]),
            _said("flag", flags, texts["flag"]),
        ]
        del values, flags
        columns += [
            _said(name, self._whole(name, np.uint32), texts[name])
            for name in ("region", "activity", "series")
        ]
        columns.append(pl.Series("year", self._whole("year", np.int16)))
        columns.append(pl.Series("line", self._whole("line", np.uint32)))
        frame = pl.DataFrame([column for column in columns if isinstance(column, pl.Series)])
        # A column that says the same in each row is kept as the one text it is.
        constants = [column for column in columns if isinstance(column, pl.Expr)]
        return (frame.with_columns(constants) if constants else frame).select(list(OBSERVATION_SCHEMA))

    def _whole(self, name: str, dtype: type[np.generic]) -> NDArray[Any]:
        pieces = self._pieces.pop(name)
        return np.concatenate(pieces, dtype=dtype, casting="unsafe") if pieces else np.zeros(0, dtype=dtype)


def _narrow(numbers: Numbers) -> NDArray[Any]:
    """The same numbers in the fewest bytes: there may be millions."""
    return numbers.astype(np.min_scalar_type(int(numbers.max(initial=0))))


def _said(name: str, numbers: NDArray[np.uint32], texts: Sequence[str]) -> pl.Series | pl.Expr:
    if numbers.size and (numbers == numbers[0]).all():
        return pl.lit(texts[int(numbers[0])], dtype=pl.String).alias(name)
    return pl.Series(texts, dtype=pl.String)[pl.Series(numbers)].rename(name)


def _states(flags: NDArray[np.uint32], values: NDArray[np.float64], texts: Sequence[str]) -> pl.Series:
    of_flag = [state_number(text, has_value=has) for text in texts for has in (False, True)]
    places = flags * np.uint32(2)
    places += ~np.isnan(values)
    numbers = np.array(of_flag, dtype=np.uint32)[places]
    return pl.Series(STATES, dtype=StateEnum)[pl.Series(numbers)].rename("state")


def duplicates(observations: pl.DataFrame) -> pl.DataFrame:
    """Cells that stand more than once: region, activity, year, series, and the lines they stand in."""
    cell = ["region", "activity", "year", "series"]
    repeated = observations.filter(pl.struct(cell).is_duplicated())
    return repeated.group_by(cell, maintain_order=True).agg(lines=pl.col("line"))


def negatives(observations: pl.DataFrame) -> pl.DataFrame:
    """Observations below zero, for tables of counts, where there can be none."""
    return observations.filter(pl.col("value") < 0)
