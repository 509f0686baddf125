"""The real tables, where somebody has them: every cell of the raw file is the cell of the tidy one."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from regional_analytics import sources

pytestmark = pytest.mark.full_data

CELL = ["region", "activity", "series", "year"]


def test_raw_lfs_file_and_its_tidy_copy_agree_cell_by_cell(full_tables: Path) -> None:
    folder = full_tables / "employment"
    raw = sources.read(folder / "lfst_r_lfe2en2_2008_2015_raw.tsv.gz").observations
    tidy = sources.read(
        folder / "lfst_r_lfe2en2_employment_by_section_nuts2_2008_2015_tidy.csv.gz"
    ).observations
    assert (raw.height, raw["value"].count()) == (224_520, 161_235)
    assert (tidy.height, tidy["value"].count()) == (90_944, 80_219)
    both = tidy.join(
        raw.with_columns(pl.col("series").str.strip_prefix("THS.")), on=CELL, how="left", suffix="_raw"
    )
    assert both.height == tidy.height
    assert both["line_raw"].null_count() == 0
    assert both.filter(pl.col("value").ne_missing(pl.col("value_raw"))).height == 0
    assert both.filter(pl.col("state") != pl.col("state_raw")).height == 0
    assert both.filter(pl.col("flag") != pl.col("flag_raw")).height == 0


def test_sbs_file_has_its_46859_rows_of_which_37944_are_filled(full_tables: Path) -> None:
    reading = sources.read(full_tables / "employment" / "sbs_r_nuts06_r2_persons_employed_2015.csv")
    assert reading.problems == ()
    assert (reading.observations.height, reading.observations["value"].count()) == (46_859, 37_944)
    assert reading.observations["state"].value_counts().sort("count").rows() == [
        ("not_published", 8_915),
        ("reported", 37_944),
    ]


@pytest.mark.parametrize(
    ("name", "table", "rows", "filled"),
    [
        ("eurostat_gdp_pc_pps_nuts2", None, 9_865, 9_865),
        ("eurostat_gdp_pc_pps_rel_eu_nuts2", None, 9_865, 9_865),
        ("eurostat_gdp_real_nuts2", None, 10_224, 10_224),
        ("eurostat_nama_10r_2gdp", "nama_10r_2gdp", 4_625, 4_625),
        ("eurostat_tgs00007_employment_rate", "tgs00007", 3_744, 3_744),
        ("eurostat_tgs00042_gerd_rd_expenditure", "tgs00042", 2_523, 2_329),
        ("eurostat_tgs00109_tertiary_education_25_64", "tgs00109", 3_732, 3_732),
    ],
)
def test_each_download_is_read_whole(
    full_tables: Path, name: str, table: str | None, rows: int, filled: int
) -> None:
    reading = sources.read(full_tables / "indicators" / "raw_sdmx_csv" / f"{name}.csv.gz")
    assert reading.problems == ()
    assert reading.dataset_code == table
    assert (reading.observations.height, reading.observations["value"].count()) == (rows, filled)
    if name.startswith("eurostat_tgs00042"):
        assert reading.observations.filter(pl.col("state") == "confidential").height == 194


def test_answers_of_real_services_are_read_or_refused_for_the_right_reason(full_tables: Path) -> None:
    folder = full_tables / "fixtures"
    bulk = sources.read(folder / "bulk_tsv_lfst_r_lfe2en2_ge15_bg_el_ro_hr.tsv").observations
    assert bulk.filter((pl.col("region") == "BG31") & (pl.col("activity") == "A"))["value"].to_list() == [
        *(22.8, 25.4, 24.5, 20.0, 19.3, 21.3, 27.6, 28.1),
    ]
    jobs = sources.read(folder / "jsonstat_nama_10_a64_e_at_2021_ths_per.json")
    assert (jobs.dataset_code, jobs.observations.height, jobs.observations["value"].count()) == (
        "nama_10_a64_e",
        96,
        94,
    )
    flagged = sources.read(folder / "sdmx_csv_1_0_samples.csv").observations
    assert flagged.select("value", "flag").rows() == [(66.5, "bd"), (66.6, "d")]
    labelled = sources.read(folder / "sdmx_csv_2_0_labels_both_tgs00042_bg_el_ro.csv")
    assert (labelled.dimensions, labelled.observations.height) == (("sectperf", "unit"), 120)
    reasons = {
        "jsonstat_ert_bil_eur_a_usd_2018.json": sources.DimensionsUnclear,  # exchange rates have no region
        "jsonstat_old_api_nama_gdp_c_it_fr.json": sources.RetiredFormat,
        "sdmx_ml_2_1_estat/GOV_10Q_GGNFA.xml": sources.OtherFormat,
        "sdmx_ml_2_1_estat/CL_FREQ.xml": sources.OtherFormat,
        "sdmx_ml_2_1_estat/footer.xml": sources.ErrorAnswer,
    }
    for name, reason in reasons.items():
        with pytest.raises(reason):
            sources.read(folder / name)
