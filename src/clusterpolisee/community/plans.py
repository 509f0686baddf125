"""What a file would do: its rows, each new, changed, unchanged or faulty, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clusterpolisee.community.models import Cluster, State
from clusterpolisee.community.records import ClusterFacts
from clusterpolisee.shell.history.revisions import Difference

NEW, CHANGED, UNCHANGED, FAULTY = "new", "changed", "unchanged", "faulty"


class UnreadableFile(ValueError):
    """The file as a whole cannot be read; the sentence says why and what to do."""


@dataclass(frozen=True)
class Fault:
    """Something that cannot be taken: where it stands, and what is wrong."""

    line: int
    column: str
    sentence: str


@dataclass(frozen=True)
class PlannedRow:
    """One row of the file and what would become of it."""

    line: int
    kind: str
    name: str
    cells: Sequence[str]
    facts: ClusterFacts | None = None
    cluster: Cluster | None = None
    differences: tuple[Difference, ...] = ()
    faults: tuple[Fault, ...] = ()
    state: str = State.DRAFT


@dataclass(frozen=True)
class Plan:
    """A whole file, read."""

    header: tuple[str, ...]
    rows: tuple[PlannedRow, ...]
    unknown_columns: tuple[str, ...] = ()

    def of_kind(self, kind: str) -> list[PlannedRow]:
        return [row for row in self.rows if row.kind == kind]

    @property
    def counts(self) -> dict[str, int]:
        return {kind: len(self.of_kind(kind)) for kind in (NEW, CHANGED, UNCHANGED, FAULTY)}

    @property
    def faults(self) -> list[Fault]:
        return [fault for row in self.rows for fault in row.faults]

    @property
    def seen(self) -> dict[str, int]:
        """The revisions this plan was made against."""
        return {row.cluster.slug: row.cluster.revision for row in self.rows if row.cluster is not None}
