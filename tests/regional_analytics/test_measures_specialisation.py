"""Shares, quotients, Krugman's index and coverage: by hand, and by what must always hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.employment import employment, partly_known
from regional_analytics import (
    Notes,
    Panel,
    coverage,
    krugman_specialisation,
    location_quotient,
    share_in_region,
)

GOLDEN = Path(__file__).parents[1] / "golden" / "measures" / "bg31_persons_employed_2015.csv"
UNKNOWN = np.ma.masked

#                  wine  steel  toys
JOBS = np.array([[30.0, 10.0, 0.0],  # A
                 [10.0, 30.0, 20.0]])  # B    # fmt: skip


def unmasked(result: Any) -> np.ndarray:
    assert not np.ma.is_masked(result)
    return np.ma.getdata(result)


# Shares --------------------------------------------------------------------------------------------------


def test_three_of_four_people_in_a_make_wine() -> None:
    assert unmasked(share_in_region(JOBS)).tolist()[0] == [0.75, 0.25, 0.0]


def test_a_published_total_makes_the_share_smaller_than_the_sum_of_known_cells() -> None:
    jobs = np.ma.masked_equal([[30.0, -1.0], [10.0, 30.0]], -1.0)
    assert share_in_region(jobs)[0, 0] == 1.0
    assert share_in_region(jobs, region_totals=[40.0, 40.0])[0, 0] == 0.75


def test_an_unknown_cell_or_total_gives_an_unknown_share() -> None:
    jobs = np.ma.masked_equal([[30.0, -1.0], [10.0, 30.0]], -1.0)
    shares = share_in_region(jobs, region_totals=np.ma.masked_equal([40.0, -1.0], -1.0))
    assert shares.mask.tolist() == [[False, True], [True, True]]
    assert np.isnan(shares.data[shares.mask]).all()


def test_a_region_of_nobody_has_undefined_shares_and_a_note_with_its_name_to_be() -> None:
    notes = Notes()
    shares = share_in_region([[0.0, 0.0], [1.0, 3.0]], notes=notes)
    assert np.isnan(unmasked(shares)[0]).all()
    (note,) = notes.of_kind("undefined")
    assert (note.count, note.axes, note.positions) == (2, ("region",), ((0,),))


def test_a_part_above_its_whole_is_kept_and_noted() -> None:
    notes = Notes()
    shares = share_in_region([[5.1, 0.0]], region_totals=[5.0], notes=notes)
    assert shares[0, 0] == pytest.approx(1.02)
    assert notes.of_kind("part_above_whole")[0].positions == ((0, 0),)


# Location quotients --------------------------------------------------------------------------------------


def test_location_quotient_by_hand() -> None:
    """A: wine 0.75 of the region, 40 of 100 in the area; B: toys 20 of 60, 20 of 100."""
    quotient = unmasked(location_quotient(JOBS))
    assert quotient[0].tolist() == pytest.approx([0.75 / 0.4, 0.25 / 0.4, 0.0])
    assert quotient[1, 2] == pytest.approx((20 / 60) / 0.2)


def test_location_quotient_next_to_another_area() -> None:
    """Half of the other area makes wine, so 0.75 is one and a half times that."""
    assert location_quotient(JOBS, area=[50.0, 30.0, 20.0])[0, 0] == 1.5


def test_the_area_may_count_more_people_than_its_activities_show() -> None:
    """50 of 200 instead of 50 of 100: a quarter, and 0.75 is three times that."""
    assert location_quotient(JOBS, area=[50.0, 30.0, 20.0], area_total=200.0)[0, 0] == 3.0


def test_a_region_total_enters_the_quotient() -> None:
    assert location_quotient(JOBS, area=[50.0, 30.0, 20.0], region_totals=[60.0, 60.0])[0, 0] == 1.0


def test_unknown_cells_stay_unknown_and_are_left_out_of_the_sums_with_notes() -> None:
    notes = Notes()
    jobs = np.ma.masked_equal([[30.0, -1.0], [10.0, 30.0]], -1.0)
    quotient = location_quotient(jobs, notes=notes)
    assert quotient.mask.tolist() == [[False, True], [False, False]]
    assert quotient[0, 0] == pytest.approx(1.0 / (40 / 70))
    assert notes.count("partial_total") == 1
    assert notes.of_kind("partial_total")[0].positions == ((0,),)
    assert notes.of_kind("partial_area")[0].positions == ((1,),)


def test_an_unknown_area_masks_its_activity_only() -> None:
    area = np.ma.masked_equal([50.0, -1.0, 20.0], -1.0)
    assert location_quotient(JOBS, area=area).mask.tolist() == [[False, True, False]] * 2


def test_an_unknown_area_total_masks_everything() -> None:
    assert location_quotient(JOBS, area_total=UNKNOWN).mask.all()


def test_an_activity_nobody_has_is_undefined_and_named() -> None:
    notes = Notes()
    quotient = unmasked(location_quotient([[3.0, 0.0], [1.0, 0.0]], notes=notes))
    assert np.isnan(quotient[:, 1]).all()
    assert quotient[:, 0].tolist() == [1.0, 1.0]
    (note,) = notes.of_kind("undefined")
    assert (note.count, note.axes, note.positions) == (2, ("activity",), ((1,),))


def test_an_empty_region_is_counted_once_and_poisons_no_other() -> None:
    notes = Notes()
    quotient = unmasked(location_quotient([[0.0, 0.0], [3.0, 0.0]], notes=notes))
    assert np.isnan(quotient).tolist() == [[True, True], [False, True]]
    assert [(note.axes, note.count) for note in notes.of_kind("undefined")] == [
        (("region",), 2),
        (("activity",), 1),
    ]


def test_an_activity_the_area_lacks_and_the_region_has_has_no_bound() -> None:
    notes = Notes()
    quotient = unmasked(location_quotient([[3.0, 1.0]], area=[9.0, 0.0], notes=notes))
    assert np.isnan(quotient[0, 1])
    assert notes.of_kind("unbounded")[0].positions == ((0, 1),)
    assert notes.count("undefined") == 0


def test_an_area_of_nobody_gives_nan_and_never_infinity() -> None:
    assert np.isnan(unmasked(location_quotient([[0.0, 0.0]]))).all()


def test_nothing_is_rounded() -> None:
    assert float(location_quotient([[1.0, 2.0], [2.0, 4.0]], area=[3.0, 1.0])[0, 0]) == (1 / 3) / (3 / 4)


@given(employment(least=1), st.sampled_from([0.001, 7.0, 1e6]))
@settings(max_examples=40, deadline=None)
def test_counting_in_thousands_changes_no_quotient(jobs: np.ndarray, factor: float) -> None:
    np.testing.assert_allclose(location_quotient(jobs * factor), location_quotient(jobs), rtol=1e-12)


@given(partly_known(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_regions_in_another_order_give_the_same_in_that_order(jobs: Any, random: Any) -> None:
    order = list(range(jobs.shape[0]))
    random.shuffle(order)
    here, there = location_quotient(jobs)[order], location_quotient(jobs[order])
    assert np.array_equal(here.mask, there.mask)
    np.testing.assert_allclose(here.filled(-1), there.filled(-1), rtol=1e-12)


@given(employment(least=1))
@settings(max_examples=40, deadline=None)
def test_the_mean_quotient_of_a_region_is_one_when_weighted_by_the_area(jobs: np.ndarray) -> None:
    weights = jobs.sum(axis=0) / jobs.sum()
    np.testing.assert_allclose((location_quotient(jobs) * weights).sum(axis=1), 1.0, rtol=1e-12)


@given(employment(least=1))
@settings(max_examples=40, deadline=None)
def test_regions_that_are_the_area_in_small_have_quotients_of_one(jobs: np.ndarray) -> None:
    whole = jobs.sum(axis=0)
    alike = np.stack([whole, 2 * whole, 5 * whole])
    np.testing.assert_allclose(location_quotient(alike), 1.0, rtol=1e-12)


@given(partly_known())
@settings(max_examples=40, deadline=None)
def test_quotients_agree_with_a_data_frame_computation(jobs: Any) -> None:
    np.testing.assert_allclose(location_quotient(jobs).filled(np.nan), by_data_frame(jobs), rtol=1e-12)


def by_data_frame(jobs: Any) -> np.ndarray:
    """The same with group sums on a long table, unknown cells dropped: another road to the same figures."""
    shape = jobs.shape
    rows = pd.DataFrame(
        {
            "region": np.repeat(np.arange(shape[0]), shape[1]),
            "activity": np.tile(np.arange(shape[1]), shape[0]),
            "jobs": jobs.filled(np.nan).ravel(),
        }
    ).dropna()
    in_region = rows["jobs"] / rows.groupby("region")["jobs"].transform("sum")
    in_area = rows.groupby("activity")["jobs"].transform("sum") / rows["jobs"].sum()
    rows["quotient"] = (in_region / in_area).replace([np.inf, -np.inf], np.nan)
    table = rows.pivot_table(index="region", columns="activity", values="quotient", dropna=False)
    return table.reindex(index=range(shape[0]), columns=range(shape[1])).to_numpy(dtype=float)


# A region of today ---------------------------------------------------------------------------------------


def bg31() -> pl.DataFrame:
    return pl.read_csv(GOLDEN, comment_prefix="#", schema_overrides={"bg31": pl.Float64})


@pytest.mark.parametrize(
    ("reference", "clothing", "furniture"),
    [("regions", 15.974, 4.055), ("countries", 15.943, 4.077)],
)
def test_northwest_bulgaria_sews_sixteen_times_as_much_as_europe(
    reference: str, clothing: float, furniture: float
) -> None:
    """Checked by pocket calculator for C14: 14,511 of 133,940 next to the same share in the reference."""
    table = bg31()
    jobs = np.ma.masked_invalid([table["bg31"].fill_null(np.nan).to_numpy()])
    quotients = location_quotient(jobs, area=table[reference].to_numpy())[0]
    found = dict(zip(table["activity"], quotients, strict=True))
    assert found["C14"] == pytest.approx(clothing, abs=5e-4)
    assert found["C31"] == pytest.approx(furniture, abs=5e-4)
    assert quotients.argmax() == table["activity"].to_list().index("C14")
    assert coverage(jobs).activities.tolist() == [64]


def full_sbs(folder: Path) -> Panel:
    file = folder / "employment" / "sbs_r_nuts06_r2_persons_employed_2015.csv"
    return Panel.from_table(pl.read_csv(file), region="geo", activity="nace_r2")


@pytest.mark.full_data
def test_the_golden_figures_are_those_of_the_full_table(full_tables: Path) -> None:
    panel, table = full_sbs(full_tables), bg31()
    activities = table["activity"].to_list()
    assert activities == [code for code in panel.activities if len(code) == 3 and code[1:].isdigit()]
    for column, length in (("countries", 2), ("regions", 4)):
        codes = [code for code in panel.regions if len(code) == length]
        sums = panel.select(regions=codes, activities=activities).matrix(2015).sum(axis=0)
        assert sums.tolist() == table[column].to_list()
    ours = panel.select(regions=["BG31"], activities=activities).matrix(2015)[0]
    assert ours.tolist() == table["bg31"].to_list()


@pytest.mark.full_data
def test_the_quotients_of_the_sketched_page_come_out_of_the_full_table(full_tables: Path) -> None:
    """The sketch compares with the sum of all NUTS 2 regions; one decimal is what it prints."""
    panel = full_sbs(full_tables)
    codes = [code for code in panel.regions if len(code) == 4]
    regions = panel.select(regions=codes, activities=bg31()["activity"])
    found = regions.location_quotients().filter(region="BG31")
    quotients = dict(found.select("activity", "location_quotient").iter_rows())
    printed = {
        "C14": 16.0,
        "E36": 7.6,
        "D35": 5.0,
        "C31": 4.1,
        "C13": 4.0,
        "C23": 2.7,
        "C16": 2.6,
        "C10": 2.4,
    }
    assert {code: round(quotients[code], 1) for code in printed} == printed
    assert [code for code, value in quotients.items() if value is None] == ["B06", "B07", "C12", "C21"]


@pytest.mark.full_data
def test_the_full_table_agrees_with_a_data_frame_computation(full_tables: Path) -> None:
    panel = full_sbs(full_tables)
    codes = [code for code in panel.regions if len(code) == 4]
    jobs = panel.select(regions=codes, activities=bg31()["activity"]).matrix(2015)
    np.testing.assert_allclose(location_quotient(jobs).filled(np.nan), by_data_frame(jobs), rtol=1e-12)


# Krugman and coverage ------------------------------------------------------------------------------------


def test_krugman_by_hand() -> None:
    """A is 0.75, 0.25, 0 next to 0.4, 0.4, 0.2 in the area: 0.35 + 0.15 + 0.2."""
    assert krugman_specialisation(JOBS)[0] == pytest.approx(0.7)


def test_krugman_is_two_when_nothing_is_shared_and_zero_when_all_is() -> None:
    assert krugman_specialisation([[5.0, 0.0]], area=[0.0, 9.0]).tolist() == [2.0]
    assert krugman_specialisation([[1.0, 2.0]], area=[10.0, 20.0])[0] == pytest.approx(0.0)


def test_krugman_compares_over_the_activities_known_in_both() -> None:
    """Without the unknown third activity both mixes are halves."""
    jobs = np.ma.masked_equal([[5.0, 5.0, -1.0]], -1.0)
    assert krugman_specialisation(jobs, area=[10.0, 10.0, 80.0]).tolist() == [0.0]


def test_krugman_of_nobody_is_undefined_and_of_the_unknown_unknown() -> None:
    notes = Notes()
    jobs = np.ma.masked_equal([[0.0, 0.0], [-1.0, -1.0], [1.0, 1.0]], -1.0)
    index = krugman_specialisation(jobs, notes=notes)
    assert index.mask.tolist() == [False, True, False]
    assert np.isnan(index.data[0])
    assert notes.of_kind("undefined")[0].positions == ((0,),)


@given(employment(least=1))
@settings(max_examples=40, deadline=None)
def test_krugman_lies_between_nothing_and_two(jobs: np.ndarray) -> None:
    index = krugman_specialisation(jobs)
    assert (index >= 0).all() and (index <= 2).all()


def test_coverage_counts_activities_and_people() -> None:
    jobs = np.ma.masked_equal([[30.0, -1.0, 5.0], [10.0, 30.0, 0.0]], -1.0)
    known = coverage(jobs, region_totals=[50.0, 40.0])
    assert known.activities.tolist() == [2, 3]
    assert known.out_of == 3
    assert known.share_of_total.tolist() == [0.7, 1.0]


def test_coverage_without_a_total_knows_no_share_of_people() -> None:
    assert coverage(JOBS).share_of_total.mask.all()


def test_coverage_of_a_total_of_nobody_is_undefined() -> None:
    notes = Notes()
    share = coverage([[0.0, 0.0]], region_totals=[0.0], notes=notes).share_of_total
    assert np.isnan(unmasked(share)).all()
    assert notes.count("undefined") == 1
