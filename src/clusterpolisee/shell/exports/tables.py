"""The shapes every export speaks: columns, origins, a table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["text", "number", "percent", "year", "flag", "state"]
Role = Literal["region", "activity", "time", "value", "status"]


@dataclass(frozen=True)
class Column:
    """One column, typed.

    key: the stable machine name, the same in every language. label: the heading, in the table's language.
    kind: percent holds percents (4.1 means 4.1 %). decimals: how many a spreadsheet shows; files keep them all.
    of: the key of the column this one speaks of: the name of a code, or the state or flag of one figure.
        A state or flag without it speaks of every figure in its row.
    """

    key: str
    label: str
    kind: Kind
    unit: str = ""
    decimals: int | None = None
    role: Role | None = None
    of: str = ""

    @property
    def is_figure(self) -> bool:
        return self.kind in ("number", "percent")

    @property
    def is_dimension(self) -> bool:
        """Does it say which cell a figure stands in, rather than the figure or a remark on it?"""
        return self.kind in ("text", "year") and not self.of

    @property
    def heading(self) -> str:
        unit = self.unit or ("%" if self.kind == "percent" else "")
        return f"{self.label} ({unit})" if unit else str(self.label)


@dataclass(frozen=True)
class Origin:
    """Where figures come from. `address` is the permanent address of the table or figure on this platform."""

    source: str
    table: str
    table_url: str
    dataset_version: str | int
    nuts_vintage: int | None
    retrieved_on: date
    licence: str
    licence_url: str
    formula: str = ""
    address: str = ""


@dataclass(frozen=True)
class ExportTable:
    """What a page shows, ready to leave: columns, rows, and the origins of every figure in them.

    A cell is text, a number, a date, true, false or None. None, and a number that is not finite, is unknown.
    A table with figures has a column of kind “state”, so that an empty cell can say why it is empty.
    """

    key: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[tuple[object, ...]]
    origins: Sequence[Origin]
    note: str = ""
    language: str = "en"

    def __post_init__(self) -> None:
        keys = [column.key for column in self.columns]
        if len(set(keys)) < len(keys):
            raise ValueError(f"Two columns of the table “{self.key}” share a key: {', '.join(keys)}.")
        for column in self.columns:
            if column.of and column.of not in keys:
                raise ValueError(f"In “{self.key}”, “{column.key}” speaks of “{column.of}”: no such column.")
            if column.is_figure:
                self.state_index(column)
        if not self.origins:
            raise ValueError(f"The table “{self.key}” has no origin: no figure leaves without one.")
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(keys):
                raise ValueError(
                    f"Row {number} of “{self.key}” has {len(row)} cells for {len(keys)} columns."
                )

    def state_index(self, figure: Column) -> int:
        """Which column says why this figure may be empty: its own if it has one, else the row's."""
        index = self._index_about(figure, "state")
        if index is None:
            raise ValueError(
                f"Figure “{figure.key}” of “{self.key}” has no state: add a column of kind “state”, "
                "so that an empty cell can say why it is empty."
            )
        return index

    def flag_index(self, figure: Column) -> int | None:
        """Which column holds this figure's flag letters, if any."""
        return self._index_about(figure, "flag")

    def _index_about(self, figure: Column, kind: Kind) -> int | None:
        about = {c.of: index for index, c in enumerate(self.columns) if c.kind == kind}
        return about.get(figure.key, about.get(""))

    @property
    def retrieved_on(self) -> date:
        """When the newest of its figures was fetched: the only date a file made from it may carry."""
        return max(origin.retrieved_on for origin in self.origins)


def known_number(cell: object) -> float | int | None:
    """The cell's number, or None where it is unknown. NaN means unknown here, as in the library."""
    if cell is None or not math.isfinite(cell):  # type: ignore[arg-type]
        return None
    number = float(cell)  # type: ignore[arg-type]
    return int(cell) if number.is_integer() and abs(number) < 1e15 else number  # type: ignore[call-overload]


def plain_text(cell: object) -> str:
    """A text cell as text: "" for unknown, true and false as words, dates as 2025-05-03."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def one_line(text: object) -> str:
    """All white space becomes single spaces: for places where a line break would start something new."""
    return " ".join(str(text).split())
