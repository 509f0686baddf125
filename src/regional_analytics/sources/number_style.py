"""How a CSV writes its numbers: 1234.5, 1,234.5, 1.234,5 or 1 234,5. Decided once for the whole file, never guessed.

Some cells can be read in one way only (14.3, 1.234,5, 1 234). Others, like 1.234, can be read in two; they follow
the rest of the file, and where the rest does not tell, the file is refused until a person says the decimal sign.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from regional_analytics.sources.cells import Column
from regional_analytics.sources.errors import AmbiguousNumbers, MixedNumbers
from regional_analytics.sources.figures import FigureReader, Figures, Values, floats, plain_numbers

_GAPS = "[ \u00a0\u202f\u2009'\u2019]"  # spaces of four widths and two apostrophes, between groups of three
_OTHER = r"^[-+\u2212]?\d[\d.,\u00a0\u202f\u2009\u2019' ]*$"
# Each way to write a number, and what it tells of a sign: that it is decimal, or between thousands.
_ONE_WAY = {
    r"^\d{1,3}(?:\.\d{3})+,\d+$": {",": "decimal", ".": "thousands"},
    r"^\d{1,3}(?:,\d{3})+\.\d+$": {".": "decimal", ",": "thousands"},
    r"^\d{1,3}(?:\.\d{3}){2,}$": {".": "thousands"},
    r"^\d{1,3}(?:,\d{3}){2,}$": {",": "thousands"},
    r"^\d{1,3}(?: \d{3})+,\d+$": {",": "decimal"},
    r"^\d{1,3}(?: \d{3})+\.\d+$": {".": "decimal"},
    r"^(?:\d{4,}\.\d+|\d*\.(?:\d{1,2}|\d{4,})|0\d*\.\d+)$": {".": "decimal"},
    r"^(?:\d{4,},\d+|\d*,(?:\d{1,2}|\d{4,})|0\d*,\d+)$": {",": "decimal"},
}
_TWO_WAYS = {".": r"^[1-9]\d{0,2}\.\d{3}$", ",": r"^[1-9]\d{0,2},\d{3}$"}


@dataclass(frozen=True)
class NumberStyle:
    """decimal is "." or ","; thousands the signs that may stand between groups of three digits, gaps always."""

    decimal: str = "."
    thousands: str = ""

    @property
    def pattern(self) -> str:
        between = f"(?: |{'|'.join(f'[{sign}]' for sign in self.thousands)})" if self.thousands else " "
        return rf"^[-+]?(?:\d+|\d{{1,3}}(?:{between}\d{{3}})+)?(?:[{self.decimal}]\d+)?$"


def style_for(decimal: str) -> NumberStyle:
    """The style of a person who said the decimal sign: the other sign may stand between thousands."""
    return NumberStyle(decimal, "," if decimal == "." else ".")


class OtherNumberStyle(Exception):
    """Not an error but a turn in the story: a comma, a gap or several points, so look at the file as a whole."""


class PointFigures(FigureReader):
    """Reads a CSV as if its decimal sign were a point, and watches whether that can be."""

    def __init__(self, *, is_told: bool) -> None:
        """is_told: somebody said that it is a point."""
        super().__init__()
        self._is_settled = is_told
        self._has_two_ways = False

    @property
    def is_doubtful(self) -> bool:
        """Whether all the points met can as well stand between thousands."""
        return self._has_two_ways and not self._is_settled

    def numbers(self, cells: Column, is_filled: NDArray[np.bool_]) -> tuple[Values, NDArray[np.bool_]]:
        plain = plain_numbers(cells)
        if not self._is_settled:
            has_point = plain.has_point & plain.good
            two_ways = has_point & (plain.behind == 3) & (plain.before >= 1) & (plain.before <= 3)
            two_ways &= ~_begins_with_zero(cells)
            self._is_settled = bool((has_point & ~two_ways).any())
            self._has_two_ways |= bool(two_ways.any())
        rest = np.flatnonzero(is_filled & ~plain.good)
        if rest.size:
            texts = cells.at(rest).series().str.strip_chars()
            plain.values[rest], good = floats(texts)
            if texts.filter(pl.Series(~good)).str.contains(_OTHER).any():
                raise OtherNumberStyle
            plain.good[rest] = good
        return plain.values, plain.good


class StyledFigures(FigureReader):
    """Reads a CSV whose number style is known."""

    def __init__(self, style: NumberStyle) -> None:
        super().__init__()
        self._style = style

    def numbers(self, cells: Column, is_filled: NDArray[np.bool_]) -> tuple[Values, NDArray[np.bool_]]:
        texts = _in_plain_signs(cells.series())
        plain = texts.str.replace_all(f"[ {self._style.thousands}]", "")
        if self._style.decimal != ".":
            plain = plain.str.replace(self._style.decimal, ".", literal=True)
        values, good = floats(plain)
        return values, good & texts.str.contains(self._style.pattern).to_numpy()


class Evidence(FigureReader):
    """Reads nothing, and collects what each sign is, with the first number that tells it."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: NDArray[np.uint32] = np.zeros(0, dtype=np.uint32)  # of the cells that are read next
        self._told: dict[tuple[str, str], _Witness] = {}
        self._unsure: dict[str, _Witness] = {}
        self._has_gaps = False

    def read(self, cells: Column) -> Figures:
        core, flags, _has_letters = self.parted(cells)
        texts = _in_plain_signs(core.series()).str.strip_chars_start("-+")
        for pattern, tells in _ONE_WAY.items():
            if (witness := self._first(texts, pattern)) is not None:
                self._told |= {
                    (sign, role): witness for sign, role in tells.items() if (sign, role) not in self._told
                }
        for sign, pattern in _TWO_WAYS.items():
            if sign not in self._unsure and (witness := self._first(texts, pattern)) is not None:
                self._unsure[sign] = witness
        self._has_gaps = self._has_gaps or bool(texts.str.contains(r"^\d{1,3}(?: \d{3})+").any())
        return Figures(np.full(len(flags), np.nan), flags, np.zeros(0, dtype=np.intp))

    def _first(self, texts: pl.Series, pattern: str) -> _Witness | None:
        places = texts.str.contains(pattern).arg_true()
        return _Witness(texts[places[0]], int(self.lines[places[0]])) if len(places) else None

    def decide(self) -> NumberStyle:
        """The one style that fits; raises AmbiguousNumbers where two do, MixedNumbers where none does."""
        decimal = {sign: witness for (sign, role), witness in self._told.items() if role == "decimal"}
        thousands = {sign: witness for (sign, role), witness in self._told.items() if role == "thousands"}
        for sign, witness in decimal.items():
            other = next((found for one, found in decimal.items() if one != sign), thousands.get(sign))
            if other is not None:
                raise MixedNumbers(
                    value=witness.value, line=witness.line, other=other.value, other_line=other.line
                )
        for sign, witness in self._unsure.items():
            if sign in decimal or sign in thousands:
                continue
            if not (self._has_gaps or thousands) or decimal:
                raise AmbiguousNumbers(value=witness.value, line=witness.line)
            decimal = {sign: witness}
        return NumberStyle(next(iter(decimal), "."), "".join(thousands))


@dataclass(frozen=True)
class _Witness:
    value: str
    line: int


def _in_plain_signs(texts: pl.Series) -> pl.Series:
    """Every gap a space, every minus a hyphen."""
    return texts.str.strip_chars().str.replace_all(_GAPS, " ").str.replace("\u2212", "-", literal=True)


def _begins_with_zero(cells: Column) -> NDArray[np.bool_]:
    first = cells.text[cells.starts]
    first = np.where(first == ord("-"), cells.text[cells.starts + 1], first)
    found: NDArray[np.bool_] = first == ord("0")
    return found
