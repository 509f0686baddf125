"""Deeds on files that somebody is bringing. Each asks, does one step, and keeps it: a closed browser loses nothing."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
from django.db import transaction
from django.utils.text import get_valid_filename
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clusterpolisee.evidence import actions, queries, store
from clusterpolisee.evidence.importing import readout as reading_out
from clusterpolisee.evidence.importing import unknown_codes, working
from clusterpolisee.evidence.importing.background import begin_reading, may_change, must_be_checked
from clusterpolisee.evidence.importing.conversion import WEIGHTS
from clusterpolisee.evidence.importing.mapping import Mapping, check, signature
from clusterpolisee.evidence.importing.recognising import format_of, is_long
from clusterpolisee.evidence.importing.refusals import MappingRefused, StepNotPossible
from clusterpolisee.evidence.importing.telling import Say
from clusterpolisee.evidence.models import (
    RESERVED_CODES,
    CodeDecision,
    ColumnMapping,
    Dataset,
    DerivedIndicator,
    Indicator,
    Upload,
)
from clusterpolisee.evidence.obstacles import CodeTaken
from clusterpolisee.shell.accounts.permissions import require
from clusterpolisee.shell.history.recorder import record
from clusterpolisee.shell.jobs.actions import cancel_job

if TYPE_CHECKING:
    from clusterpolisee.shell.accounts.models import User

STEPS = tuple(enumerate(("evidence.import-applying", "evidence.import-checking", "evidence.import-storing")))
SAMPLED = 12


def keep_upload(*, actor: User, file: Path, name: str, now: datetime) -> Upload:
    """Keep the bytes of a file and begin to bring it; the same file again goes on where it was left.

    Raises FileRefused when the bytes are nothing that can be read; then nothing is kept.
    """
    require(actor, "evidence.import")
    form, sha256 = format_of(file, name), store.sha256_of(file)
    begun = Upload.objects.filter(owner=actor, sha256=sha256, state=Upload.State.DRAFT).first()
    if begun is not None:
        return begun
    with store.importing():
        store.keep_raw(file, sha256)
        working.sweep(queries.known_uploads() | {sha256})
        upload = Upload.objects.create(
            owner=actor,
            name=_plain_name(name),
            size=file.stat().st_size,
            sha256=sha256,
            format=form,
            choices={"is_long": True} if is_long(file, form) else {},
            created_at=now,
            changed_at=now,
        )
    record(actor, "began-import", upload, at=now, file=upload.name)
    begin_reading(actor=actor, upload=upload, now=now)
    return upload


def choose_table(*, actor: User, upload: Upload, table: Dataset, now: datetime) -> Upload:
    """Say which table the file belongs to. What was said of its columns for another table is asked again."""
    may_change(actor, upload)
    if upload.dataset_id != table.pk:
        for key in ("mapping", "decisions", "conversion"):
            upload.choices.pop(key, None)
    upload.dataset = table
    return _kept(upload, now, actor)


@dataclass(frozen=True)
class NewTable:
    """A table nobody has described yet, as a person describes it in the browser."""

    code: str
    title: str
    publisher: str
    licence: str
    kind: str
    nuts_vintage: int
    unit: str = ""
    description: str = ""
    topic: str = ""
    address: str = ""
    has_activities: bool = False
    dimensions: tuple[str, ...] = ()


@transaction.atomic
def create_table(*, actor: User, new: NewTable, now: datetime) -> Dataset:
    """Put a table of one's own into the catalogue; with one figure a region and year, it is an indicator at once."""
    require(actor, "evidence.import")
    if (
        new.code in RESERVED_CODES
        or queries.dataset(new.code)
        or Indicator.objects.filter(code=new.code).exists()
        or DerivedIndicator.objects.filter(code=new.code).exists()
    ):
        raise CodeTaken(new.code)
    language = get_language() or "en"
    table = Dataset.objects.create(
        code=new.code,
        labels={language: new.title},
        description={language: new.description} if new.description else {},
        publisher=new.publisher,
        licence=new.licence,
        attribution=new.publisher,
        table_url=new.address,
        unit_labels={language: new.unit} if new.unit else {},
        kind=new.kind,
        nuts_vintage=new.nuts_vintage,
        topic=new.topic,
        activity_scheme="nace_r2" if new.has_activities else "",
        dimensions=[{"code": code} for code in new.dimensions],
        order=500,
    )
    if not new.has_activities and not new.dimensions:
        Indicator.objects.create(
            code=new.code, dataset=table, labels={language: new.title}, order=500, is_key=False
        )
    record(actor, "described", table, at=now, table=table.code, created=True)
    return table


