"""The codes of a table: each distinct one looked at once, and combinations of them with a number of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from regional_analytics.sources.cells import Column
from regional_analytics.sources.layout import Layout, region_code, year_of
from regional_analytics.sources.rows import Cells
from regional_analytics.sources.words import Numbering, Numbers, Wordbook, paired


class Combination:
    """Several columns of numbers as one: each combination that occurs has a number."""

    def __init__(self) -> None:
        self._pairs: list[Numbering] = []

    def of(self, columns: Iterable[Numbers], count: int) -> Numbers:
        """The number of each row's combination. All calls have as many columns; count is the number of rows."""
        numbers: Numbers | None = None
        for place, column in enumerate(columns):
            if numbers is None:
                numbers = column
                continue
            if place > len(self._pairs):
                self._pairs.append(Numbering())
            numbers = self._pairs[place - 1].of(paired(numbers, column))[0]
        return np.zeros(count, dtype=np.int32) if numbers is None else numbers

    def parts(self, texts: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
        """The texts of each combination, by its number. texts: what the numbers of each column mean."""
        if not texts:
            return [()]
        found: list[tuple[str, ...]] = [(text,) for text in texts[0]]
        for meaning, numbering in zip(texts[1:], self._pairs, strict=False):
            found = [(*found[key >> 32], meaning[key & 0xFFFFFFFF]) for key in numbering.keys]
        return found if len(texts) == 1 or self._pairs else [tuple("" for _text in texts)]


class Codes:
    """Region, activity, year and series of the rows of a table."""

    def __init__(self, layout: Layout) -> None:
        clean = layout.clean
        self._layout = layout
        self._region = Wordbook(lambda said: region_code(clean(said)))
        self._activity = Wordbook(clean)
        self._year = Wordbook(clean)
        self._series = [Wordbook(clean) for _place in layout.series]
        self._combination = Combination()
        self._years = np.zeros(1, dtype=np.int16)

    def regions(self, cells: Cells) -> Numbers:
        """0 where the region is missing."""
        return self._region.of(cells.column(self._layout.region))

    def activities(self, cells: Cells) -> Numbers:
        place = self._layout.activity
        return (
            np.zeros(len(cells.lines), dtype=np.int32)
            if place is None
            else self._activity.of(cells.column(place))
        )

    def series(self, cells: Cells) -> Numbers:
        columns = (
            book.of(cells.column(place))
            for book, place in zip(self._series, self._layout.series, strict=True)
        )
        return self._combination.of(columns, len(cells.lines))

    def years(self, column: Column) -> NDArray[np.int16]:
        """0 where there is none."""
        numbers = self._year.of(column)
        new = [year_of(text) for text in self._year.texts[len(self._years) :]]
        self._years = np.append(self._years, np.array(new, dtype=np.int16))
        found: NDArray[np.int16] = self._years[numbers]
        return found

    def texts(self) -> dict[str, list[str]]:
        """What the numbers mean."""
        series = self._combination.parts([book.texts for book in self._series])
        return {
            "region": self._region.texts,
            "activity": self._activity.texts,
            "series": [".".join(parts) for parts in series],
        }
