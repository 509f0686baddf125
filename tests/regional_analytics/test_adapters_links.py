"""bicm through our door: tables whose null model is known beforehand, coins counted out, and bicm's own projection."""

from __future__ import annotations

import contextlib
import io
import itertools
import json
from pathlib import Path

import numpy as np
import pytest

from regional_analytics import Notes
from regional_analytics.adapters import link_validation
from regional_analytics.adapters.link_validation import NotSolved, inferred_advantage, validated_links

pytestmark = pytest.mark.library("bicm")

GOLDEN = Path(__file__).parents[1] / "golden" / "measures" / "inferred_advantage_fermi.json"
BLOCKS = np.array([[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 1], [0, 0, 1, 1]])


def nested_with_noise(seed: int, regions: int = 90, activities: int = 12) -> np.ndarray:
    draw = np.random.default_rng(seed)
    chance = np.outer(np.linspace(0.9, 0.2, regions), np.linspace(1.0, 0.3, activities))
    has = (draw.uniform(size=chance.shape) < chance).astype(int)
    # The last two go together.
    has[:, -2] = has[:, -1] ^ (draw.uniform(size=regions) < 0.03)
    return has


# Inferred advantage ----------------------------------------------------------------------------------------


def test_where_all_sums_are_equal_chance_spreads_evenly() -> None:
    found = inferred_advantage([[30.0, 10.0], [10.0, 30.0]])
    assert found.expected.tolist() == [[pytest.approx(20)] * 2] * 2
    np.testing.assert_allclose(found.advantage, [[1.5, 0.5], [0.5, 1.5]])


def test_the_expectation_keeps_the_sums_and_has_the_form_it_should() -> None:
    """1/⟨E⟩ = θ[r] + θ[a], so that its differences between two columns are the same in every row."""
    jobs = np.random.default_rng(2).gamma(0.5, 400, (12, 7)).round()
    expected = inferred_advantage(jobs).expected.filled(np.nan)
    assert expected.sum(axis=0) == pytest.approx(jobs.sum(axis=0), rel=1e-6)
    assert expected.sum(axis=1) == pytest.approx(jobs.sum(axis=1), rel=1e-6)
    assert np.ptp(np.diff(1 / expected, axis=1), axis=0).max() < 1e-9


def test_it_is_what_fermi_computes() -> None:
    golden = json.loads(GOLDEN.read_text())
    found = inferred_advantage(golden["employment"])
    np.testing.assert_allclose(found.advantage.filled(np.nan), golden["advantage"], rtol=1e-6)


@pytest.mark.parametrize("unit", [1e-4, 1e5])
def test_the_unit_makes_no_difference(unit: float) -> None:
    jobs = np.random.default_rng(2).gamma(0.5, 400, (12, 7)).round()
    here, there = inferred_advantage(jobs), inferred_advantage(jobs * unit)
    np.testing.assert_allclose(there.advantage, here.advantage, rtol=1e-6)
    np.testing.assert_allclose(there.expected, here.expected * unit, rtol=1e-6)


def test_single_people_are_people_and_no_presence() -> None:
    """Rows of 1, 1 and 3 people, columns of 2, 2 and 1; bicm by itself takes 0 and 1 for another model."""
    expected = inferred_advantage([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [1.0, 1.0, 1.0]]).expected
    assert expected.sum(axis=1).tolist() == pytest.approx([1, 1, 3])
    assert expected.sum(axis=0).tolist() == pytest.approx([2, 2, 1])


def test_a_model_that_does_not_keep_the_sums_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_validation, "CLOSE_ENOUGH", 0.0)
    with pytest.raises(NotSolved, match=r"off by .* Trim thin rows and columns"):
        inferred_advantage([[30.0, 10.0], [7.0, 31.0]])


@pytest.mark.parametrize(
    "has", [np.tril(np.ones((5, 4))), np.ones((4, 4)), np.eye(4), [[1, 0], [1, 1], [0, 0]]]
)
def test_what_chance_cannot_change_proves_nothing(has) -> None:
    """Perfectly nested, full, and every activity for itself: nothing is together more often than it must be."""
    found = validated_links(has, tail="exact", correction="none", level=0.5)
    assert not found.links.any()
    assert found.p.ravel().tolist() == pytest.approx([1] * found.p.size)


def test_nobody_is_undefined_and_touches_nobody_else() -> None:
    jobs = np.array([[30.0, 10.0, 0.0], [10.0, 30.0, 0.0], [0.0, 0.0, 0.0]])
    notes = Notes()
    found = inferred_advantage(jobs, notes=notes)
    assert notes.count("undefined") == 2
    assert np.isnan(found.advantage.filled(0)[2]).all() and np.isnan(found.advantage.filled(0)[:, 2]).all()
    assert found.advantage[:2, :2].tolist() == inferred_advantage(jobs[:2, :2]).advantage.tolist()


