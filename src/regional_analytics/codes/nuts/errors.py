"""What can be wrong with a region or a vintage."""

from __future__ import annotations

from collections.abc import Sequence


class UnknownRegion(LookupError):
    """A code that no list knows, or that the vintage asked for does not have."""

    def __init__(
        self, code: str, vintage: int | None = None, known_in: Sequence[int] = (), hint: str = ""
    ) -> None:
        self.code, self.vintage, self.known_in = code, vintage, tuple(known_in)
        where = f"no NUTS list from 2010 to 2024 has the region “{code}”"
        if vintage is not None and known_in:
            years = ", ".join(str(year) for year in known_in)
            where = f"NUTS {vintage} has no region “{code}”; it exists in {years}"
        super().__init__(f"{where}. {hint or 'Check the code, or name another vintage.'}")


class UnknownVintage(LookupError):
    """A year in which no NUTS list that we have begins."""

    def __init__(self, vintage: object, known: Sequence[int]) -> None:
        years = ", ".join(str(year) for year in known)
        super().__init__(f"There is no NUTS {vintage} here; the vintages are {years}.")
