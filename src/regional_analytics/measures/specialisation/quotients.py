"""Other readings of a location quotient: made symmetric, made additive, against people, and averaged over a region.

Shapes everywhere: employment is (regions, activities); masked cells are unknown, and results are masked where an
unknown input enters.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import Cells, Masked, masked, ratio, read_jobs, read_total
from regional_analytics.measures.specialisation.location_quotient import compared_mixes, location_quotient
from regional_analytics.measures.totals import (
    area_of,
    note_absent_activities,
    note_empty_regions,
    region_totals_of,
)
from regional_analytics.notes import Notes


def symmetric_quotient(
    employment: npt.ArrayLike,
    *,
    area: npt.ArrayLike | None = None,
    region_totals: npt.ArrayLike | None = None,
    area_total: float | None = None,
    notes: Notes | None = None,
) -> Masked:
    """The location quotient on a scale where half as much and twice as much are equally far from the average.

        SQ[r, a] = (LQ[r, a] − 1) / (LQ[r, a] + 1)

    employment, area, region_totals, area_total   as in location_quotient
    Returns (regions, activities), from −1 (nobody) over 0 (the area's average) up to, never quite, 1. Masked, NaN and
    noted as the quotient is.
    Raises NegativeEmployment, NotFinite, WrongShape.
    Source: Dalum, Laursen & Villumsen (1998), International Review of Applied Economics 12(3); Laursen (2015),
    Eurasian Business Review 5(1). Also known as revealed symmetric comparative advantage (RSCA).

    >>> symmetric_quotient([[30.0, 10.0], [10.0, 30.0]]).round(9).tolist()      # of 1.5 and 0.5
    [[0.2, -0.333333333], [-0.333333333, 0.2]]
    """
    quotient = location_quotient(
        employment, area=area, region_totals=region_totals, area_total=area_total, notes=notes
    )
    values = quotient.filled(np.nan)
    return masked((values - 1.0) / (values + 1.0), ~np.ma.getmaskarray(quotient))


def normalised_advantage(
    employment: npt.ArrayLike,
    *,
    area: npt.ArrayLike | None = None,
    region_totals: npt.ArrayLike | None = None,
    area_total: float | None = None,
    notes: Notes | None = None,
) -> Masked:
    """How many people more than expected a cell has, as a part of everybody in the area.

        NA[r, a] = E[r, a] / E[·, ·]  −  E[r, ·] E[·, a] / E[·, ·]²

    employment, area, region_totals, area_total   as in location_quotient
    Returns (regions, activities), from −¼ to ¼; 0 is the area's average. Times the area's total these are people. Next to
    the area of all regions, rows and columns of known cells add up to 0, so unlike quotients they may be added. Masked
    where the cell, its region's total or the area's activity is unknown; NaN and a note "undefined" where the area has
    nobody at all. A region or an activity of nobody has exactly what is expected: 0.
    Raises NegativeEmployment, NotFinite, WrongShape.
    Source: Yu, Cai & Leung (2009), The Annals of Regional Science 43(1). Also known as NRCA.

    >>> normalised_advantage([[30.0, 10.0], [10.0, 30.0]]).tolist()      # ten people of eighty
    [[0.125, -0.125], [-0.125, 0.125]]
    """
    notes = Notes() if notes is None else notes
    cells = read_jobs(employment, "Employment")
    totals = region_totals_of(cells, region_totals, notes)
    reference = area_of(cells, area, area_total, notes)
    whole = np.asarray(reference.total)
    known = cells.known & totals.known[:, None] & reference.activities.known & ~np.isnan(whole)
    notes.add(
        "undefined", "0/0: nobody works in the area", count=int(known.sum()) if reference.total == 0 else 0
    )
    expected = ratio(totals.values, whole)[:, None] * ratio(reference.activities.values, whole)
    return masked(ratio(cells.values, whole) - expected, known)


def per_head_quotient(
    employment: npt.ArrayLike,
    *,
    population: npt.ArrayLike,
    area: npt.ArrayLike | None = None,
    area_population: float | None = None,
    notes: Notes | None = None,
) -> Masked:
    """How many people work in an activity for each inhabitant, next to the whole area.

        PQ[r, a] = (E[r, a] / P[r]) / (E[·, a] / P[·])

    employment        (regions, activities), people
    population        (regions,), inhabitants
    area              (activities,), people in the reference area; by default the known cells of all regions
    area_population   inhabitants of the area; by default the sum of population, unknown when one of them is
    Returns (regions, activities); 1 is the area's average. A quotient of shares asks what a region leans on, this one
    whether there is much of it. Masked where the cell, the population or the area is unknown. NaN where nobody lives
    in the region or nobody works in the activity (note "undefined", or "unbounded" where somebody does work).
    Raises NegativeEmployment, NotFinite, WrongShape.
    Source: Bustos, Gomez, Hausmann & Hidalgo (2012), PLoS ONE 7(11), who call it RPOP.

    >>> per_head_quotient([[30.0, 20.0], [10.0, 20.0]], population=[25.0, 75.0]).round(6).tolist()
    [[3.0, 2.0], [0.333333, 0.666667]]
    """
    notes = Notes() if notes is None else notes
    cells = read_jobs(employment, "Employment")
    people = read_jobs(population, "Population", ("region",), shape=cells.values.shape[:1])
    reference = area_of(cells, area, None, notes)
    if area_population is not None:
        heads = read_total(area_population, "The area's population")
    else:  # with a region's people unknown the area's are too: all heads, or none
        heads = float(people.values.sum()) if people.known.all() else float("nan")
    note_empty_regions(
        Cells(cells.values, cells.known & (cells.values == 0)), people, notes, "nobody lives in the region"
    )
    note_absent_activities(cells, reference, people, notes)
    deserted = cells.known & (people.known & (people.values == 0))[:, None] & (cells.values > 0)
    notes.add(
        "unbounded",
        "people work where nobody lives",
        axes=("region", "activity"),
        positions=np.argwhere(deserted),
    )
    here = ratio(cells.values, people.values[:, None])
    there = ratio(reference.activities.values, np.asarray(heads))
    known = cells.known & people.known[:, None] & reference.activities.known & ~np.isnan(heads)
    return masked(ratio(here, there), known)


def average_quotient(
    employment: npt.ArrayLike, *, area: npt.ArrayLike | None = None, notes: Notes | None = None
) -> Masked:
    """How concentrated the activity of a region's average worker is, next to the area.

        AQ[r] = Σ_a s[r, a] LQ[r, a] = Σ_a s[r, a]² / t[a]       s, t the two mixes, over the activities known in both

    employment   (regions, activities), people
    area         (activities,), people; by default the known cells of all regions
    Returns (regions,), at least 1, which is the area's own mix. Both mixes are taken over the same known activities.
    Masked where a region has none; NaN and a note "undefined" where one of the two sums is 0, and a note "unbounded"
    where the area has nobody in something the region has.
    Raises NegativeEmployment, NotFinite, WrongShape.
    Source: Hoover & Giarratani (1985), An Introduction to Regional Economics, where it is a coefficient of
    specialisation.

    >>> average_quotient([[30.0, 10.0], [10.0, 30.0]]).tolist()      # 0.75 · 1.5 + 0.25 · 0.5
    [1.25, 1.25]
    """
    notes = Notes() if notes is None else notes
    mixes = compared_mixes(employment, area, notes)
    alien = (mixes.there == 0) & (mixes.here > 0)
    notes.add(
        "unbounded",
        "a share next to an area's share of 0 has no bound",
        axes=("region", "activity"),
        positions=np.argwhere(alien),
    )
    term = np.divide(mixes.here**2, mixes.there, out=np.zeros_like(mixes.here), where=mixes.there != 0)
    total = np.where(alien.any(axis=1), np.nan, term.sum(axis=1))
    return masked(total, mixes.known)


def hachman_index(
    employment: npt.ArrayLike, *, area: npt.ArrayLike | None = None, notes: Notes | None = None
) -> Masked:
    """How alike a region's mix of activities is to the area's.

        H[r] = 1 / Σ_a s[r, a] LQ[r, a] = 1 / AQ[r]

    employment, area   as in average_quotient, of which this is the inverse
    Returns (regions,), up to 1 (the area's own mix); a diversified region in the sense of looking like the area. Masked,
    NaN and noted as there.
    Raises NegativeEmployment, NotFinite, WrongShape.
    Source: named after Frank Hachman, University of Utah; used by the Utah Bureau of Economic and Business Research
    since the 1990s.

    >>> hachman_index([[30.0, 10.0], [10.0, 30.0]]).tolist()
    [0.8, 0.8]
    >>> hachman_index([[30.0, 10.0]], area=[60.0, 20.0]).tolist()      # the area's own mix
    [1.0]
    """
    average = average_quotient(employment, area=area, notes=notes)
    values = average.filled(np.nan)
    return masked(1.0 / values, ~np.ma.getmaskarray(average))
