"""What a reader gives back: observations, what was in the file beside them, and what could not be used."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

_SENTENCES = {
    "not-a-number": "Line {line}, column {column}: “{value}” is not a number. Write a figure, leave it empty, or use “:”.",
    "not-finite": "Line {line}, column {column}: “{value}” is no figure. Leave unknown cells empty.",
    "not-a-flag": "Line {line}, column {column}: “{value}” is no flag. Use the letters b c d e f i m n p r s u z.",
    "bad-year": "Line {line}, column {column}: “{value}” is not a year. Only annual figures are read: write 2015.",
    "missing-region": "Line {line}, column {column}: the region is missing. Write its code.",
    "row-too-short": "Line {line}: the row has fewer cells than the header. Check whether the file is whole.",
    "row-too-long": "Line {line}: the row has more cells than the header. Check the separators.",
    "no-such-cell": "Cell {line}: the figure {value} stands outside the table. Fetch the file again, whole.",
}


@dataclass(frozen=True)
class Problem:
    """One row or cell that could not be used, or the last listed of many: count says for how many it stands."""

    kind: str
    line: int
    column: str = ""
    value: str = ""
    count: int = 1

    def __str__(self) -> str:
        text = _SENTENCES.get(self.kind, "Line {line}: {kind} {value}").format(
            kind=self.kind, line=self.line, column=self.column, value=self.value
        )
        return text if self.count == 1 else f"{text} ({self.count - 1} more like it.)"


@dataclass(frozen=True)
class Reading:
    """A file, read. observations has the columns of OBSERVATION_SCHEMA, in the order of the file.

    dataset_code, title, updated   as far as the file says; updated as it is printed there
    dimensions                     names of what makes up `series`, in order
    activity_dimension             the file's name for activities, None where it has none
    problems                       rows and cells that were left out
    comments                       leading # lines of a CSV, without the #
    decimal, thousands             how the file writes numbers, as it was read; spaces between thousands not counted
    """

    observations: pl.DataFrame
    format: str
    dataset_code: str | None = None
    title: str | None = None
    updated: str | None = None
    dimensions: tuple[str, ...] = ()
    activity_dimension: str | None = None
    problems: tuple[Problem, ...] = ()
    comments: tuple[str, ...] = ()
    decimal: str = "."
    thousands: str = ""
