"""Complexity and outlook next to the numbers of other packages: tests/golden/measures/complexity_peers.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy.stats import rankdata

import regional_analytics as ra
from regional_analytics.tables.complexity import PanelComplexity

GOLDEN = json.loads(
    (Path(__file__).parents[1] / "golden" / "measures" / "complexity_peers.json").read_text(encoding="utf-8")
)
JOBS = np.array(GOLDEN["jobs"])
HAS = ra.presence(JOBS).filled(False)
PEERS = {
    block["package"]: {name: np.array(values, dtype=float) for name, values in block["values"].items()}
    for block in GOLDEN["peers"]
}
PANEL = ra.Panel.from_table(
    {
        "region": [f"r{row:02d}" for row in range(JOBS.shape[0]) for _ in range(JOBS.shape[1])],
        "activity": [f"a{column:02d}" for _ in range(JOBS.shape[0]) for column in range(JOBS.shape[1])],
        "year": [2015] * JOBS.size,
        "value": JOBS.ravel().tolist(),
    }
)


def by(convention: str) -> PanelComplexity:
    return PANEL.complexity(convention=convention)


ECOMPLEXITY, ECONCOMPLEX = PEERS["ecomplexity"], PEERS["econcomplex"]
DATAWHEEL, FERMI = PEERS["economic-complexity"], PEERS["fermi-cref"]
ECONGEO, ECONOMICCOMPLEXITY = PEERS["EconGeo"], PEERS["economiccomplexity"]
FIELDS = {
    "eci": "region_complexity",
    "pci": "activity_complexity",
    "density": "density",
    "coi": "index",
    "cog": "gain",
}


def close(ours: Any, theirs: np.ndarray, within: float = 1e-10) -> None:
    np.testing.assert_allclose(ours, theirs, atol=within, rtol=within)


@pytest.mark.parametrize(
    ("convention", "peer", "names"),
    [
        ("stata", ECOMPLEXITY, ("eci", "pci", "density", "coi", "cog")),
        ("econcomplex", ECONCOMPLEX, ("eci", "pci", "coi", "cog")),
        ("datawheel", DATAWHEEL, ("eci", "pci", "density")),
    ],
    ids=["ecomplexity", "econcomplex", "economic-complexity"],
)
def test_a_convention_gives_the_numbers_of_its_package(
    convention: str, peer: dict[str, np.ndarray], names: tuple[str, ...]
) -> None:
    found = by(convention)
    for name in names:
        close(getattr(found, FIELDS[name])[0], peer[name])


def test_the_gain_of_economic_complexity_is_ours_where_the_activity_is_absent() -> None:
    """It tells a gain of what a region has already, too."""
    absent = ~HAS.astype(bool)
    close(by("datawheel").gain[0][absent], DATAWHEEL["gain"][absent])
    assert (DATAWHEEL["gain"][~absent] != 0).all() and (by("datawheel").gain[0][~absent] == 0).all()


def test_econcomplex_measures_the_rest_as_we_do() -> None:
    regions, activities = ra.reflections(HAS, scale="percent")
    close(regions, ECONCOMPLEX["mor_regions_18"], 1e-9)
    close(activities, ECONCOMPLEX["mor_activities_19"], 1e-9)
    close(ra.basket_complexity(HAS, ECONCOMPLEX["pci"]), ECONCOMPLEX["subnational"])
    found = ra.fitness(HAS, tolerance=0.0, most_steps=10_000)
    close(found.regions, ECONCOMPLEX["fitness"])
    close(found.activities, ECONCOMPLEX["fitness_complexity"])
    half = ra.fitness(HAS, variant="extremal", extremality=0.5, tolerance=0.0, most_steps=10_000)
    close(half.regions, ECONCOMPLEX["fitness_half"])
    close(half.activities, ECONCOMPLEX["complexity_half"])


def test_econcomplex_lets_the_signs_of_regions_and_activities_clash() -> None:
    """There ECI is minus the mean PCI of the basket; ours is the mean, and its own numbers are asked for by name."""
    clash = GOLDEN["clash"]
    there = np.array(clash["presence"])
    apart = ra.economic_complexity(there, scale="own", signs="apart")
    close(apart.regions, np.array(clash["eci"]))
    close(apart.activities, np.array(clash["pci"]))
    notes = ra.Notes()
    ra.economic_complexity(there, notes=notes)
    assert [note.meaning for note in notes] == [
        "what fewer regions have is the less complex by the diversity of regions"
    ]
    together = ra.economic_complexity(there, scale="own")
    close(together.activities, -np.array(clash["pci"]))
    means = ra.basket_complexity(there, clash["pci"])
    assert np.corrcoef(means, clash["eci"])[0, 1] == pytest.approx(-1.0)


def test_fermi_agrees_but_for_the_sign_of_activities() -> None:
    """fermi-cref 0.2.0 turns PCI so that it rises with ubiquity: what everybody has would be the most complex."""
    found = ra.economic_complexity(HAS, scale="own")
    close(found.regions, FERMI["eci"])
    close(found.activities, -FERMI["pci"])
    ubiquity = HAS.sum(axis=0)
    assert (
        np.corrcoef(FERMI["pci"], ubiquity)[0, 1] > 0.5 > -0.5 > np.corrcoef(found.activities, ubiquity)[0, 1]
    )


def test_fitness_and_nestedness_of_fermi() -> None:
    """Its NODF is the mean of the two sides, Almeida-Neto's (and ours) the mean of all pairs of both."""
    found = ra.fitness(HAS, tolerance=0.0, most_steps=5000)
    close(found.regions, FERMI["fitness"])
    close(found.activities, FERMI["complexity"])
    stable = ra.fitness(HAS, variant="stable", offset=0.001, tolerance=1e-13)
    assert stable.converged
    close(stable.regions, FERMI["fitness_stable"] / FERMI["fitness_stable"].mean())
    close(stable.activities, FERMI["complexity_stable"] / FERMI["complexity_stable"].mean())
    close(ra.basket_fitness(HAS, FERMI["complexity"]), FERMI["exogenous"])
    nested = ra.nestedness(HAS)
    close((nested.regions + nested.activities) / 2, FERMI["nodf"])
    close(ra.nestedness(HAS, ties="counted").whole, FERMI["s_nodf"])


