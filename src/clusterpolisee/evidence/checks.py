"""What gives pause in a set of observations. Plain functions: frames in, findings out; thresholds come with the table.

All frames have been through `pipeline`: one row per cell, sorted by region, series, activity and year, with the
columns of the store and `line`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import polars as pl

from clusterpolisee.evidence.report import EXAMPLES_KEPT, INFO, STOP, WARNING, Finding, Revision, first_lines

CELL = ("region", "series", "activity", "year")
NO_ANSWER = ("NRP", "UNK")  # they did not say in which activity they work: none to follow over time
_DECIMALS_OF_SUMS = 6  # by the order of adding, sums differ from run to run further behind
_DIVISION_OR_FINER = re.compile(r"[A-U]\d{2,}")  # C10, C101, C1011


@dataclass(frozen=True)
class Thresholds:
    """What the catalogue says about a table, as far as figures can contradict it."""

    kind: str
    plausible_min: float | None
    plausible_max: float | None
    suspicious_factor: float
    suspicious_from: float
    sum_tolerance_percent: float
    sums: Mapping[str, Sequence[str]]
    has_activities: bool


def look_at_figures(
    frame: pl.DataFrame, thresholds: Thresholds, *, declared: int, placeless: Collection[str]
) -> list[Finding]:
    """Everything the figures of one file give away by themselves. placeless: codes that are no region on a map."""
    findings = [*negative(frame, thresholds), *implausible(frame, thresholds, placeless)]
    findings += jumps_between_years(frame, thresholds, placeless)
    if thresholds.kind == "stock":
        whole = frame.filter(pl.col("nuts") == declared)
        findings += sums_of_regions(whole, thresholds)
        if thresholds.has_activities:
            findings += sums_of_activities(whole, thresholds)
    if not frame["value"].count():
        findings.append(Finding("no_values", STOP, frame.height))
    return findings


def negative(frame: pl.DataFrame, thresholds: Thresholds) -> list[Finding]:
    """People and other counts are never below zero; neither is anything whose lowest plausible value is zero."""
    never = thresholds.kind == "stock" or (
        thresholds.plausible_min is not None and thresholds.plausible_min >= 0
    )
    if not never:
        return []
    return _finding("negative", STOP, frame.filter(pl.col("value") < 0))


def implausible(frame: pl.DataFrame, thresholds: Thresholds, placeless: Collection[str]) -> list[Finding]:
    low, high = thresholds.plausible_min, thresholds.plausible_max
    outside = pl.lit(value=False)
    if low is not None:
        below = pl.col("value") < low
        outside |= below & (pl.col("value") >= 0) if low >= 0 else below  # figures below zero are told apart
    if high is not None:
        outside |= pl.col("value") > high
    rows = frame.filter(outside & ~_among("region", placeless, frame))
    return _finding(
        "implausible", WARNING, rows, low="–" if low is None else low, high="–" if high is None else high
    )


def jumps_between_years(
    frame: pl.DataFrame, thresholds: Thresholds, placeless: Collection[str]
) -> list[Finding]:
    """Neighbouring years that differ by a factor no real change explains.

    A break in series (b) and a figure of low reliability (u) explain it; so does a place that is none.
    """
    before = [pl.col(name).shift(1).alias(f"{name}_before") for name in (*CELL, "value", "flag")]
    same_series = pl.all_horizontal(pl.col(name) == pl.col(f"{name}_before") for name in CELL[:-1])
    explained = (
        pl.col("flag").cast(pl.String).str.contains("[bu]")
        | pl.col("flag_before").cast(pl.String).str.contains("u", literal=True)
        | _among("region", placeless, frame)
        | _among("activity", NO_ANSWER, frame)
    )
    rows = (
        frame.lazy()
        .with_columns(before)
        .filter(same_series & (pl.col("year") == pl.col("year_before") + 1))
        .filter(_is_jump("value_before", "value", thresholds) & ~explained)
        .collect()
    )
    return _finding(
        "jump_between_years", STOP, rows, ("value_before", "value"), factor=thresholds.suspicious_factor
    )


def _is_jump(old: str, new: str, thresholds: Thresholds) -> pl.Expr:
    larger, smaller = pl.max_horizontal(old, new), pl.min_horizontal(old, new)
    return (
        (smaller > 0)
        & (larger >= thresholds.suspicious_from)
        & (larger >= smaller * thresholds.suspicious_factor)
    )


# Sums ----------------------------------------------------------------------------------------------------


def sums_of_regions(frame: pl.DataFrame, thresholds: Thresholds) -> list[Finding]:
    """A region next to the sum of its own regions. Their codes begin with its code, one letter longer."""
    codes = _codes(frame, "region")
    lengths = sorted({len(code) for code in codes} & {2, 3, 4, 5})
    compared = [
        _compare_sums(
            frame, "region", {code: code[:whole] for code in codes if len(code) == part}, thresholds
        )
        for whole, part in pairwise(lengths)
    ]
    return _sum_findings(compared, thresholds)


def sums_of_activities(frame: pl.DataFrame, thresholds: Thresholds) -> list[Finding]:
    """An activity next to the sum of its parts: C and C10 … C33, and the wholes the catalogue names."""
    codes = _codes(frame, "activity")
    by_code = {
        code: code[:1] if len(code) == 3 else code[:-1]
        for code in codes
        if _DIVISION_OR_FINER.fullmatch(code)
    }
    named = [dict.fromkeys(codes.intersection(members), whole) for whole, members in thresholds.sums.items()]
    compared = [_compare_sums(frame, "activity", whole_of, thresholds) for whole_of in (by_code, *named)]
    return _sum_findings(compared, thresholds)


def _compare_sums(
    frame: pl.DataFrame, by: str, whole_of: Mapping[str, str], thresholds: Thresholds
) -> pl.DataFrame:
    """Wholes large enough to be judged and exceeded by the sum of their known parts, or unlike the sum of all.

    whole_of: of each code that is a part, the code of its whole. All parts are those the file has anywhere for it.
    Codes become texts at the very end, when the millions of sums that agree are left out.
    """
    present = _codes(frame, by)
    pairs = [(part, whole) for part, whole in whole_of.items() if whole in present]
    parts = pl.LazyFrame(pairs, schema=dict.fromkeys(("part", "whole"), frame.schema[by]), orient="row")
    others = [name for name in CELL if name != by]
    known = (
        frame.lazy()
        .drop_nulls("value")
        .join(parts, left_on=by, right_on="part")
        .group_by("whole", *others)
        .agg(total=pl.col("value").sum().round(_DECIMALS_OF_SUMS), known=pl.len())
    )
    limit = thresholds.sum_tolerance_percent / 100
    return (
        frame.lazy()
        .filter(pl.col("value") >= max(thresholds.suspicious_from, 1e-9))
        .join(known, left_on=[by, *others], right_on=["whole", *others])
        .join(parts.group_by("whole").agg(all_parts=pl.len()), left_on=by, right_on="whole")
        .with_columns(
            is_complete=(pl.col("known") == pl.col("all_parts")) & (pl.col("known") > 1),
            excess=pl.col("total") / pl.col("value") - 1,
        )
        .filter((pl.col("excess") > limit) | pl.col("is_complete") & (pl.col("excess") < -limit))
        .select(*[pl.col(name).cast(pl.String) for name in CELL[:-1]], "year", "value", "total", "excess")
        .collect()
    )


def _sum_findings(compared: list[pl.DataFrame], thresholds: Thresholds) -> list[Finding]:
    if not compared:
        return []
    rows = pl.concat(compared).sort(CELL).sort(pl.col("excess").abs(), descending=True, maintain_order=True)
    params = {"tolerance": thresholds.sum_tolerance_percent}
    too_large = rows.filter(pl.col("excess") > 0)
    too_small = rows.filter(pl.col("excess") < 0)
    return [
        *_finding("parts_exceed_whole", WARNING, too_large, ("total", "value"), between=">", **params),
        *_finding("parts_differ_from_whole", WARNING, too_small, ("total", "value"), between="≠", **params),
    ]


# Against the version before ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Comparison:
    """What a file changes, cell by cell."""

    new: int
    revised: int
    vanished: int
    unchanged: int
    revisions: list[Revision]
    findings: list[Finding]


def compare(
    frame: pl.DataFrame,
    before: pl.LazyFrame,
    *,
    version: int,
    thresholds: Thresholds,
    vanished_percent: float,
) -> Comparison:
    """The cells of this file next to those of the version in use, whatever NUTS vintage each was read in."""
    packing = _packing(frame, before)
    ours = frame.lazy().select(
        packing, new="value", new_state=pl.col("state").to_physical(), here=pl.lit(value=True)
    )
    theirs = before.select(
        packing, old="value", old_state=pl.col("state").to_physical(), there=pl.lit(value=True)
    )
    both = ours.join(theirs, on="cell", how="full", coalesce=True)
    same = pl.col("new").eq_missing(pl.col("old")) & (pl.col("new_state") == pl.col("old_state"))
    is_in_both = pl.col("here").is_not_null() & pl.col("there").is_not_null()
    counted, revised = pl.collect_all(
        [
            both.select(
                new=pl.col("there").is_null().sum(),
                vanished=pl.col("here").is_null().sum(),
                vanished_figures=(pl.col("here").is_null() & pl.col("old").is_not_null()).sum(),
                old_figures=pl.col("old").count(),
                unchanged=(same & is_in_both).sum(),
            ),
            both.filter(~same & is_in_both).select("cell", "old", "new"),
        ],
        engine="streaming",
    )
    counts = counted.row(0, named=True)
    named = _named(revised, frame, packing)
    findings = [
        *_vanished(counts, version, vanished_percent),
        *_finding(
            "jump_since_previous",
            STOP,
            named.filter(_is_jump("old", "new", thresholds)),
            ("old", "new"),
            factor=thresholds.suspicious_factor,
            version=version,
        ),
    ]
    return Comparison(
        new=counts["new"],
        revised=revised.height,
        vanished=counts["vanished"],
        unchanged=counts["unchanged"],
        revisions=_largest(named),
        findings=findings,
    )


def _packing(frame: pl.DataFrame, before: pl.LazyFrame) -> pl.Expr:
    """Region, series, activity and year of a cell as one number, the same in both frames and exact."""
    cell = pl.lit(0, dtype=pl.UInt64)
    for name in CELL[:-1]:
        theirs = before.select(pl.col(name).unique()).collect().to_series().cast(pl.String)
        domain = sorted({*frame[name].unique().cast(pl.String).to_list(), *theirs.to_list()})
        position = pl.col(name).cast(pl.String).cast(pl.Enum(domain)).to_physical().cast(pl.UInt64)
        cell = cell * len(domain) + position
    return (cell * 100_000 + (pl.col("year").cast(pl.Int64) + 50_000).cast(pl.UInt64)).alias("cell")


def _named(revised: pl.DataFrame, frame: pl.DataFrame, packing: pl.Expr) -> pl.DataFrame:
    """The revised cells with their codes back, in the order of cells."""
    codes = frame.lazy().select(packing, *CELL, "line")
    return (
        codes.join(revised.lazy(), on="cell")
        .sort(CELL)
        .with_columns(pl.col(*CELL[:-1]).cast(pl.String))
        .collect(engine="streaming")
    )


def _vanished(counts: Mapping[str, int], version: int, vanished_percent: float) -> list[Finding]:
    """So much missing that the file is probably a part of the table, not a newer one."""
    if not counts["old_figures"]:
        return []
    percent = 100 * counts["vanished_figures"] / counts["old_figures"]
    if percent <= vanished_percent:
        return []
    params = {"version": version, "percent": round(percent)}
    return [Finding("many_vanished", STOP, counts["vanished_figures"], params=params)]


def _largest(named: pl.DataFrame) -> list[Revision]:
    size = (pl.col("new").fill_null(0) - pl.col("old").fill_null(0)).abs()
    top = named.sort(size, descending=True, maintain_order=True).head(EXAMPLES_KEPT)
    return [
        Revision(row["region"], row["activity"], row["series"], row["year"], row["old"], row["new"])
        for row in top.iter_rows(named=True)
    ]


# Duplicates ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Deduplicated:
    """One row per cell, and the rows that contradict each other."""

    frame: pl.DataFrame
    conflicting: pl.DataFrame
    findings: list[Finding]


def deduplicate(frame: pl.DataFrame) -> Deduplicated:
    """Cells that stand twice: the same figure counts once, different figures count not at all.

    frame: sorted by cell. Of identical cells the first line stays.
    """
    same_as_before = pl.all_horizontal(pl.col(name) == pl.col(name).shift(1) for name in CELL).fill_null(
        value=False
    )
    again = frame.select(same_as_before.alias("again")).to_series()
    if not again.any():
        return Deduplicated(frame, frame.clear(), [])
    # Every row of a cell that stands more than once: the repeated rows and the one before each run.
    in_run = again | again.shift(-1, fill_value=False)
    runs = frame.filter(in_run)
    figures = pl.struct("value", "state", "flag").n_unique().over(CELL)
    conflicting = runs.filter(runs.select(figures.alias("n")).to_series() > 1).sort(*CELL, "line")
    agreeing = runs.join(conflicting.select(CELL).unique(), on=list(CELL), how="anti")
    kept = pl.concat([frame.filter(~in_run), agreeing.sort("line").unique(subset=CELL, keep="first")])
    return Deduplicated(
        kept.sort(*CELL),
        conflicting,
        [
            *_duplicates("identical_duplicates", INFO, agreeing),
            *_duplicates("conflicting_duplicates", STOP, conflicting),
        ],
    )


def _duplicates(kind: str, severity: str, rows: pl.DataFrame) -> list[Finding]:
    if not rows.height:
        return []
    cells = rows.group_by(CELL, maintain_order=True).agg("value", "line")
    examples = [
        {
            "region": str(row["region"]),
            "activity": str(row["activity"]),
            "year": row["year"],
            "values": row["value"],
            "between": "/",
        }
        for row in cells.head(EXAMPLES_KEPT).iter_rows(named=True)
    ]
    return [Finding(kind, severity, cells.height, first_lines(rows["line"]), {"examples": examples})]


def _finding(
    kind: str,
    severity: str,
    rows: pl.DataFrame,
    values: Sequence[str] = ("value",),
    *,
    between: str = "→",
    **params: Any,
) -> list[Finding]:
    """One finding about some cells, or none where there are none."""
    if not rows.height:
        return []
    examples = [
        {
            "region": str(row["region"]),
            "activity": str(row["activity"]),
            "year": row["year"],
            "values": [row[name] for name in values],
            "between": between,
        }
        for row in rows.head(EXAMPLES_KEPT).iter_rows(named=True)
    ]
    lines = first_lines(rows["line"].head(100)) if "line" in rows.columns else ()
    return [Finding(kind, severity, rows.height, lines, {"examples": examples, **params})]


def _among(column: str, codes: Collection[str], frame: pl.DataFrame) -> pl.Expr:
    """Membership, also where the column is an Enum that does not know every code."""
    known = [code for code in codes if code in _categories(frame, column)]
    return pl.col(column).cast(pl.String).is_in(known) if known else pl.lit(value=False)


def _categories(frame: pl.DataFrame, column: str) -> set[str]:
    dtype = frame.schema[column]
    return set(dtype.categories) if isinstance(dtype, pl.Enum) else set(frame[column].unique())


def _codes(frame: pl.DataFrame, column: str) -> set[str]:
    """The codes that occur; an Enum may know others."""
    return set(frame[column].unique().cast(pl.String))
