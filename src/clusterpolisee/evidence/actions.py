"""Deeds on datasets: import a file, accept, reject, roll back. Each asks, does, and is remembered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from clusterpolisee.evidence import catalogue, fitting, pipeline, queries, store
from clusterpolisee.evidence.models import (
    RESERVED_CODES,
    TRANSITIONS,
    Dataset,
    DatasetVersion,
    Indicator,
)
from clusterpolisee.evidence.obstacles import (
    AnotherTable,
    CodeTaken,
    DatasetNotRecognised,
    DeedNotPossible,
    NeedsSecondPerson,
    NothingToGoBackTo,
    UnknownDataset,
)
from clusterpolisee.evidence.report import ImportReport
from clusterpolisee.evidence.sockets import version_came_into_use
from clusterpolisee.evidence.unusable import Noted
from clusterpolisee.shell.accounts.permissions import require
from clusterpolisee.shell.history.recorder import record
from regional_analytics import sources

if TYPE_CHECKING:
    from clusterpolisee.shell.accounts.models import User

Progress = Callable[[str], None]

DRY_RUN = "dry_run"
_EMPTIED = sources.Reading(pl.DataFrame(), "")
ALREADY_IMPORTED = "already_imported"
STAGED = "staged"
ACCEPTED = "accepted"


@dataclass(frozen=True)
class Source:
    """Where a file comes from, as the person who brings it says."""

    name: str
    retrieved_on: date
    url: str = ""
    note: str = ""
    licence: str = ""
    why: str = ""


@dataclass(frozen=True)
class Outcome:
    """How an import ended. version: None after a dry run; the older one where the file was known already."""

    kind: str
    dataset: Dataset
    report: ImportReport | None
    version: DatasetVersion | None
    prepared: pipeline.Prepared | None = None  # what was found out, as long as nothing is stored

    @property
    def sentence(self) -> str:
        number = self.version.number if self.version else 0
        words = {"number": number, "table": self.dataset.code}
        if self.kind == DRY_RUN:
            return _("Nothing was stored: this was a dry run.")
        if self.kind == ACCEPTED:
            return _("Stored as version %(number)s of %(table)s, and in use.") % words
        if self.kind == STAGED:
            return _("Stored as version %(number)s of %(table)s; it waits for acceptance.") % words
        state = self.version.get_state_display() if self.version else ""
        return _(
            "This is known already: it is version %(number)s of %(table)s (%(state)s). Nothing was stored."
        ) % {
            **words,
            "state": state,
        }


def import_file(
    *,
    actor: User,
    file: Path | bytes,
    source: Source,
    now: datetime,
    dataset: str | None = None,
    nuts: int | None = None,
    hints: fitting.Hints | None = None,
    readout: Callable[[], fitting.Readout] | None = None,
    dry_run: bool = False,
    hold: bool = False,
    progress: Progress = lambda step: None,
) -> Outcome:
    """Read a statistical file into a new version of its table; it comes into use unless something gives pause.

    dataset: table code, where the file does not say it. nuts: the vintage of its codes, where known better.
    hints: column names and decimal sign of an unusual CSV. readout: reads the file instead, as a person said.
    dry_run: find out everything, store nothing. hold: store, but wait for acceptance in any case.
    Raises Obstacle, with a sentence, when the file cannot be used at all.
    """
    require(actor, "evidence.import")
    table = _table(dataset) if dataset else None
    sha256 = store.sha256_of(file)
    if readout is None and (known := _known_bytes(sha256, table, nuts)):
        return Outcome(ALREADY_IMPORTED, known.dataset, None, known)
    progress(_("Reading"))
    if readout:
        read = readout()
    else:
        noted = Noted()
        read = fitting.Readout(fitting.read(file, source.name, hints, noted=noted), unreadable=noted)
    table = _recognised(table, read.reading.dataset_code, source.name)
    progress(_("Checking"))
    fitted = fitting.fit(read.reading, table)
    fitted = replace(fitted, findings=(*read.findings, *fitted.findings))
    read = replace(read, reading=_EMPTIED)  # the largest thing in memory, no longer needed
    prepared = pipeline.prepare(
        fitted,
        table,
        file_name=source.name,
        file_size=_size(file),
        sha256=sha256,
        vintage=nuts,
        year=now.year,
        unreadable=read.unreadable,
    )
    prepared.report.mapping = dict(read.said)
    if known := _known_observations(table, prepared.observations_sha256):
        return Outcome(ALREADY_IMPORTED, table, prepared.report, known, prepared if dry_run else None)
    if dry_run:
        return Outcome(DRY_RUN, table, prepared.report, None, prepared)
    progress(_("Storing"))
    version, is_new = _store(actor, file, source, table, prepared, now)
    if not is_new:
        return Outcome(ALREADY_IMPORTED, table, prepared.report, version)
    if hold or prepared.report.stops or queries.needs_second_person(version, actor):
        return Outcome(STAGED, table, prepared.report, version)
    accept_version(actor=actor, version=version, now=now)
    return Outcome(ACCEPTED, table, prepared.report, version)


@transaction.atomic
def accept_version(*, actor: User, version: DatasetVersion, now: datetime, why: str = "") -> DatasetVersion:
    """Bring a version into use; the one used until now is kept, to be gone back to."""
    require(actor, "evidence.accept", version)
    table = _locked(version)
    if not version.can("accept"):
        raise DeedNotPossible(version, "accept")
    if queries.needs_second_person(version, actor):
        raise NeedsSecondPerson(version)
    before = table.current
    if before is not None:
        _move(before, "replace")
    _move(version, "accept", previous=before, accepted_by=actor, accepted_at=now)
    _use(table, version)
    record(actor, "accepted", version, at=now, table=table.code, number=version.number, why=why)
    return version


@transaction.atomic
def reject_version(*, actor: User, version: DatasetVersion, now: datetime, why: str = "") -> DatasetVersion:
    """Decide against a waiting version; it is kept, with its report, and used by nothing."""
    require(actor, "evidence.accept", version)
    table = _locked(version)
    if not version.can("reject"):
        raise DeedNotPossible(version, "reject")
    _move(version, "reject")
    record(actor, "rejected", version, at=now, table=table.code, number=version.number, why=why)
    return version


@transaction.atomic
def roll_back(*, actor: User, dataset: Dataset, now: datetime, why: str = "") -> DatasetVersion:
    """Go back to the version that was in use before. Again goes back further; accepting goes forward."""
    require(actor, "evidence.roll_back", dataset)
    table = Dataset.objects.select_for_update(of=("self",)).get(pk=dataset.pk)
    current = table.current
    if current is None or current.previous is None:
        raise NothingToGoBackTo(table)
    earlier = current.previous
    _move(current, "roll_back")
    _move(earlier, "restore")
    _use(table, earlier)
    details = {"table": table.code, "number": current.number, "to": earlier.number, "why": why}
    record(actor, "rolled-back", current, at=now, **details)
    return earlier


@transaction.atomic
def set_second_person(*, actor: User, dataset: Dataset, required: bool, now: datetime) -> Dataset:
    """Decide whether new versions of a table are accepted by somebody else than who brought them."""
    require(actor, "evidence.set_rules", dataset)
    dataset.second_person = required
    dataset.save(update_fields=["second_person"])
    record(actor, "set-rules", dataset, at=now, table=dataset.code, second_person=required)
    return dataset


@transaction.atomic
def describe_table(*, actor: User, text: str, now: datetime) -> list[Dataset]:
    """Put tables of one's own into the catalogue, or change their description. Their versions stay as they are."""
    require(actor, "evidence.import")
    mark = catalogue.mark_of(text)  # by which pages that are kept learn that their words have changed
    described = []
    for one in catalogue.described(text):
        if one.code in RESERVED_CODES:
            raise CodeTaken(one.code)
        table, created = Dataset.objects.update_or_create(
            code=one.code, defaults={**one.fields, "seeded_as": mark}
        )
        for code, fields in one.indicators.items():
            Indicator.objects.update_or_create(code=code, defaults={**fields, "dataset": table})
        record(actor, "described", table, at=now, table=table.code, created=created)
        described.append(table)
    return described