def choose_sheet(*, actor: User, upload: Upload, place: int, now: datetime) -> Upload:
    """Say which sheet of the workbook holds the table."""
    may_change(actor, upload)
    sheet = reading_out.book_of(upload).sheet(place)
    if sheet is None:
        raise StepNotPossible(_("The workbook has no such sheet. Choose one of the list."))
    if upload.choices.get("sheet") != place:
        upload.choices.pop("mapping", None)
        upload.choices.pop("header", None)
    upload.choices["sheet"] = place
    if not upload.is_long:
        reading_out.working_table(upload)  # refuses what cannot be read now, not later
    return _kept(upload, now, actor)


def choose_header(*, actor: User, upload: Upload, first: int, last: int, now: datetime) -> Upload:
    """Say in which lines the header stands."""
    may_change(actor, upload)
    if upload.choices.get("header") != [first, last]:
        upload.choices.pop("mapping", None)
    upload.choices["header"] = [first, last]
    return _kept(upload, now)


@transaction.atomic
def map_columns(*, actor: User, upload: Upload, mapping: Mapping, now: datetime) -> Upload:
    """Say what the columns hold; remembered for the next file that looks the same."""
    may_change(actor, upload)
    table = reading_out.table_of(upload)
    look = reading_out.look_at(upload, (mapping.header_first, mapping.header_last))
    if len(mapping.roles) != look.table.width:
        raise MappingRefused(
            _("The table has %(width)s columns. Load the page again.") % {"width": look.table.width}
        )
    check(mapping, look.headings, table)
    upload.choices["mapping"] = mapping.as_json()
    upload.choices["header"] = [mapping.header_first, mapping.header_last]
    kept = _kept(upload, now, actor)
    ColumnMapping.objects.update_or_create(
        dataset=table,
        signature=signature(look.headings),
        defaults={"mapping": mapping.as_json(), "said_by": actor, "said_at": now},
    )
    return kept


@transaction.atomic
def decide_codes(
    *, actor: User, upload: Upload, decisions: MappingOf[str, MappingOf[str, str | None]], now: datetime
) -> Upload:
    """Say what unknown codes mean: a code, "" to leave the rows out, None to take a decision back."""
    may_change(actor, upload)
    table = reading_out.table_of(upload)
    kept = {kind: dict(upload.choices.get("decisions", {}).get(kind, {})) for kind in unknown_codes.KINDS}
    for kind, said in decisions.items():
        for text, written in said.items():
            if written is None:
                kept[kind].pop(text, None)
                CodeDecision.objects.filter(dataset=table, kind=kind, text=text[:300]).delete()
                continue
            code = unknown_codes.spelt(kind, written) if written else ""
            if code and (why := unknown_codes.refuse_code(kind, code)):
                raise MappingRefused(why)
            kept[kind][text] = code
            CodeDecision.objects.update_or_create(
                dataset=table,
                kind=kind,
                text=text[:300],
                defaults={"code": code, "said_by": actor, "said_at": now},
            )
    upload.choices["decisions"] = kept
    return _kept(upload, now)


def choose_vintage(*, actor: User, upload: Upload, do: str, kind: str, weight: str, now: datetime) -> Upload:
    """Carry the figures to the table's vintage of NUTS, or keep them as they are coded."""
    may_change(actor, upload)
    if do not in ("convert", "keep") or kind not in ("stock", "rate") or weight not in WEIGHTS:
        raise StepNotPossible(_("Choose one of the ways that are offered."))
    upload.choices["conversion"] = (
        {"do": do, "kind": kind, "weight": weight} if do == "convert" else {"do": do}
    )
    return _kept(upload, now)


