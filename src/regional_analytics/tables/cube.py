"""The cube: figures of year × region × activity with their labels, and what is known of each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from typing import Literal, NamedTuple, Self, TypeVar

import numpy as np
import numpy.typing as npt
import polars as pl

from regional_analytics.measures.inputs import Flags, Floats, Masked, RefusedInput, masked
from regional_analytics.notes import Note
from regional_analytics.tables.observations import STATES, StateEnum

States = npt.NDArray[np.uint8]
Axis = Literal["year", "region", "activity"]
Scalar = TypeVar("Scalar", bound=np.generic)


class NoSuchLabel(KeyError):
    """The cube has no such year, region or activity."""

    def __init__(self, axis: Axis, label: object, known: Sequence[object]) -> None:
        near = get_close_matches(str(label), [str(one) for one in known], n=3)
        shown = ", ".join(near or [str(one) for one in known[:8]])
        ending = "near it are" if near else "it begins with"
        super().__init__(f"There is no {axis} “{label}” here; {ending} {shown or 'nothing'}.")

    def __str__(self) -> str:
        return str(self.args[0])


class TimeSeries(NamedTuple):
    """One cell over the years.

    years    as labels, ascending
    values   (years,), masked where unknown
    states   (years,), positions in STATES
    breaks   (years,), True where the source flags a break in series
    """

    years: tuple[int, ...]
    values: Masked
    states: States
    breaks: Flags


@dataclass(frozen=True, eq=False)
class Cube:
    """Figures with labels. Nothing in it can be written into.

    years, regions, activities   the labels of the three axes; activities is ("",) where a table has none
    values    (years, regions, activities), NaN where unknown
    states    the same shape, positions in STATES: the first two carry a figure, the others say why none is there
    breaks    the same shape, True where the source flags a break in series
    notes     what was remarked while building it
    """

    years: tuple[int, ...]
    regions: tuple[str, ...]
    activities: tuple[str, ...]
    values: Floats
    states: States
    breaks: Flags
    notes: tuple[Note, ...] = ()

    def __post_init__(self) -> None:
        shape = (len(self.years), len(self.regions), len(self.activities))
        for name in ("values", "states", "breaks"):
            given = getattr(self, name)
            if given.shape != shape:
                raise RefusedInput(
                    f"The {name} of a cube have the shape {given.shape}, its labels {shape}",
                    remedy="Give a label for each year, region and activity.",
                )
            object.__setattr__(self, name, frozen(given.copy()) if given.flags.writeable else given)

    @cached_property
    def known(self) -> Flags:
        """(years, regions, activities), True where there is a figure."""
        return frozen(~np.isnan(self.values))

    def at(self, axis: Axis, label: object) -> int:
        """The position of a label. Raises NoSuchLabel."""
        try:
            return self._positions[axis][label]
        except KeyError:
            raise NoSuchLabel(axis, label, self._labels[axis]) from None

    def matrix(self, year: int) -> Masked:
        """One year, (regions, activities), masked where unknown; read-only. Raises NoSuchLabel."""
        at = self.at("year", year)
        return np.ma.MaskedArray(self.values[at], mask=~self.known[at])

    def series(self, region: str, activity: str = "") -> TimeSeries:
        """One region and activity over the years. Raises NoSuchLabel."""
        where = (slice(None), self.at("region", region), self.at("activity", activity))
        values = masked(self.values[where], self.known[where])
        return TimeSeries(self.years, values, self.states[where], self.breaks[where])

    def of_regions(self, year: int, regions: Sequence[str]) -> Floats:
        """(regions,) of the first activity, NaN where unknown or where the cube does not have the region."""
        column = self.matrix(year)[:, 0].filled(np.nan)
        known = self._positions["region"]
        return np.array([column[known[one]] if one in known else np.nan for one in regions])

    def select(
        self,
        *,
        regions: Collection[str] | None = None,
        activities: Collection[str] | None = None,
        years: Collection[int] | None = None,
    ) -> Self:
        """The part with these labels, in the order they have here. Raises NoSuchLabel for one that is missing."""
        wanted: dict[Axis, Collection[object] | None] = {
            "year": years,
            "region": regions,
            "activity": activities,
        }
        kept = [self._kept(axis, labels) for axis, labels in wanted.items()]
        part = np.ix_(*kept)
        return replace(
            self,
            years=tuple(self.years[at] for at in kept[0]),
            regions=tuple(self.regions[at] for at in kept[1]),
            activities=tuple(self.activities[at] for at in kept[2]),
            values=frozen(self.values[part]),
            states=frozen(self.states[part]),
            breaks=frozen(self.breaks[part]),
        )

    def tidy(self) -> pl.DataFrame:
        """A row for each cell: region, activity, year, value (null where unknown), state, break_in_series."""
        return self.frame_of(
            {"value": nullable(self.values, self.known), "break_in_series": pl.Series(self.breaks.ravel())}
        )

    def frame_of(
        self, columns: dict[str, pl.Series], *, labels: type[pl.String | pl.Enum] = pl.String
    ) -> pl.DataFrame:
        """A tidy frame of results, one row for each cell of this cube, in its order; the state says why a null.

        labels   pl.String, or pl.Enum, which keeps each text once and is right for millions of rows
        """
        years, regions, activities = self.values.shape
        region = _labelled(np.tile(np.repeat(_codes(regions), activities), years), self.regions)
        activity = _labelled(np.tile(_codes(activities), years * regions), self.activities)
        return pl.DataFrame(
            {
                "region": region if labels is pl.Enum else region.cast(pl.String),
                "activity": activity if labels is pl.Enum else activity.cast(pl.String),
                "year": pl.Series(np.repeat(np.array(self.years, dtype=np.int16), regions * activities)),
                **columns,
                "state": pl.Series(STATES, dtype=StateEnum).gather(self.states.ravel()),
            }
        )

    @cached_property
    def _labels(self) -> dict[Axis, tuple[object, ...]]:
        return {"year": self.years, "region": self.regions, "activity": self.activities}

    @cached_property
    def _positions(self) -> dict[Axis, dict[object, int]]:
        return {axis: {label: at for at, label in enumerate(labels)} for axis, labels in self._labels.items()}

    def _kept(self, axis: Axis, wanted: Collection[object] | None) -> list[int]:
        if wanted is None:
            return list(range(len(self._labels[axis])))
        return sorted({self.at(axis, label) for label in wanted})


def frozen(array: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
    """The same array, closed for writing. Only for arrays nobody else holds."""
    array.flags.writeable = False
    return array


def _codes(count: int) -> npt.NDArray[np.uint32]:
    return np.arange(count, dtype=np.uint32)


def _labelled(codes: npt.NDArray[np.uint32], labels: tuple[str, ...]) -> pl.Series:
    """Labels by their positions."""
    return pl.Series(labels, dtype=pl.Enum(labels)).gather(codes)


def nullable(values: Floats | Flags | npt.NDArray[np.int64], known: Flags) -> pl.Series:
    """A column of results: unknown becomes null, undefined stays NaN, for they are two things."""
    if known.all():
        return pl.Series(values.ravel())
    return pl.select(pl.when(pl.Series(known.ravel())).then(pl.Series(values.ravel()))).to_series()
