"""Texts and keys as small numbers: each distinct one is looked at once, however many rows have it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from regional_analytics.sources.cells import WIDEST, Column, Keys, Places

Numbers = NDArray[np.int32]

_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # 2^64 over the golden ratio, made odd: spreads near keys far apart
_LOW_BYTES = np.array([(1 << 8 * count) - 1 for count in range(9)], dtype=np.uint64)
_FEWEST_BITS, _MOST_BITS = 12, 20


class Numbering:
    """Numbers distinct 64-bit keys 0, 1, 2, …; key 0 is number 0. Exact, whatever the keys.

    A table of slots answers at once for almost all; keys that lost their slot to another are looked up singly.
    """

    def __init__(self) -> None:
        self.keys = [0]
        self._number = {0: 0}
        self._make_room(_FEWEST_BITS)

    def __len__(self) -> int:
        return len(self.keys)

    def of(self, keys: Keys) -> tuple[Numbers, list[int]]:
        """The number of each key; and for keys first met now, in the order of their numbers, a place they stand in."""
        heads = np.flatnonzero(keys[1:] != keys[:-1]) + 1
        if heads.size > len(keys) // 4 or not len(keys):
            return self._of(keys)
        # Long runs of the same key, as in sorted files: one look for each.
        heads = np.concatenate([[0], heads])
        numbers, firsts = self._of(keys[heads])
        return np.repeat(numbers, np.diff(heads, append=len(keys))), heads[firsts].tolist()

    def _of(self, keys: Keys) -> tuple[Numbers, list[int]]:
        slots = self._slots(keys)
        held = self._held[slots]
        unknown = np.flatnonzero(held != keys)
        if not unknown.size:
            return self._numbers[slots], []
        free = unknown[held[unknown] == 0]
        firsts: list[int] = []
        if free.size:
            firsts = self._learn(keys, slots, free)
            slots = self._slots(keys)
            unknown = np.flatnonzero(self._held[slots] != keys)
        numbers, strays = self._numbers[slots], unknown
        if strays.size:
            distinct, first, inverse = np.unique(keys[strays], return_index=True, return_inverse=True)
            for key, place in zip(distinct.tolist(), strays[first].tolist(), strict=True):
                if key not in self._number:
                    self._mint(key)
                    firsts.append(place)
            numbers[strays] = np.array([self._number[key] for key in distinct.tolist()], dtype=np.int32)[
                inverse
            ]
        return numbers, firsts

    def _learn(self, keys: Keys, slots: Places, free: Places) -> list[int]:
        """Give the free slots they want to new keys; of several that want the same slot, one gets it."""
        wanted = slots[free]
        self._owner[wanted] = free
        winners = free[self._owner[wanted] == free]
        minted = keys[winners].tolist()
        self._number.update(zip(minted, range(len(self), len(self) + len(minted)), strict=True))
        self.keys += minted
        taken = slots[winners]
        self._held[taken] = keys[winners]
        self._numbers[taken] = np.arange(len(self) - winners.size, len(self), dtype=np.int32)
        if len(self) * 8 > self._held.size and self._bits < _MOST_BITS:
            self._make_room(min(_MOST_BITS, self._bits + 3))
        firsts: list[int] = winners.tolist()
        return firsts

    def _mint(self, key: int) -> None:
        self._number[key] = len(self.keys)
        self.keys.append(key)

    def _make_room(self, bits: int) -> None:
        self._bits = bits
        self._held = np.zeros(1 << bits, dtype=np.uint64)
        self._numbers = np.zeros(1 << bits, dtype=np.int32)
        self._owner = np.zeros(1 << bits, dtype=np.int32)
        known = np.array(self.keys[1:], dtype=np.uint64)
        slots = self._slots(known)
        self._held[slots] = known
        self._numbers[slots] = np.arange(1, len(self), dtype=np.int32)

    def _slots(self, keys: Keys) -> Places:
        return ((keys * _SPREAD) >> np.uint64(64 - self._bits)).astype(np.intp)


class Wordbook:
    """The distinct texts of a column; "" is number 0. clean turns what stands in the file into the text that counts."""

    def __init__(self, clean: Callable[[str], str] = str) -> None:
        self.texts = [""]
        self._clean = clean
        self._number = {"": 0}
        self._keys = Numbering()
        self._text_of_key = np.zeros(1, dtype=np.int32)
        self._raw = [b""]  # what stood where a key was first met
        self._has_long = False

    def of(self, column: Column) -> Numbers:
        """The number of each cell's text."""
        lengths = column.ends - column.starts
        widest = int(lengths.max(initial=0))
        if widest > WIDEST:
            return np.array([self._look_up(raw) for raw in column.raws()], dtype=np.int32)
        keys = column.words(0)
        keys &= _LOW_BYTES[lengths if widest <= 8 else np.minimum(lengths, 8)]
        if widest > 8:
            long = np.flatnonzero(lengths > 8)
            keys[long] = _mixed(keys[long], column.at(long), widest)
        numbers, firsts = self._keys.of(keys)
        if firsts:
            self._learn(column.at(np.array(firsts)).raws())
        found = numbers if len(self.texts) == len(self._raw) else self._text_of_key[numbers]
        if self._has_long:
            self._mend(found, numbers, column, lengths, widest)
        return found

    def _learn(self, raws: list[bytes]) -> None:
        self._raw += raws
        self._has_long = self._has_long or any(len(raw) > 8 for raw in raws)
        new = np.array([self._look_up(raw) for raw in raws], dtype=np.int32)
        self._text_of_key = np.concatenate([self._text_of_key, new])

    def _mend(self, found: Numbers, numbers: Numbers, column: Column, lengths: Places, widest: int) -> None:
        """Long texts share 64 bits of key: compare them whole, and look up the one in a world that differs."""
        width = max(widest, *(len(raw) for raw in self._raw))
        known = np.array(self._raw, dtype=f"S{width}")
        is_long = np.array([len(raw) > 8 for raw in self._raw])
        rows = np.flatnonzero((lengths > 8) | is_long[numbers])
        differ = rows[column.at(rows).padded(width) != known[numbers[rows]]]
        for place in differ.tolist():
            found[place] = self._look_up(column.raw(place))

    def _look_up(self, raw: bytes) -> int:
        text = self._clean(unquoted(raw))
        if text not in self._number:
            self._number[text] = len(self.texts)
            self.texts.append(text)
        return self._number[text]


def _mixed(keys: Keys, column: Column, widest: int) -> Keys:
    lengths = column.ends - column.starts
    for offset in range(8, widest, 8):
        word = column.words(offset) & _LOW_BYTES[np.clip(lengths - offset, 0, 8)]
        keys = ((keys ^ (keys >> np.uint64(29))) * _SPREAD) ^ word
    return keys


def unquoted(raw: bytes) -> str:
    """What a cell says, without spaces and quotation marks around it."""
    text = raw.decode("utf-8", "replace").strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1].replace('""', '"')
    return text.strip()


def paired(first: Numbers, second: Numbers) -> Keys:
    """One key for two numbers."""
    return (first.astype(np.uint64) << np.uint64(32)) | second.astype(np.uint64)
