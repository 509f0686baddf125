"""Notes: what a result owes its reader besides its numbers, counted and named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

NAMES_SHOWN = 5


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
        labels = tuple(
            (*(names[axis][at] for axis, at in zip(self.axes, position, strict=True)), *fixed.values())
            for position in self.positions
        )
        return replace(self, labels=labels)

    @property
    def places(self) -> tuple[str, ...]:
        """Where it applies, one text a position: names if a Panel gave them, otherwise axes and numbers."""
        if self.labels:
            return tuple(" ".join(names) for names in self.labels)
        return tuple(
            ", ".join(f"{axis} {at}" for axis, at in zip(self.axes, position, strict=True))
            for position in self.positions
        )

    def __str__(self) -> str:
        cells = "1 cell" if self.count == 1 else f"{self.count} cells"
        text = f"{self.kind}: {cells}, {self.meaning}"
        if self.places:
            text += f", at {'; '.join(self.places[:NAMES_SHOWN])}"
            if len(self.places) > NAMES_SHOWN:
                text += f" and {len(self.places) - NAMES_SHOWN} more"
        return text


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
        positions: Iterable[Sequence[int]] = (),
    ) -> None:
        """Write a note; without a count it touches one cell for each position. Touching none, it is not written."""
        where = tuple(tuple(int(at) for at in position) for position in positions)
        touched = len(where) if count is None else count
        if touched:
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
