"""SDMX-CSV 1.0 (sdmx/2.1) and 2.0 (sdmx/3.0), with or without labels."""

from __future__ import annotations

import io

import polars as pl

from regional_analytics.sources.errors import DimensionsUnclear
from regional_analytics.sources.eurostat_tsv import ACTIVITY
from regional_analytics.sources.reading import (
    Reading,
    normalised_region,
    observations_of,
    problems_of,
    with_sorted_flags,
)

_NOT_DIMENSIONS = {
    "DATAFLOW", "LAST UPDATE", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION",
    "TIME_PERIOD", "OBS_VALUE", "OBS_FLAG", "OBS_STATUS", "CONF_STATUS", "FREQ", "GEO",
}  # fmt: skip
_REGION = ("geo", "GEO", "REF_AREA")


def read_sdmx_csv(text: bytes, form: str) -> Reading:
    """One observation a row. Label columns (any heading after a code column) are told by their spelling and left out."""
    frame = pl.read_csv(io.BytesIO(text), infer_schema=False, truncate_ragged_lines=True, quote_char='"')
    frame = frame.with_columns(line=pl.int_range(2, pl.len() + 2, dtype=pl.UInt32))
    frame = frame.rename({name: name.split(":")[0].strip() for name in frame.columns if ":" in name and name != "line"})
    columns = frame.columns
    region = next((name for name in _REGION if name in columns), None)
    if region is None or "TIME_PERIOD" not in columns or "OBS_VALUE" not in columns:
        lacking = "regions" if region is None else "years" if "TIME_PERIOD" not in columns else "values"
        names = {"regions": "geo", "years": "TIME_PERIOD", "values": "OBS_VALUE"}[lacking]
        raise DimensionsUnclear(lacking=lacking, columns=", ".join(columns[:-1]), names=names)
    # “BG31: Severozapaden”, the labels=both of version 1.0
    frame = frame.with_columns(pl.col(pl.String).str.replace(r"^([A-Za-z0-9_\-\.]+): .*$", "$1"))
    dimensions = _dimensions(columns, region, frame)
    activity = next((name for name in dimensions if name.lower() in ACTIVITY), None)
    others = [name for name in dimensions if name != activity]
    flags = [pl.col(name).fill_null("") for name in ("OBS_FLAG", "OBS_STATUS") if name in columns]
    secret = pl.col("CONF_STATUS").fill_null("").str.to_uppercase() if "CONF_STATUS" in columns else pl.lit("")
    value = pl.col("OBS_VALUE").str.strip_chars()
    read = frame.select(
        region=normalised_region(region),
        activity=pl.col(activity).fill_null("") if activity else pl.lit(""),
        series=pl.concat_str([pl.col(name).fill_null("") for name in others], separator=".") if others else pl.lit(""),
        time=pl.col("TIME_PERIOD"),
        year=pl.col("TIME_PERIOD").cast(pl.Int16, strict=False),
        text=value,
        value=value.cast(pl.Float64, strict=False),
        flag=pl.concat_str([*flags, pl.when(secret.is_in(["C", "N", "S", "D"])).then(pl.lit("c")).otherwise(pl.lit(""))]),
        line="line",
    )
    empty = pl.col("text").is_null() | pl.col("text").is_in(["", ":", "NaN", "nan"])
    no_year = read.filter(pl.col("year").is_null())
    no_region = read.filter(pl.col("region").is_null() | (pl.col("region") == ""))
    wrong = read.filter(~empty & ~pl.col("value").is_finite().fill_null(value=False))
    bad = pl.concat([no_year["line"], no_region["line"], wrong["line"]])
    kept = read.filter(~pl.col("line").is_in(bad.implode())).with_columns(
        value=pl.when(empty).then(None).otherwise(pl.col("value"))
    )
    return Reading(
        observations=observations_of(with_sorted_flags(kept)),
        format=form,
        dataset_code=_code(frame),
        title=_first(frame, "STRUCTURE_NAME"),
        updated=_first(frame, "LAST UPDATE"),
        dimensions=tuple(name.lower() for name in others),
        activity_dimension=activity.lower() if activity else None,
        problems=problems_of(no_year, "bad-year", "TIME_PERIOD", "time")
        + problems_of(no_region, "missing-region", region)
        + problems_of(wrong, "not-a-number", "OBS_VALUE", "text"),
    )


def _dimensions(columns: list[str], region: str, frame: pl.DataFrame) -> list[str]:
    """Code columns: spelt in one case without spaces, before the time column, and not a label of the one before."""
    found = []
    for name in columns[: columns.index("TIME_PERIOD")]:
        plain = name.upper()
        if plain in _NOT_DIMENSIONS or name == region:
            continue
        if (name == name.lower() and " " not in name) or (name == plain and " " not in name):
            found.append(name)
    return found


def _code(frame: pl.DataFrame) -> str | None:
    """ESTAT:TGS00042(1.0) and ESTAT:NAMA_10R_2GDP$DEFAULTVIEW(1.0) are tgs00042 and nama_10r_2gdp."""
    given = _first(frame, "DATAFLOW") or _first(frame, "STRUCTURE_ID")
    if not given:
        return None
    plain = given.split(":")[-1] if given.count(":") else given
    return plain.split("(")[0].split("$")[0].lower() or None


def _first(frame: pl.DataFrame, column: str) -> str | None:
    if column not in frame.columns or not frame.height:
        return None
    found = frame[column][0]
    return str(found) if found else None


