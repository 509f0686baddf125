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
        values = self._whole("value", np.float64)
        flags = self._whole("flag", np.uint32)
        states = _states(flags, values, texts["flag"])
        columns = {
            "value": pl.Series("value", values, nan_to_null=True),
            "state": states.rename("state"),
            "flag": _said(flags, texts["flag"]).rename("flag"),
        }
        del values, flags
        for name in ("region", "activity", "series"):
            columns[name] = _said(self._whole(name, np.uint32), texts[name]).rename(name)
        columns["year"] = pl.Series("year", self._whole("year", np.int16))
        columns["line"] = pl.Series("line", self._whole("line", np.uint32))
        return pl.DataFrame([columns[name] for name in OBSERVATION_SCHEMA])

    def _whole(self, name: str, dtype: type[np.generic]) -> NDArray[Any]:
        pieces = self._pieces.pop(name)
        return np.concatenate(pieces, dtype=dtype, casting="unsafe") if pieces else np.zeros(0, dtype=dtype)


def _narrow(numbers: Numbers) -> NDArray[Any]:
    """The same numbers in the fewest bytes: there may be millions."""
    return numbers.astype(np.min_scalar_type(int(numbers.max(initial=0))))


def _said(numbers: NDArray[np.uint32], texts: Sequence[str]) -> pl.Series:
    return pl.Series(texts, dtype=pl.String)[pl.Series(numbers)]


def _states(flags: NDArray[np.uint32], values: NDArray[np.float64], texts: Sequence[str]) -> pl.Series:
    of_flag = [state_number(text, has_value=has) for text in texts for has in (False, True)]
    places = flags * np.uint32(2)
    places += ~np.isnan(values)
    numbers = np.array(of_flag, dtype=np.uint32)[places]
    return pl.Series(STATES, dtype=StateEnum)[pl.Series(numbers)]


def duplicates(observations: pl.DataFrame) -> pl.DataFrame:
    """Cells that stand more than once: region, activity, year, series, and the lines they stand in."""
    cell = ["region", "activity", "year", "series"]
    repeated = observations.filter(pl.struct(cell).is_duplicated())
    return repeated.group_by(cell, maintain_order=True).agg(lines=pl.col("line"))


def negatives(observations: pl.DataFrame) -> pl.DataFrame:
    """Observations below zero, for tables of counts, where there can be none."""
    return observations.filter(pl.col("value") < 0)
