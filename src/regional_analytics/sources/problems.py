"""Noting rows and cells that could not be used, while the good ones beside them are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from regional_analytics.sources.reading import Problem

SHOWN = 20  # problems of one kind that are listed with their line; the rest are counted in the last of them
_LONGEST_VALUE = 60


class Log(Protocol):
    """Hears of every single problem as it is met. forget: the file is read anew, what was heard does not count."""

    def note(self, problem: Problem) -> None: ...

    def forget(self) -> None: ...


class Ledger:
    """Problems as they are met: the first SHOWN of each kind with their place, the rest as a number.

    log: where somebody wants them all; there may be as many as the file has rows, so they are not gathered here.
    """

    def __init__(self, log: Log | None = None) -> None:
        self.log = log
        self._listed: dict[str, list[tuple[int, str, str]]] = {}
        self._count: dict[str, int] = {}

    def add(
        self,
        kind: str,
        lines: Sequence[int] | NDArray[np.uint32],
        column: str | Callable[[int], str] = "",
        value: Callable[[int], str] | None = None,
    ) -> None:
        """Note as many problems as there are lines; value(i), and column(i), tell of the i-th of them."""
        if not len(lines):
            return
        listed = self._listed.setdefault(kind, [])
        heard = len(lines) if self.log else min(len(lines), SHOWN - len(listed))
        for index in range(heard):
            said = value(index)[:_LONGEST_VALUE] if value else ""
            place = int(lines[index]), column if isinstance(column, str) else column(index), said
            if len(listed) < SHOWN:
                listed.append(place)
            if self.log:
                self.log.note(Problem(kind, *place))
        self._count[kind] = self._count.get(kind, 0) + len(lines)

    def take(self, other: Ledger) -> None:
        """Add what another ledger noted."""
        for kind, listed in other._listed.items():
            self._listed.setdefault(kind, []).extend(listed)
            self._count[kind] = self._count.get(kind, 0) + other._count[kind]

    def problems(self) -> tuple[Problem, ...]:
        """All of them by line; the last listed of a kind counts those that are not listed."""
        found = []
        for kind, listed in self._listed.items():
            more = self._count[kind] - len(listed)
            for place, (line, column, said) in enumerate(listed, start=1):
                found.append(Problem(kind, line, column, said, 1 + more if place == len(listed) else 1))
        return tuple(sorted(found, key=lambda one: one.line))
