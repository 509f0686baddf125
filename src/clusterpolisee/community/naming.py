"""Names as they are searched and compared: without accents, case or script."""

from __future__ import annotations

import re

from anyascii import anyascii

from clusterpolisee.regions.folding import fold

_RUNS = re.compile(r"\d+|\D+")
# Bulgarian writes its ъ as a in Latin letters; elsewhere it is not spoken, so this harms nobody.
_HARD = str.maketrans({"ъ": "а", "Ъ": "А"})


def plain(text: str) -> str:
    """Text in the plain letters by which clusters are searched.

    >>> plain("Клъстер") == plain("klaster")
    True
    """
    return fold(text.translate(_HARD))


def latin(text: str) -> str:
    """Text in Latin letters, for addresses."""
    return anyascii(text.translate(_HARD))


def same_name(name: str) -> str:
    """A name as it is compared with others, every digit kept; searching is more lenient, and takes 11 for 1.

    >>> same_name("Винарна „Роза“") == same_name("VINARNA roza"), same_name("Rose 11") == same_name("Rose 1")
    (True, False)
    """
    runs = (run if run.isdigit() else plain(run) for run in _RUNS.findall(name))
    return " ".join(filter(None, runs))
