"""JSON-stat 2.0: the table as a cube, for programs and other statistical platforms.

Dimensions are the columns that say where a figure stands; the figures themselves are the last dimension, “figure”.
A cell's status is its flag letters, as statistical offices write them; “:” marks a figure nobody published.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from django.utils import translation
from django.utils.translation import gettext

from clusterpolisee.shell.exports.origins import facts
from clusterpolisee.shell.exports.tables import Column, ExportTable, known_number, plain_text
from clusterpolisee.shell.exports.words import flag_words

FIGURE = "figure"
ROLES = {"region": "geo", "time": "time"}
LETTER_OF_STATE = {"estimated": "e", "confidential": "c", "not_applicable": "z"}
NOT_PUBLISHED = ":"
# A cube has a cell for every combination of codes: a stray text column would turn a small table into a huge file.
CELLS_ALWAYS_FINE, MOST_CELLS_PER_ROW = 200_000, 20


class NoCube(ValueError):
    """The table cannot reasonably be written as a cube; the message says what to take instead."""


@dataclass(frozen=True)
class _Dimension:
    column: Column
    categories: list[str]
    labels: dict[str, str]
    positions: list[int]  # of each row, in categories


def to_jsonstat(table: ExportTable) -> bytes:
    with translation.override(table.language):
        dimensions = [_dimension(table, i) for i, c in enumerate(table.columns) if c.is_dimension]
        figures = [c for c in table.columns if c.is_figure]
        if not figures:
            raise NoCube(
                gettext("This table holds no figures, and JSON-stat is made of figures: take it as CSV.")
            )
        size = [*(len(d.categories) for d in dimensions), len(figures)]
        if prod(size) > max(CELLS_ALWAYS_FINE, MOST_CELLS_PER_ROW * len(table.rows)):
            raise NoCube(gettext("As JSON-stat this table would have too many empty cells: take it as CSV."))
        values, status = _cells(table, figures, _starts(table, dimensions, size), prod(size))
        cube = {
            "version": "2.0",
            "class": "dataset",
            "label": str(table.title),
            "source": "; ".join(dict.fromkeys(f"{o.source}, {o.table}".rstrip(", ") for o in table.origins)),
            "updated": table.retrieved_on.isoformat(),
            **({"note": [str(table.note)]} if table.note else {}),
            "id": [*(d.column.key for d in dimensions), FIGURE],
            "size": size,
            "role": _roles(dimensions),
            "dimension": {d.column.key: _told(d) for d in dimensions} | {FIGURE: _told_figures(figures)},
            "value": values,
            "status": status,
            "extension": {
                "language": table.language,
                "status": {"label": {code: flag_words(code) for code in sorted(set(status.values()))}},
                "origin": [dict(facts(origin)) for origin in table.origins],
            },
        }
    return (json.dumps(cube, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n").encode()


def _dimension(table: ExportTable, index: int) -> _Dimension:
    """Categories in order of appearance, so that a ranking stays one; years run forward."""
    column = table.columns[index]
    codes = [plain_text(row[index]) for row in table.rows]
    categories = sorted(set(codes)) if column.role == "time" else list(dict.fromkeys(codes))
    place = {code: position for position, code in enumerate(categories)}
    name = next((i for i, c in enumerate(table.columns) if c.kind == "text" and c.of == column.key), index)
    labels = {code: plain_text(row[name]) for code, row in zip(codes, table.rows, strict=True)}
    return _Dimension(column, categories, labels, [place[code] for code in codes])


def _starts(table: ExportTable, dimensions: Sequence[_Dimension], size: Sequence[int]) -> list[int]:
    """Where each row's figures begin in the flat list of values: row-major, as JSON-stat counts."""
    starts = [0] * len(table.rows)
    for dimension, length in zip(dimensions, size, strict=False):
        starts = [s * length + p for s, p in zip(starts, dimension.positions, strict=True)]
    if len(set(starts)) < len(starts):
        names = ", ".join(d.column.key for d in dimensions)
        raise ValueError(f"Two rows of “{table.key}” stand in the same cell of the cube ({names}).")
    return [start * size[-1] for start in starts]


def _cells(
    table: ExportTable, figures: Sequence[Column], starts: Sequence[int], count: int
) -> tuple[list[float | int | None], dict[str, str]]:
    values: list[float | int | None] = [None] * count
    status: dict[int, str] = {}
    keys = [column.key for column in table.columns]
    for offset, figure in enumerate(figures):
        index, state, flag = keys.index(figure.key), table.state_index(figure), table.flag_index(figure)
        for row, start in zip(table.rows, starts, strict=True):
            number = values[start + offset] = known_number(row[index])
            code = _status(row[state], "" if flag is None else row[flag], is_known=number is not None)
            if code:
                status[start + offset] = code
    return values, {str(position): status[position] for position in sorted(status)}


def _status(state: object, flag: object, *, is_known: bool) -> str:
    """Flag letters that also say the state, so that a reader of flags alone reads the same.

    A state that speaks of a whole row marks only those of its figures it can be true of.
    """
    letters = set(plain_text(flag))
    if is_known == (state == "estimated"):
        letters.update(LETTER_OF_STATE.get(plain_text(state), ""))
    if not letters and not is_known and state == "not_published":
        return NOT_PUBLISHED
    return "".join(sorted(letters))


def _roles(dimensions: Sequence[_Dimension]) -> dict[str, list[str]]:
    roles: dict[str, list[str]] = {}
    for dimension in dimensions:
        if role := ROLES.get(dimension.column.role or ""):
            roles.setdefault(role, []).append(dimension.column.key)
    return {**roles, "metric": [FIGURE]}


def _told(dimension: _Dimension) -> dict[str, object]:
    return {
        "label": dimension.column.heading,
        "category": {"index": dimension.categories, "label": dimension.labels},
    }


def _told_figures(figures: Sequence[Column]) -> dict[str, object]:
    units = {f.key: {"label": f.unit or ("%" if f.kind == "percent" else "")} for f in figures}
    for figure in figures:
        if figure.decimals is not None:
            units[figure.key]["decimals"] = figure.decimals
    return {
        "label": gettext("Figure"),
        "category": {
            "index": [f.key for f in figures],
            "label": {f.key: str(f.label) for f in figures},
            "unit": units,
        },
    }
