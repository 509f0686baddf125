"""Reading tables of text – TSV and CSV of all kinds – once their layout is known, block by block."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from regional_analytics.sources.cells import Column, Places
from regional_analytics.sources.codes import Codes, Combination
from regional_analytics.sources.figures import FigureReader, is_not_finite
from regional_analytics.sources.flags import secrecy_of, status_letters
from regional_analytics.sources.layout import Layout
from regional_analytics.sources.number_style import Evidence, NumberStyle
from regional_analytics.sources.observations import Gathering
from regional_analytics.sources.problems import Ledger
from regional_analytics.sources.rows import Cells, RowBlock, cut
from regional_analytics.sources.words import Numbers, Wordbook, unquoted


class TableReader:
    """Goes through the rows of a table once; what cannot be used is noted in problems, the rest gathered."""

    def __init__(self, layout: Layout, figures: FigureReader, problems: Ledger) -> None:
        self.layout = layout
        self.facts: dict[str, str] = {}
        self._figures = figures
        self._problems = problems
        self._codes = Codes(layout)
        self._gathering = Gathering()
        self._flags = [Wordbook(layout.clean) for _place in layout.flags]
        self._secrecy = Wordbook(layout.clean)
        self._combination = Combination()
        self._wide = np.array([place for place, _year in layout.years], dtype=np.intp)
        self._years = np.array([year for _place, year in layout.years], dtype=np.int16)

    def read(self, rows: Iterable[RowBlock]) -> pl.DataFrame:
        """The observations of all rows."""
        for block in rows:
            cells = cut_for(self.layout, block, self._problems)
            if len(cells.lines) and not self.facts:
                self.facts = {name: unquoted(cells.column(place).raw(0)) for name, place in self.layout.facts}
            regions = self._codes.regions(cells)
            if not regions.all():
                has_region = regions > 0
                nameless = cells.at(~has_region & ~cells.are_blank())
                self._problems.add("missing-region", nameless.lines, self.layout.columns[self.layout.region])
                cells, regions = cells.at(has_region), regions[has_region]
            (self._read_wide if self.layout.years else self._read_long)(cells, regions)
        return self._gathering.frame(texts=self._codes.texts() | {"flag": self._flag_texts()})

    def _read_long(self, cells: Cells, regions: Numbers) -> None:
        """A value in each row."""
        year_column, value_column = cells.column(self.layout.year), cells.column(self.layout.value)
        years = self._codes.years(year_column)
        figures = self._figures.read(value_column)
        flags = self._flags_of(cells, figures.flags)
        is_good = years > 0
        self._note("bad-year", np.flatnonzero(~is_good), cells.lines, year_column, self.layout.year)
        is_good[self._note_odd(figures.odd, cells.lines, value_column, self.layout.value)] = False
        is_good[self._note_unknown_flags(cells)] = False
        self._keep(
            is_good,
            region=regions,
            activity=self._codes.activities(cells),
            series=self._codes.series(cells),
            year=years,
            value=figures.values,
            flag=flags,
            line=cells.lines,
        )

    def _read_wide(self, cells: Cells, regions: Numbers) -> None:
        """A value for each year in each row."""
        count = len(self._wide)
        values = cells.columns(self._wide)
        figures = self._figures.read(values)
        lines = np.repeat(cells.lines, count)
        is_good = np.ones(len(lines), dtype=bool)
        is_good[self._note_odd(figures.odd, lines, values, self._wide)] = False
        self._keep(
            is_good,
            region=np.repeat(regions, count),
            activity=np.repeat(self._codes.activities(cells), count),
            series=np.repeat(self._codes.series(cells), count),
            year=np.tile(self._years, len(cells.lines)),
            value=figures.values,
            flag=figures.flags,
            line=lines,
        )

    def _keep(self, is_good: NDArray[np.bool_], **columns: NDArray[Any]) -> None:
        if not is_good.all():
            columns = {name: column[is_good] for name, column in columns.items()}
        self._gathering.add(**columns)

    def _flags_of(self, cells: Cells, beside: Numbers) -> Numbers:
        """The combination of the flag beside the figure, the flag columns, and the confidentiality."""
        columns = [beside]
        columns += [
            book.of(cells.column(place)) for book, place in zip(self._flags, self.layout.flags, strict=True)
        ]
        if self.layout.secrecy is not None:
            columns.append(self._secrecy.of(cells.column(self.layout.secrecy)))
        return self._combination.of(columns, len(beside))

    def _flag_texts(self) -> list[str]:
        """The letters of each combination."""
        letters = [[self.layout.letters(text) or "" for text in self._figures.flag_book.texts]]
        letters += [[self._letters(text) or "" for text in book.texts] for book in self._flags]
        if self.layout.secrecy is not None:
            letters.append([secrecy_of(text) for text in self._secrecy.texts])
        return ["".join(sorted(set("".join(parts)))) for parts in self._combination.parts(letters)]

    def _letters(self, said: str) -> str | None:
        return status_letters(said, self.layout.letters)

    def _note_unknown_flags(self, cells: Cells) -> Places:
        found = [np.zeros(0, dtype=np.intp)]
        for book, place in zip(self._flags, self.layout.flags, strict=True):
            is_unknown = np.array([self._letters(text) is None for text in book.texts])
            if is_unknown.any():
                column = cells.column(place)
                found.append(np.flatnonzero(is_unknown[book.of(column)]))
                self._note("not-a-flag", found[-1], cells.lines, column, place)
        return np.concatenate(found)

    def _note_odd(
        self, odd: Places, lines: NDArray[np.uint32], values: Column, heading: int | Places
    ) -> Places:
        """Note the cells that are no figure; give back their places."""
        if odd.size:
            book = Wordbook()
            said = book.of(values.at(odd))
            is_infinite = np.array([is_not_finite(text) for text in book.texts])[said]
            self._note("not-finite", odd[is_infinite], lines, values, heading)
            self._note("not-a-number", odd[~is_infinite], lines, values, heading)
        return odd

    def _note(
        self, kind: str, places: Places, lines: NDArray[np.uint32], cells: Column, heading: int | Places
    ) -> None:
        """heading: the number of the column, or of the columns that the cells take turns in."""
        turns = np.atleast_1d(heading)
        self._problems.add(
            kind,
            lines[places],
            column=lambda index: self.layout.columns[int(turns[int(places[index]) % len(turns)])],
            value=lambda index: cells.said(int(places[index])),
        )


def cut_for(layout: Layout, block: RowBlock, problems: Ledger) -> Cells:
    """The cells of a block of rows of this table."""
    return cut(block, layout.separators, len(layout.columns), problems, quoted=layout.quoted)


def number_style(layout: Layout, rows: Iterable[RowBlock]) -> NumberStyle:
    """How the file writes its numbers; raises AmbiguousNumbers where it does not tell."""
    evidence = Evidence()
    for block in rows:
        cells = cut_for(layout, block, Ledger())
        evidence.lines = cells.lines
        evidence.read(cells.column(layout.value))
    return evidence.decide()
