"""Which vintage a set of codes is written in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from regional_analytics.codes.nuts.lists import VINTAGES, is_aggregate, is_extra_regio, vintages_of

# Eurostat adds statistical regions of these countries to tables of any vintage, so they cannot tell one.
_SILENT = frozenset({"AL", "BA", "MD", "ME", "MK", "RS", "TR", "UA", "XK"})


@dataclass(frozen=True, slots=True)
class VintageGuess:
    """The answer of vintage_of.

    vintage: the newest vintage that has the most of the codes; None if no code is known.
    candidates: all vintages that have as many. One table should have a vintage without contradictions.
    contradictions: codes that exist, but not in that vintage: a second vintage in the same table.
    unknown: codes in no vintage at all.
    """

    vintage: int | None
    candidates: tuple[int, ...]
    contradictions: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def is_mixed(self) -> bool:
        """Whether the codes come from more than one vintage."""
        return bool(self.contradictions)


def vintage_of(codes: Iterable[str]) -> VintageGuess:
    """The vintage that explains a set of codes, and the codes that contradict it.

    Groups of countries and extra-regio codes do not speak, nor do regions of countries outside the EU and EFTA.

    >>> vintage_of(["BG31", "HR04", "HU11"]).vintage
    2016
    >>> mixed = vintage_of(["BG31", "HR02", "HR05", "EL51", "SI03", "SI01"])
    >>> mixed.vintage, mixed.contradictions
    (2024, ('SI01',))
    """
    asked = sorted({code for code in codes if not is_aggregate(code) and not is_extra_regio(code)})
    known = {code: vintages_of(code) for code in asked}
    unknown = tuple(code for code, vintages in known.items() if not vintages)
    speaking = {code: vintages for code, vintages in known.items() if vintages and code[:2] not in _SILENT}
    if len(unknown) == len(asked):
        return VintageGuess(None, (), (), unknown)
    votes = {vintage: sum(vintage in vintages for vintages in speaking.values()) for vintage in VINTAGES}
    candidates = tuple(vintage for vintage in VINTAGES if votes[vintage] == max(votes.values()))
    against = tuple(code for code, vintages in speaking.items() if candidates[-1] not in vintages)
    return VintageGuess(candidates[-1], candidates, against, unknown)
