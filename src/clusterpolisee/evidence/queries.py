"""Questions about datasets, their versions and indicators."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl
from django.conf import settings
from django.db.models import Count, Q, QuerySet

from clusterpolisee.evidence import store
from clusterpolisee.evidence.models import Dataset, DatasetVersion, Indicator, StarScheme, State, Upload

if TYPE_CHECKING:
    from clusterpolisee.shell.accounts.models import User


def datasets() -> QuerySet[Dataset]:
    """Every table of the catalogue with its version in use (one query) and the number of waiting ones."""
    waiting = Count("versions", filter=Q(versions__state=State.STAGED))
    return Dataset.objects.select_related("current").annotate(waiting=waiting).order_by("order", "code")


def dataset(code: str) -> Dataset | None:
    """The table with this code, whatever the case it is written in."""
    return Dataset.objects.select_related("current").filter(code__iexact=code).first()


def current_version(code: str) -> DatasetVersion | None:
    """The version pages show; None when the table is unknown or has none yet."""
    found = dataset(code)
    return _with_dataset(found) if found else None


def dataset_version(code: str, number: int) -> DatasetVersion | None:
    """One version by its number, in use or not: citations and old addresses need them for good."""
    return (
        DatasetVersion.objects.select_related("dataset")
        .filter(dataset__code__iexact=code, number=number)
        .first()
    )


def versions(table: Dataset) -> QuerySet[DatasetVersion]:
    """All versions of a table, newest first, with the people behind them."""
    return table.versions.select_related("dataset", "imported_by", "accepted_by").order_by("-number")


def waiting_version(table: Dataset, number: int | None = None) -> DatasetVersion | None:
    """The version to be decided on: the one with this number, else the newest that waits."""
    found = versions(table)
    found = found.filter(state=State.STAGED) if number is None else found.filter(number=number)
    return found.first()


def data_stamp() -> str:
    """Changes whenever any table's version in use changes: what cached pages are keyed by. One query."""
    pairs = Dataset.objects.order_by("code").values_list("code", "current_id")
    return hashlib.sha256(repr(list(pairs)).encode()).hexdigest()[:16]


def indicators() -> list[Indicator]:
    """Every indicator in its order, with its table and that table's version in use at hand (one query)."""
    found = list(Indicator.objects.select_related("dataset__current"))
    for indicator in found:
        _with_dataset(indicator.dataset)
    return found


def indicators_by_code() -> dict[str, Indicator]:
    return {indicator.code: indicator for indicator in indicators()}


def indicator(code: str) -> Indicator | None:
    found = Indicator.objects.select_related("dataset__current").filter(code=code).first()
    if found is not None:
        _with_dataset(found.dataset)
    return found


def star_scheme() -> StarScheme:
    """The scheme by which cluster stars are given."""
    found = StarScheme.objects.filter(is_active=True).order_by("-pk").first()
    if found is None:
        raise LookupError("No star scheme is in use: activate one among the star schemes.")
    return found


@dataclass(frozen=True)
class YearCoverage:
    """How full one year of a version is."""

    year: int
    cells: int
    with_value: int
    confidential: int
    regions: int

    @property
    def percent(self) -> float:
        return 100 * self.with_value / self.cells if self.cells else 0.0


def coverage(version: DatasetVersion) -> list[YearCoverage]:
    """Cells, published cells and regions of a version by year."""
    rows = (
        store.observations(version)
        .group_by("year")
        .agg(
            cells=pl.len(),
            with_value=pl.col("value").count(),
            confidential=(pl.col("state") == "confidential").sum(),
            regions=pl.col("region").filter(pl.col("value").is_not_null()).n_unique(),
        )
        .sort("year")
    )
    return [YearCoverage(**row) for row in rows.iter_rows(named=True)]


def known_folders() -> set[str]:
    """Folders of the store that some version needs."""
    return set(DatasetVersion.objects.values_list("folder", flat=True))


def known_raws() -> set[str]:
    """Hashes of raw files that some version was read from, or that somebody is bringing."""
    return set(DatasetVersion.objects.values_list("raw_sha256", flat=True)) | known_uploads()


def known_uploads() -> set[str]:
    """Hashes of files that somebody is bringing."""
    return set(Upload.objects.filter(state=Upload.State.DRAFT).values_list("sha256", flat=True))


def asks_second_person(table: Dataset) -> bool:
    """Whether new versions of the table are accepted by somebody else than who brought them."""
    return table.second_person or settings.SECOND_PERSON_ACCEPTS


def needs_second_person(version: DatasetVersion, actor: User) -> bool:
    """Whether this person may not decide alone. Whoever works on the machine itself is above such rules anyway."""
    brought_it = version.imported_by_id is not None and version.imported_by_id == actor.pk
    return brought_it and not actor.is_operator and asks_second_person(version.dataset)


def codes(tables: Iterable[Dataset]) -> str:
    return ", ".join(table.code for table in tables)


def _with_dataset(table: Dataset) -> DatasetVersion | None:
    """The version in use, with the table it belongs to already at hand."""
    if table.current is not None:
        table.current.dataset = table
    return table.current


def star_schemes() -> QuerySet[StarScheme]:
    """All schemes of cluster stars, the one in use first."""
    return StarScheme.objects.order_by("-is_active", "-pk")


def version_behind(indicator_code: str, number: int) -> DatasetVersion | None:
    """A numbered version of the table an indicator reads."""
    return (
        DatasetVersion.objects.select_related("dataset")
        .filter(dataset__indicators__code=indicator_code, number=number)
        .first()
    )
