"""Plain CSV with a row for each observation, however offices and spreadsheets write it."""

from __future__ import annotations

import io
import re

import polars as pl

from regional_analytics.sources.errors import AmbiguousNumbers, DimensionsUnclear, UnreadableFile
from regional_analytics.sources.formats import TIDY_CSV
from regional_analytics.sources.reading import (
    Reading,
    normalised_region,
    observations_of,
    problems_of,
    with_sorted_flags,
)

REGION = ("geo", "region", "nuts", "nuts_id", "nuts_code", "code", "регион", "код")
ACTIVITY = ("nace_r2", "activity", "nace", "sector", "nace_code", "дейност")
YEAR = ("year", "time", "time_period", "period", "година")
VALUE = ("value", "obs_value", "values", "стойност")
FLAG = ("flag", "obs_flag", "flags", "флаг")
STATE = ("state", "status", "obs_status")
NAMES = {"regions": REGION, "years": YEAR, "values": VALUE}
NOTHING = ("", ":", "-", "–", "—", "..", "…", "n/a", "na", "null", "none")
_SPACES = r"[\s\u00a0\u202f']"
_COMMA_DECIMAL = re.compile(r"^-?\d{1,3}(\.\d{3})+,\d+$|^-?\d+,(\d{1,2}|\d{4,})$|^-?\d{4,},\d+$")
_POINT_DECIMAL = re.compile(r"^-?\d{1,3}(,\d{3})+\.\d+$|^-?\d+\.(\d{1,2}|\d{4,})$|^-?\d{4,}\.\d+$")
_TWO_WAYS = re.compile(r"^-?\d{1,3}[.,]\d{3}$")


def read_tidy_csv(
    text: bytes, *, region: str | None = None, activity: str | None = None, decimal: str | None = None
) -> Reading:
    """One observation a row; columns are known by their names, separators and decimal sign by what the file has.

    region, activity   the names of those columns, where they are unusual
    decimal            "." or ",", where the file does not tell
    """
    comments, table, first_line = _without_comments(text)
    separator = _separator(table)
    try:
        frame = pl.read_csv(io.BytesIO(table), separator=separator, infer_schema=False, truncate_ragged_lines=True)
    except (pl.exceptions.PolarsError, ValueError) as error:
        raise UnreadableFile(name="the CSV file", beginning=str(error).split("\n", 1)[0][:80]) from error
    names = {name.strip().strip("\ufeff").lower(): name for name in frame.columns}
    chosen = {
        "region": region or _column(names, REGION, "regions"),
        "activity": activity or _optional(names, ACTIVITY),
        "year": _column(names, YEAR, "years"),
        "value": _column(names, VALUE, "values"),
        "flag": _optional(names, FLAG),
        "state": _optional(names, STATE),
    }
    if chosen["region"] not in frame.columns:
        raise DimensionsUnclear(lacking="regions", columns=", ".join(frame.columns), names=", ".join(REGION[:3]))
    others = [name for name in frame.columns if name not in chosen.values() and name.strip().lower() != "freq"]
    frame = frame.with_columns(line=pl.int_range(first_line + 1, pl.len() + first_line + 1, dtype=pl.UInt32))
    read = frame.select(
        region=normalised_region(str(chosen["region"])).fill_null(""),
        activity=pl.col(chosen["activity"]).fill_null("").str.strip_chars() if chosen["activity"] else pl.lit(""),
        series=pl.concat_str([pl.col(name).fill_null("") for name in others], separator=".") if others else pl.lit(""),
        time=pl.col(str(chosen["year"])).str.strip_chars(),
        cell=pl.col(str(chosen["value"])).fill_null("").str.strip_chars(),
        flag_column=pl.col(chosen["flag"]).fill_null("") if chosen["flag"] else pl.lit(""),
        state_column=pl.col(chosen["state"]).fill_null("").str.to_lowercase() if chosen["state"] else pl.lit(""),
        line="line",
    ).with_columns(
        year=pl.col("time").str.replace(r"\.0+$", "").cast(pl.Int16, strict=False),
        # A flag may stand in the cell itself: 14.3 b, 280,4 (e)
        number=pl.col("cell").str.replace(r"\s*\(?[a-z]{1,3}\)?$", ""),
        cell_flag=pl.col("cell").str.extract(r"(?:^|[\d:]\s*)\(?([a-z]{1,3})\)?$", 1).fill_null(""),
    )
    decimal = decimal or _from_comments(comments, "decimal") or _decimal_sign(read)
    read = read.with_columns(value=_value(decimal), nothing=pl.col("number").str.to_lowercase().is_in(list(NOTHING)) | pl.col("cell").str.to_lowercase().is_in(list(NOTHING)))
    no_year = read.filter(pl.col("year").is_null() | ~pl.col("year").is_between(1900, 2200).fill_null(value=False))
    no_region = read.filter(pl.col("region") == "")
    finite = pl.col("value").is_finite().fill_null(value=False)
    wrong = read.filter(~pl.col("nothing") & ~finite)
    bad = pl.concat([no_year["line"], no_region["line"], wrong["line"]])
    kept = read.filter(~pl.col("line").is_in(bad.implode())).with_columns(
        value=pl.when(finite).then(pl.col("value")),
        flag=pl.concat_str("flag_column", "cell_flag", _flag_of_state()),
    )
    odd_numbers = wrong.filter(~pl.col("cell").str.to_lowercase().str.contains("nan|inf"))
    not_finite = wrong.filter(pl.col("cell").str.to_lowercase().str.contains("nan|inf"))
    return Reading(
        observations=observations_of(with_sorted_flags(kept)),
        format=TIDY_CSV,
        dataset_code=_from_comments(comments, "table"),
        title=_from_comments(comments, "title"),
        dimensions=tuple(name.strip().lower() for name in others),
        activity_dimension=str(chosen["activity"]).strip().lower() if chosen["activity"] else None,
        problems=problems_of(no_year, "bad-year", str(chosen["year"]), "time")
        + problems_of(no_region, "missing-region", str(chosen["region"]))
        + problems_of(odd_numbers, "not-a-number", str(chosen["value"]), "cell")
        + problems_of(not_finite, "not-finite", str(chosen["value"]), "cell"),
        comments=comments,
    )


