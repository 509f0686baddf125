"""Make the starter figures: a selection of published tables, in the project's own layout, with their origin.

    CLUSTERPOLISEE_DATA=/folder/with/tables python scripts/starter/build_figures.py

Only for whoever renews the pack. The same tables give the same bytes. `clusterpolisee data check-starter` then
compares every figure with the tables it names; docs/how-to/check-starter-figures.md says how to get them.
"""

from __future__ import annotations

import csv
import gzip
import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "src" / "clusterpolisee" / "evidence" / "starter"
# The countries of the platform, by Eurostat's codes.
SOUTH_EAST = frozenset(
    ("AL", "AT", "BA", "BG", "EL", "HR", "HU", "IT", "MD", "ME", "MK", "RO", "RS", "SI", "SK", "UA", "XK")
)
WHOLES = ("EU27_2020", "EU28")  # unions that figures are compared with
DIVISION = re.compile(r"^[A-U]\d\d$")


@dataclass(frozen=True)
class Row:
    """One published cell: an empty value is a cell the publisher left empty."""

    region: str
    year: int
    value: str
    flag: str = ""
    activity: str = ""
    dimensions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One starter file: which table, what of it, in which edition, and how its rows are found."""

    code: str
    title: str
    nuts: str
    unit: str
    edition: str
    retrieved: str
    selection: str
    rows: Callable[[Path], Iterable[Row]]
    wanted: Callable[[Row], bool]
    dimensions: tuple[str, ...] = ()
    has_activities: bool = False
    notes: tuple[str, ...] = field(default=())


def level(region: str) -> int:
    """0 country, 1, 2, 3; -1 for unions of countries and what belongs to no region."""
    if region in WHOLES or not re.fullmatch(r"[A-Z]{2}[0-9A-Z]{0,3}", region):
        return -1
    return -1 if region.endswith("Z") else len(region) - 2


# The tables as they lie in the data folder ------------------------------------------------------------------


def sbs(data: Path) -> Iterator[Row]:
    for row in _csv(data / "employment" / "sbs_r_nuts06_r2_persons_employed_2015.csv"):
        yield Row(
            row["geo"], int(row["year"]), plain(row["value"]), activity=row["nace_r2"], dimensions=("V16110",)
        )


def lfs(data: Path) -> Iterator[Row]:
    """The bulk file itself: years across, newest first, a flag after the figure, “:” for none."""
    with gzip.open(
        data / "employment" / "lfst_r_lfe2en2_2008_2015_raw.tsv.gz", "rt", encoding="utf-8"
    ) as file:
        years = [int(year) for year in next(file).split("\t")[1:]]
        for line in file:
            keys, *cells = line.rstrip("\n").split("\t")
            unit, activity, age, region = keys.split(",")
            for year, cell in zip(years, cells, strict=True):
                value, _, flag = cell.strip().partition(" ")
                yield Row(region, year, plain(value.strip(":")), flag.strip(), activity, (unit, age))


def sdmx(name: str, *dimensions: str) -> Callable[[Path], Iterator[Row]]:
    """A download of Eurostat as it came, with or without labels."""

    def rows(data: Path) -> Iterator[Row]:
        for row in _csv(data / "indicators" / "raw_sdmx_csv" / f"{name}.csv.gz"):
            confidential = "c" if row.get("CONF_STATUS") else ""
            yield Row(
                row["geo"],
                int(row.get("TIME_PERIOD") or row["time"]),
                plain(row.get("OBS_VALUE", row.get("obs_value", ""))),
                "".join(sorted(row.get("OBS_FLAG", "") + confidential)),
                dimensions=tuple(row[name] for name in dimensions),
            )

    return rows


def long_file(indicator: str, *dimensions: str) -> Callable[[Path], Iterator[Row]]:
    """Tables of which only the long collection is at hand."""

    def rows(data: Path) -> Iterator[Row]:
        for row in _csv(data / "indicators" / "nuts2_indicators_long_2000_2024.csv.gz"):
            if row["indicator"] == indicator:
                yield Row(
                    row["geo"], int(row["year"]), plain(row["value"]), row["flag"], dimensions=dimensions
                )

    return rows


def together(*parts: Callable[[Path], Iterable[Row]]) -> Callable[[Path], Iterator[Row]]:
    return lambda data: (row for part in parts for row in part(data))


def plain(number: str) -> str:
    """7089.0 → 7089; everything else as the publisher printed it."""
    number = number.strip()
    return number[:-2] if number.endswith(".0") and "e" not in number.lower() else number


# What is taken ----------------------------------------------------------------------------------------------


def divisions(row: Row) -> bool:
    return bool(DIVISION.match(row.activity)) and level(row.region) in (0, 2)


def employed_people(row: Row) -> bool:
    if row.dimensions[1] != "Y_GE15":
        return False
    return row.region == "EU28" or level(row.region) == 0 or in_south_east(row, deepest=2)


def indicator(row: Row) -> bool:
    return row.region in WHOLES or level(row.region) in (0, 2) or in_south_east(row, deepest=2)


def in_south_east(row: Row, *, deepest: int) -> bool:
    return row.region[:2] in SOUTH_EAST and 0 <= level(row.region) <= deepest


EARLY_2026 = {"edition": "as published in early 2026", "retrieved": "2026-02-08"}
INDICATOR = "countries and NUTS 2 regions of Europe, NUTS 1 regions of South East Europe, EU average; all years at hand"

TABLES = (
    Table(
        code="sbs_r_nuts06_r2",
        title="SBS data by NUTS 2 regions and NACE Rev. 2 (from 2008 onwards)",
        nuts="2013",
        unit="persons",
        edition="reference year 2015; the day of the edition is not recorded",
        retrieved="2026-11-23",
        selection="persons employed (V16110), NACE Rev. 2 divisions, countries and NUTS 2 regions with any figure",
        rows=sbs,
        wanted=divisions,
        dimensions=("indic_sb",),
        has_activities=True,
        notes=("An empty value is a cell that was not published. The edition carried no flags.",),
    ),
    Table(
        code="lfst_r_lfe2en2",
        title="Employment by age, economic activity and NUTS 2 regions (NACE Rev. 2)",
        nuts="2013",
        unit="thousand persons",
        edition="reference years 2008-2015, as published in 2017",
        retrieved="2026-11-23",
        selection="people aged 15 and over, all groups of activities; NUTS 0-2 of South East Europe, all other "
        "countries and EU28 as a whole",
        rows=lfs,
        wanted=employed_people,
        dimensions=("unit", "age"),
        has_activities=True,
        notes=("An empty value is a cell that was not published; with flag c it is confidential.",),
    ),
    Table(
        code="nama_10r_2gdp",
        title="Gross domestic product (GDP) at current market prices by NUTS 2 region",
        nuts="2024",
        unit="as the column unit says",
        selection=f"million euro, PPS per inhabitant, PPS per inhabitant with EU27 = 100; {INDICATOR}",
        rows=together(
            sdmx("eurostat_nama_10r_2gdp", "unit"),
            sdmx("eurostat_gdp_pc_pps_nuts2", "unit"),
            sdmx("eurostat_gdp_pc_pps_rel_eu_nuts2", "unit"),
        ),
        wanted=indicator,
        dimensions=("unit",),
        notes=("The figures per inhabitant were downloaded without flags.",),
        **EARLY_2026,
    ),
    Table(
        code="nama_10r_2gvagr",
        title="Gross domestic product (GDP) and gross value added (GVA) in volume by NUTS 2 region",
        nuts="2024",
        unit="index, 2015 = 100",
        selection=f"GDP (B1GQ) and gross value added (B1G); {INDICATOR}",
        rows=together(
            sdmx("eurostat_gdp_real_nuts2", "na_item", "unit"),
            long_file("gva_volume_index_2015", "B1G", "I15"),
        ),
        wanted=indicator,
        dimensions=("na_item", "unit"),
        notes=("GDP was downloaded without flags.",),
        **EARLY_2026,
    ),
    Table(
        code="tgs00007",
        title="Employment rate (persons aged 15-64) by NUTS 2 region",
        nuts="2024",
        unit="%",
        selection=INDICATOR,
        rows=sdmx("eurostat_tgs00007_employment_rate", "unit", "sex", "age"),
        wanted=indicator,
        dimensions=("unit", "sex", "age"),
        **EARLY_2026,
    ),
    Table(
        code="tgs00010",
        title="Unemployment rate by NUTS 2 region",
        nuts="2024",
        unit="%",
        selection=INDICATOR,
        rows=long_file("unemployment_rate_15_74_pct", "TOTAL", "T", "Y15-74", "PC"),
        wanted=indicator,
        dimensions=("isced11", "sex", "age", "unit"),
        **EARLY_2026,
    ),
    Table(
        code="tgs00042",
        title="Intramural R&D expenditure (GERD) by NUTS 2 region",
        nuts="2024",
        unit="% of GDP",
        selection=INDICATOR,
        rows=sdmx("eurostat_tgs00042_gerd_rd_expenditure", "sectperf", "unit"),
        wanted=indicator,
        dimensions=("sectperf", "unit"),
        notes=("An empty value with flag c is confidential.",),
        **EARLY_2026,
    ),
    Table(
        code="tgs00109",
        title="Persons aged 25-64 with tertiary educational attainment level by sex and NUTS 2 region",
        nuts="2024",
        unit="%",
        selection=INDICATOR,
        rows=sdmx("eurostat_tgs00109_tertiary_education_25_64", "unit", "isced11", "age", "sex"),
        wanted=indicator,
        dimensions=("unit", "isced11", "age", "sex"),
        **EARLY_2026,
    ),
    Table(
        code="demo_r_d2jan",
        title="Population on 1 January by age, sex and NUTS 2 region",
        nuts="2024",
        unit="persons",
        selection=INDICATOR,
        rows=long_file("population_1_january", "NR", "T", "TOTAL"),
        wanted=indicator,
        dimensions=("unit", "sex", "age"),
        notes=("Downloaded without flags.",),
        **EARLY_2026,
    ),
    Table(
        code="tgs00040",
        title="Patent applications to the European patent office (EPO) by priority year by NUTS 2 regions",
        nuts="2010",
        unit="per million inhabitants",
        edition="as published in December 2020; the table is no longer updated",
        retrieved="2026-11-23",
        selection=INDICATOR,
        rows=long_file("epo_patent_applications_p_mhab", "P_MHAB"),
        wanted=indicator,
        dimensions=("unit",),
        notes=("Downloaded without flags.",),
    ),
)


# Writing ----------------------------------------------------------------------------------------------------


def main() -> int:
    data = os.environ.get("CLUSTERPOLISEE_DATA")
    if not data or not Path(data).is_dir():
        print("Set CLUSTERPOLISEE_DATA to the folder with the tables.", file=sys.stderr)
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    total = 0
    for table in TABLES:
        content = as_bytes(table, selected(table, Path(data)))
        (FOLDER / f"{table.code}.csv.gz").write_bytes(content)
        total += len(content)
        print(f"{table.code:<18} {len(content) / 1000:8.1f} kB")
    print(f"{'together':<18} {total / 1000:8.1f} kB")
    return 0


def selected(table: Table, data: Path) -> list[Row]:
    """The wanted rows in order; a region of which nothing at all is published is left out."""
    rows = [row for row in table.rows(data) if table.wanted(row)]
    known = {row.region for row in rows if row.value or row.flag}
    return sorted(
        (row for row in rows if row.region in known),
        key=lambda row: (row.dimensions, row.region, row.activity, row.year),
    )


def as_bytes(table: Table, rows: list[Row]) -> bytes:
    text = io.StringIO(newline="")
    for line in _header(table):
        text.write(f"# {line}\n")
    writer = csv.writer(text, lineterminator="\n")
    activity = ("activity",) if table.has_activities else ()
    writer.writerow(["region", *activity, *table.dimensions, "year", "value", "flag"])
    for row in rows:
        activities = (row.activity,) if table.has_activities else ()
        writer.writerow([row.region, *activities, *row.dimensions, row.year, row.value, row.flag])
    return gzip.compress(text.getvalue().encode(), mtime=0)


def _header(table: Table) -> Iterator[str]:
    yield "Starter figures of ClusterPoliSEE: facts of a published table, selected, in the project's own layout."
    yield f"table: {table.code}"
    yield f"title: {table.title}"
    yield "publisher: Eurostat"
    yield f"address: https://ec.europa.eu/eurostat/databrowser/view/{table.code}/default/table?lang=en"
    yield "licence: CC BY 4.0"
    yield f"nuts: {table.nuts}"
    yield f"unit: {table.unit}"
    yield f"edition: {table.edition}"
    yield f"retrieved: {table.retrieved}"
    yield f"selection: {table.selection}"
    for note in table.notes:
        yield f"note: {note}"


def _csv(path: Path) -> Iterator[dict[str, str]]:
    content = path.read_bytes()
    text = gzip.decompress(content) if path.suffix == ".gz" else content
    yield from csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline=""))


if __name__ == "__main__":
    sys.exit(main())
