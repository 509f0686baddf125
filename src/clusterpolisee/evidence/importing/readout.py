"""From an upload to what the pipeline takes: everything its owner decided, applied in order."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from clusterpolisee.evidence import fitting, queries
from clusterpolisee.evidence.importing import conversion, guessing, tidying, unknown_codes, working
from clusterpolisee.evidence.importing.mapping import MOST_HEADER_ROWS, Mapping, headings
from clusterpolisee.evidence.importing.recognising import TABLE, WORKBOOK
from clusterpolisee.evidence.importing.refusals import StepNotPossible
from clusterpolisee.evidence.importing.spreadsheet import Book, open_book
from clusterpolisee.evidence.importing.working import WorkingTable, raw_file
from clusterpolisee.evidence.models import Dataset, Upload
from clusterpolisee.evidence.obstacles import Obstacle
from clusterpolisee.evidence.report import INFO, Finding
from regional_analytics import sources

COLUMNS_SHOWN = 40
LOOKED_AT = 80  # rows from which the header is guessed


@dataclass(frozen=True)
class Look:
    """The beginning of an upload's table, with its header as it is said now."""

    table: WorkingTable
    rows: list[tuple[int, list[str]]]
    header: tuple[int, int]

    @property
    def headings(self) -> list[str]:
        return headings(self.rows, *self.header, self.table.width)

    def preview(self, count: int) -> list[tuple[int, list[str], bool]]:
        """The header rows and as many below: line, cells, whether it is header. What stands above is there too."""
        below = [line for line, _cells in self.rows if line > self.header[1]][:count]
        last = below[-1] if below else self.header[1]
        width = min(self.table.width, COLUMNS_SHOWN)
        return [
            (line, cells[:width], self.header[0] <= line <= self.header[1])
            for line, cells in self.rows
            if line <= last
        ]


def is_mapped(upload: Upload) -> bool:
    """Whether a person says what its columns hold; the other formats say it themselves."""
    return upload.format in (WORKBOOK, TABLE)


def book_of(upload: Upload) -> Book:
    with raw_file(upload.sha256) as path:
        return open_book(path)


def working_table(upload: Upload) -> WorkingTable:
    with raw_file(upload.sha256) as path:
        if upload.format != WORKBOOK:
            return working.of_text(path, upload.sha256)
        if "sheet" not in upload.choices:
            raise StepNotPossible(_("Choose the sheet first."))
        return working.of_workbook(path, upload.sha256, upload.choices["sheet"])


def look_at(upload: Upload, header: tuple[int, int]) -> Look:
    table = working_table(upload)
    rows = table.first(max(LOOKED_AT, header[1] + MOST_HEADER_ROWS) if header[1] < 10_000 else LOOKED_AT)
    return Look(table, rows, header)


def guessed_header(upload: Upload) -> tuple[int, int]:
    return guessing.header_of(working_table(upload).first(LOOKED_AT))


def recognised(upload: Upload) -> Dataset | None:
    """The table a file says it holds, by its content or its name."""
    said = queries.code_in(upload.name)
    if not is_mapped(upload):
        try:
            said = read(upload)[0].dataset_code or said
        except Obstacle:
            return None
    return queries.dataset(said) if said else None


def table_of(upload: Upload) -> Dataset:
    if upload.dataset is None:
        raise StepNotPossible(_("Choose the table first."))
    return upload.dataset


def mapping_of(upload: Upload) -> Mapping:
    if "mapping" not in upload.choices:
        raise StepNotPossible(_("Say first what the columns hold."))
    return Mapping.from_json(upload.choices["mapping"])


def read(upload: Upload) -> tuple[sources.Reading, list[Finding]]:
    """The observations as the file has them, before codes are decided on."""
    if not is_mapped(upload):
        with raw_file(upload.sha256) as path:
            return fitting.read(path, upload.name), []
    mapping = mapping_of(upload)
    look = look_at(upload, (mapping.header_first, mapping.header_last))
    tidied = tidying.observations(look.table, mapping, look.headings)
    silent = [Finding("silent_rows", INFO, tidied.silent_rows)] if tidied.silent_rows else []
    return replace(tidied.reading, format=upload.format), silent


def readout(upload: Upload) -> fitting.Readout:
    """Everything at once: what `import_file` reads instead of the bytes alone."""
    table = table_of(upload)
    reading, findings = read(upload)
    frame, of_codes = unknown_codes.apply(reading.observations, upload.choices.get("decisions", {}))
    findings += of_codes
    if is_converted(upload) and (offer := conversion.offer(frame, table)) is not None:
        chosen = upload.choices["conversion"]
        converted = conversion.convert(
            frame, from_=offer.from_, to=offer.to, kind=chosen["kind"], weight=chosen["weight"]
        )
        frame = converted.observations
        findings += conversion.findings(converted, offer.from_, offer.to)
    return fitting.Readout(replace(reading, observations=frame), tuple(findings), said(upload))


def is_converted(upload: Upload) -> bool:
    return upload.choices.get("conversion", {}).get("do") == "convert"


def said(upload: Upload) -> dict[str, object]:
    """What is kept with the version: the way from its bytes to its cells."""
    keys = ("sheet", "mapping", "decisions", "conversion")
    kept = {key: upload.choices[key] for key in keys if upload.choices.get(key) not in (None, {})}
    return {"format": upload.format, **kept}


def fingerprint(upload: Upload) -> str:
    """Changes when anything changes that a check depends on."""
    table = upload.dataset
    said = [upload.choices, table and table.code, table and table.current_id, table and table.nuts_vintage]
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()[:16]
