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
