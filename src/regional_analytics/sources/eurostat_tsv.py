"""Eurostat's bulk TSV, with the old header (geo\\time, newest year first) and the new one (geo\\TIME_PERIOD)."""

from __future__ import annotations

import io
import re

import polars as pl

from regional_analytics.sources.errors import DimensionsUnclear, TruncatedFile
from regional_analytics.sources.formats import EUROSTAT_TSV
from regional_analytics.sources.reading import (
    Reading,
    normalised_region,
    observations_of,
    problems_of,
    with_sorted_flags,
)

ACTIVITY = ("nace_r2", "nace_r1", "nace", "activity")
LEFT_OUT = ("freq", "geo", *ACTIVITY)
_YEAR = re.compile(r"\d{4}")


def read_eurostat_tsv(text: bytes) -> Reading:
    """Every cell of the wide table as an observation; “:” is a cell without a value, not the lack of a cell."""
    end = text.find(b"\n")
    if end < 0:
        raise TruncatedFile(what="only a header is there")
    header = text[:end].decode().rstrip("\r").split("\t")
    dimensions = header[0].split("\\")[0].split(",")
    years = [column.strip() for column in header[1:]]
    if "geo" not in dimensions:
        raise DimensionsUnclear(lacking="regions", columns=", ".join(dimensions), names="geo")
    frame = pl.read_csv(
        io.BytesIO(text),
        separator="\t",
        has_header=False,
        skip_rows=1,
        quote_char=None,
        infer_schema=False,
        truncate_ragged_lines=True,
        schema={"key": pl.String} | {f"c{index}": pl.String for index in range(len(years))},
        new_columns=["key", *(f"c{index}" for index in range(len(years)))],
    ).with_columns(line=pl.int_range(2, pl.len() + 2, dtype=pl.UInt32))
    keys = _keys(frame, dimensions)
    short = frame.filter(pl.col(f"c{len(years) - 1}").is_null()) if years else frame.clear()
    annual = {f"c{index}": int(year) for index, year in enumerate(years) if _YEAR.fullmatch(year)}
    odd = [year for year in years if not _YEAR.fullmatch(year)]
    cells = pl.concat(
        [
            pl.concat([keys, frame.select(cell=pl.col(column))], how="horizontal").with_columns(
                year=pl.lit(year, dtype=pl.Int16)
            )
            for column, year in annual.items()
        ]
    ) if annual else keys.clear().with_columns(cell=pl.lit("", dtype=pl.String), year=pl.lit(0, dtype=pl.Int16))
    observations, wrong = _cells(cells.filter(pl.col("cell").is_not_null()))
    problems = problems_of(short, "row-too-short", "") + problems_of(wrong, "not-a-number", "value", "cell")
    if odd:
        problems += problems_of(pl.DataFrame({"line": [1] * len(odd), "year": odd}), "bad-year", "time", "year")
    return Reading(
        observations=observations_of(observations.sort("line", "year")),
        format=EUROSTAT_TSV,
        dimensions=tuple(name for name in dimensions if name not in LEFT_OUT),
        activity_dimension=next((name for name in ACTIVITY if name in dimensions), None),
        problems=problems,
    )


def _keys(frame: pl.DataFrame, dimensions: list[str]) -> pl.DataFrame:
    """region, activity, series and line of each row."""
    parts = frame["key"].str.strip_chars().str.split_exact(",", len(dimensions) - 1).struct.unnest()
    parts.columns = dimensions
    others = [name for name in dimensions if name not in LEFT_OUT]
    activity = next((name for name in ACTIVITY if name in dimensions), None)
    return parts.with_columns(line=frame["line"]).select(
        region=normalised_region("geo"),
        activity=pl.col(activity) if activity else pl.lit(""),
        series=pl.concat_str([pl.col(name) for name in others], separator=".") if others else pl.lit(""),
        line="line",
    )


def _cells(cells: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Value and flag out of “14.3 b”, “: c”, “:”; and the cells that are neither."""
    split = cells.with_columns(pl.col("cell").str.strip_chars()).with_columns(
        number=pl.col("cell").str.extract(r"^([^ ]*)", 1), flag=pl.col("cell").str.extract(r"^[^ ]* +(.*)$", 1)
    )
    valued = split.with_columns(value=pl.col("number").cast(pl.Float64, strict=False))
    missing = pl.col("number").str.starts_with(":") | (pl.col("number") == "")
    valued = valued.with_columns(
        flag=pl.when(missing & (pl.col("number").str.len_chars() > 1))
        .then(pl.concat_str(pl.col("number").str.slice(1), pl.col("flag").fill_null("")))
        .otherwise(pl.col("flag"))
    )
    good = pl.col("value").is_finite() | (pl.col("value").is_null() & missing)
    wrong = valued.filter(~good.fill_null(value=False))
    kept = valued.filter(good.fill_null(value=False))
    return with_sorted_flags(kept), wrong
