"""One file from the parts of a table. What they say is not touched: rows follow each other, cells keep their places."""

from __future__ import annotations

import gzip
import json
import math
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from clusterpolisee.evidence.fetching.answers import UNREADABLE, json_of, line_of, opened
from clusterpolisee.evidence.fetching.errors import FetchError

MOST_CELLS = 20_000_000


def join(parts: Sequence[Path], into: Path, *, host: str, table: str) -> Path:
    """The file that holds them all; a single part is that file already, byte by byte."""
    if len(parts) == 1:
        return parts[0]
    try:
        with opened(parts[0]) as file:
            is_json = file.read(1) == b"{"
        _join_cubes(parts, into, host, table) if is_json else _join_rows(parts, into, host, table)
    except (OSError, EOFError, zlib.error):
        raise FetchError("damaged", host=host) from None
    return into


def _join_rows(parts: Sequence[Path], into: Path, host: str, table: str) -> None:
    """CSV: the header once, and the rows of all."""
    header, edition = b"", ""
    with gzip.GzipFile(into, "wb", compresslevel=6, mtime=0) as out:
        for part in parts:
            with opened(part) as file:
                own = line_of(file)
                if header and own.strip() != header.strip():
                    raise FetchError("parts_differ", host=host, table=table)
                first = line_of(file)
                if header and first and edition and _edition(own, first) != edition:
                    raise FetchError("parts_differ", host=host, table=table)
                if not header:
                    out.write(own if own.endswith(b"\n") else own + b"\n")
                header, edition = own, edition or _edition(own, first)
                out.write(first)
                _copy_rows(file, out, first)


def _edition(header: bytes, row: bytes) -> str:
    """When the table was updated, where its rows say so: the parts of two editions do not belong together."""
    names, cells = (line.decode("utf-8", "replace").strip().split(",") for line in (header, row))
    return cells[names.index("LAST UPDATE")] if "LAST UPDATE" in names and len(cells) >= len(names) else ""


def _copy_rows(file: Any, out: Any, first: bytes) -> None:
    last = first[-1:] or b"\n"
    while piece := file.read(1024 * 1024):
        out.write(piece)
        last = piece[-1:]
    if last != b"\n":
        out.write(b"\n")


def _join_cubes(parts: Sequence[Path], into: Path, host: str, table: str) -> None:
    """JSON-stat: the cube with the categories of all, and every value and status at its new place.

    >>> _union([["2016", "2017"], ["2017", "2018"]])
    ['2016', '2017', '2018']
    """
    cubes = [_cube(part, host) for part in parts]
    names = cubes[0]["id"]
    if any(cube["id"] != names or cube.get("updated") != cubes[0].get("updated") for cube in cubes):
        raise FetchError("parts_differ", host=host, table=table)
    codes = {name: _union([_codes(cube, name) for cube in cubes]) for name in names}
    size = tuple(len(codes[name]) for name in names)
    if np.prod([float(one) for one in size]) > MOST_CELLS:
        raise FetchError("still_too_big", host=host, table=table)
    joined = {**cubes[0], "size": list(size), "value": {}, "status": {}}
    joined["dimension"] = {name: _dimension(cubes, name, codes[name]) for name in names}
    joined.pop("extension", None)
    if "extension" in cubes[0]:
        kept = ("id", "lang", "agencyId", "version", "datastructure")
        joined["extension"] = {
            key: cubes[0]["extension"][key] for key in kept if key in cubes[0]["extension"]
        }
    for cube in cubes:
        places = _places(cube, names, codes, size)
        for field in ("value", "status"):
            said = {str(places[at]): one for at, one in cube[field]}
            if any(joined[field].get(at, one) != one for at, one in said.items()):
                raise FetchError("parts_differ", host=host, table=table)
            joined[field].update(said)
    with gzip.GzipFile(into, "wb", compresslevel=6, mtime=0) as out:
        out.write(json.dumps(joined, ensure_ascii=False, separators=(",", ":")).encode())


def _cube(part: Path, host: str) -> dict[str, Any]:
    try:
        cube = dict(json_of(part))
        lengths = [len(_codes(cube, name)) for name in cube["id"]]
        cells = math.prod(lengths)
        if lengths == cube["size"] and cells <= MOST_CELLS:
            for field in ("value", "status"):
                cube[field] = _placed(cube.get(field), cells)
            return cube
    except (*UNREADABLE, KeyError, TypeError, AttributeError):
        pass
    raise FetchError("damaged", host=host)


def _codes(cube: Mapping[str, Any], name: str) -> list[str]:
    index = cube["dimension"][name]["category"]["index"]
    return list(index) if isinstance(index, list) else sorted(index, key=lambda code: int(index[code]))


def _union(lists: Sequence[Sequence[str]]) -> list[str]:
    return sorted({code for one in lists for code in one})


def _dimension(cubes: Sequence[Mapping[str, Any]], name: str, codes: Sequence[str]) -> dict[str, Any]:
    labels: dict[str, str] = {}
    for cube in cubes:
        labels.update(cube["dimension"][name]["category"].get("label", {}))
    index = {code: place for place, code in enumerate(codes)}
    return {**cubes[0]["dimension"][name], "category": {"index": index, "label": labels}}


def _places(
    cube: Mapping[str, Any], names: Sequence[str], codes: Mapping[str, Sequence[str]], size: tuple[int, ...]
) -> list[int]:
    """Where each cell of a cube stands in the joined one."""
    place_of = {name: {code: at for at, code in enumerate(codes[name])} for name in names}
    moved = [
        np.array([place_of[name][code] for code in _codes(cube, name)], dtype=np.int64) for name in names
    ]
    grid = np.ravel_multi_index(np.ix_(*moved), size)
    found: list[int] = np.asarray(grid).ravel().tolist()
    return found


def _placed(given: Any, cells: int) -> list[tuple[int, Any]]:
    """Places and what stands there: from an object of places, a list of all, or one text for all.

    Raises ValueError where something stands at a place the cube does not have.
    """
    if isinstance(given, str):
        return [(at, given) for at in range(cells)]
    if isinstance(given, dict):
        placed = [(int(at), one) for at, one in given.items()]
    else:
        placed = [(at, one) for at, one in enumerate(given or []) if one is not None]
    if any(not 0 <= at < cells for at, _one in placed):
        raise ValueError("The cube holds a figure at a place that it does not have.")
    return placed
