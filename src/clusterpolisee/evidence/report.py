"""The report of an import: what a file says, what is new in it, and what gives pause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from clusterpolisee.evidence import wording
from clusterpolisee.evidence.wording import LINES_KEPT

INFO = "info"
WARNING = "warning"
STOP = "stop"
SEVERITIES = (INFO, WARNING, STOP)

EXAMPLES_KEPT = 5


@dataclass(frozen=True)
class Finding:
    """One thing noticed. `kind` is a slug of `wording.KINDS`; count is how many cells or rows it concerns."""

    kind: str
    severity: str
    count: int = 1
    lines: tuple[int, ...] = ()
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """In the active language."""
        return wording.sentence(self)


@dataclass(frozen=True)
class Revision:
    """One cell whose figure is another than in the version before."""

    region: str
    activity: str
    series: str
    year: int
    old: float | None
    new: float | None


@dataclass
class ImportReport:
    """Everything an import found out, in numbers and slugs; `sentences` says it in a language."""

    dataset: str
    file_name: str
    file_size: int
    raw_sha256: str
    format: str
    rows: int = 0
    with_value: int = 0
    zeros: int = 0
    states: dict[str, int] = field(default_factory=dict)
    flags: dict[str, int] = field(default_factory=dict)
    years: list[int] = field(default_factory=list)
    regions: int = 0
    activities: int = 0
    nuts_declared: int = 0
    nuts_rows: dict[int, int] = field(default_factory=dict)
    compared_with: int | None = None
    new: int = 0
    revised: int = 0
    vanished: int = 0
    unchanged: int = 0
    revisions: list[Revision] = field(default_factory=list)
    rejected: int = 0
    mapping: dict[str, Any] = field(default_factory=dict)  # how the bytes were read, where a person said it
    findings: list[Finding] = field(default_factory=list)

    @property
    def stops(self) -> list[Finding]:
        """What a person must look at before the version may be used."""
        return [finding for finding in self.findings if finding.severity == STOP]

    @property
    def warnings(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == WARNING]

    @property
    def remarks(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == INFO]

    @property
    def summary(self) -> list[str]:
        """What the file holds and changes, in the active language."""
        return wording.summary(self)

    def kinds(self) -> set[str]:
        return {finding.kind for finding in self.findings}

    def sentences(self, language: str | None = None) -> list[str]:
        """The whole report, one sentence after the other, in this language or the active one."""
        return wording.sentences(self, language)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> ImportReport:
        known = {name: stored[name] for name in cls.__dataclass_fields__ if name in stored}
        known["findings"] = [
            Finding(**{**finding, "lines": tuple(finding["lines"])}) for finding in known.get("findings", ())
        ]
        known["revisions"] = [Revision(**revision) for revision in known.get("revisions", ())]
        known["nuts_rows"] = {int(vintage): rows for vintage, rows in known.get("nuts_rows", {}).items()}
        return cls(**known)


def first_lines(lines: Iterable[int]) -> tuple[int, ...]:
    """The line numbers a report keeps, in order."""
    return tuple(sorted({int(line) for line in lines if line}))[:LINES_KEPT]