# Storing -------------------------------------------------------------------------------------------------


def _store(
    actor: User,
    file: Path | bytes,
    source: Source,
    table: Dataset,
    prepared: pipeline.Prepared,
    now: datetime,
) -> tuple[DatasetVersion, bool]:
    """Files first, the row last: killed anywhere in between, the version in use is still served.

    Two people can bring the same file at the same moment: the second gets the version of the first, and False.
    """
    with store.importing():
        if known := _known_observations(table, prepared.observations_sha256):
            return known, False
        store.sweep(folders=queries.known_folders(), raws=queries.known_raws())
        store.keep_raw(file, prepared.report.raw_sha256)
        with store.staging() as folder:
            store.write_observations(folder, prepared.frame)
            if prepared.rejected.count:
                prepared.rejected.write(folder / store.REJECTED, source.name)
                store.make_durable(folder / store.REJECTED)
            name = store.publish(folder, table.code)
        try:
            return _keep_row(actor, source, table, prepared, name, now), True
        except BaseException:
            store.drop_folder(name)
            raise


@transaction.atomic
def _keep_row(
    actor: User, source: Source, table: Dataset, prepared: pipeline.Prepared, folder: str, now: datetime
) -> DatasetVersion:
    report = prepared.report
    last = DatasetVersion.objects.filter(dataset=table).aggregate(last=Max("number"))["last"] or 0
    version = DatasetVersion.objects.create(
        dataset=table,
        number=last + 1,
        raw_sha256=report.raw_sha256,
        raw_name=source.name,
        raw_size=report.file_size,
        format=report.format,
        source_url=source.url or table.address,
        source_note=source.note,
        licence=source.licence or table.licence,
        retrieved_on=source.retrieved_on,
        nuts_declared=report.nuts_declared,
        nuts_vintages=sorted(report.nuts_rows),
        observations_sha256=prepared.observations_sha256,
        folder=folder,
        rows=report.rows,
        cells_with_value=report.with_value,
        years=report.years,
        regions=report.regions,
        report=report.as_json(),
        imported_by=actor,
        imported_at=now,
    )
    record(
        actor,
        "imported",
        version,
        at=now,
        table=table.code,
        number=version.number,
        file=source.name,
        why=source.why,
    )
    return version


