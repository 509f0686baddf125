"""JSON-stat 2.0, as Eurostat's statistics API answers.

A cube names every combination of its categories. One that its sparse value object leaves out is a cell all the same:
not published, unless its status says otherwise.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regional_analytics.sources import encoding
from regional_analytics.sources.codes import Combination
from regional_analytics.sources.containers import Limits
from regional_analytics.sources.errors import (
    DimensionsUnclear,
    OtherFormat,
    RetiredFormat,
    TooManyCells,
    TruncatedFile,
    UnreadableFile,
)
from regional_analytics.sources.figures import is_not_finite
from regional_analytics.sources.flags import printed_letters
from regional_analytics.sources.formats import JSONSTAT
from regional_analytics.sources.layout import ACTIVITY, FREQUENCY, find, region_code, year_of
from regional_analytics.sources.observations import Gathering
from regional_analytics.sources.problems import Ledger, Log
from regional_analytics.sources.reading import Reading
from regional_analytics.sources.words import Numbers

_NAMES = {"geo": ("geo", "region", "nuts", "ref_area"), "time": ("time", "time_period", "year")}
_LACKING = {"geo": "regions", "time": "years"}


@dataclass(frozen=True)
class Cube:
    """A data set: the names of its dimensions, the codes of each in order, and the fields beside them."""

    names: list[str]
    codes: list[list[str]]
    fields: Mapping[str, Any]

    @property
    def size(self) -> tuple[int, ...]:
        return tuple(len(codes) for codes in self.codes)

    def place_of(self, role: str) -> int:
        """Which dimension is the geo or the time: the one given this role, else the one of that name."""
        roles = self.fields.get("role")
        given = roles.get(role) if isinstance(roles, dict) else None
        names = [str(one) for one in given] if isinstance(given, list) else []
        place = find(self.names, (*names, *_NAMES[role]))
        if place is None:
            raise DimensionsUnclear(lacking=_LACKING[role], columns=", ".join(self.names), names=role)
        return place


def read_jsonstat(text: bytes, limits: Limits, log: Log | None = None) -> Reading:
    """The observations of a data set, in the order of its cells; the line of each is its place, from 1."""
    cube = _cube(text, limits)
    problems = Ledger(log)
    geo, time, activity = cube.place_of("geo"), cube.place_of("time"), find(cube.names, ACTIVITY)
    rest = [
        place
        for place in range(len(cube.names))
        if place not in {geo, time, activity, find(cube.names, FREQUENCY)}
    ]
    cells = np.arange(math.prod(cube.size))
    values, flags, flag_texts = _figures(cube.fields, len(cells), problems)
    combination = Combination()
    years = _years(cube, time, problems)[_numbers(cube, time, cells)]
    columns: dict[str, NDArray[Any]] = {
        "region": _numbers(cube, geo, cells),
        "activity": np.zeros_like(flags) if activity is None else _numbers(cube, activity, cells),
        "series": combination.of((_numbers(cube, place, cells) for place in rest), len(cells)),
        "year": years,
        "value": values,
        "flag": flags,
        "line": (cells + 1).astype(np.uint32),
    }
    if not years.all():
        columns = {name: column[years > 0] for name, column in columns.items()}
    gathering = Gathering()
    gathering.add(**columns)
    texts = {
        "region": [region_code(code) for code in cube.codes[geo]],
        "activity": [""] if activity is None else cube.codes[activity],
        "series": [".".join(parts) for parts in combination.parts([cube.codes[place] for place in rest])],
        "flag": flag_texts,
    }
    return Reading(
        observations=gathering.frame(texts=texts),
        format=JSONSTAT,
        dataset_code=_table(cube.fields),
        title=_text_of(cube.fields, "label"),
        updated=_text_of(cube.fields, "updated"),
        dimensions=tuple(cube.names[place].lower() for place in rest),
        activity_dimension=None if activity is None else cube.names[activity].lower(),
        problems=problems.problems(),
    )


def _cube(text: bytes, limits: Limits) -> Cube:
    fields = _parsed(text)
    if fields.get("class") in ("collection", "dimension"):
        raise OtherFormat(format=f"a JSON-stat {fields['class']}", instead="one dataset")
    names, size, dimension = fields.get("id"), fields.get("size"), fields.get("dimension")
    if not (isinstance(names, list) and isinstance(size, list) and isinstance(dimension, dict)):
        if any(isinstance(one, dict) and "dimension" in one for one in fields.values()) or isinstance(
            dimension, dict
        ):
            raise RetiredFormat(format="JSON-stat 1", instead="JSON-stat 2.0")
        raise UnreadableFile(name="the JSON file", beginning=text[:60].decode("utf-8", "replace"))
    cube = Cube([str(name) for name in names], [_codes(dimension, str(name)) for name in names], fields)
    if list(cube.size) != size:
        raise _misfit(f"its sizes {size} are not those of its categories, {list(cube.size)}")
    if math.prod(cube.size) > limits.max_cells:
        raise TooManyCells(cells=math.prod(cube.size), limit=limits.max_cells)
    return cube


def _parsed(text: bytes) -> Mapping[str, Any]:
    encoding.check(text)
    try:
        # NaN and Infinity are no JSON, but some programs write them: kept as texts, they are noted as no figures.
        fields = json.loads(text, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise TruncatedFile(what=f"JSON: {error}") from error
    if not isinstance(fields, dict):
        raise UnreadableFile(name="the JSON file", beginning=text[:60].decode("utf-8", "replace"))
    return fields


def _codes(dimension: Mapping[str, Any], name: str) -> list[str]:
    """Category codes in the order of the cube: an index object, an index list, or the one label there is."""
    described = dimension.get(name)
    category = described.get("category") if isinstance(described, dict) else None
    if not isinstance(category, dict):
        raise _misfit(f"it does not describe its dimension {name}")
    index = category.get("index", category.get("label"))
    if isinstance(index, list):
        return [str(code) for code in index]
    if not isinstance(index, dict):
        raise _misfit(f"its dimension {name} has no categories")
    if "index" not in category:
        return [str(code) for code in index]
    if sorted(map(repr, index.values())) != sorted(map(repr, range(len(index)))):
        raise _misfit(f"the categories of its dimension {name} are not numbered from 0")
    return sorted(map(str, index), key=lambda code: int(index[code]))


def _misfit(what: str) -> UnreadableFile:
    return UnreadableFile(name="the JSON-stat file", beginning=what)


def _numbers(cube: Cube, place: int, cells: NDArray[np.intp]) -> Numbers:
    """The category of each cell in one dimension: the last dimension varies fastest."""
    stride = math.prod(cube.size[place + 1 :])
    return ((cells // stride) % len(cube.codes[place])).astype(np.int32)


def _years(cube: Cube, time: int, problems: Ledger) -> NDArray[np.int16]:
    years = [year_of(code) for code in cube.codes[time]]
    odd = [place for place, year in enumerate(years) if not year]
    stride = math.prod(cube.size[time + 1 :])
    problems.add(
        "bad-year",
        [place * stride + 1 for place in odd],
        cube.names[time],
        lambda index: cube.codes[time][odd[index]],
    )
    return np.array(years, dtype=np.int16)


def _figures(
    fields: Mapping[str, Any], cells: int, problems: Ledger
) -> tuple[NDArray[np.float64], Numbers, Sequence[str]]:
    """Value of each cell, NaN where there is none; number of its flag; and what those numbers mean."""
    values = np.full(cells, np.nan)
    flags = np.zeros(cells, dtype=np.int32)
    numbers = {"": 0}
    for place, status in _placed(fields.get("status"), cells):
        if isinstance(status, str) and 0 <= place < cells:
            flags[place] = numbers.setdefault(printed_letters(status), len(numbers))
    for place, value in _placed(fields.get("value"), cells):
        if not 0 <= place < cells:
            problems.add("no-such-cell", [place + 1], "value", partial(_said, value))
        elif isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            values[place] = value
        elif value is not None and value != ":":
            _note_odd(value, place, problems)
    return values, flags, list(numbers)


def _note_odd(value: object, place: int, problems: Ledger) -> None:
    kind = "not-finite" if isinstance(value, float) or is_not_finite(str(value)) else "not-a-number"
    problems.add(kind, [place + 1], "value", partial(_said, value))


def _said(value: object, _index: int) -> str:
    return str(value)


def _placed(given: Any, cells: int) -> Iterable[tuple[int, Any]]:
    """Places and what stands there: from an object of places, a list of all, or one text for all."""
    if isinstance(given, dict):
        return ((int(place) if place.isdecimal() else -1, one) for place, one in given.items())
    if isinstance(given, list):
        return enumerate(given)
    return ((place, given) for place in range(cells)) if isinstance(given, str) else ()


def _table(fields: Mapping[str, Any]) -> str | None:
    extension = fields.get("extension")
    given = extension.get("id") if isinstance(extension, dict) else None
    return given.lower() if isinstance(given, str) else None


def _text_of(fields: Mapping[str, Any], name: str) -> str | None:
    found = fields.get(name)
    return found if isinstance(found, str) else None
