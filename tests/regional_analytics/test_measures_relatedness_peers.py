"""Relatedness and density next to the numbers of other packages: tests/golden/measures/relatedness_peers.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import regional_analytics as ra

GOLDEN = json.loads(
    (Path(__file__).parents[1] / "golden" / "measures" / "relatedness_peers.json").read_text(encoding="utf-8")
)
JOBS = np.array(GOLDEN["jobs"])
QUOTIENTS = ra.location_quotient(JOBS)
HAS, OTHERS = ra.presence(JOBS), ra.presence(GOLDEN["others"])
TOGETHER, REGIONS = ra.co_occurrence(HAS), len(JOBS)
NEAR, NEAR_TO_OTHERS = ra.proximity(HAS), ra.proximity(HAS, diagonal=0.0)
ACROSS = ra.cross_proximity(HAS, OTHERS)


def counted(method: Any) -> np.ndarray:
    return ra.relatedness(TOGETHER, method=method, totals="activity_counts", regions=REGIONS)


OURS: dict[tuple[str, str], Any] = {
    ("econcomplex", "proximity_max"): NEAR_TO_OTHERS,
    ("econcomplex", "proximity_sqrt"): ra.proximity(HAS, normalise="sqrt", diagonal=0.0),
    ("econcomplex", "proximity_min"): ra.proximity(HAS, normalise="min", diagonal=0.0),
    ("econcomplex", "region_proximity"): ra.region_proximity(HAS, diagonal=0.0),
    ("econcomplex", "relatedness_probability"): counted("probability"),
    ("econcomplex", "relatedness_association"): counted("association"),
    ("econcomplex", "relatedness_cosine"): counted("cosine"),
    ("econcomplex", "relatedness_jaccard"): counted("jaccard"),
    ("econcomplex", "continuous_correlation"): ra.continuous_proximity(QUOTIENTS, diagonal=0.0),
    ("econcomplex", "continuous_cosine"): ra.continuous_proximity(QUOTIENTS, method="cosine", diagonal=0.0),
    ("econcomplex", "z_score"): ra.z_score(HAS),
    ("econcomplex", "density_percent"): 100 * ra.relatedness_density(HAS, NEAR_TO_OTHERS),
    ("econcomplex", "relative"): ra.relative_density(HAS, NEAR_TO_OTHERS),
    ("econcomplex", "cross_proximity"): ACROSS,
    ("econcomplex", "cross_relatedness"): ra.cross_relatedness(HAS, ACROSS),
    ("econcomplex", "export_similarity"): ra.export_similarity(JOBS),
    ("econcomplex", "entropy"): ra.entropy(JOBS),
    ("ecomplexity", "proximity"): NEAR,
    ("ecomplexity", "asymmetric"): ra.proximity(HAS, normalise="asymmetric"),
    ("ecomplexity", "continuous"): ra.continuous_proximity(QUOTIENTS),
    ("ecomplexity", "density"): ra.relatedness_density(HAS, NEAR),
    # It reads an asymmetric matrix along the rows: the chance of the neighbours where p is, not of p where they are.
    ("ecomplexity", "density_asymmetric"): ra.relatedness_density(
        HAS, ra.proximity(HAS, normalise="asymmetric").T
    ),
    ("economic-complexity", "relatedness"): ra.relatedness_density(HAS, NEAR, counting="without_itself"),
    ("economic-complexity", "distance"): ra.distance(HAS, NEAR_TO_OTHERS),
    ("economic-complexity", "similarity"): ra.export_similarity(JOBS),
    ("economic-complexity", "relative"): ra.relative_density(HAS, NEAR_TO_OTHERS, among="all", ddof=1),
    ("economic-complexity", "cross_relatedness"): ra.cross_relatedness(HAS, ACROSS),
    ("fermi-cref", "taxonomy"): ra.taxonomy(HAS),
    ("fermi-cref", "assist"): ra.assist(HAS, OTHERS),
    ("EconGeo", "prob"): ra.relatedness(TOGETHER),
    ("EconGeo", "association"): ra.relatedness(TOGETHER, method="association"),
    ("EconGeo", "cosine"): ra.relatedness(TOGETHER, method="cosine"),
    ("EconGeo", "jaccard"): ra.relatedness(TOGETHER, method="jaccard"),
    ("EconGeo", "density_cosine"): ra.relatedness_density(HAS, ra.relatedness(TOGETHER, method="cosine")),
}
UNLIKE = {("ecomplexity", "density_knn3"), ("EconGeo", "z")}


def peer(package: str, name: str) -> np.ndarray:
    (found,) = (block["values"][name] for block in GOLDEN["peers"] if block["package"] == package)
    return np.array(found, dtype=float)


@pytest.mark.parametrize(("package", "name"), OURS, ids=" ".join)
def test_the_same_question_gets_the_same_answer(package: str, name: str) -> None:
    ours = np.ma.filled(OURS[package, name], np.nan)
    np.testing.assert_allclose(ours, peer(package, name), atol=1e-11, rtol=1e-11)


def test_no_number_of_a_peer_is_left_out() -> None:
    kept = {(block["package"], name) for block in GOLDEN["peers"] for name in block["values"]}
    assert kept == set(OURS) | UNLIKE


def test_z_scores_agree_off_the_diagonal_where_there_is_no_pair() -> None:
    off = ~np.eye(len(NEAR), dtype=bool)
    np.testing.assert_allclose(ra.z_score(HAS)[off], peer("EconGeo", "z")[off], rtol=1e-11)


def test_density_of_the_nearest_is_a_share_and_not_a_count() -> None:
    """ecomplexity 0.5.3 weighs the three nearest and then adds up presence alone: always a whole number."""
    counts = peer("ecomplexity", "density_knn3")
    assert set(np.unique(counts)) == {0.0, 1.0, 2.0, 3.0}
    ours = ra.relatedness_density(HAS, NEAR, counting="without_itself", nearest=3).data
    assert ours.max() <= 1.0 and ((ours > 0) & (ours < 1)).any()


def test_counting_an_activity_for_itself_makes_the_difference_between_packages() -> None:
    """With itself a basket looks denser: the diagonal is why two packages disagree on the same table."""
    inside = HAS.filled(False)
    gap = ra.relatedness_density(HAS, NEAR).data - ra.relatedness_density(HAS, NEAR_TO_OTHERS).data
    assert (gap[inside] >= 0).all() and (gap[~inside] <= 0).all() and gap.max() > 0.05
