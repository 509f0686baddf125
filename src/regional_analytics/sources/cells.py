"""Cells of a table as places in its bytes, a column at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Keys = NDArray[np.uint64]
Places = NDArray[np.intp]

NEWLINE = 10
WIDEST = 256  # texts up to here are told apart eight bytes at a time; longer ones one by one


@dataclass(frozen=True)
class Column:
    """Cells of one column, or of several one after another: from byte starts[i] up to byte ends[i] of text."""

    text: Bytes
    starts: Places
    ends: Places
    is_bare: bool = False  # no spaces and no quotation marks in the whole text

    def at(self, places: NDArray[np.intp] | NDArray[np.bool_]) -> Column:
        return Column(self.text, self.starts[places], self.ends[places], self.is_bare)

    def raw(self, place: int) -> bytes:
        return self.text[self.starts[place] : self.ends[place]].tobytes()

    def raws(self) -> list[bytes]:
        return [
            self.text[start:end].tobytes()
            for start, end in zip(self.starts.tolist(), self.ends.tolist(), strict=True)
        ]

    def said(self, place: int) -> str:
        return self.raw(place).decode("utf-8", "replace").strip()

    def words(self, offset: int) -> Keys:
        """Eight bytes of each cell from offset on, and past its end."""
        words = np.ndarray((self.text.size - 8,), dtype="<u8", buffer=self.text.data, strides=(1,))
        found: Keys = words[self.starts + offset if offset else self.starts]
        return found

    def padded(self, width: int) -> NDArray[np.bytes_]:
        """Each cell as width bytes, zeros after its end."""
        cells = np.ndarray((self.text.size - width,), dtype=f"V{width}", buffer=self.text.data, strides=(1,))
        found = cells[self.starts].view(np.uint8).reshape(-1, width)
        found[np.arange(width) >= (self.ends - self.starts)[:, None]] = 0
        return found.reshape(-1).view(f"S{width}")

    def series(self) -> pl.Series:
        """The cells as texts."""
        lengths = self.ends - self.starts + 1
        total = int(lengths.sum())
        if not total:
            return pl.Series(dtype=pl.String)
        last = np.cumsum(lengths)
        places = np.arange(total) + np.repeat(self.starts - (last - lengths), lengths)
        joined = self.text[places]
        joined[joined == NEWLINE] = 32
        joined[last - 1] = NEWLINE
        return pl.Series([joined.tobytes().decode("utf-8", "replace")[:-1]]).str.split("\n").explode()
