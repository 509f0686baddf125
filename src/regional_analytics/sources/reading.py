"""What a reader gives back: observations, what was in the file beside them, and the rows it could not use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import polars as pl

from regional_analytics.tables import OBSERVATION_SCHEMA, state_expression

SHOWN = 20  # problems of one kind that are listed with their line; more are counted in the last of them

_SENTENCES = {
    "not-a-number": "Line {line}, column {column}: “{value}” is not a number. Write a figure, leave it empty, or use “:”.",
    "not-finite": "Line {line}, column {column}: “{value}” is no figure. Leave unknown cells empty.",
    "bad-year": "Line {line}, column {column}: “{value}” is not a year. Only annual figures are read: write 2015.",
    "missing-region": "Line {line}, column {column}: the region is missing. Write its code.",
    "row-too-short": "Line {line}: the row has fewer cells than the header. Check whether the file is whole.",
    "row-too-long": "Line {line}: the row has more cells than the header. Check the separators.",
}


@dataclass(frozen=True)
class Problem:
    """One row that could not be used, or the last listed of many: count says for how many it stands."""

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
    """A file, read. observations has the columns of OBSERVATION_SCHEMA.

    dimensions           names of what makes up `series`, in order
    activity_dimension   the file's name for activities, None where it has none
    problems             rows that were left out
    comments             leading # lines of a CSV, without the #
    """

    observations: pl.DataFrame
    format: str
    dataset_code: str | None = None
    title: str | None = None
    updated: str | None = None
    dimensions: tuple[str, ...] = ()
    activity_dimension: str | None = None
    problems: tuple[Problem, ...] = ()
    comments: tuple[str, ...] = field(default=())


def limited(found: Iterable[Problem]) -> tuple[Problem, ...]:
    """The first of each kind, and one that counts the rest."""
    by_kind: dict[tuple[str, str], list[Problem]] = {}
    for problem in found:
        by_kind.setdefault((problem.kind, problem.column), []).append(problem)
    kept: list[Problem] = []
    for problems in by_kind.values():
        kept += problems[:SHOWN]
        if rest := len(problems) - SHOWN:
            if rest > 0:
                last = kept.pop()
                kept.append(Problem(last.kind, last.line, last.column, last.value, rest + 1))
    return tuple(sorted(kept, key=lambda one: one.line))


def problems_of(frame: pl.DataFrame, kind: str, column: str, value: str = "") -> tuple[Problem, ...]:
    """Problems from rows of a frame with a column `line`; value names the column that holds the odd text."""
    if not frame.height:
        return ()
    shown = frame.head(SHOWN)
    texts = shown[value].cast(pl.String).fill_null("").to_list() if value else [""] * shown.height
    found = [Problem(kind, int(line), column, text[:60]) for line, text in zip(shown["line"], texts, strict=True)]
    if frame.height > SHOWN:
        last = found.pop()
        found.append(Problem(last.kind, last.line, last.column, last.value, frame.height - SHOWN + 1))
    return tuple(found)


def observations_of(frame: pl.DataFrame) -> pl.DataFrame:
    """Give a frame with region, activity, year, series, value, flag, line the state and the types of the schema."""
    flag = pl.col("flag").fill_null("")
    ready = frame.with_columns(state=state_expression(pl.col("value"), flag), flag=flag)
    columns = [pl.col(name).cast(dtype) for name, dtype in OBSERVATION_SCHEMA.items()]
    return ready.select(columns)


def normalised_region(column: str) -> pl.Expr:
    """Greece is EL and the United Kingdom UK in Eurostat's codes; some files write GR and GB."""
    code = pl.col(column).cast(pl.String).str.strip_chars()
    is_place = code.str.len_chars() <= 5
    return (
        pl.when(is_place & code.str.starts_with("GR"))
        .then(pl.concat_str(pl.lit("EL"), code.str.slice(2)))
        .when(is_place & code.str.starts_with("GB"))
        .then(pl.concat_str(pl.lit("UK"), code.str.slice(2)))
        .otherwise(code)
    )


def sorted_letters(flag: str) -> str:
    """Flag letters in order, each once, without spaces or brackets.

    >>> sorted_letters(" ub "), sorted_letters("(e)")
    ('bu', 'e')
    """
    return "".join(sorted({letter for letter in flag.lower() if letter.isalpha()}))


def with_sorted_flags(frame: pl.DataFrame) -> pl.DataFrame:
    """Sort the letters of the few distinct flags a file has."""
    distinct = frame["flag"].fill_null("").unique().to_list()
    return frame.with_columns(
        pl.col("flag").fill_null("").replace_strict({flag: sorted_letters(flag) for flag in distinct}, return_dtype=pl.String)
        if distinct
        else pl.col("flag")
    )
