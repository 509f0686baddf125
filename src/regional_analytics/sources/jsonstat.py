"""JSON-stat 2.0, as Eurostat's statistics API answers."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl

from regional_analytics.sources.errors import DimensionsUnclear, RetiredFormat, TruncatedFile, UnreadableFile
from regional_analytics.sources.eurostat_tsv import ACTIVITY
from regional_analytics.sources.formats import JSONSTAT
from regional_analytics.sources.reading import (
    Problem,
    Reading,
    limited,
    normalised_region,
    observations_of,
    problems_of,
    with_sorted_flags,
)

MOST_CELLS = 200_000_000


def read_jsonstat(text: bytes) -> Reading:
    """Every cell of the cube is an observation: what a sparse value object leaves out is not published, not absent."""
    cube = _cube(text)
    ids = [str(one) for one in cube["id"]]
    codes = [_codes(cube["dimension"][name]["category"], name) for name in ids]
    size = [int(one) for one in cube["size"]]
    if size != [len(one) for one in codes]:
        raise UnreadableFile(name="the JSON-stat file", beginning=f"its sizes {size} do not fit its categories")
    geo, time = _role(cube, ids, "geo"), _role(cube, ids, "time")
    cells = math.prod(size)
    if cells > MOST_CELLS:
        raise UnreadableFile(name="the JSON-stat file", beginning=f"its cube has {cells} cells")
    values, problems = _values(cube.get("value"), cells)
    flags = _flags(cube.get("status"), cells)
    activity = next((name for name in ids if name.lower() in ACTIVITY), None)
    others = [name for name in ids if name not in (geo, time, activity) and name.lower() != "freq"]
    place = dict(zip(ids, np.unravel_index(np.arange(cells), size), strict=True))
    columns = {name: pl.Series(code).gather(place[name]) for name, code in zip(ids, codes, strict=True)}
    frame = pl.DataFrame(
        {
            **{f"d_{name}": column for name, column in columns.items()},
            "value": pl.Series(values, nan_to_null=True),
            "flag": flags,
            "line": np.arange(1, cells + 1, dtype=np.uint32),
        }
    ).select(
        region=normalised_region(f"d_{geo}"),
        activity=pl.col(f"d_{activity}") if activity else pl.lit(""),
        series=pl.concat_str([pl.col(f"d_{name}") for name in others], separator=".") if others else pl.lit(""),
        time=pl.col(f"d_{time}"),
        year=pl.col(f"d_{time}").cast(pl.Int16, strict=False),
        value="value",
        flag="flag",
        line="line",
    )
    no_year = frame.filter(pl.col("year").is_null())
    kept = frame.filter(pl.col("year").is_not_null() & ~pl.col("line").is_in([one.line for one in problems]))
    return Reading(
        observations=observations_of(with_sorted_flags(kept)),
        format=JSONSTAT,
        dataset_code=_dataset_code(cube),
        title=cube.get("label") if isinstance(cube.get("label"), str) else None,
        updated=cube.get("updated") if isinstance(cube.get("updated"), str) else None,
        dimensions=tuple(name.lower() for name in others),
        activity_dimension=activity.lower() if activity else None,
        problems=limited(problems) + problems_of(no_year, "bad-year", time, "time"),
    )


def _cube(text: bytes) -> Mapping[str, Any]:
    try:
        cube = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise TruncatedFile(what=f"JSON: {error}") from error
    if isinstance(cube, dict) and "class" not in cube and any(
        isinstance(one, dict) and "dimension" in one for one in cube.values()
    ):
        raise RetiredFormat(format="JSON-stat 1", instead="JSON-stat 2.0")
    needed = ("id", "size", "dimension")
    if not isinstance(cube, dict) or any(key not in cube for key in needed):
        raise UnreadableFile(name="the JSON file", beginning=text[:60].decode("utf-8", "replace"))
    is_whole = (
        isinstance(cube["id"], list)
        and isinstance(cube["size"], list)
        and isinstance(cube["dimension"], dict)
        and all(isinstance(one, int) for one in cube["size"])
        and all(isinstance(cube["dimension"].get(str(name)), dict) for name in cube["id"])
        and all(isinstance(cube["dimension"][str(name)].get("category"), dict) for name in cube["id"])
    )
    if not is_whole:
        raise UnreadableFile(name="the JSON-stat file", beginning="its dimensions are not described")
    return cube


def _codes(category: Mapping[str, Any], name: str) -> list[str]:
    """Category codes in the order of the cube: an index object, an index list, or the one label there is."""
    index = category.get("index")
    if isinstance(index, dict):
        try:
            return [code for code, _place in sorted(index.items(), key=lambda item: int(item[1]))]
        except (TypeError, ValueError) as error:
            raise UnreadableFile(name="the JSON-stat file", beginning=f"the index of {name} is no order") from error
    if isinstance(index, list):
        return [str(code) for code in index]
    return [str(code) for code in category.get("label", {})]


def _role(cube: Mapping[str, Any], ids: list[str], role: str) -> str:
    roles = cube.get("role")
    given = roles.get(role) if isinstance(roles, dict) else None
    if isinstance(given, list) and given and str(given[0]) in ids:
        return str(given[0])
    for name in ids:
        if name.lower() in ({"geo", "region", "nuts"} if role == "geo" else {"time", "time_period", "year"}):
            return name
    raise DimensionsUnclear(lacking="regions" if role == "geo" else "years", columns=", ".join(ids), names=role)


def _values(given: Any, cells: int) -> tuple[np.ndarray, list[Problem]]:
    values = np.full(cells, np.nan)
    problems: list[Problem] = []
    pairs = given.items() if isinstance(given, dict) else enumerate(given if isinstance(given, list) else ())
    for place, value in pairs:
        try:
            at = int(place)
        except ValueError:
            problems.append(Problem("not-a-number", 0, "value", str(place)[:60]))
            continue
        if not 0 <= at < cells:
            problems.append(Problem("row-too-long", at + 1, "value", str(value)[:60]))
        elif isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            values[at] = value
        elif value is not None and value != ":":
            problems.append(Problem("not-a-number", at + 1, "value", str(value)[:60]))
    return values, problems


def _flags(given: Any, cells: int) -> list[str]:
    if isinstance(given, str):
        return [given] * cells
    flags = [""] * cells
    pairs = given.items() if isinstance(given, dict) else enumerate(given if isinstance(given, list) else ())
    for place, flag in pairs:
        if str(place).isdigit() and int(place) < cells and isinstance(flag, str):
            flags[int(place)] = flag
    return flags


def _dataset_code(cube: Mapping[str, Any]) -> str | None:
    extension = cube.get("extension")
    given = extension.get("id") if isinstance(extension, dict) else None
    return str(given).lower() if given else None
