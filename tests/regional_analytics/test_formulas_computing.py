"""Formulas computed: by hand, and against pandas and `standing` as second implementations."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from regional_analytics.formulas import (
    REASONS,
    FormulaError,
    Result,
    evaluate,
    evaluation_order,
    grid,
    parse,
    readings,
)
from regional_analytics.formulas.grids import Grid
from regional_analytics.measures import standing
from regional_analytics.measures.inputs import RefusedInput, WrongShape

NAN = float("nan")


def computed(text: str, years: list[int] | None = None, **options: object) -> Result:
    """Two regions in three years; in 2016 the second has no jobs published."""
    figures = {
        "jobs": grid([[30.0, 20.0], [33.0, 22.0], [36.0, NAN]]),
        "people": grid([[60.0, 50.0], [60.0, 0.0], [72.0, 50.0]]),
    }
    names = {name.key for name in parse(text).names}
    wanted = {key: value for key, value in figures.items() if key in names}
    return evaluate(parse(text), wanted, years or [2014, 2015, 2016], **options)  # type: ignore[arg-type]


def values(text: str) -> list[list[float]]:
    return computed(text).value.values.tolist()


def reasons(found: Grid) -> list[list[str]]:
    return [[REASONS[code] for code in row] for row in found.reasons]


# Computing ----------------------------------------------------------------------------------------------


def test_jobs_for_each_thousand_inhabitants() -> None:
    """30 of 60 are 500 of 1,000; nobody lives in the second region in 2015: undefined, not infinite."""
    found = computed("per(jobs, people, 1000)").value
    np.testing.assert_equal(found.values, [[500.0, 400.0], [550.0, NAN], [500.0, NAN]])
    assert reasons(found) == [["known", "known"], ["known", "undefined"], ["known", "not_published"]]


def test_share_and_ratio_and_their_plain_spelling_agree() -> None:
    np.testing.assert_equal(values("share(jobs, people)"), values("100 * jobs / people"))
    np.testing.assert_equal(values("ratio(jobs, people)"), values("jobs ÷ people"))
    np.testing.assert_equal(values("per(jobs, people)"), values("jobs / people"))


def test_index_sets_its_year_to_a_hundred() -> None:
    np.testing.assert_allclose(values("index(jobs, 2014)"), [[100, 100], [110, 110], [120, NAN]])
    assert reasons(computed("index(jobs, 1999)").value) == [["not_published"] * 2] * 3


def test_change_is_told_in_percent_and_difference_in_units() -> None:
    np.testing.assert_allclose(values("change(jobs, 1)"), [[NAN, NAN], [10, 10], [100 / 11, NAN]])
    np.testing.assert_allclose(values("difference(jobs, 2)"), [[NAN, NAN], [NAN, NAN], [6, NAN]])


def test_change_looks_at_years_and_not_at_rows() -> None:
    """A table of 2010, 2012 and 2016 has no year before 2012 at a distance of one."""
    found = computed("change(jobs, 4)", [2010, 2012, 2016]).value
    np.testing.assert_allclose(found.values, [[NAN, NAN], [NAN, NAN], [100 * 3 / 33, NAN]])


def test_no_change_is_told_across_a_break() -> None:
    jobs = grid([[10.0], [20.0], [30.0], [60.0]], breaks=[[False], [False], [True], [False]])
    years = [2012, 2013, 2014, 2015]
    change = evaluate(parse("change(jobs, 1)"), {"jobs": jobs}, years).value
    np.testing.assert_equal(change.values[:, 0], [NAN, 100.0, NAN, 100.0])
    assert reasons(change)[2] == ["break"]
    index = evaluate(parse("index(jobs, 2014)"), {"jobs": jobs}, years).value
    np.testing.assert_equal(index.values[:, 0], [NAN, NAN, 100.0, 200.0])
    over_all = evaluate(parse("change(jobs, 3)"), {"jobs": jobs}, years).value
    assert reasons(over_all)[3] == ["break"]


def test_a_break_of_one_part_is_a_break_of_the_whole() -> None:
    jobs = grid([[10.0], [20.0]], breaks=[[False], [True]])
    people = grid([[10.0], [10.0]])
    found = evaluate(parse("change(jobs / people, 1)"), {"jobs": jobs, "people": people}, [2014, 2015]).value
    assert reasons(found)[1] == ["break"] and found.breaks.tolist() == [[False], [True]]


def test_growth_from_nothing_is_undefined() -> None:
    found = evaluate(parse("change(jobs, 1)"), {"jobs": grid([[0.0], [5.0]])}, [2014, 2015]).value
    assert reasons(found)[1] == ["undefined"]


def test_an_overflow_is_undefined_and_no_infinity_leaves() -> None:
    found = evaluate(parse("jobs * 1e300 * 1e300"), {"jobs": grid([[1e10]])}, [2015]).value
    assert np.isnan(found.values).all() and reasons(found) == [["undefined"]]


def test_a_secret_stays_a_secret() -> None:
    jobs = grid([[NAN]], confidential=[[True]])
    found = evaluate(parse("jobs / people"), {"jobs": jobs, "people": grid([[9.0]])}, [2015])
    assert reasons(found.value) == [["confidential"]] and found.parts_known.tolist() == [[1]]


def test_inputs_are_not_written_into() -> None:
    given = np.array([[10.0, NAN]])
    figures = {"jobs": grid(given)}
    evaluate(parse("minmax(jobs) * 0"), figures, [2015])
    np.testing.assert_equal(figures["jobs"].values, [[10.0, NAN]])
    np.testing.assert_equal(given, [[10.0, NAN]])


def test_figures_of_another_shape_and_infinite_ones_are_refused() -> None:
    with pytest.raises(WrongShape):
        evaluate(parse("a / b"), {"a": grid([[1.0]]), "b": grid([[1.0, 2.0]])}, [2015])
    with pytest.raises(WrongShape):
        grid([1.0, 2.0])
    with pytest.raises(RefusedInput):
        grid([[float("inf")]])


# Among regions: pandas as the second implementation -----------------------------------------------------

CROSS_SECTION = np.round(np.random.default_rng(7).normal(50, 20, (6, 40)), 0)
CROSS_SECTION[np.random.default_rng(8).random((6, 40)) < 0.2] = NAN


def across(text: str) -> np.ndarray:
    return evaluate(parse(text), {"x": grid(CROSS_SECTION)}, range(2010, 2016)).value.values


def test_ranks_are_those_of_pandas() -> None:
    frame = pd.DataFrame(CROSS_SECTION)
    np.testing.assert_equal(across("rank(x)"), frame.rank(axis=1, method="min", ascending=False).to_numpy())
    np.testing.assert_equal(across("rank(x, best=lowest)"), frame.rank(axis=1, method="min").to_numpy())


def test_percentiles_are_those_of_pandas_and_of_standing() -> None:
    frame = pd.DataFrame(CROSS_SECTION)
    by_half = (frame.rank(axis=1, method="average") - 0.5).div(frame.count(axis=1), axis=0) * 100
    np.testing.assert_allclose(across("percentile(x)"), by_half.to_numpy())
    region = int(np.flatnonzero(~np.isnan(CROSS_SECTION[0]))[3])
    assert across("percentile(x)")[0, region] == pytest.approx(standing(CROSS_SECTION[0], region).percentile)
    assert across("rank(x)")[0, region] == standing(CROSS_SECTION[0], region).rank


def test_zscores_and_minmax_are_those_of_pandas() -> None:
    frame = pd.DataFrame(CROSS_SECTION)
    centred = frame.sub(frame.mean(axis=1), axis=0)
    np.testing.assert_allclose(across("zscore(x)"), centred.div(frame.std(axis=1, ddof=0), axis=0))
    low, high = frame.min(axis=1), frame.max(axis=1)
    np.testing.assert_allclose(across("minmax(x)"), 100 * frame.sub(low, axis=0).div(high - low, axis=0))


def test_change_and_index_are_those_of_pandas() -> None:
    frame = pd.DataFrame(np.abs(CROSS_SECTION) + 1)
    figures = {"x": grid(frame.to_numpy())}
    found = evaluate(parse("change(x, 2)"), figures, range(2010, 2016)).value.values
    np.testing.assert_allclose(found, frame.pct_change(2, fill_method=None).to_numpy() * 100)
    found = evaluate(parse("index(x, 2012)"), figures, range(2010, 2016)).value.values
    np.testing.assert_allclose(found, frame.div(frame.iloc[2], axis=1).to_numpy() * 100)


def test_a_minus_turns_every_normalisation_round() -> None:
    np.testing.assert_allclose(across("minmax(-x)"), 100 - across("minmax(x)"))
    np.testing.assert_allclose(across("percentile(-x)"), 100 - across("percentile(x)"))
    np.testing.assert_allclose(across("zscore(-x)"), -across("zscore(x)"))


def test_equal_regions_have_no_spread_to_stand_in() -> None:
    found = evaluate(parse("minmax(x)"), {"x": grid([[5.0, 5.0], [5.0, NAN]])}, [2014, 2015]).value
    assert reasons(found) == [["undefined"] * 2, ["undefined", "not_published"]]


# Composites ---------------------------------------------------------------------------------------------

# Three regions; work is a rate of which little is good. The third region lacks skills, the fourth all but income.
PARTS = {
    "gdp": grid([[10.0, 20.0, 30.0, 20.0]]),
    "skills": grid([[40.0, 20.0, NAN, NAN]]),
    "unemployment": grid([[5.0, 10.0, 15.0, NAN]]),
}
TEXT = "composite(minmax, income=gdp, skills, work=-unemployment)"


def composed(weights: dict[str, float] | None = None, minimum: int | None = None) -> Result:
    return evaluate(parse(TEXT), PARTS, [2015], weights=weights, minimum=minimum)


def test_a_composite_worked_by_hand() -> None:
    """minmax: income 0 50 100 50; skills 100 0; work 100 50 0. Weights 2 1 1."""
    found = composed({"income": 2, "skills": 1, "work": 1}, minimum=2)
    np.testing.assert_allclose(
        found.value.values, [[(0 + 100 + 100) / 4, (100 + 0 + 50) / 4, (200 + 0) / 3, NAN]]
    )
    assert found.parts_known.tolist() == [[3, 3, 2, 1]]
    assert reasons(found.value) == [["known", "known", "known", "too_few_parts"]]
    np.testing.assert_equal(found.components["work"].values, [[100.0, 50.0, 0.0, NAN]])
    assert found.parts == ("income", "skills", "work") and found.weights["income"] == 2


def test_without_a_word_on_coverage_every_part_is_needed() -> None:
    assert reasons(composed().value) == [["known", "known", "too_few_parts", "too_few_parts"]]


def test_too_few_parts_are_never_zero() -> None:
    found = composed(minimum=3).value
    assert found.masked.mask.tolist() == [[False, False, True, True]]
    assert np.isnan(found.values[0, 2])


def test_nothing_known_at_all_says_that_it_is_not_published() -> None:
    unknown = {key: grid([[NAN]]) for key in PARTS}
    found = evaluate(parse(TEXT), unknown, [2015], minimum=1)
    assert reasons(found.value) == [["not_published"]]


def test_a_composite_is_the_weighted_mean_of_pandas() -> None:
    chance = np.random.default_rng(11)
    figures = {}
    for key in ("a", "b", "c"):
        data = chance.normal(0, 1, (3, 50))
        data[chance.random((3, 50)) < 0.3] = NAN
        figures[key] = grid(data)
    weights = {"a": 3.0, "b": 1.0, "c": 0.5}
    found = evaluate(parse("composite(zscore, a, b, c)"), figures, [1, 2, 3], weights=weights, minimum=2)
    frames = {key: pd.DataFrame(one.values) for key, one in figures.items()}
    scores = {k: f.sub(f.mean(axis=1), axis=0).div(f.std(axis=1, ddof=0), axis=0) for k, f in frames.items()}
    total = sum((s * weights[k]).fillna(0) for k, s in scores.items())
    weight = sum(s.notna() * weights[k] for k, s in scores.items())
    known = sum(s.notna().astype(int) for s in scores.values())
    expected = (total / weight).where(known >= 2)  # type: ignore[operator, union-attr]
    np.testing.assert_allclose(found.value.values, expected.to_numpy())


def test_a_composite_can_be_scaled_and_its_coverage_stays() -> None:
    found = evaluate(parse(f"{TEXT} / 10"), PARTS, [2015], minimum=2)
    np.testing.assert_allclose(found.value.values, composed(minimum=2).value.values / 10)
    assert found.parts_known.tolist() == [[3, 3, 2, 1]]


# Order --------------------------------------------------------------------------------------------------


def test_indicators_are_computed_after_those_they_name() -> None:
    given = {"c": parse("b + a"), "a": parse("jobs"), "b": parse("a / people")}
    assert evaluation_order(given) == ("a", "b", "c")


@pytest.mark.parametrize(
    ("given", "path"),
    [({"a": "a + 1"}, "a → a"), ({"a": "b", "b": "c / 2", "c": "2 * a"}, "a → b → c → a")],
)
def test_a_circle_is_refused_with_its_way_round(given: dict[str, str], path: str) -> None:
    with pytest.raises(FormulaError) as caught:
        evaluation_order({code: parse(text) for code, text in given.items()})
    assert caught.value.kind == "cycle" and path in str(caught.value)


def test_the_cells_behind_a_value_are_named_with_their_years() -> None:
    formula = parse("index(jobs, 2010) + change(people - jobs, 2) / rank(rate, best=lowest)")
    assert readings(formula, 2015) == (
        ("jobs", 2015),
        ("jobs", 2010),
        ("people", 2015),
        ("people", 2013),
        ("jobs", 2013),
        ("rate", 2015),
    )


def test_a_level_without_a_single_year_has_no_growth_and_no_error() -> None:
    nothing = grid(np.empty((0, 0)))
    for text in ("change(jobs, 1)", "difference(jobs, 5)", "index(jobs, 2015)", "minmax(jobs)", "jobs / 2"):
        assert evaluate(parse(text), {"jobs": nothing}, []).value.values.shape == (0, 0)
