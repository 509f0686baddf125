"""Names as they are compared: without accents, case or script, so that each spelling finds the same place."""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

# Scientific and everyday ways of writing the same sound; both sides of a comparison go through this.
_SOUNDS = (
    ("shch", "st"),
    ("sht", "st"),
    ("sch", "s"),
    ("sh", "s"),
    ("ch", "c"),
    ("zh", "z"),
    ("kh", "h"),
    ("ts", "c"),
    ("ph", "f"),
    ("th", "t"),
    ("ou", "u"),
    ("j", "i"),
    ("y", "i"),
    ("w", "v"),
    ("q", "k"),
)
_REST = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """A name in plain small letters.

    >>> fold("Северозападен") == fold("Severozapaden"), fold("Θεσσαλία") == fold("thessalia")
    (True, True)
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    latin = anyascii(plain).casefold()
    for spelling, sound in _SOUNDS:
        latin = latin.replace(spelling, sound)
    latin = re.sub(r"(.)\1", r"\1", latin)
    return _REST.sub(" ", latin).strip()


def distance(one: str, other: str, most: int) -> int:
    """How many letters must be changed, added, removed or swapped with their neighbour; most + 1 where it is more.

    >>> distance("plovdiv", "plodviv", 2), distance("vidin", "varna", 1)
    (1, 2)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    above: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        before, above, row = above, row, [place]
        for column, facing in enumerate(other, start=1):
            cost = min(above[column] + 1, row[-1] + 1, above[column - 1] + (letter != facing))
            swapped = place > 1 and column > 1 and letter == other[column - 2] and facing == one[place - 2]
            row.append(min(cost, before[column - 2] + 1) if swapped else cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
