"""Units: which figures can be added, and what comes out of a product."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True)
class Unit:
    """Symbols with their powers: persons per km² is (("km²", −1), ("persons", 1)). A plain number has none.

    >>> persons, area = Unit.of("persons"), Unit.of("km²")
    >>> str(persons / area), str(persons / persons)
    ('persons per km²', '')
    """

    powers: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(cls, symbol: str) -> Unit:
        return cls(((symbol, 1),)) if symbol else NUMBER

    def __mul__(self, other: Unit) -> Unit:
        return self._with(other, 1)

    def __truediv__(self, other: Unit) -> Unit:
        return self._with(other, -1)

    def _with(self, other: Unit, sign: int) -> Unit:
        powers = Counter(dict(self.powers))
        for symbol, power in other.powers:
            powers[symbol] += sign * power
        return Unit(tuple(sorted((symbol, power) for symbol, power in powers.items() if power)))

    def __str__(self) -> str:
        above = [_written(symbol, power) for symbol, power in self.powers if power > 0]
        below = [_written(symbol, -power) for symbol, power in self.powers if power < 0]
        return " ".join(filter(None, [" · ".join(above), *(f"per {one}" for one in below)]))


NUMBER = Unit()
PERCENT = Unit.of("%")
POINTS = Unit.of("percentage points")


def _written(symbol: str, power: int) -> str:
    return symbol if power == 1 else f"{symbol}^{power}"