def describe_source(
    *,
    actor: User,
    upload: Upload,
    url: str,
    note: str,
    licence: str,
    why: str,
    retrieved_on: date,
    now: datetime,
) -> Upload:
    """Say where the file comes from and why it is brought; shown with every figure of it."""
    may_change(actor, upload)
    said = {
        "url": url,
        "note": note,
        "licence": licence,
        "why": why,
        "retrieved_on": retrieved_on.isoformat(),
    }
    upload.choices["source"] = said
    return _kept(upload, now)


def check_upload(*, actor: User, upload: Upload, now: datetime, say: Say | None = None) -> Upload:
    """Find out everything the file would change, and store nothing but what was found out."""
    may_change(actor, upload)
    outcome = _import(actor, upload, now, dry_run=True, say=say)
    assert outcome.report is not None
    checked: dict[str, Any] = {
        "of": reading_out.fingerprint(upload),
        "kind": outcome.kind,
        "known": outcome.version.number if outcome.version else None,
        "report": outcome.report.as_json(),
    }
    if outcome.prepared is not None:
        frame, rejected = outcome.prepared.frame, outcome.prepared.rejected
        checked["sample"] = frame.drop_nulls("value").head(SAMPLED).select(
            pl.col("region", "activity", "series", "flag").cast(pl.String), "year", "value"
        ).to_dicts()  # fmt: skip
        checked["rejected"] = rejected.first(SAMPLED)
        path = working.rejected_path(upload)
        path.parent.mkdir(parents=True, exist_ok=True)
        rejected.write(path, upload.name)
    upload.checked = checked
    upload.changed_at = now
    upload.save(update_fields=["checked", "changed_at"])
    return upload


def bring_upload(*, actor: User, upload: Upload, now: datetime, say: Say | None = None) -> Upload:
    """Store the file as a new version that waits to be accepted. It must have been checked as it stands."""
    may_change(actor, upload)
    must_be_checked(upload)
    outcome = _import(actor, upload, now, dry_run=False, say=say)
    upload.version, upload.state, upload.changed_at = outcome.version, Upload.State.BROUGHT, now
    upload.save(update_fields=["version", "state", "changed_at"])
    record(actor, "brought", upload, at=now, outcome=outcome.kind)
    return upload


def discard_upload(*, actor: User, upload: Upload, now: datetime) -> Upload:
    """Throw an unfinished file away. Its bytes go with the next import, unless a version needs them."""
    may_change(actor, upload)
    upload.state, upload.changed_at = Upload.State.DISCARDED, now
    upload.save(update_fields=["state", "changed_at"])
    record(actor, "discarded", upload, at=now)
    if (job := queries.work_on(upload)) and job.is_unfinished:
        cancel_job(actor=actor, job=job, now=now)
    return upload


def _import(actor: User, upload: Upload, now: datetime, *, dry_run: bool, say: Say | None) -> actions.Outcome:
    table = reading_out.table_of(upload)
    steps = iter(STEPS)

    def told(_step: str) -> None:
        if say is not None:
            place, message = next(steps)
            say(message, done=place, of=len(STEPS) - dry_run)

    with working.raw_file(upload.sha256) as path:
        return actions.import_file(
            actor=actor,
            file=path,
            source=actions.Source(
                name=upload.name,
                retrieved_on=upload.retrieved_on,
                url=upload.source.get("url", ""),
                note=upload.source.get("note", ""),
                licence=upload.source.get("licence", ""),
                why=upload.source.get("why", ""),
            ),
            now=now,
            dataset=table.code,
            nuts=table.nuts_vintage if reading_out.is_converted(upload) else None,
            readout=lambda: reading_out.readout(upload, say),
            dry_run=dry_run,
            hold=True,
            progress=told,
        )


def _kept(upload: Upload, now: datetime, reader: User | None = None) -> Upload:
    """Keep what was decided. reader: who lets a long file be read anew, where the decision asks for it."""
    upload.changed_at = now
    upload.save(update_fields=["choices", "dataset", "changed_at"])
    if reader is not None:
        begin_reading(actor=reader, upload=upload, now=now)
    return upload


def _plain_name(name: str) -> str:
    """The name without folders, and without what could be taken for more than a name."""
    last = name.replace("\\", "/").rpartition("/")[2].strip(" .") or "file"
    return get_valid_filename(last)[-200:]
