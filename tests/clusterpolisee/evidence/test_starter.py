"""The starter figures: what they say of themselves, and that they say what the published tables say."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest
from django.utils.translation import override

from clusterpolisee.evidence import queries, store
from clusterpolisee.evidence.catalogue import load_catalogue
from clusterpolisee.evidence.models import DatasetVersion
from clusterpolisee.evidence.report import ImportReport
from clusterpolisee.evidence.starter import check, starter_files
from clusterpolisee.home.demo import load_starter_figures
from factories.evidence import NOW

SOUTH_EAST_WITH_FIGURES = {"AT", "BG", "EL", "HR", "HU", "IT", "RO", "SI", "SK"}


def test_every_file_names_its_table_edition_licence_and_selection() -> None:
    files = starter_files()
    assert len(files) == 10
    for file in files:
        assert file.name == f"{file.table}.csv.gz"
        assert {"table", "edition", "licence", "retrieved", "selection", "address"} <= set(file.facts)
        assert file.note.endswith(".")


def test_what_is_noted_of_the_figures_is_read_in_the_readers_language() -> None:
    """A card of a figure is no place for half a sentence in another language."""
    with override("bg"):
        for file in starter_files():
            note = DatasetVersion(source_note=file.note).note
            assert "публикуван" in note and "published" not in note, file.table
    assert DatasetVersion(source_note="Sent by letter").note == "Sent by letter"
    assert DatasetVersion(source_note="").note == ""


def test_the_whole_pack_is_small() -> None:
    assert sum(len(file.content) for file in starter_files()) < 1_000_000


def test_the_files_hold_regions_years_and_values_in_the_projects_own_layout() -> None:
    for file in starter_files():
        lines = gzip.decompress(file.content).decode().splitlines()
        header = next(line for line in lines if not line.startswith("#"))
        assert header.startswith("region,") and header.endswith("year,value,flag")


@pytest.mark.django_db
def test_the_starter_figures_are_imported_like_any_file_and_a_second_time_not_at_all() -> None:
    load_catalogue()
    said: list[str] = []
    assert load_starter_figures(said.append, now=NOW) == 10
    assert load_starter_figures(said.append, now=NOW) == 0
    assert len(said) == 10
    for table in queries.datasets():
        report = ImportReport.from_json(table.current.report)
        assert (table.current.number, report.rejected, report.stops) == (1, 0, []), table.code
    assert country_codes("sbs_r_nuts06_r2") >= SOUTH_EAST_WITH_FIGURES
    assert country_codes("lfst_r_lfe2en2") >= SOUTH_EAST_WITH_FIGURES | {"MK", "EU"}


def country_codes(table: str) -> set[str]:
    frame = store.observations(queries.current_version(table))
    return {code[:2] for code in frame["region"]}


@pytest.mark.full_data
@pytest.mark.django_db
def test_every_starter_figure_is_the_published_one(full_tables: Path, tmp_path: Path) -> None:
    load_catalogue()
    results = {one.table: one for one in check(as_downloaded(full_tables, tmp_path / "tables"))}
    assert len(results) == 10
    for result in results.values():
        assert (result.different, result.absent) == (0, 0), result.sentence
    assert results["sbs_r_nuts06_r2"].compared == 21_216
    assert sum(one.compared for one in results.values()) > 80_000


def as_downloaded(tables: Path, folder: Path) -> Path:
    """The tables as files that say in their name or inside which table they are."""
    folder.mkdir()
    employment, raw = tables / "employment", tables / "indicators" / "raw_sdmx_csv"
    for file in (*employment.glob("sbs_*.csv"), *employment.glob("lfst_*_raw.tsv.gz"), *raw.glob("*.csv.gz")):
        table = {"gdp_pc": "nama_10r_2gdp_", "gdp_real": "nama_10r_2gvagr_"}
        prefix = next((code for part, code in table.items() if part in file.name), "")
        (folder / f"{prefix}{file.name}").symlink_to(file)
    long_file = tables / "indicators" / "nuts2_indicators_long_2000_2024.csv.gz"
    with gzip.open(long_file, "rt", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    write(folder / "tgs00010.csv", rows, "unemployment_rate_15_74_pct")
    write(folder / "tgs00040.csv", rows, "epo_patent_applications_p_mhab")
    write(folder / "demo_r_d2jan.csv", rows, "population_1_january")
    write(folder / "nama_10r_2gvagr_gva.csv", rows, "gva_volume_index_2015", na_item="B1G")
    return folder


def write(path: Path, rows: list[dict[str, str]], indicator: str, **dimensions: str) -> None:
    header = ["geo", *dimensions, "time", "value", "flag"]
    cells = [
        [row["geo"], *dimensions.values(), row["year"], row["value"], row["flag"]]
        for row in rows
        if row["indicator"] == indicator
    ]
    lines = [",".join(one) for one in (header, *cells)]
    path.write_text("\n".join(lines) + "\n")


@pytest.mark.django_db
def test_a_figure_that_differs_from_its_table_is_found(tmp_path: Path) -> None:
    load_catalogue()
    (file,) = starter_files({"tgs00042"})
    text = gzip.decompress(file.content).decode()
    line = next(one for one in text.splitlines() if one.startswith("BG31,"))
    region, sector, unit, year, value, flag = line.split(",")
    wrong = ",".join([region, sector, unit, year, f"{float(value) + 1:.2f}", flag])
    (tmp_path / "tgs00042.csv").write_text(text.replace(line, wrong))
    result = next(one for one in check(tmp_path) if one.table == "tgs00042")
    assert (result.different, result.absent) == (1, 0)
    assert "BG31" in result.differences[0]


@pytest.mark.django_db
def test_a_table_that_is_not_in_the_folder_is_said_to_be_missing(tmp_path: Path) -> None:
    load_catalogue()
    results = check(tmp_path)
    assert all(one.compared == 0 and "no file" in one.sentence for one in results)
