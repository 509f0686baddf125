"""A small table to send out: three regions, two activities, every state a figure can have. The figures are invented."""

from __future__ import annotations

from datetime import date

from clusterpolisee.shell.exports.tables import Column, ExportTable, Origin

ORIGIN = Origin(
    source="Eurostat",
    table="sbs_r_nuts06_r2",
    table_url="https://ec.europa.eu/eurostat/databrowser/view/sbs_r_nuts06_r2",
    dataset_version=3,
    nuts_vintage=2013,
    retrieved_on=date(2026, 2, 8),
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    formula="share = jobs / all jobs",
    address="https://clusterpolisee.example/regions/BG31/?nuts=2013",
)

COLUMNS = [
    Column("region", "Region", "text", role="region"),
    Column("region_name", "Name", "text", of="region"),
    Column("activity", "Activity", "text", role="activity"),
    Column("year", "Year", "year", role="time"),
    Column("value", "Jobs", "number", unit="persons", decimals=0, role="value"),
    Column("share", "Share", "percent", decimals=1),
    Column("state", "State", "state", role="status"),
    Column("flag", "Flags", "flag"),
]

ROWS = [
    ("BG31", "Северозападен", "C10", 2015, 280400.0, 4.125, "reported", ""),
    ("BG31", "Северозападен", "C11", 2015, 0.0, 0.0, "reported", ""),
    ("BG32", "Северен централен", "C10", 2015, 12.5, 50.0, "estimated", "be"),
    ("BG32", "Северен централен", "C11", 2015, None, None, "confidential", "c"),
    ("BG33", "Североизточен", "C10", 2015, None, None, "not_published", ""),
    ("BG33", "Североизточен", "C11", 2015, float("nan"), None, "not_applicable", ""),
]


def small_table(**changes: object) -> ExportTable:
    told = {
        "key": "bg31-activities",
        "title": "Jobs by activity",
        "columns": COLUMNS,
        "rows": ROWS,
        "origins": [ORIGIN],
        "note": "Approximation on NACE divisions",
        "language": "en",
    }
    return ExportTable(**(told | changes))


def table_of_names(*names: str) -> ExportTable:
    """Regions called so, with one job each."""
    return ExportTable(
        key="names",
        title="Names",
        columns=[
            Column("name", "Name", "text"),
            Column("jobs", "Jobs", "number"),
            Column("state", "State", "state"),
        ],
        rows=[(name, 1, "reported") for name in names],
        origins=[ORIGIN],
    )
