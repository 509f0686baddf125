"""Cells of a sheet as text and as numbers, with what merged cells say given to each of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

MOST_COLUMNS = 16_384
_EXCEL_BEGAN = datetime(1899, 12, 30)


class Fills:
    """Gives the text of merged cells to each of them, row by row; figures stay where they are."""

    def __init__(self, merged: list[tuple[int, int, int, int]]) -> None:
        self._starting: dict[int, list[tuple[int, int, int, int]]] = {}
        for one in merged:
            self._starting.setdefault(one[0], []).append(one)
        self._open: list[tuple[int, int, int, str]] = []  # last row, first column, last column, text

    def __bool__(self) -> bool:
        return bool(self._starting or self._open)

    def filled(self, line: int, cells: list[tuple[str, float | None]]) -> list[tuple[str, float | None]]:
        self._open = [one for one in self._open if one[0] >= line]
        for _first_row, first, last_row, last in self._starting.pop(line, ()):
            text, number = cells[first - 1] if first <= len(cells) else ("", None)
            if text and (number is None or _could_be_heading(number)):
                self._open.append((last_row, first, min(last, MOST_COLUMNS), text))
        for _last_row, first, last, text in self._open:
            if last > len(cells):
                cells = [*cells, *[("", None)] * (last - len(cells))]
            for column in range(first - 1, last):
                if not cells[column][0]:
                    cells[column] = (text, None)
        return cells


def _could_be_heading(number: float) -> bool:
    """A year above several columns is a heading; any other merged number is a figure."""
    return number == int(number) and 1900 <= number <= 2100


def spoken(value: object) -> tuple[str, float | None]:
    """A cell as text, and as a number where it is one. Dates are written as ISO does."""
    if value is None:
        return "", None
    if isinstance(value, bool):
        return str(value).upper(), None
    if isinstance(value, int | float):
        number = float(value)
        return (str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)), number
    if isinstance(value, datetime):
        typed = year_in(value)
        return (str(typed) if typed != value.year else value.date().isoformat()), None
    if isinstance(value, date):
        return value.isoformat(), None
    if isinstance(value, timedelta):
        return str(value), None
    return " ".join(str(value).split()), None


def year_in(value: date) -> int:
    """The year of a date; of 7 July 1905, which is what a year typed into a cell of dates becomes, the year typed."""
    if value.year == 1905:
        typed = (datetime(value.year, value.month, value.day) - _EXCEL_BEGAN).days
        if 1900 <= typed <= 2100:
            return typed
    return value.year