def test_the_formulas_of_econgeo_tell_the_same_order_but_for_their_rounding() -> None:
    """EconGeo rounds the matrix to four digits and divides by the sum: z-scored it is within a hundredth of ours."""
    found = by("econgeo")
    for ours, name in ((found.region_complexity[0], "kci"), (found.activity_complexity[0], "tci")):
        theirs = ECONGEO[name]
        close(ours, (theirs - theirs.mean()) / theirs.std(ddof=1), 0.01)
        assert not np.allclose(ours, (theirs - theirs.mean()) / theirs.std(ddof=1), atol=1e-6)


def test_the_formulas_of_the_r_package_up_to_the_sign_it_left_to_chance() -> None:
    found = by("r-economiccomplexity")
    for ours, name in ((found.region_complexity[0], "eci"), (found.activity_complexity[0], "pci")):
        close(ours, ECONOMICCOMPLEXITY[name] * np.sign(ours @ ECONOMICCOMPLEXITY[name]))
    regions, activities = ra.reflections(HAS, ddof=1)
    close(regions, ECONOMICCOMPLEXITY["eci_reflections"])
    close(activities, ECONOMICCOMPLEXITY["pci_reflections"])


def test_conventions_move_advice() -> None:
    """The same table, two conventions: 13 outlooks are ranked otherwise, and twelve regions have another best option."""
    atlas, other = by("atlas"), by("datawheel")
    ranks = [rankdata(found.index[0]) for found in (atlas, other)]
    assert np.corrcoef(ranks[0], ranks[1])[0, 1] == pytest.approx(0.504, abs=1e-3)
    best = [[found.options(r, most=1)["activity"][0] for r in PANEL.regions] for found in (atlas, other)]
    assert sum(one != two for one, two in zip(*best, strict=True)) == 12


@pytest.mark.full_data
def test_countries_of_the_world_are_ranked_as_ecomplexity_ranks_them(full_tables: Path) -> None:
    file = full_tables / "trade" / "world_exports_country_sitc_avg_1998_2000.csv.gz"
    exports = pl.read_csv(file, schema_overrides={"product": pl.String}).with_columns(year=1999)
    panel = ra.Panel.from_table(exports, region="country", activity="product", absent="zero")
    found = panel.complexity(convention="stata")
    assert found.present.shape == (1, 226, 785) and len(found.notes) == 0
    ranked = found.regions().sort("complexity", descending=True)["region"].to_list()
    assert ranked[:10] == GOLDEN["exports"]["first"]
    assert ranked[-10:] == GOLDEN["exports"]["last"]
    fast = panel.complexity(convention="stata", precision="fast")
    np.testing.assert_allclose(fast.region_complexity, found.region_complexity, atol=1e-4)
    np.testing.assert_allclose(fast.gain, found.gain, atol=1e-4)
