"""How unlike two mixes of activities are: by hand, beside SciPy, with unknown cells."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.spatial import distance as scipy_distance

from factories.employment import employment, partly_known
from regional_analytics import NegativeEmployment, Notes, mix_distance
from regional_analytics.measures.inputs import RefusedInput

JOBS = [[30.0, 10.0, 0.0], [10.0, 30.0, 0.0], [0.0, 0.0, 5.0]]
METHODS = ("overlap", "krugman", "cosine", "jensen_shannon")


def test_the_overlap_is_what_would_have_to_change() -> None:
    """0.75 and 0.25 against 0.25 and 0.75: half of the jobs."""
    assert mix_distance(JOBS)[0].tolist() == [0.0, 0.5, 1.0]
    assert mix_distance(JOBS, method="krugman")[0].tolist() == [0.0, 1.0, 2.0]


def test_cosine_looks_at_the_angle() -> None:
    """(0.75 · 0.25 · 2) / (0.75² + 0.25²) = 0.6."""
    assert mix_distance(JOBS, method="cosine")[0].tolist() == pytest.approx([0.0, 0.4, 1.0])


@given(employment(least=1))
@settings(max_examples=60, deadline=None)
def test_scipy_agrees(jobs: np.ndarray) -> None:
    shares = jobs / jobs.sum(axis=1, keepdims=True)
    theirs = {
        "overlap": lambda p, q: scipy_distance.cityblock(p, q) / 2,
        "krugman": scipy_distance.cityblock,
        "cosine": scipy_distance.cosine,
        "jensen_shannon": lambda p, q: scipy_distance.jensenshannon(p, q, base=2),
    }
    for method, function in theirs.items():
        ours = mix_distance(jobs, method=method)
        for r in range(len(jobs)):
            for s in range(len(jobs)):
                # Near 0 a root makes 1e-8 of the rounding of 1e-16.
                assert float(ours[r, s]) == pytest.approx(function(shares[r], shares[s]), abs=1e-7)


@given(partly_known(least=1))
@settings(max_examples=60, deadline=None)
def test_both_mixes_are_over_what_is_known_of_both(jobs: np.ma.MaskedArray) -> None:
    unknown = np.ma.getmaskarray(jobs)
    for method in METHODS:
        found = mix_distance(jobs, method=method, least_coverage=0.0)
        assert (found.filled(-1) == found.filled(-1).T).all()
        for r in range(len(jobs)):
            for s in range(len(jobs)):
                both = ~(unknown[r] | unknown[s])
                if not both.any():
                    assert np.ma.getmaskarray(found)[r, s]
                    continue
                part = mix_distance(np.ma.getdata(jobs)[[r, s]][:, both], method=method)
                assert float(found[r, s]) == pytest.approx(float(part[0, 1]), abs=1e-7)


def test_a_region_of_nobody_has_no_mix() -> None:
    notes = Notes()
    for method in METHODS:
        assert np.isnan(mix_distance([[30.0, 10.0], [0.0, 0.0]], method=method, notes=notes)[0, 1])
    assert notes.count("undefined") == 4 * 2


def test_too_little_in_common_is_masked() -> None:
    notes = Notes()
    jobs = np.ma.masked_equal([[30.0, 10.0, -1.0], [10.0, -1.0, 5.0]], -1.0)
    found = mix_distance(jobs, notes=notes)
    assert np.ma.getmaskarray(found).tolist() == [[False, True], [True, False]]
    assert notes.count("too_little_in_common") == 1


def test_what_is_no_mix_is_refused() -> None:
    with pytest.raises(NegativeEmployment):
        mix_distance([[-1.0, 2.0]])
    with pytest.raises(RefusedInput, match="no method “angle”"):
        mix_distance(JOBS, method="angle")  # type: ignore[arg-type]
    with pytest.raises(RefusedInput, match="least coverage of -1"):
        mix_distance(JOBS, least_coverage=-1.0)
