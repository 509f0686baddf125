"""Complexity of a whole panel: the same as year by year, with names, states and what is unknown kept apart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings

from factories.employment import partly_known, rows
from regional_analytics import (
    CONVENTIONS,
    Diagnostics,
    NegativeEmployment,
    Panel,
    RefusedInput,
    economic_complexity,
    location_quotient,
    outlook,
    presence,
    reflections,
)
from regional_analytics.tables import NoSuchLabel

pytestmark = pytest.mark.filterwarnings("error")


def panel_of(*years: Any, first: int = 2015) -> Panel:
    """Matrices with masked cells as null, one a year; regions A, B, C and so on, activities a, b, c."""
    table = [
        (chr(65 + r), chr(97 + a), first + at, None if np.ma.is_masked(cell) else float(cell))
        for at, matrix in enumerate(years)
        for r, row in enumerate(np.ma.masked_array(matrix))
        for a, cell in enumerate(row)
    ]
    return Panel.from_table(rows(*table))


def random_jobs(seed: int, shape: tuple[int, int] = (7, 6)) -> np.ndarray:
    random = np.random.default_rng(seed)
    lean = np.exp(2 * np.minimum(random.normal(size=(shape[0], 1)) - random.normal(size=shape[1]), 0.3))
    return np.round(lean * random.lognormal(4, 0.6, shape))


LADDER = np.array([[30.0, 20.0, 10.0], [60.0, 20.0, 0.0], [90.0, 0.0, 0.0]])
HALF_KNOWN = np.ma.masked_equal([[20.0, 30.0, 40.0], [30.0, -1.0, 10.0], [60.0, 10.0, 5.0]], -1.0)


def test_a_year_of_a_panel_by_hand() -> None:
    """Of the area 180 of 230 are in a, 40 in b, 10 in c; of A 30, 20, 10 of 60, of B 60, 20, 0 of 80, of C all in a.

    Shares of A are ½, ⅓, ⅙, of B ¾, ¼, 0, of C 1; of the area 18/23, 4/23, 1/23. So A has b and c, B has b, C has a:
    C shares nothing with A and B.
    """
    found = panel_of(LADDER).complexity()
    assert found.present[0].tolist() == [[False, True, True], [False, True, False], [True, False, False]]
    assert found.diversity.tolist() == [[2, 1, 1]] and found.ubiquity.tolist() == [[1, 2, 1]]
    assert found.diagnostics[0].components == 2
    (note,) = [note for note in found.notes if note.kind == "disconnected"]
    assert note.places == ("C 2015",)


@pytest.mark.parametrize("convention", [*CONVENTIONS])
def test_it_is_the_same_as_the_measures_one_by_one(convention: str) -> None:
    years = [random_jobs(1), random_jobs(2)]
    panel, how = panel_of(*years), CONVENTIONS[convention]
    found = panel.complexity(convention=convention)
    for at, jobs in enumerate(years):
        there = presence(jobs)
        own = economic_complexity(there, scale=how.scale, signs=how.signs, ddof=how.ddof)
        regions, activities = own.regions, own.activities
        if how.method == "reflections":
            regions, activities = reflections(there, ddof=how.ddof)
        inside = activities
        if how.inside == "uncentred":
            raw = economic_complexity(there, scale="none")
            inside = raw.activities / np.nanstd(raw.regions)
        ahead = outlook(
            there, inside, counting=how.counting, divided_by=how.divided_by, less_density=how.less_density
        )
        index = ahead.index if how.index == "sum" else (ahead.index - ahead.index.mean()) / ahead.index.std()
        np.testing.assert_array_equal(found.present[at], there.data)
        for ours, theirs in (
            (found.quotient, location_quotient(jobs)),
            (found.region_complexity, regions),
            (found.activity_complexity, activities),
            (found.density, ahead.density),
            (found.gain, ahead.gain),
            (found.index, index),
        ):
            np.testing.assert_allclose(ours[at], np.ma.getdata(theirs), atol=1e-12)
        assert found.diagnostics[at] == pytest.approx(own.diagnostics, nan_ok=True)


def test_workers_change_nothing() -> None:
    panel = panel_of(
        *(random_jobs(seed) for seed in range(5)), HALF_KNOWN[:, [0, 1, 2, 0, 1, 2]][[0, 1, 2, 0, 1, 2, 0]]
    )
    one, two = panel.complexity(), panel.complexity(workers=2)
    for name in (
        "quotient",
        "present",
        "known",
        "density",
        "gain",
        "region_complexity",
        "activity_complexity",
        "index",
    ):
        np.testing.assert_array_equal(getattr(one, name), getattr(two, name))
    assert one.notes == two.notes
    assert one.diagnosis().equals(two.diagnosis(), null_equal=True)
    assert one.cells().equals(two.cells(), null_equal=True)


def test_refusals_come_with_names_whoever_works() -> None:
    panel = panel_of(LADDER, [[1.0, 2.0, 3.0], [4.0, -5.0, 6.0], [7.0, 8.0, 9.0]])
    for workers in (1, 2):
        with pytest.raises(NegativeEmployment, match="-5, at B b 2016"):
            panel.complexity(workers=workers)


def test_the_frames() -> None:
    found = panel_of(random_jobs(1), random_jobs(2)).complexity(convention="stata")
    assert found.regions().columns == ["region", "year", "diversity", "complexity", "outlook", "convention"]
    assert found.activities().columns == ["activity", "year", "ubiquity", "complexity", "convention"]
    assert found.diagnosis().columns == ["year", *Diagnostics._fields]
    cells = found.cells()
    assert cells.columns == [
        "region", "activity", "year", "value", "quotient", "present", "density", "gain", "state",
    ]  # fmt: skip
    assert (found.regions().height, found.activities().height, cells.height) == (14, 12, 84)
    assert found.regions()["convention"].unique().to_list() == ["stata"]
    row = cells.row(
        by_predicate=(pl.col("region") == "C") & (pl.col("activity") == "b") & (pl.col("year") == 2016),
        named=True,
    )
    assert row["gain"] == found.gain[1, 2, 1] and row["present"] == found.present[1, 2, 1]
    assert found.regions().filter(region="C", year=2016)["complexity"].to_list() == [
        found.region_complexity[1, 2]
    ]
    assert found.activities().filter(activity="b", year=2016)["ubiquity"].to_list() == [found.ubiquity[1, 1]]
    assert found.diagnosis()["year"].to_list() == [2015, 2016]


def test_options_are_what_a_region_lacks_the_best_first() -> None:
    found = panel_of(random_jobs(3), random_jobs(4)).complexity()
    for by in ("gain", "density"):
        best = found.options("B", year=2015, most=3, by=by)  # type: ignore[arg-type]
        assert best.columns == ["activity", "density", "complexity", "gain", "quotient"]
        lacks = [a for a, has in zip(found.cube.activities, found.present[0, 1], strict=True) if not has]
        score = dict(zip(found.cube.activities, getattr(found, by)[0, 1], strict=True))
        assert best["activity"].to_list() == sorted(lacks, key=lambda a: -score[a])[:3]
        assert best[by].to_list() == [score[a] for a in best["activity"]]
    assert found.options("B").equals(found.options("B", year=2016))


def test_options_nobody_asked_for_are_refused() -> None:
    found = panel_of(LADDER).complexity()
    with pytest.raises(RefusedInput, match="Choose density or gain"):
        found.options("A", by="complexity")  # type: ignore[arg-type]
    with pytest.raises(NoSuchLabel):
        found.options("X")
    with pytest.raises(NoSuchLabel):
        found.options("A", year=1999)


# What is unknown -----------------------------------------------------------------------------------------


def test_an_unknown_cell_is_null_and_no_option() -> None:
    found = panel_of(HALF_KNOWN).complexity()
    row = found.cells().filter(region="B", activity="b").row(0, named=True)
    assert {name: row[name] for name in ("value", "quotient", "present", "gain")} == dict.fromkeys(
        ("value", "quotient", "present", "gain")
    )
    assert row["density"] is not None and row["state"] == "not_published"
    assert "b" not in found.options("B")["activity"].to_list()
    (note,) = [note for note in found.notes if note.kind == "unknown_as_absent"]
    assert note.places == ("B b 2015",)


def test_a_region_of_which_nothing_is_known_has_no_figures_and_no_options() -> None:
    """Nothing is known of B: no density of 0, no outlook of 0, no diversity of 0."""
    table = np.ma.MaskedArray(random_jobs(1), mask=np.zeros((7, 6), dtype=bool))
    table[1] = np.ma.masked
    found = panel_of(table).complexity()
    assert found.regions().filter(region="B").row(0)[2:5] == (None, None, None)
    cells = found.cells().filter(region="B")
    assert cells.select("quotient", "present", "density", "gain").null_count().row(0) == (6, 6, 6, 6)
    assert found.options("B").height == 0
    assert found.regions().filter(pl.col("region") != "B")["outlook"].null_count() == 0


def test_a_year_of_which_nothing_is_known_is_empty_and_the_others_stay() -> None:
    years = [random_jobs(1), np.ma.masked_all((7, 6)), random_jobs(2)]
    found, without = panel_of(*years).complexity(), panel_of(years[0], years[2]).complexity()
    np.testing.assert_array_equal(found.region_complexity[[0, 2]], without.region_complexity)
    np.testing.assert_array_equal(found.gain[[0, 2]], without.gain)
    dark = found.regions().filter(year=2016)
    assert dark.select("diversity", "complexity", "outlook").null_count().row(0) == (7, 7, 7)
    assert found.activities().filter(year=2016).select("ubiquity", "complexity").null_count().row(0) == (6, 6)
    assert found.cells().filter(year=2016).select("quotient", "present", "density", "gain").null_count().row(
        0
    ) == (
        42,
        42,
        42,
        42,
    )
    assert found.options("A", year=2016).height == 0
    assert found.diagnosis()["components"].to_list() == [1, 0, 1]


@pytest.mark.parametrize("matrix", [np.ones((1, 3)), np.ones((3, 1)), np.zeros((3, 2)), np.ones((3, 3))])
def test_too_little_to_compare_gives_no_complexity_and_no_error(matrix: np.ndarray) -> None:
    for convention in CONVENTIONS:
        found = panel_of(matrix).complexity(convention=convention)
        told = found.region_complexity[0]
        assert np.isnan(told).all() or (CONVENTIONS[convention].method == "reflections" and (told == 0).all())
        assert (found.gain == 0).all() and found.options("A").height == 0
        assert np.isnan(found.diagnostics[0].second)


@given(partly_known())
@settings(max_examples=40, deadline=None)
def test_any_table_has_an_answer_in_any_convention(jobs: np.ma.MaskedArray) -> None:
    for convention in CONVENTIONS:
        found = panel_of(jobs).complexity(convention=convention)
        assert np.isfinite(found.index).all() and np.isfinite(found.gain).all()
        assert (found.gain[found.present] == 0).all()
        assert found.cells().height == jobs.size
        for region in found.cube.regions:
            assert not set(found.options(region)["activity"]) & {
                a
                for a, has in zip(
                    found.cube.activities, found.present[0, found.cube.at("region", region)], strict=True
                )
                if has
            }


# Presence, area, precision --------------------------------------------------------------------------------


def people(*counts: float) -> Panel:
    table = [(chr(65 + r), 2015, count) for r, count in enumerate(counts)]
    return Panel.from_table(rows(*table, columns="region year value"), activity=None)


def test_presence_may_be_per_head() -> None:
    jobs = random_jobs(5)
    heads = np.arange(1.0, 8.0) * 100
    for rule in ("per_head", "both"):
        found = panel_of(jobs).complexity(rule=rule, population=people(*heads), threshold=0.8)  # type: ignore[arg-type]
        there = presence(jobs, rule=rule, population=heads, threshold=0.8)  # type: ignore[arg-type]
        np.testing.assert_array_equal(found.present[0], there.data)
        assert (found.rule, found.threshold) == (rule, 0.8)


def test_people_are_found_by_the_name_of_their_region() -> None:
    panel, heads = panel_of(random_jobs(5)), people(*np.arange(1.0, 8.0))
    turned = Panel(
        heads.years, heads.regions[::-1], heads.activities, heads.values[:, ::-1], heads.states, heads.breaks
    )
    one, other = (panel.complexity(rule="per_head", population=given_) for given_ in (heads, turned))
    np.testing.assert_array_equal(one.present, other.present)
    with pytest.raises(NoSuchLabel):
        panel.complexity(rule="per_head", population=people(1.0, 2.0))


def test_people_by_activity_are_not_a_population() -> None:
    panel = panel_of(random_jobs(5))
    with pytest.raises(RefusedInput, match="6 activities instead of one figure a region"):
        panel.complexity(rule="per_head", population=panel)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"rule": "ica"}, "Choose rca"),
        ({"threshold": 0.0}, "above 0"),
        ({"threshold": np.nan}, "above 0"),
        ({"rule": "per_head"}, "population"),
        ({"convention": "harvard"}, "no convention"),
        ({"convention": replace(CONVENTIONS["datawheel"], steps=19)}, "even number"),
    ],
)
def test_an_impossible_question_is_refused_in_words(options: dict[str, Any], words: str) -> None:
    with pytest.raises(RefusedInput, match=words):
        panel_of(random_jobs(1)).complexity(**options)


def test_totals_and_areas_are_those_of_the_panel() -> None:
    """Next to B's ¾, ¼, 0 A has b and c, B ties with itself in a and b, and C has a. The total is no activity."""
    jobs = np.hstack([LADDER, LADDER.sum(axis=1, keepdims=True)])
    panel = panel_of(jobs)
    plain, totalled = panel_of(LADDER).complexity(), panel.complexity(total="d")
    assert totalled.cube.activities == ("a", "b", "c")
    np.testing.assert_array_equal(plain.present, totalled.present)
    against = panel.select(activities=["a", "b", "c"]).complexity(area="B")
    assert against.present[0].tolist() == [[False, True, True], [True, True, False], [True, False, False]]


