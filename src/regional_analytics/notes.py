"""Notes: what a result owes its reader besides its numbers, counted and named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

NAMES_SHOWN = 5
PLACES_KEPT = 1000  # of a million doubled cells nobody reads more; the count stays whole

ORDER = ("region", "activity", "year")
PlacesGiven: TypeAlias = Sequence[Sequence[int]] | npt.NDArray[np.signedinteger[Any]]


@dataclass(frozen=True)
class Note:
    """One remark on a result: what kind, what it means, how many cells it touches, and where they are.

    axes names the dimensions of a position, and positions are tuples of integers along them. The matrix layer
    knows only these; a Panel adds labels, one tuple of names for each position.

    >>> note = Note("undefined", "0/0: nobody works in the region", count=3, axes=("region",), positions=((1,),))
    >>> str(note)
    'undefined: 3 cells, 0/0: nobody works in the region, at region 1'
    >>> str(note.labelled({"region": ("BG31", "BG32")}))
    'undefined: 3 cells, 0/0: nobody works in the region, at BG32'
    """

    kind: str
    meaning: str
    count: int
    axes: tuple[str, ...] = ()
    positions: tuple[tuple[int, ...], ...] = ()
    labels: tuple[tuple[str, ...], ...] = ()

    def labelled(self, names: Mapping[str, Sequence[str]], **fixed: str) -> Note:
        """The same note with names for its positions; fixed adds what holds for all of them, as year="2015"."""
        labels = tuple(named_place(self.axes, position, names, fixed) for position in self.positions)
        return replace(self, labels=labels)

    @property
    def places(self) -> tuple[str, ...]:
        """Where it applies, one text a position: names if a Panel gave them, otherwise axes and numbers."""
        if self.labels:
            return tuple(" ".join(name for name in names if name) for names in self.labels)
        return tuple(numbered_place(self.axes, position) for position in self.positions)

    def __str__(self) -> str:
        cells = "1 cell" if self.count == 1 else f"{self.count} cells"
        text = f"{self.kind}: {cells}, {self.meaning}"
        return text + at_places(self.places)


@dataclass
class Notes:
    """A sheet that a measure writes its notes on while it works; hand one in when you want to read them.

    >>> notes = Notes()
    >>> notes.add("undefined", "0/0", axes=("region",), positions=[(0,), (4,)])
    >>> notes.count("undefined"), notes.count("duplicates")
    (2, 0)
    """

    _notes: list[Note] = field(default_factory=list)

    def add(
        self,
        kind: str,
        meaning: str,
        *,
        count: int | None = None,
        axes: tuple[str, ...] = (),
        positions: PlacesGiven = (),
    ) -> None:
        """Write a note; without a count it touches one cell for each position. Touching none, it is not written.

        It keeps the first thousand positions; the count is of all of them.
        """
        touched = len(positions) if count is None else count
        if touched:
            where = tuple(tuple(int(at) for at in position) for position in positions[:PLACES_KEPT])
            self._notes.append(Note(kind, meaning, touched, axes, where))

    def take(self, other: Notes, names: Mapping[str, Sequence[str]], **fixed: str) -> None:
        """Copy the notes of a step, with names for its positions."""
        self._notes.extend(note.labelled(names, **fixed) for note in other)

    def count(self, kind: str) -> int:
        """How many cells the notes of this kind touch."""
        return sum(note.count for note in self._notes if note.kind == kind)

    def of_kind(self, kind: str) -> tuple[Note, ...]:
        """The notes of this kind, in the order they were written."""
        return tuple(note for note in self._notes if note.kind == kind)

    def __iter__(self) -> Iterator[Note]:
        return iter(tuple(self._notes))

    def __len__(self) -> int:
        return len(self._notes)


def numbered_place(axes: Sequence[str], position: Sequence[int]) -> str:
    """A position in words, as long as nobody knows its names: “region 1, activity 0”."""
    return ", ".join(f"{axis} {at}" for axis, at in zip(axes, position, strict=True))


def named_place(
    axes: Sequence[str],
    position: Sequence[int],
    names: Mapping[str, Sequence[str]],
    fixed: Mapping[str, str],
) -> tuple[str, ...]:
    """The names of a position: region, activity, year, then whatever else there is. A pair has two of a kind."""
    here = zip(axes, position, strict=True)
    found = [(axis, fixed[axis] if axis in fixed else names[axis][at]) for axis, at in here]
    found += [(axis, name) for axis, name in fixed.items() if axis not in axes]
    found.sort(key=lambda place: ORDER.index(place[0]) if place[0] in ORDER else len(ORDER))
    return tuple(name for _, name in found)


def at_places(places: Sequence[str]) -> str:
    """The tail of a sentence that says where; empty for nowhere."""
    if not places:
        return ""
    more = f" and {len(places) - NAMES_SHOWN} more" if len(places) > NAMES_SHOWN else ""
    return f", at {'; '.join(places[:NAMES_SHOWN])}{more}"