def _known_bytes(sha256: str, table: Dataset | None, nuts: int | None) -> DatasetVersion | None:
    """The version these very bytes became, read in the vintage asked for."""
    found = DatasetVersion.objects.select_related("dataset").filter(raw_sha256=sha256)
    if table is not None:
        found = found.filter(dataset=table)
    if nuts is not None:
        found = found.filter(nuts_declared=nuts)
    return found.order_by("-number").first()


def _known_observations(table: Dataset, sha256: str) -> DatasetVersion | None:
    return (
        DatasetVersion.objects.select_related("dataset")
        .filter(dataset=table, observations_sha256=sha256)
        .first()
    )


def _table(code: str) -> Dataset:
    table = queries.dataset(code)
    if table is None:
        raise UnknownDataset(code, _codes())
    return table


def _recognised(asked: Dataset | None, said: str | None, file_name: str) -> Dataset:
    """The table the file holds: what it says, else its name; the person and the file must agree."""
    if asked is None:
        if code := said or queries.code_in(file_name):
            return _table(code)
        raise DatasetNotRecognised(_codes())
    if said and said.lower() not in asked.codes_in_files:
        raise AnotherTable(said.lower(), asked.code)
    return asked


def _codes() -> list[str]:
    return list(Dataset.objects.values_list("code", flat=True))


def _size(file: Path | bytes) -> int:
    return len(file) if isinstance(file, bytes) else file.stat().st_size


# Moving between states -----------------------------------------------------------------------------------


def _locked(version: DatasetVersion) -> Dataset:
    """The table, held until the deed is done, and the version as it stands now."""
    table = Dataset.objects.select_for_update(of=("self",)).get(pk=version.dataset_id)
    version.refresh_from_db()
    return table


def _move(version: DatasetVersion, deed: str, **fields: object) -> None:
    version.state = TRANSITIONS[version.state, deed]
    for name, value in fields.items():
        setattr(version, name, value)
    version.save(update_fields=["state", *fields])


def _use(table: Dataset, version: DatasetVersion) -> None:
    table.current = version
    table.save(update_fields=["current"])
    version.dataset = table
    transaction.on_commit(partial(version_came_into_use, version))