def _without_comments(text: bytes) -> tuple[tuple[str, ...], bytes, int]:
    """Leading # lines, the table after them, and the line its header stands in."""
    comments, start, line = [], 0, 1
    while text[start : start + 1] == b"#" or text[start : start + 1] in (b"\n", b"\r"):
        end = text.find(b"\n", start)
        end = len(text) if end < 0 else end
        found = text[start:end].decode().strip().lstrip("#").strip()
        if found:
            comments.append(found)
        start, line = end + 1, line + 1
    return tuple(comments), text[start:], line


def _from_comments(comments: tuple[str, ...], key: str) -> str | None:
    for comment in comments:
        name, colon, value = comment.partition(":")
        if colon and name.strip().lower() == key:
            return value.strip() or None
    return None


def _separator(table: bytes) -> str:
    """The sign that stands most often in the header."""
    header = table.split(b"\n", 1)[0].decode("utf-8", "replace")
    return max((",", ";", "\t"), key=header.count)


def _column(names: dict[str, str], known: tuple[str, ...], what: str) -> str:
    found = _optional(names, known)
    if found is None:
        raise DimensionsUnclear(lacking=what, columns=", ".join(names), names=", ".join(NAMES[what][:3]))
    return found


def _optional(names: dict[str, str], known: tuple[str, ...]) -> str | None:
    return next((names[name] for name in known if name in names), None)


def _decimal_sign(read: pl.DataFrame) -> str:
    """Point or comma, decided for the whole file by the cells that can be read in one way only."""
    bare = read.select("line", plain=pl.col("number").str.replace_all(_SPACES, ""))
    marked = bare.filter(pl.col("plain").str.contains("[.,]"))
    distinct = marked.unique("plain", maintain_order=True)
    comma = any(_COMMA_DECIMAL.match(one) for one in distinct["plain"])
    point = any(_POINT_DECIMAL.match(one) for one in distinct["plain"])
    two_ways = distinct.filter(pl.col("plain").str.contains(_TWO_WAYS.pattern))
    if comma != point:
        return "," if comma else "."
    if two_ways.height and (comma or not point):
        only_points = not two_ways["plain"].str.contains(",").any()
        if not comma and only_points and _too_precise(distinct):
            return "."
        raise AmbiguousNumbers(value=two_ways["plain"][0], line=two_ways["line"][0])
    return "."


def _too_precise(distinct: pl.DataFrame) -> bool:
    """0.123 cannot be thousands: no thousand begins with 0."""
    return bool(distinct["plain"].str.contains(r"^-?0[.,]").any())


def _value(decimal: str) -> pl.Expr:
    plain = pl.col("number").str.replace_all(_SPACES, "").str.replace_all("\u2212", "-", literal=True)
    if decimal == ",":
        plain = plain.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
    else:
        plain = plain.str.replace_all(",", "", literal=True)
    return plain.cast(pl.Float64, strict=False)


def _flag_of_state() -> pl.Expr:
    """A column of states, as our own exports have it, says in a word what a flag says in a letter."""
    state = pl.col("state_column")
    return (
        pl.when(state == "confidential").then(pl.lit("c"))
        .when(state == "estimated").then(pl.lit("e"))
        .when(state == "not_applicable").then(pl.lit("z"))
        .when(state.str.len_chars() <= 3).then(state)
        .otherwise(pl.lit(""))
    )  # fmt: skip
