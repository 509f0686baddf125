"""Questions about datasets, their versions and indicators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl
from django.conf import settings
from django.db.models import Count, Q, QuerySet, prefetch_related_objects

from clusterpolisee.evidence import store
from clusterpolisee.evidence.models import (
    Citation,
    CodeDecision,
    ColumnMapping,
    DataGap,
    Dataset,
    DatasetVersion,
    DerivedPart,
    Indicator,
    StarScheme,
    State,
    Upload,
)
from clusterpolisee.regions.folding import fold
from clusterpolisee.shell.history.models import Event
from clusterpolisee.shell.history.queries import events_of_all
from clusterpolisee.shell.jobs.models import Job

if TYPE_CHECKING:
    from clusterpolisee.shell.accounts.models import User

_scheme_at_hand: ContextVar[StarScheme | None] = ContextVar("scheme_at_hand", default=None)


def datasets() -> QuerySet[Dataset]:
    """Every table of the catalogue with its version in use (one query) and the number of waiting ones."""
    waiting = Count("versions", filter=Q(versions__state=State.STAGED))
    return Dataset.objects.select_related("current").annotate(waiting=waiting).order_by("order", "code")


def dataset(code: str) -> Dataset | None:
    """The table with this code, whatever the case it is written in."""
    return Dataset.objects.select_related("current").filter(code__iexact=code).first()


def find_datasets(
    *, q: str = "", topic: str = "", kind: str = "", publisher: str = "", year: str = ""
) -> list[Dataset]:
    """The tables that fit all that is asked for. Words are looked for in titles, descriptions and indicators."""
    return fitting_datasets(list(datasets()), q=q, topic=topic, kind=kind, publisher=publisher, year=year)


def fitting_datasets(
    tables: list[Dataset],
    *,
    q: str = "",
    topic: str = "",
    kind: str = "",
    publisher: str = "",
    year: str = "",
) -> list[Dataset]:
    """Those of the tables that fit; the database is asked only for words, which indicators may hold."""
    wanted = {
        name: value for name, value in (("topic", topic), ("kind", kind), ("publisher", publisher)) if value
    }
    found = [
        table for table in tables if all(getattr(table, name) == value for name, value in wanted.items())
    ]
    if year.isdigit():
        found = [table for table in found if table.current and int(year) in table.current.years]
    if words := fold(q).split():
        prefetch_related_objects(found, "indicators")
        derived = _names_of_derived()
        said = {table.pk: _said_of(table, derived.get(table.pk, [])) for table in found}
        found = [table for table in found if all(word in said[table.pk] for word in words)]
    return found


def _names_of_derived() -> dict[int, list[str]]:
    """By table, what the derived indicators made with it are called (one query)."""
    parts = DerivedPart.objects.filter(version__state="published", indicator__isnull=False)
    found: dict[int, list[str]] = {}
    for table, labels in parts.values_list("indicator__dataset", "version__labels"):
        found.setdefault(table, []).extend(labels.values())
    return found


def _said_of(table: Dataset, derived: list[str]) -> str:
    """Everything a table is called, in every language, folded so that each script finds it."""
    said = [table.code, table.publisher, *table.labels.values(), *table.description.values(), *derived]
    for one in table.indicators.all():
        said += [*one.labels.values(), *one.short_labels.values()]
    return " ".join(fold(text) for text in said)


def citations_of(table: Dataset) -> QuerySet[Citation]:
    """Citations of the table's figures, the newest first."""
    return Citation.objects.filter(version__dataset=table).select_related("version__dataset")


def history_of(table: Dataset) -> QuerySet[Event]:
    """What was done to the table and its versions, newest first."""
    return events_of_all([table, *table.versions.all()])


def gaps(
    *, q: str = "", state: str = "", region: str = "", dataset: str = "", owner: object = None
) -> QuerySet[DataGap]:
    """The data gaps that fit all that is asked for, the newest first."""
    found = DataGap.objects.select_related("dataset", "indicator", "owner", "opened_by")
    if q:
        found = found.filter(Q(missing__icontains=q) | Q(why__icontains=q))
    if state:
        found = found.filter(state=state)
    if region:
        found = found.filter(region__istartswith=region)
    if dataset:
        found = found.filter(dataset__code__iexact=dataset)
    return found.filter(owner=owner) if owner is not None else found


def gap(number: int) -> DataGap | None:
    return gaps().filter(pk=number).first()


def code_in(file_name: str) -> str:
    """Eurostat's bulk files say their table in their name only: estat_lfst_r_lfe2en2.tsv.gz."""
    codes = Dataset.objects.values_list("code", flat=True)
    return max((code for code in codes if code.lower() in file_name.lower()), key=len, default="")


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
    return _scheme_at_hand.get() or _scheme_in_use()


@contextmanager
def one_star_scheme() -> Iterator[None]:
    """Inside, the scheme in use is asked for once: for answers of many figures."""
    token = _scheme_at_hand.set(_scheme_in_use())
    try:
        yield
    finally:
        _scheme_at_hand.reset(token)


def _scheme_in_use() -> StarScheme:
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
    """Cells, published cells and regions of a version by year; a long one is gone through, never wholly in memory."""
    rows = (
        store.scan(version)
        .group_by("year")
        .agg(
            cells=pl.len(),
            with_value=pl.col("value").count(),
            confidential=(pl.col("state") == "confidential").sum(),
            regions=pl.col("region").filter(pl.col("value").is_not_null()).n_unique(),
        )
        .sort("year")
        .collect(engine="streaming")
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


def upload(owner: object, token: str) -> Upload | None:
    """A file that somebody is bringing or has brought; nobody else sees it."""
    found = Upload.objects.select_related("dataset__current", "version__dataset")
    return found.filter(owner=owner, token=token).first()


def work_name(upload: Upload) -> str:
    """What work in the background on a file is said to be about."""
    return upload.name[:120]


def work_on(upload: Upload) -> Job | None:
    """The newest work in the background on a file that somebody is bringing."""
    kinds = Job.objects.select_related("started_by").filter(kind__startswith="evidence.import-")
    found = kinds.filter(about=work_name(upload), arguments__upload=upload.token)
    return found.order_by("-pk").first()


def unfinished_uploads(owner: object) -> QuerySet[Upload]:
    """The files somebody has begun to bring, the last touched first."""
    return Upload.objects.select_related("dataset").filter(owner=owner, state=Upload.State.DRAFT)


def remembered_mapping(table: Dataset, signature: str) -> dict[str, object] | None:
    """What was said of the columns of the last file of this table that looked the same."""
    return (
        ColumnMapping.objects.filter(dataset=table, signature=signature)
        .values_list("mapping", flat=True)
        .first()
    )


def remembered_codes(table: Dataset, kind: str) -> dict[str, str]:
    """What unknown texts were said to mean; "" where their rows were left out."""
    return dict(CodeDecision.objects.filter(dataset=table, kind=kind).values_list("text", "code"))


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


def citation(address: str) -> Citation | None:
    """A frozen figure with the version it was read from (one query)."""
    return Citation.objects.select_related("version__dataset").filter(address=address).first()


def version_once_in_use(table: Dataset, number: int) -> DatasetVersion | None:
    """A numbered version that people could have read: what waits or was rejected is nobody's evidence."""
    hidden = (State.STAGED, State.REJECTED)
    found = table.versions.filter(number=number).exclude(state__in=hidden).first()
    if found is not None:
        found.dataset = table
    return found
