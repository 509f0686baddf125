"""The steps of bringing a file, and which of them comes next. Each has an address of its own."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clusterpolisee.evidence.importing.readout import fingerprint, is_mapped
from clusterpolisee.evidence.models import Upload

TABLE, SHEET, COLUMNS, CODES, VINTAGE, CHECK = "table", "sheet", "columns", "codes", "vintage", "check"
TITLES = {
    TABLE: _("Table"),
    SHEET: _("Sheet and header"),
    COLUMNS: _("Columns"),
    CODES: _("Codes"),
    VINTAGE: _("NUTS vintage"),
    CHECK: _("Check and bring"),
}


@dataclass(frozen=True)
class Step:
    """One step as the bar of steps shows it; no address where it cannot be opened yet."""

    key: str
    title: str
    address: str
    is_done: bool
    is_current: bool


def keys_of(upload: Upload) -> list[str]:
    """The steps this file needs: formats that say themselves what their columns hold need no mapping."""
    return [TABLE, *([SHEET, COLUMNS] if is_mapped(upload) else []), CODES, VINTAGE, CHECK]


def next_step(upload: Upload) -> str:
    """The first step that is not done."""
    if upload.dataset is None:
        return TABLE
    if is_mapped(upload) and "mapping" not in upload.choices:
        return COLUMNS if "header" in upload.choices else SHEET
    return CHECK if upload.checked.get("of") == fingerprint(upload) else CODES


def steps_of(upload: Upload, current: str) -> list[Step]:
    keys = keys_of(upload)
    reached = keys.index(next_step(upload))
    if next_step(upload) == CODES:  # codes, vintage and check ask for nothing that must be answered
        reached = len(keys) - 1
    place = keys.index(current)
    return [
        Step(
            key,
            str(TITLES[key]),
            address(upload, key) if number <= reached else "",
            number < place,
            key == current,
        )
        for number, key in enumerate(keys)
    ]


def after(upload: Upload, key: str) -> str:
    """The step that follows."""
    keys = keys_of(upload)
    return keys[min(keys.index(key) + 1, len(keys) - 1)]


def address(upload: Upload, key: str) -> str:
    return reverse(f"evidence:import_{key}", args=[upload.token])
