"""Stability of complexity: against plain loops draw by draw, what must hold, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from regional_analytics import (
    BALANCED,
    STEADY,
    Mark,
    NotAPresence,
    Notes,
    OptionScheme,
    StabilityScheme,
    cell_bounds,
    complexity_stability,
    economic_complexity,
    outlook,
    presence,
    weigh_options,
)
from regional_analytics.measures.complexity.outlook import outlook_of
from regional_analytics.measures.inputs import NegativeEmployment, NotFinite, RefusedInput

NEAREST = OptionScheme("nearest", "1", relatedness=1)


def jobs(regions: int = 12, activities: int = 9, seed: int = 0, size: float = 60.0) -> Any:
    """A nested world: the more a region can, the rarer what it has."""
    chance = np.random.default_rng(seed)
    can, hard = np.sort(chance.random(regions))[::-1], np.sort(chance.random(activities))
    return (
        chance.poisson(size * np.exp(2 * np.outer(can, hard) + chance.normal(0, 0.7, (regions, activities))))
        * 1.0
    )


def ranked(values: Any) -> Any:
    return np.array([np.nan if np.isnan(v) else 1 + (values > v + 1e-11).sum() for v in values])


def told(found: Any, ranks: Any, listed: Any, judged: Any) -> None:
    """The result against ranks and lists of every draw, (draws, regions) and (draws, regions, activities)."""
    for r in range(ranks.shape[1]):
        own = np.sort(ranks[:, r][~np.isnan(ranks[:, r])])
        for end, share in ((found.lowest, 0.05), (found.median, 0.5), (found.highest, 0.95)):
            assert end[r] == own[max(int(np.ceil(share * own.size - 1e-9)) - 1, 0)]
    share = np.where(judged.sum(axis=0) > 0, listed.sum(axis=0) / np.maximum(judged.sum(axis=0), 1), np.nan)
    np.testing.assert_allclose(found.share_listed.filled(np.nan), share)


def first(score: Any, options: Any, top: int) -> Any:
    """The best options of each row, those equal to the last with them."""
    return np.array(
        [
            [bool(can[a] and (row[can] > row[a] + 1e-11).sum() < top) for a in range(row.size)]
            for row, can in zip(score, options, strict=True)
        ]
    )


def test_counts_drawn_by_plain_loops_say_the_same() -> None:
    table, seed, draws = jobs(), 5, 40
    found = complexity_stability(table, seed=seed, draws=draws, drawn="counts", options=NEAREST, top=3)
    chance = np.random.default_rng(seed)
    ranks, lists, judged = [], [], []
    for _ in range(draws):
        has = presence(chance.poisson(table).astype(float)).filled(False)
        index = economic_complexity(has)
        near = outlook(has, index.activities).density
        ranks.append(ranked(index.regions))
        known = ~np.isnan(near) & ~np.isnan(index.activities) & ~np.isnan(index.regions)[:, None]
        judged.append(known)
        lists.append(first(near, known & ~has, 3))
    told(found, np.array(ranks), np.array(lists), np.array(judged))
    base = economic_complexity(presence(table).filled(False)).regions
    np.testing.assert_allclose(found.complexity, base)
    assert found.rank.tolist() == ranked(base).tolist()
    expected = [np.corrcoef(found.rank, row)[0, 1] for row in ranks]
    np.testing.assert_allclose(found.agreement, expected)


def test_activities_drawn_by_plain_loops_say_the_same() -> None:
    """Columns repeated for complexity; for the density each neighbour counted as often as it was drawn."""
    has = presence(jobs(seed=3)).filled(False).astype(float)
    found = complexity_stability(has, given="presence", seed=2, draws=40, options=NEAREST, top=2)
    chance = np.random.default_rng(2)
    used = has.sum(axis=0)
    near = (has.T @ has) / np.maximum.outer(used, used)
    ranks, lists, judged = [], [], []
    for _ in range(40):
        drawn = chance.integers(0, 9, 9)
        level = economic_complexity(has[:, drawn]).regions
        ranks.append(ranked(level))
        with np.errstate(invalid="ignore"):
            density = (has[:, drawn] @ near[drawn]) / near[drawn].sum(axis=0)
        known = ~np.isnan(density) & ~np.isnan(level)[:, None]
        judged.append(known)
        lists.append(first(np.nan_to_num(density), known & (has == 0), 2))
    told(found, np.array(ranks), np.array(lists), np.array(judged))


def test_regions_drawn_by_plain_loops_say_the_same() -> None:
    """Activities are judged by those drawn; all regions are ranked by the mean over what they have."""
    has = presence(jobs(seed=4)).filled(False).astype(float)
    found = complexity_stability(
        has, given="presence", seed=2, draws=40, drawn="regions", options=NEAREST, top=2
    )
    chance = np.random.default_rng(2)
    ranks, lists, judged = [], [], []
    for _ in range(40):
        drawn = chance.integers(0, 12, 12)
        hard = economic_complexity(has[drawn]).activities
        level = np.array([np.nanmean(hard[row > 0]) for row in has])
        ranks.append(ranked(level))
        density = outlook(has[drawn], hard).density
        known, listed = np.zeros(has.shape, dtype=bool), np.zeros(has.shape, dtype=bool)
        for r in set(drawn.tolist()):
            row = density[drawn.tolist().index(r)]
            known[r] = ~np.isnan(row) & ~np.isnan(hard)
            listed[r] = first([np.nan_to_num(row)], [known[r] & (has[r] == 0)], 2)[0]
        judged.append(known)
        lists.append(listed)
    told(found, np.array(ranks), np.array(lists), np.array(judged))


def test_the_list_is_that_of_weigh_options() -> None:
    table = jobs(seed=6)
    found = complexity_stability(table, seed=1, draws=5, top=3)
    has = presence(table)
    index = economic_complexity(has)
    ahead = outlook(has, index.activities)
    criteria = {"relatedness": ahead.density, "complexity": index.activities, "gain": ahead.gain}
    options = weigh_options(criteria, replace(BALANCED, most_options=3), has)
    assert found.listed.tolist() == options.listed.tolist()
    assert (~found.option_mark.mask).tolist() == options.listed.filled(False).tolist()


def test_neighbours_counted_as_often_as_drawn_are_columns_repeated() -> None:
    """Every activity twice is every neighbour twice: densities stay, and gains with them."""
    has = presence(jobs(seed=8)).filled(False).astype(float)
    level = economic_complexity(has).activities
    for counting in ("with_itself", "without_itself"):
        once = outlook_of(has, level, counting=counting, notes=Notes())  # type: ignore[arg-type]
        twice = outlook_of(has, level, counting=counting, counted=np.full(9, 2.0), notes=Notes())  # type: ignore[arg-type]
        np.testing.assert_allclose(once.density, twice.density)
        np.testing.assert_allclose(once.gain, twice.gain, atol=1e-12)
        np.testing.assert_allclose(2 * once.index, twice.index)


def test_more_people_make_firmer_ranks_and_a_seed_is_a_seed() -> None:
    small = complexity_stability(jobs(), seed=1, draws=80, drawn="counts")
    large = complexity_stability(jobs(), seed=1, draws=80, drawn="counts", draws_per_unit=1e6)
    assert (large.highest - large.lowest).sum() < (small.highest - small.lowest).sum()
    assert large.agreement.min() > 0.999 and large.rank.tolist() == large.median.tolist()
    assert (large.rank_mark == Mark.RELIABLE).all() and (large.option_mark == Mark.RELIABLE).all()
    assert set(np.unique(large.share_listed.compressed())) <= {0.0, 1.0}
    again = complexity_stability(jobs(), seed=1, draws=80, drawn="counts")
    other = complexity_stability(jobs(), seed=2, draws=80, drawn="counts")
    assert again.share_listed.tolist() == small.share_listed.tolist() != other.share_listed.tolist()


def test_where_diversity_hardly_tells_rankings_turn_round_and_that_can_be_told_apart() -> None:
    as_it_is = complexity_stability(jobs(), seed=1, draws=80, drawn="counts")
    turned = complexity_stability(jobs(), seed=1, draws=80, drawn="counts", high_end="as_in_the_table")
    assert as_it_is.agreement.min() < -0.5 < turned.agreement.min()
    np.testing.assert_allclose(np.abs(as_it_is.agreement), np.abs(turned.agreement), atol=0.2)
    gamma = complexity_stability(
        jobs(), seed=1, draws=80, drawn="counts", law="gamma", high_end="as_in_the_table"
    )
    assert abs(gamma.agreement.mean() - turned.agreement.mean()) < 0.05


def test_marks_follow_the_scheme() -> None:
    found = complexity_stability(jobs(), seed=1, draws=100, drawn="counts", top=2)
    span = (found.highest - found.lowest) / 11
    expected = np.where(span <= 0.1, Mark.RELIABLE, np.where(span <= 0.25, Mark.WITH_CARE, Mark.DO_NOT_RELY))
    assert found.rank_mark.tolist() == expected.tolist()
    share, marked = found.share_listed, ~found.option_mark.mask
    expected = np.where(share >= 0.8, Mark.RELIABLE, np.where(share >= 0.5, Mark.WITH_CARE, Mark.DO_NOT_RELY))
    assert (found.option_mark == expected)[marked].all()
    strict = StabilityScheme("strict", "1", wide=0, widest=0, enough=1, fewest=1, level=0.99)
    assert complexity_stability(jobs(), seed=1, draws=100, drawn="counts", scheme=strict).scheme is strict


def test_unknown_cells_are_drawn_between_their_bounds() -> None:
    whole = jobs(seed=9)
    hidden = np.ma.MaskedArray(whole, mask=np.zeros(whole.shape, dtype=bool))
    hidden[0, :3] = hidden[1, :3] = np.ma.masked
    totals = whole.sum(axis=1)
    found = complexity_stability(
        hidden, seed=3, draws=60, drawn="nothing", unknown="between_bounds", region_totals=totals
    )
    bounds = cell_bounds(hidden, region_totals=totals)
    chance = np.random.default_rng(3)
    has = []
    for _ in range(60):
        filled = bounds.lowest.data + (bounds.highest.data - bounds.lowest.data) * chance.random(whole.shape)
        has.append(presence(filled).filled(False))
    np.testing.assert_allclose(found.share_present.filled(np.nan), np.mean(has, axis=0))
    assert found.agreement.std() > 0


def test_unknown_cells_count_as_absent_and_are_no_options() -> None:
    notes = Notes()
    hidden = np.ma.MaskedArray(jobs(), mask=False)
    hidden[3, 4] = np.ma.masked
    found = complexity_stability(hidden, seed=1, draws=10, drawn="counts", notes=notes)
    assert found.listed.mask[3, 4] and found.share_listed.mask[3, 4] and notes.count("unknown_as_absent") == 1


def test_what_nobody_has_and_who_has_nothing_stay_without_rank() -> None:
    has = np.zeros((5, 5))
    has[:4, :4] = np.tri(4)
    found = complexity_stability(has, given="presence", seed=1, draws=50)
    assert found.rank.mask.tolist() == [False] * 4 + [True] and found.ranked_in[4] == 0
    assert found.share_listed.mask[:, 4].all() and found.share_listed.mask[4].all()
    assert found.rank_mark.mask[4] and not found.rank_mark.mask[:4].any()
    for nothing in (np.zeros((3, 4)), np.ones((3, 4)), np.ones((1, 4)), np.ma.masked_all((3, 4))):
        empty = complexity_stability(nothing, given="presence", seed=1, draws=5)
        assert empty.rank.mask.all() and empty.share_listed.mask.all() and np.isnan(empty.agreement).all()
    for drawn in ("activities", "regions", "counts"):
        apart = complexity_stability(np.eye(4), seed=1, draws=20, drawn=drawn)  # type: ignore[arg-type]
        assert apart.draws == 20


def test_growth_and_size_are_held_where_the_scheme_asks_for_them() -> None:
    scheme = OptionScheme("demand", "1", growth=1)
    found = complexity_stability(
        jobs(), seed=1, draws=20, options=scheme, top=1, held={"growth": np.arange(9.0)}
    )
    listed = found.listed.filled(False)
    for r in range(12):
        options = np.flatnonzero(~found.listed.mask[r])
        assert np.flatnonzero(listed[r]).tolist() == options[-1:].tolist()
    with pytest.raises(RefusedInput, match="needs growth"):
        complexity_stability(jobs(), seed=1, options=scheme)
    with pytest.raises(RefusedInput, match="held still"):
        complexity_stability(jobs(), seed=1, held={"gain": np.arange(9.0)})


@pytest.mark.parametrize(
    ("table", "changes", "refusal"),
    [
        (None, {"draws": 0}, RefusedInput),
        (None, {"top": 0}, RefusedInput),
        (None, {"drawn": "years"}, RefusedInput),
        (None, {"law": "normal"}, RefusedInput),
        (None, {"unknown": "zero"}, RefusedInput),
        (None, {"given": "shares"}, RefusedInput),
        (None, {"high_end": "up"}, RefusedInput),
        (None, {"drawn": "nothing"}, RefusedInput),
        (None, {"unknown": "between_bounds"}, RefusedInput),
        (None, {"threshold": 0.0}, RefusedInput),
        (None, {"drawn": "counts", "draws_per_unit": 0.0}, RefusedInput),
        (None, {"drawn": "counts", "draws_per_unit": 1e18}, RefusedInput),
        (None, {"given": "presence"}, NotAPresence),
        ([[1, 0], [0, 1]], {"given": "presence", "drawn": "counts"}, RefusedInput),
        ([[-1.0, 2.0], [1.0, 2.0]], {}, NegativeEmployment),
        ([[np.nan, 2.0], [1.0, 2.0]], {}, NotFinite),
    ],
)
def test_bad_input_is_refused(table: Any, changes: Any, refusal: Any) -> None:
    with pytest.raises(refusal):
        complexity_stability(jobs() if table is None else table, **({"seed": 1, "draws": 3} | changes))


@pytest.mark.parametrize(
    "changes", [{"wide": 0.5}, {"fewest": 0.9}, {"enough": 1.5}, {"level": 1.0}, {"widest": float("nan")}]
)
def test_a_scheme_that_makes_no_sense_is_refused(changes: Any) -> None:
    with pytest.raises(RefusedInput, match="steady"):
        replace(STEADY, **changes)


def test_no_input_is_written_into() -> None:
    table = jobs()
    before = table.copy()
    for drawn in ("activities", "regions", "counts"):
        complexity_stability(table, seed=1, draws=3, drawn=drawn)  # type: ignore[arg-type]
    assert (table == before).all()


def test_an_anchor_tells_which_end_is_high_in_the_table_and_in_every_draw() -> None:
    """Turned round, every draw is turned round with the table, so that they agree as much as before."""
    people = jobs()
    up = economic_complexity(presence(people)).regions
    same = complexity_stability(people, seed=1, draws=60, drawn="counts", anchor=up)
    turned = complexity_stability(people, seed=1, draws=60, drawn="counts", anchor=-up)
    np.testing.assert_allclose(same.complexity, up)
    np.testing.assert_allclose(turned.complexity, -up)
    np.testing.assert_allclose(turned.agreement, same.agreement)
    with pytest.raises(RefusedInput):
        complexity_stability(people, seed=1, draws=2, anchor=up[:-1])
