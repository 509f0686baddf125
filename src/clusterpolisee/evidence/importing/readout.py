"""From an upload to what the pipeline takes: everything its owner decided, applied in order."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace

import polars as pl
from django.utils.translation import gettext as _

from clusterpolisee.evidence import fitting, queries
from clusterpolisee.evidence.importing import (
    conversion,
    guessing,
    kept_readings,
    tidying,
    unknown_codes,
    working,
)
from clusterpolisee.evidence.importing.mapping import MOST_HEADER_ROWS, Mapping, headings
from clusterpolisee.evidence.importing.recognising import TABLE, WORKBOOK
from clusterpolisee.evidence.importing.refusals import NotReadYet, StepNotPossible
from clusterpolisee.evidence.importing.spreadsheet import Book, open_book
from clusterpolisee.evidence.importing.telling import Say, in_silence
from clusterpolisee.evidence.importing.working import WorkingTable, raw_file
from clusterpolisee.evidence.models import Dataset, Upload
from clusterpolisee.evidence.obstacles import Obstacle
from clusterpolisee.evidence.unusable import Noted

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


# Reading. Without somebody who waits (say), a long file is looked at only as far as it was read in the background.


def book_of(upload: Upload, say: Say | None = None) -> Book:
    if not upload.is_long:
        with raw_file(upload.sha256) as path:
            return open_book(path)
    if book := kept_readings.kept_book(upload.sha256):
        return book
    if say is None:
        raise NotReadYet
    say("evidence.import-opening")
    with raw_file(upload.sha256) as path:
        book = open_book(path)
    kept_readings.keep_book(upload.sha256, book)
    return book


def working_table(upload: Upload, say: Say | None = None) -> WorkingTable:
    place = _place(upload)
    if table := working.made(upload.sha256, place):
        return table
    if upload.is_long and say is None:
        raise NotReadYet
    say = say or in_silence
    with raw_file(upload.sha256) as path:
        if place is None:
            return working.of_text(path, upload.sha256, say)
        return working.of_workbook(path, upload.sha256, place, say)


def read(upload: Upload, say: Say | None = None) -> kept_readings.Reading:
    """The observations as the file has them, before codes are decided on."""
    if not upload.is_long:
        return _read(upload)
    key = reading_key(upload)
    if kept := kept_readings.kept(upload.sha256, key):
        return kept
    if say is None:
        raise NotReadYet
    fresh = _read(upload, say)
    kept_readings.keep(upload.sha256, key, fresh)
    return fresh


def observations(upload: Upload) -> pl.LazyFrame:
    """The same, to be asked without all being in memory where the file is long."""
    if not upload.is_long:
        return _read(upload).reading.observations.lazy()
    scanned = kept_readings.scan(upload.sha256, reading_key(upload))
    if scanned is None:
        raise NotReadYet
    return scanned


def is_waiting(upload: Upload) -> bool:
    """Whether the next step needs something of a long file that was not read yet."""
    if not upload.is_long:
        return False
    if not is_mapped(upload) or "mapping" in upload.choices:
        return not kept_readings.is_kept(upload.sha256, reading_key(upload))
    if upload.format == WORKBOOK and "sheet" not in upload.choices:
        return kept_readings.kept_book(upload.sha256) is None
    return working.made(upload.sha256, _place(upload)) is None


def read_what_waits(upload: Upload, say: Say) -> None:
    """Read all that the next step needs."""
    if upload.format == WORKBOOK:
        book_of(upload, say)
    if is_mapped(upload) and (upload.format != WORKBOOK or "sheet" in upload.choices):
        working_table(upload, say)
    if not is_mapped(upload) or "mapping" in upload.choices:
        read(upload, say)


def reading_key(upload: Upload) -> str:
    """Changes when anything changes that the reading of a file depends on."""
    if not is_mapped(upload):
        return "whole"
    said = [upload.choices.get("sheet"), mapping_of(upload).as_json()]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


def _place(upload: Upload) -> int | None:
    if upload.format != WORKBOOK:
        return None
    if "sheet" not in upload.choices:
        raise StepNotPossible(_("Choose the sheet first."))
    return int(upload.choices["sheet"])


def _read(upload: Upload, say: Say | None = None) -> kept_readings.Reading:
    noted = Noted()
    if not is_mapped(upload):
        (say or in_silence)("evidence.import-understanding")
        with raw_file(upload.sha256) as path:
            return kept_readings.Reading(fitting.read(path, upload.name, noted=noted), 0, noted)
    mapping = mapping_of(upload)
    look = look_at(upload, (mapping.header_first, mapping.header_last), say)
    (say or in_silence)("evidence.import-understanding")
    tidied = tidying.observations(look.table, mapping, look.headings, noted)
    reading = replace(tidied.reading, format=upload.format)
    return kept_readings.Reading(reading, tidied.silent_rows, noted)


def look_at(upload: Upload, header: tuple[int, int], say: Say | None = None) -> Look:
    table = working_table(upload, say)
    rows = table.first(max(LOOKED_AT, header[1] + MOST_HEADER_ROWS) if header[1] < 10_000 else LOOKED_AT)
    return Look(table, rows, header)


def guessed_header(upload: Upload) -> tuple[int, int]:
    return guessing.header_of(working_table(upload).first(LOOKED_AT))


def recognised(upload: Upload) -> Dataset | None:
    """The table a file says it holds, by its content or its name."""
    said = queries.code_in(upload.name)
    if not is_mapped(upload):
        try:
            said = _said_code(upload) or said
        except Obstacle:
            return None
    return queries.dataset(said) if said else None


def _said_code(upload: Upload) -> str | None:
    if upload.is_long:
        return kept_readings.dataset_code(upload.sha256, reading_key(upload))
    return _read(upload).reading.dataset_code


def table_of(upload: Upload) -> Dataset:
    if upload.dataset is None:
        raise StepNotPossible(_("Choose the table first."))
    return upload.dataset


def mapping_of(upload: Upload) -> Mapping:
    if "mapping" not in upload.choices:
        raise StepNotPossible(_("Say first what the columns hold."))
    return Mapping.from_json(upload.choices["mapping"])


def readout(upload: Upload, say: Say | None = None) -> fitting.Readout:
    """Everything at once: what `import_file` reads instead of the bytes alone."""
    table = table_of(upload)
    kept = read(upload, say)
    frame, of_codes = unknown_codes.apply(kept.reading.observations, upload.choices.get("decisions", {}))
    findings = [*kept.findings, *of_codes]
    if is_converted(upload) and (offer := conversion.offer(frame, table)) is not None:
        chosen = upload.choices["conversion"]
        converted = conversion.convert(
            frame, from_=offer.from_, to=offer.to, kind=chosen["kind"], weight=chosen["weight"]
        )
        frame = converted.observations
        findings += conversion.findings(converted, offer.from_, offer.to)
    reading = replace(kept.reading, observations=frame)
    return fitting.Readout(reading, tuple(findings), said(upload), kept.unreadable)


def places(upload: Upload) -> pl.DataFrame:
    """One row of each place in a file, with its code as it was decided."""
    frame = observations(upload).unique("region", keep="any").collect(engine="streaming")
    return unknown_codes.apply(frame, upload.choices.get("decisions", {}))[0]


def shown(upload: Upload) -> tuple[pl.DataFrame, int | None]:
    """What a page shows the effect of a conversion on: everything, or of a long file its newest year."""
    frame, year = observations(upload), None
    if upload.is_long:
        year = int(frame.select(pl.col("year").max()).collect(engine="streaming").item())
        frame = frame.filter(pl.col("year") == year)
    decided, _found = unknown_codes.apply(
        frame.collect(engine="streaming"), upload.choices.get("decisions", {})
    )
    return decided, year


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
