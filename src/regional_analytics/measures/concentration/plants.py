"""Concentration beyond what few large plants would show anyway: Ellison–Glaeser, Maurel–Sédillot, the cluster index.

An activity of three plants sits in three places at most, however little they have to do with each other. These measures
take that away, and need to know how an activity's people are spread over its plants.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.concentration.spread import compared_spread
from regional_analytics.measures.inputs import (
    Cells,
    Flags,
    Masked,
    RefusedInput,
    masked,
    ratio,
    read_cells,
    read_jobs,
)
from regional_analytics.measures.totals import area_of
from regional_analytics.notes import Notes

ACTIVITIES = ("activity",)


class DartboardConcentration(NamedTuple):
    """How concentrated each activity is, and beyond what its plants would show if they had fallen anywhere.

    gamma                (activities,), 0: as if plants had fallen at random; masked where its plants are unknown
    raw                  (activities,), the same before plants are taken into account
    expected_by_chance   (activities,), what raw would be on average for such plants
    """

    gamma: Masked
    raw: Masked
    expected_by_chance: Masked


def plant_herfindahl(
    employment: npt.ArrayLike, *, plants: npt.ArrayLike | None = None, notes: Notes | None = None
) -> Masked:
    """How much of an activity sits in few plants: from the plants themselves, or from size classes.

        H[a] = Σ_k (E[a, k] / Σ_l E[a, l])²                    one column a plant
        H[a] = Σ_k n[a, k] (E[a, k] / n[a, k] / Σ_l E[a, l])²  one column a class of n plants, taken as equally large

    employment   (activities, plants or classes), people; 0 where there is no such plant
    plants       (activities, classes), how many plants each class has; by default each column is one plant
    Returns (activities,), from 1/(number of plants) to 1. From classes it is the least it can be, since plants of one
    class differ. Masked where a cell is unknown: one large secret plant would change everything. NaN and a note
    "undefined" where nobody works.
    Raises NegativeEmployment, NotFinite, WrongShape; RefusedInput where people work in a class of no plants.

    >>> plant_herfindahl([[60.0, 40.0], [50.0, 0.0]]).tolist()
    [0.52, 1.0]
    >>> plant_herfindahl([[60.0, 40.0]], plants=[[1.0, 4.0]]).round(9).tolist()      # 0.6² + 4 · 0.1²
    [0.4]
    """
    notes = Notes() if notes is None else notes
    axes = ("activity", "class")
    cells = read_jobs(employment, "Employment", axes)
    counted = Cells(np.ones(cells.values.shape), cells.known)
    if plants is not None:
        counted = read_jobs(plants, "The number of plants", axes, shape=cells.values.shape)
        nowhere = counted.known & (counted.values == 0) & (cells.values > 0)
        if nowhere.any():
            where = [(int(at), int(k)) for at, k in np.argwhere(nowhere)]
            raise RefusedInput(
                "People work in a class of no plants", axes, where, "Give the number of its plants."
            )
    share = ratio(cells.values, cells.values.sum(axis=1, keepdims=True))
    empty = counted.values == 0
    index = (np.where(empty, 0.0, share) ** 2 / np.where(empty, 1.0, counted.values)).sum(axis=1)
    known = np.logical_and.reduce(cells.known & counted.known, axis=1)
    nobody = cells.values.sum(axis=1) == 0
    _note_nobody(known & nobody, notes)
    return masked(np.where(nobody, np.nan, index), known)


def ellison_glaeser(
    employment: npt.ArrayLike,
    *,
    plants: npt.ArrayLike,
    region_totals: npt.ArrayLike | None = None,
    notes: Notes | None = None,
) -> DartboardConcentration:
    """How much more an activity's plants share regions than darts thrown at regions by their size would.

        γ[a] = (G − (1 − X) H) / ((1 − X) (1 − H))      G[a] = Σ_r (s[r, a] − x[r])²      X = Σ_r x[r]²

        s the activity's share in each region, x the share of all jobs, H[a] the Herfindahl of its plants

    employment      (regions, activities), people
    plants          (activities,), H, from plant_herfindahl(); masked where unknown
    region_totals   (regions,), people in all activities; by default the sum of a region's known cells
    Returns a DartboardConcentration: gamma, raw G, and (1 − X) H, what G is by chance. γ below 0 means more even than
    chance; Ellison and Glaeser call below 0.02 not very and above 0.05 very concentrated. Over the regions known in
    the activity: with secret cells it is a statement about the others only. gamma is masked where H is unknown. NaN
    and a note "undefined" where nobody works, where H is 1 (a single plant is nowhere more than once), or where there
    is one region only.
    Raises NegativeEmployment, NotFinite, WrongShape; RefusedInput for an H outside 0 to 1.
    Source: Ellison & Glaeser (1997), Journal of Political Economy 105(5).

    >>> found = ellison_glaeser([[40.0, 20.0], [0.0, 20.0]], plants=[0.25, 0.25], region_totals=[50.0, 50.0])
    >>> found.gamma.round(6).tolist()      # G is 0.5 and X is 0.5: (0.5 − 0.125)/0.375, and (0 − 0.125)/0.375
    [1.0, -0.333333]
    """
    return _dartboard(employment, plants, region_totals, notes, squared_distance=True)


def maurel_sedillot(
    employment: npt.ArrayLike,
    *,
    plants: npt.ArrayLike,
    region_totals: npt.ArrayLike | None = None,
    notes: Notes | None = None,
) -> DartboardConcentration:
    """How much more likely two people of different plants of an activity are to share a region than two of all jobs.

        γ[a] = (G/(1 − X) − H) / (1 − H)      G[a] = Σ_r s[r, a]² − X      X = Σ_r x[r]²

    employment, plants, region_totals   as in ellison_glaeser
    Returns a DartboardConcentration, as there. The two differ in G only: an activity that is large where all jobs are
    counts as concentrated here, and as spread like everything there.
    Raises NegativeEmployment, NotFinite, WrongShape; RefusedInput for an H outside 0 to 1.
    Source: Maurel & Sédillot (1999), Regional Science and Urban Economics 29(5).

    >>> found = maurel_sedillot([[40.0, 20.0], [0.0, 20.0]], plants=[0.25, 0.25], region_totals=[50.0, 50.0])
    >>> found.gamma.round(6).tolist()
    [1.0, -0.333333]
    """
    return _dartboard(employment, plants, region_totals, notes, squared_distance=False)


def cluster_index(
    employment: npt.ArrayLike,
    *,
    plants: npt.ArrayLike,
    population: npt.ArrayLike,
    land: npt.ArrayLike,
    area: npt.ArrayLike | None = None,
    notes: Notes | None = None,
) -> Masked:
    """Many people of an activity for a region's ground and for its inhabitants, and not just in one large plant.

        CI[r, a] = density · stock / size

        density = (E[r, a] / F[r]) / (E[·, a] / F[·])        people for each square kilometre, next to the area
        stock   = (E[r, a] / P[r]) / (E[·, a] / P[·])        people for each inhabitant, next to the area
        size    = (E[r, a] / B[r, a]) / (E[·, a] / B[·, a])  people for each plant, next to the area

    employment   (regions, activities), people
    plants       (regions, activities), B, how many plants
    population   (regions,), P, inhabitants
    land         (regions,), F, square kilometres
    area         (activities,), people in the area; by default the sum of all regions. Plants, inhabitants and land of
                 the area are the sums of those given, unknown when one of them is
    Returns (regions, activities), from 0 without bound; 1 is the area's average. Three quotients are
    multiplied, so dense small regions reach very high figures. Masked where an input is unknown; NaN and a note
    "undefined" where the region or the area has none of something it is divided by; 0 where neither people nor plants
    are.
    Raises NegativeEmployment, NotFinite, WrongShape.
    Source: Litzenberger & Sternberg (2006), Geographische Zeitschrift 94(4).

    >>> jobs, plants = [[30.0], [10.0]], [[6.0], [2.0]]
    >>> cluster_index(jobs, plants=plants, population=[50.0, 50.0], land=[50.0, 50.0]).round(9).tolist()      # 1.5², 0.5²
    [[2.25], [0.25]]
    """
    notes = Notes() if notes is None else notes
    cells = read_jobs(employment, "Employment")
    regions, shape = cells.values.shape[:1], cells.values.shape
    sites = read_jobs(plants, "The number of plants", shape=shape)
    people = read_jobs(population, "Population", ("region",), shape=regions)
    ground = read_jobs(land, "Land", ("region",), shape=regions)
    reference = area_of(cells, area, None, notes).activities
    density = ratio(cells.values, ground.values[:, None]) / ratio(reference.values, ground.values.sum())
    stock = ratio(cells.values, people.values[:, None]) / ratio(reference.values, people.values.sum())
    per_plant = ratio(cells.values, sites.values) / ratio(reference.values, sites.values.sum(axis=0))
    index = ratio(density * stock, per_plant)
    empty = (cells.values == 0) & ~np.isnan(density + stock)
    index = np.where(empty, 0.0, index)
    known = cells.known & sites.known & sites.known.all(axis=0) & reference.known
    known &= people.known.all() & ground.known.all()
    notes.add(
        "undefined",
        "0/0: no plants, people, inhabitants or land to divide by",
        axes=("region", "activity"),
        positions=np.argwhere(known & np.isnan(index)),
    )
    return masked(index, known)


def _dartboard(
    employment: npt.ArrayLike,
    plants: npt.ArrayLike,
    region_totals: npt.ArrayLike | None,
    notes: Notes | None,
    *,
    squared_distance: bool,
) -> DartboardConcentration:
    notes = Notes() if notes is None else notes
    spread = compared_spread(employment, region_totals, "The total of a region", notes)
    here, base = spread.of_activity, spread.of_base
    lumps = read_cells(plants, "The Herfindahl of plants", ACTIVITIES, shape=here.shape[1:])
    wrong = lumps.known & ((lumps.values < 0) | (lumps.values > 1))
    if wrong.any():
        where = [(int(at),) for at in np.flatnonzero(wrong)]
        raise RefusedInput(
            "A Herfindahl of plants lies from 0 to 1", ACTIVITIES, where, "See plant_herfindahl()."
        )
    size = (base**2).sum(axis=0)
    raw = ((here - base) ** 2).sum(axis=0) if squared_distance else (here**2).sum(axis=0) - size
    chance = (1.0 - size) * lumps.values
    index = ratio(raw - chance, np.where(size < 1.0, 1.0 - size, 0.0) * (1.0 - lumps.values))
    known = spread.known & lumps.known
    alone = known & np.isnan(index) & ~np.isnan(raw)
    notes.add(
        "undefined", "0/0: a single plant, or a single region", axes=ACTIVITIES, positions=np.argwhere(alone)
    )
    return DartboardConcentration(masked(index, known), masked(raw, spread.known), masked(chance, known))


def _note_nobody(where: Flags, notes: Notes) -> None:
    notes.add("undefined", "0/0: nobody works in the activity", axes=ACTIVITIES, positions=np.argwhere(where))
