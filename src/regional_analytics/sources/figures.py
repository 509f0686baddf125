"""Cells as sources write them – “14.3 b”, “: c”, “280,4 (e)”, “7089.0” – as values and flags, a column at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from regional_analytics.sources.cells import Bytes, Column, Places
from regional_analytics.sources.flags import letters_of
from regional_analytics.sources.words import Numbers, Wordbook

Values = NDArray[np.float64]

_SPACE, _MINUS, _POINT, _ZERO, _COLON, _QUOTE = 32, 45, 46, 48, 58, 34
_MOST_DIGITS = (
    15  # as many as a float64 holds exactly, so that mantissa / power of ten is rounded once, rightly
)
_TENS = 10.0 ** np.arange(_MOST_DIGITS + 2)
_FROM_THE_END = np.arange(_MOST_DIGITS + 1, 0, -1)[:, None]  # which letter from the end stands in each row
_IN_FLAGS = np.zeros(256, dtype=bool)
_IN_FLAGS[[*range(65, 91), *range(97, 123), 40, 41, 64]] = True  # letters ( ) @
# What is written where there is no figure. Not “-”: to statisticians a dash is a nil, to others an unknown.
_NOT_AVAILABLE = frozenset({"n/a", "na", "n.a.", "..", "...", "…", "null", "none", "н/д", "н.д."})
_NOT_FINITE = frozenset(
    {"nan", "inf", "-inf", "+inf", "infinity", "-infinity", "+infinity", "#div/0!", "1.#inf"}
)


@dataclass(frozen=True)
class Figures:
    """values is NaN where there is none; flags numbers texts of the flag book; odd are the places of no figure."""

    values: Values
    flags: Numbers
    odd: Places


class FigureReader:
    """Reads cells whose decimal sign is a point, and keeps the flags met.

    letters   gives the flag letters of a text, None where it is no flag and the cell therefore no figure
    """

    def __init__(self, letters: Callable[[str], str | None] = letters_of) -> None:
        self.flag_book = Wordbook()
        self.letters = letters

    def read(self, cells: Column) -> Figures:
        """Values and flags of cells. What says in words that there is no figure counts as empty."""
        core, flags, has_letters = self.parted(cells)
        lengths = core.ends - core.starts
        is_filled = (lengths > 1) | (lengths == 1) & (core.text[core.starts] != _COLON)
        if np.count_nonzero(is_filled) * 2 < len(lengths):
            filled = np.flatnonzero(is_filled)
            values, good = np.full(len(lengths), np.nan), np.zeros(len(lengths), dtype=bool)
            values[filled], good[filled] = self.numbers(core.at(filled), is_filled[filled])
        else:
            values, good = self.numbers(core, is_filled)
            values[~good] = np.nan
        is_odd = is_filled & ~good
        # Letters and nothing before them are no figure, whichever letters they are.
        if has_letters.any():
            is_odd |= has_letters & (lengths == 0)
            is_odd |= np.array([self.letters(text) is None for text in self.flag_book.texts])[flags]
        odd = np.flatnonzero(is_odd)
        if odd.size:
            values[odd] = np.nan
            flags[odd] = 0
            book = Wordbook()
            said = book.of(cells.at(odd))
            odd = odd[~np.array([is_not_available(text) for text in book.texts])[said]]
        return Figures(values, flags, odd)

    def numbers(self, cells: Column, is_filled: NDArray[np.bool_]) -> tuple[Values, NDArray[np.bool_]]:
        """The numbers in cells, of which some are filled and some are not; and which cells are numbers."""
        plain = plain_numbers(cells)
        rest = np.flatnonzero(is_filled & ~plain.good)
        if rest.size:
            plain.values[rest], plain.good[rest] = floats(cells.at(rest).series().str.strip_chars())
        return plain.values, plain.good

    def parted(self, cells: Column) -> tuple[Column, Numbers, NDArray[np.bool_]]:
        """The figure, the number of the flag after it, and whether there are letters at the end."""
        cells = _trimmed(cells)
        text, starts, ends = cells.text, cells.starts, cells.ends
        flags = np.zeros(len(starts), dtype=np.int32)
        has_letters = _IN_FLAGS[text[ends - 1]] & (ends > starts)
        places = np.flatnonzero(has_letters)
        if not places.size:
            return cells, flags, has_letters
        marked = cells.at(places)
        edge = _without(marked, _IN_FLAGS)
        flags[places] = self.flag_book.of(Column(text, edge, marked.ends))
        ends = ends.copy()
        ends[places] = _without(Column(text, marked.starts, edge), _these(_SPACE))
        return Column(text, starts, ends), flags, has_letters


def is_not_available(text: str) -> bool:
    """Whether somebody wrote in words that there is no figure."""
    return text.strip().lower() in _NOT_AVAILABLE


def is_not_finite(text: str) -> bool:
    """Whether it is one of the ways programs write that a calculation went wrong."""
    return text.strip().lower() in _NOT_FINITE


def _these(*letters: int) -> NDArray[np.bool_]:
    table = np.zeros(256, dtype=bool)
    table[list(letters)] = True
    return table


def _without(cells: Column, letters: NDArray[np.bool_]) -> Places:
    """The ends of the cells without these letters behind."""
    ends = cells.ends.copy()
    left = np.flatnonzero(letters[cells.text[ends - 1]] & (ends > cells.starts))
    while left.size:
        ends[left] -= 1
        now = ends[left]
        left = left[letters[cells.text[now - 1]] & (now > cells.starts[left])]
    return ends


def _trimmed(cells: Column) -> Column:
    """The cells without spaces around them, and without the quotation marks some programs put."""
    if cells.is_bare:
        return cells
    text, starts, ends = cells.text, cells.starts, cells.ends
    quoted = (text[starts] == _QUOTE) & (text[ends - 1] == _QUOTE) & (ends - starts > 1)
    if quoted.any():
        starts, ends = starts + quoted, ends - quoted
    ends = _without(Column(text, starts, ends), _these(_SPACE))
    while (leading := (text[starts] == _SPACE) & (starts < ends)).any():
        starts = starts + leading
    return Column(text, starts, ends)


def floats(texts: pl.Series) -> tuple[Values, NDArray[np.bool_]]:
    """Texts as numbers, and which of them are finite ones."""
    found = texts.cast(pl.Float64, strict=False)
    return found.to_numpy(writable=True), found.is_finite().fill_null(value=False).to_numpy()


@dataclass(frozen=True)
class PlainNumbers:
    """good tells which cells are numbers of at most 15 digits with at most one point.

    before, behind   digits before the point and behind it, where there is one
    """

    values: Values
    good: NDArray[np.bool_]
    has_point: NDArray[np.bool_]
    before: Places
    behind: Places


def plain_numbers(cells: Column) -> PlainNumbers:
    """Read digits, a point and a minus sign, all cells at once."""
    text, starts, ends = cells.text, cells.starts, cells.ends
    negative = text[starts] == _MINUS
    lengths = ends - starts - negative
    width = min(int(lengths.max(initial=1)), _MOST_DIGITS + 1)
    letters = _last_bytes(text, ends, width)
    inside = _FROM_THE_END[-width:] <= lengths
    is_point = (letters == _POINT) & inside
    digits = (letters - np.uint8(_ZERO)) * (inside & ~is_point)
    has_point = is_point.any(axis=0)
    digits_in_all = lengths - has_point
    good = (digits < 10).all(axis=0) & (digits_in_all >= 1) & (digits_in_all <= _MOST_DIGITS)
    if np.count_nonzero(is_point) > np.count_nonzero(has_point):
        good &= is_point.sum(axis=0) <= 1
    values, behind = _worth(digits.astype(np.float64), is_point)
    values[negative] *= -1
    return PlainNumbers(values, good, has_point, digits_in_all - behind, behind)


def _worth(digits: Values, is_point: NDArray[np.bool_]) -> tuple[Values, Places]:
    """The number each column of digits makes, with a zero where its point is; and how many stand behind the point.

    Whole numbers of up to 15 digits are exact, and dividing them by a power of ten rounds once, as it should be.
    """
    width = len(digits)
    whole = _TENS[:width][::-1]
    values = whole @ digits
    behind = np.zeros(digits.shape[1], dtype=np.intp)
    for place in np.flatnonzero(is_point.any(axis=1)).tolist():
        pointed = is_point[place]
        scale = width - 1 - place
        without_point = np.concatenate([whole[1 : place + 1], [0.0], whole[place + 1 :]])
        values = np.where(pointed, (without_point @ digits) / _TENS[scale], values)
        behind += pointed * scale
    return values, behind


def _last_bytes(text: Bytes, ends: Places, width: int) -> Bytes:
    """The last width bytes before each end: (width, cells), the last byte in the last row."""
    cells = np.ndarray((text.size - width,), dtype=f"V{width}", buffer=text.data, strides=(1,))
    return np.ascontiguousarray(cells[ends - width].view(np.uint8).reshape(-1, width).T)