def test_thirty_two_bits_are_near_enough() -> None:
    panel = panel_of(random_jobs(6, (60, 80)))
    exact, fast = panel.complexity(), panel.complexity(precision="fast")
    np.testing.assert_array_equal(exact.present, fast.present)
    for name in ("region_complexity", "activity_complexity", "density", "gain", "index"):
        np.testing.assert_allclose(getattr(fast, name), getattr(exact, name), atol=1e-3, rtol=1e-3)


def test_a_convention_of_your_own_keeps_its_name() -> None:
    """Seven regions with a spread of 1 by n − 1: their squares add up to 6."""
    found = panel_of(random_jobs(1)).complexity(convention=replace(CONVENTIONS["atlas"], name="ours", ddof=1))
    assert np.square(found.region_complexity).sum() == pytest.approx(6.0)
    assert found.regions()["convention"].unique().to_list() == ["ours"]


def test_an_anchor_turns_complexity_and_what_follows_from_it() -> None:
    """The nested table of before: A has all three. Where C, which has wine only, is the rich one, wine is complex."""
    rows = [("A", "wine"), ("A", "steel"), ("A", "glass"), ("B", "wine"), ("B", "steel"), ("C", "wine")]
    jobs = pl.DataFrame(
        {
            "region": [region for region, _ in rows],
            "activity": [activity for _, activity in rows],
            "year": [2015] * 6,
            "value": [5.0, 10.0, 10.0, 10.0, 10.0, 30.0],
        }
    )
    income = pl.DataFrame({"region": ["A", "B", "C"], "year": [2015] * 3, "value": [10.0, 15.0, 30.0]})
    panel = Panel.from_table(jobs, absent="zero")
    plain = panel.complexity()
    turned = panel.complexity(anchor=Panel.from_table(income, activity=None))
    np.testing.assert_allclose(turned.region_complexity, -plain.region_complexity)
    np.testing.assert_allclose(turned.activity_complexity, -plain.activity_complexity)
    assert turned.diagnostics[0].anchored > 0 > turned.diagnostics[0].correlation
    by_steps = panel.complexity(convention="datawheel", anchor=Panel.from_table(income, activity=None))
    assert np.sign(by_steps.region_complexity[0, 2]) == np.sign(turned.region_complexity[0, 2]) == 1


def test_regions_an_anchor_lacks_do_not_decide_and_one_with_activities_is_refused() -> None:
    jobs = pl.DataFrame(
        {
            "region": ["A", "A", "B", "C"],
            "activity": ["wine", "steel", "wine", "steel"],
            "year": [2015] * 4,
            "value": [20.0, 30.0, 30.0, 10.0],
        }
    )
    panel = Panel.from_table(jobs, absent="zero")
    income = pl.DataFrame({"region": ["A", "B"], "year": [2015] * 2, "value": [10.0, 30.0]})
    found = panel.complexity(anchor=Panel.from_table(income, activity=None))
    assert found.region_complexity[0, 1] > found.region_complexity[0, 0]
    with pytest.raises(RefusedInput, match="The anchor has 2 activities"):
        panel.complexity(anchor=panel)