@pytest.mark.parametrize(("unknown", "axis"), [("leave_out_regions", 0), ("leave_out_activities", 1)])
def test_the_unknown_is_left_out_by_line(unknown, axis: int) -> None:
    jobs = np.ma.masked_equal([[30.0, 10.0, 5.0], [10.0, 30.0, 5.0], [7.0, 8.0, 99.0]], 99.0)
    notes = Notes()
    found = inferred_advantage(jobs, unknown=unknown, notes=notes)
    assert notes.of_kind("left_out")[0].positions == ((2,),)
    rest = jobs[:2] if axis == 0 else jobs[:, :2]
    kept = found.advantage[:2] if axis == 0 else found.advantage[:, :2]
    assert kept.tolist() == inferred_advantage(rest).advantage.tolist()
    assert found.advantage.mask.sum() == 3


# Validated links -------------------------------------------------------------------------------------------


def test_two_blocks_by_hand() -> None:
    """Everybody has 2 of 4, so every chance is ½, and two activities meet in a region with ¼: a binomial of 4 and ¼."""
    found = validated_links(BLOCKS, tail="exact", correction="none", level=0.3)
    two_or_more = 1 - 0.75**4 - 4 * 0.25 * 0.75**3
    assert found.expected[0, 1] == pytest.approx(1)
    assert found.p[0, 1] == pytest.approx(two_or_more)
    assert found.p[0, 2] == 1.0
    assert found.links.tolist() == [[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]]
    assert validated_links(BLOCKS).p[0, 1] == pytest.approx(1 - 2 / np.e)  # Poisson of mean 1


def test_corrections_by_hand() -> None:
    """Of 6 pairs two have p = 0.2617 and four have 1: the sixth of a level is what Bonferroni leaves; the rule of
    Benjamini & Hochberg allows the second of 6 two sixths."""
    assert not validated_links(BLOCKS, tail="exact", correction="bonferroni", level=0.8).links.any()
    assert validated_links(BLOCKS, tail="exact", correction="fdr", level=0.8).links.sum() == 4
    assert not validated_links(BLOCKS, tail="exact", correction="fdr", level=0.7).links.any()
    assert validated_links(BLOCKS, correction="bonferroni", level=0.6).threshold == pytest.approx(0.1)


def test_the_exact_tail_counts_out_all_coins() -> None:
    has = nested_with_noise(1, regions=6, activities=4)
    found = validated_links(has, tail="exact")
    import bicm

    with contextlib.redirect_stdout(io.StringIO()):
        graph = bicm.BipartiteGraph()
        graph.set_biadjacency_matrix(has)
        chance = graph.get_bicm_matrix()
    for one, other in itertools.combinations(range(4), 2):
        coins, seen = chance[:, one] * chance[:, other], int((has[:, one] * has[:, other]).sum())
        total = sum(
            np.prod(np.where(heads, coins, 1 - coins))
            for heads in itertools.product([True, False], repeat=6)
            if sum(heads) >= seen
        )
        assert found.p[one, other] == pytest.approx(total if seen else 1.0)


@pytest.mark.parametrize("correction", ["fdr", "bonferroni"])
@pytest.mark.parametrize("tail", ["poisson", "exact"])
@pytest.mark.parametrize("layer", ["activities", "regions"])
def test_it_keeps_what_bicm_keeps(layer, tail, correction) -> None:
    import bicm

    has = nested_with_noise(8)
    found = validated_links(has, layer=layer, tail=tail, correction=correction)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        graph = bicm.BipartiteGraph()
        graph.set_biadjacency_matrix(has)
        # Without the bar its exact tail on one thread goes through an empty list (3.4.0).
        graph.compute_projection(
            rows=layer == "regions",
            alpha=0.05,
            approx_method="poibin" if tail == "exact" else "poisson",
            threads_num=1,
            progress_bar=True,
            validation_method=correction,
        )
        theirs = graph.get_projected_pvals_mat("rows" if layer == "regions" else "columns")
    kept = graph.projected_rows_adj_list if layer == "regions" else graph.projected_cols_adj_list
    off = ~np.eye(len(theirs), dtype=bool)
    np.testing.assert_allclose(found.p[off], theirs[off], atol=1e-12)
    pairs = {(int(i), int(j)) for i, others in kept.items() for j in others}
    assert pairs == {(int(i), int(j)) for i, j in np.argwhere(np.triu(found.links))}
    if layer == "activities":
        assert (10, 11) in pairs


def test_what_everybody_has_proves_nothing() -> None:
    has = nested_with_noise(8)
    has[:, 5] = 1
    has[:, 6] = 0
    found = validated_links(has)
    assert found.p[5].min() > 0.4
    assert not found.links[5].any() and not found.links[6].any()
    order = np.random.default_rng(1).permutation(has.shape[1])
    again = validated_links(has[:, order])
    np.testing.assert_allclose(again.p, found.p[np.ix_(order, order)], rtol=1e-6)


def test_unknown_presence_counts_as_absent_only_on_request() -> None:
    has = np.ma.MaskedArray(nested_with_noise(8), mask=False)
    has[0, 0] = np.ma.masked
    notes = Notes()
    found = validated_links(has, unknown="as_absent", notes=notes)
    assert notes.count("unknown_as_absent") == 1
    assert found.together[0, 0] == has[1:, 0].sum()
