"""Figures carried from one vintage to another; the weights in these tests are checked against the source table."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from regional_analytics.codes import nuts


def as_dict(moved: nuts.Conversion) -> dict[str, float]:
    return dict(zip(moved.codes, moved.values.tolist(), strict=True))


def test_a_stock_of_a_split_region_is_divided_by_its_people():
    # In 2021, 1.682 of the 3.014 million people of HU10 lived in what is now HU11: 55.8 %.
    moved = nuts.convert([1000.0], ["HU10"], from_=2013, to=2016)
    assert as_dict(moved) == pytest.approx({"HU11": 558.1, "HU12": 441.9}, abs=0.1)


def test_a_rate_of_a_split_region_is_taken_over_by_every_part():
    moved = nuts.convert([7.5], ["HU10"], from_=2013, to=2016, kind="rate")
    assert as_dict(moved) == pytest.approx({"HU11": 7.5, "HU12": 7.5})
    assert moved.estimated.tolist() == [1.0, 1.0]


def test_a_stock_of_merged_regions_is_added_and_nothing_is_estimated():
    moved = nuts.convert([30.0, 70.0], ["EL131", "EL133"], from_=2010, to=2013)
    assert as_dict(moved) == {"EL531": 100.0}
    assert moved.estimated.tolist() == [0.0]
    assert moved.low.tolist() == moved.high.tolist() == [100.0]


def test_a_rate_of_merged_regions_is_averaged_by_their_people_and_says_how_much_the_weight_matters():
    moved = nuts.convert([10.0, 20.0], ["EL131", "EL133"], from_=2010, to=2013, kind="rate")
    # Kozani has far more people than Grevena, so the average lies near 20; by land it lies nearer the middle.
    assert 18 < moved.values[0] < 19
    assert moved.low[0] < 17 < moved.values[0] <= moved.high[0]
    assert moved.estimated[0] == 0.0


def test_a_recoded_region_keeps_its_figure_exactly():
    moved = nuts.convert([12.5], ["EL12"], from_=2010, to=2024)
    assert as_dict(moved) == {"EL52": 12.5}
    assert moved.estimated.tolist() == [0.0]


def test_an_unchanged_region_keeps_its_figure_exactly():
    assert as_dict(nuts.convert([3.0, 4.0], ["BG31", "BG"], from_=2010, to=2024)) == {"BG": 4.0, "BG31": 3.0}


def test_the_estimated_part_is_the_part_of_the_figure_that_came_from_a_cut_region():
    # All of SI01 (900) is in SI03 now; of SI02 (100) 1.54 % by people: 901.54, of which 1.54 estimated.
    moved = nuts.convert([900.0, 100.0], ["SI01", "SI02"], from_=2010, to=2013)
    assert as_dict(moved)["SI03"] == pytest.approx(901.54, abs=0.01)
    assert moved.estimated[moved.codes.index("SI03")] == pytest.approx(1.543 / 901.543, abs=1e-5)
    assert moved.estimated[moved.codes.index("SI04")] == 1.0


def test_an_unknown_part_makes_the_whole_unknown():
    moved = nuts.convert([900.0, np.nan], ["SI01", "SI02"], from_=2010, to=2013)
    assert np.isnan(moved.values).all()
    assert np.isnan(moved.estimated).all()
    assert np.isnan(moved.low).all()


def test_masked_figures_are_unknown_too():
    figures = np.ma.masked_array([1.0, 2.0], mask=[False, True])
    moved = nuts.convert(figures, ["BG31", "BG32"], from_=2013, to=2024)
    assert moved.values[0] == 1.0
    assert np.isnan(moved.values[1])


def test_a_region_that_was_not_given_makes_its_target_unknown_and_is_noted():
    moved = nuts.convert([100.0], ["SI02"], from_=2010, to=2013)
    assert np.isnan(moved.values[moved.codes.index("SI03")])
    assert as_dict(moved)["SI04"] == pytest.approx(98.46, abs=0.01)
    assert [note.kind for note in moved.notes] == ["incomplete"]


def test_a_region_without_successor_is_noted_as_lost():
    moved = nuts.convert([1.0, 2.0], ["UKC1", "BG31"], from_=2021, to=2024)
    assert moved.codes == ("BG31",)
    (note,) = moved.notes
    assert (note.kind, note.positions) == ("lost", ((0,),))


def test_many_columns_are_carried_at_once():
    moved = nuts.convert([[30.0, 1.0], [70.0, np.nan]], ["EL131", "EL133"], from_=2010, to=2013)
    assert moved.values.shape == (1, 2)
    assert moved.values[0, 0] == 100.0
    assert np.isnan(moved.values[0, 1])


def test_zero_is_a_figure_and_stays_one():
    moved = nuts.convert([0.0], ["HU10"], from_=2013, to=2016)
    assert moved.values.tolist() == [0.0, 0.0]


@settings(max_examples=30, deadline=None)
@given(some.data())
def test_the_total_of_a_stock_stays_between_all_vintages(data):
    from_, to = data.draw(some.permutations(nuts.VINTAGES))[:2]
    level = data.draw(some.sampled_from((1, 2, 3)))
    weight = data.draw(some.sampled_from(nuts.WEIGHTS))
    countries = ("BG", "HR", "EL", "HU", "IT", "SI", "AT", "DE", "PL")
    regions = [code for code in nuts.codes(from_, level=level) if nuts.country(code) in countries]
    figures = np.random.default_rng(data.draw(some.integers(0, 999))).uniform(0, 1000, len(regions))
    moved = nuts.convert(figures, regions, from_=from_, to=to, weight=weight)
    assert not list(moved.notes)
    assert moved.values.sum() == pytest.approx(figures.sum())
    assert (moved.low <= moved.values + 1e-9).all()
    assert (moved.values <= moved.high + 1e-9).all()
    assert ((moved.estimated >= 0) & (moved.estimated <= 1)).all()


def test_a_rate_that_is_the_same_everywhere_stays_so():
    regions = list(nuts.codes(2010, level=3, country="DE"))
    moved = nuts.convert(np.full(len(regions), 5.0), regions, from_=2010, to=2024, kind="rate")
    assert moved.values == pytest.approx(np.full(len(moved.codes), 5.0))


def test_a_code_of_another_vintage_is_refused_by_name():
    with pytest.raises(nuts.UnknownRegion, match="NUTS 2016 has no region “HR05”"):
        nuts.convert([1.0], ["HR05"], from_=2016, to=2024)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"weight": "gdp"}, "no weight “gdp”"),
        ({"kind": "index"}, "stock or a rate"),
    ],
)
def test_unknown_ways_are_refused(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        nuts.convert([1.0], ["BG31"], from_=2013, to=2024, **arguments)


def test_a_region_given_twice_is_refused_by_name():
    with pytest.raises(ValueError, match="twice: BG31"):
        nuts.convert([1.0, 2.0], ["BG31", "BG31"], from_=2013, to=2024)


def test_an_unknown_vintage_is_refused():
    with pytest.raises(nuts.UnknownVintage):
        nuts.convert([1.0], ["BG31"], from_=2013, to=2025)


def test_a_tidy_table_is_carried_group_by_group():
    table = pl.DataFrame(
        {
            "region": ["EL131", "EL133", "EL131", "BG31"],
            "year": [2010, 2010, 2011, 2011],
            "value": [30.0, 70.0, 5.0, 8.0],
        }
    )
    moved = nuts.convert_table(table, from_=2010, to=2013).sort("year", "region")
    assert moved.columns == ["region", "year", "value", "estimated", "low", "high"]
    assert moved.select("region", "year", "value").rows() == [
        ("BG31", 2010, None),
        ("EL531", 2010, 100.0),
        ("BG31", 2011, 8.0),
        ("EL531", 2011, None),
    ]


def test_a_tidy_table_with_two_figures_for_one_cell_is_refused():
    table = pl.DataFrame({"region": ["BG31", "BG31"], "year": [2010, 2010], "value": [1.0, 2.0]})
    with pytest.raises(ValueError, match="two figures"):
        nuts.convert_table(table, from_=2010, to=2024)


@pytest.mark.full_data
def test_people_counted_in_one_vintage_arrive_as_those_counted_in_the_other(full_tables):
    """Both counts are of the same 2021 grid, so carrying by people must give the published ones."""

    def counted(vintage: int) -> dict[str, float]:
        table = pl.read_csv(full_tables / f"nuts/nuts_{vintage}_area_population.csv").filter(
            pl.col("level") == 2
        )
        return dict(table.select("nuts_id", "pop_2021").iter_rows())

    before, after = counted(2021), counted(2024)
    before = {
        code: people
        for code, people in before.items()
        if code[:2] not in ("UK", "NO", "IS", "CH", "LI") and "Z" not in code
    }
    moved = as_dict(nuts.convert(list(before.values()), list(before), from_=2021, to=2024))
    worst = max(abs(moved[code] / after[code] - 1) for code in moved if after.get(code))
    assert worst < 0.002
