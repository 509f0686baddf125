"""What a region's activities say of it, and an activity's regions of it: averages of an attribute over a basket."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import (
    Cells,
    Floats,
    Masked,
    RefusedInput,
    masked,
    ratio,
    read_cells,
    read_jobs,
)
from regional_analytics.measures.presence import presence, ubiquity
from regional_analytics.measures.specialisation.location_quotient import location_quotient, share_in_region
from regional_analytics.measures.totals import area_of
from regional_analytics.notes import Notes

Axis = Literal["region", "activity"]


def weighted_average(
    employment: npt.ArrayLike,
    *,
    of_activities: npt.ArrayLike | None = None,
    of_regions: npt.ArrayLike | None = None,
    notes: Notes | None = None,
) -> Masked:
    """What an attribute is on average for the people of a region, or of an activity.

        A[r] = Σ_a E[r, a] v[a] / Σ_a E[r, a]      of_activities = v: wages or complexity of activities
        A[a] = Σ_r E[r, a] v[r] / Σ_r E[r, a]      of_regions = v: income or distance of regions

    employment      (regions, activities), people
    of_activities   (activities,), any unit; gives one average a region
    of_regions      (regions,), any unit; gives one average an activity. Give one of the two
    Returns (regions,) or (activities,), in the unit of the attribute, over the cells and attributes that are known; what
    is left out for an unknown attribute is noted "left_out". Masked where none is; NaN and a note "undefined" where
    nobody works in those that are.
    Raises NegativeEmployment, NotFinite, WrongShape; RefusedInput unless one attribute is given.

    >>> weighted_average([[30.0, 10.0], [10.0, 30.0]], of_activities=[1.0, 3.0]).tolist()
    [1.5, 2.5]
    """
    notes = Notes() if notes is None else notes
    cells = read_jobs(employment, "Employment")
    if (of_activities is None) == (of_regions is None):
        raise RefusedInput("An average is of one attribute", remedy="Give of_activities or of_regions.")
    if of_activities is not None:
        return _average(cells, of_activities, "activity", notes)
    return _average(cells, of_regions, "region", notes)


def prody(
    employment: npt.ArrayLike,
    *,
    income: npt.ArrayLike,
    area: npt.ArrayLike | None = None,
    region_totals: npt.ArrayLike | None = None,
    area_total: float | None = None,
    notes: Notes | None = None,
) -> Masked:
    """The income an activity goes with: of the regions that have it, those that lean on it most counting most.

        PRODY[a] = Σ_r LQ[r, a] Y[r] / Σ_r LQ[r, a]

    employment   (regions, activities), people; in the original, exports
    income       (regions,), Y, as GDP for each inhabitant
    area, region_totals, area_total   as in location_quotient; the quotient is not rounded
    Returns (activities,), in the unit of income, over the cells and incomes that are known. A small region counts like a
    large one. Masked where nothing is known; NaN and a note "undefined" where nobody works in the activity. Regions of
    nobody are left out.
    Raises NegativeEmployment, NotFinite, WrongShape.
    Source: Hausmann, Hwang & Rodrik (2007), Journal of Economic Growth 12(1).

    >>> prody([[30.0, 10.0], [10.0, 30.0]], income=[1000.0, 2000.0]).tolist()      # ¾ and ¼, ¼ and ¾
    [1250.0, 1750.0]
    """
    notes = Notes() if notes is None else notes
    quotient = location_quotient(
        employment, area=area, region_totals=region_totals, area_total=area_total, notes=notes
    )
    # An undefined quotient is of nobody, and weighs nothing.
    weights = Cells(np.nan_to_num(quotient.filled(0.0)), ~np.ma.getmaskarray(quotient))
    return _average(weights, income, "region", notes)


def expy(
    employment: npt.ArrayLike,
    *,
    income: npt.ArrayLike,
    area: npt.ArrayLike | None = None,
    region_totals: npt.ArrayLike | None = None,
    area_total: float | None = None,
    notes: Notes | None = None,
) -> Masked:
    """The income that a region's activities go with elsewhere: what its mix would let one expect.

        EXPY[r] = Σ_a E[r, a] PRODY[a] / Σ_a E[r, a]

    employment, income, area, region_totals, area_total   as in prody; the region itself is among those that PRODY
                                                          averages
    Returns (regions,), in the unit of income, over the activities whose cell and PRODY are known. Masked where none is;
    NaN and a note "undefined" where nobody works in those that are.
    Raises NegativeEmployment, NotFinite, WrongShape.
    Source: Hausmann, Hwang & Rodrik (2007), Journal of Economic Growth 12(1).

    >>> expy([[30.0, 10.0], [10.0, 30.0]], income=[1000.0, 2000.0]).tolist()
    [1375.0, 1625.0]
    """
    notes = Notes() if notes is None else notes
    level = prody(
        employment,
        income=income,
        area=area,
        region_totals=region_totals,
        area_total=area_total,
        notes=notes,
    )
    return _average(read_jobs(employment, "Employment"), np.ma.masked_invalid(level), "activity", notes)


def product_gini_index(
    employment: npt.ArrayLike,
    *,
    inequality: npt.ArrayLike,
    threshold: float = 1.0,
    notes: Notes | None = None,
) -> Masked:
    """The inequality an activity goes with: of the regions specialised in it, those it is large in counting most.

        PGI[a] = Σ_r M[r, a] s[r, a] g[r] / Σ_r M[r, a] s[r, a]        s[r, a] = E[r, a] / E[r, ·]

    employment   (regions, activities), people; in the original, exports
    inequality   (regions,), g, as the Gini coefficient of incomes
    threshold    of presence(): M is 1 where the quotient is at least this
    Returns (activities,), in the unit of inequality, over the cells and figures that are known. Masked where nothing is
    known; NaN and a note "undefined" where no known region is specialised.
    Raises NegativeEmployment, NotFinite, WrongShape; RefusedInput for a threshold that is not above 0.
    Source: Hartmann, Guevara, Jara-Figueroa, Aristarán & Hidalgo (2017), World Development 93.

    >>> product_gini_index([[30.0, 10.0], [20.0, 20.0], [10.0, 30.0]], inequality=[0.2, 0.3, 0.5]).round(6).tolist()
    [0.24, 0.42]
    """
    return _of_specialised(employment, inequality, threshold, notes)


def product_emission_intensity_index(
    employment: npt.ArrayLike,
    *,
    intensity: npt.ArrayLike,
    threshold: float = 1.0,
    notes: Notes | None = None,
) -> Masked:
    """The emissions an activity goes with: of the regions specialised in it, those it is large in counting most.

        PEII[a] = Σ_r M[r, a] s[r, a] e[r] / Σ_r M[r, a] s[r, a]        s[r, a] = E[r, a] / E[r, ·]

    employment   (regions, activities), people; in the original, exports
    intensity    (regions,), e, as tonnes of CO₂ for each unit of GDP
    threshold    of presence(): M is 1 where the quotient is at least this
    Returns (activities,), in the unit of intensity; masked, NaN and noted as product_gini_index, whose formula it is.
    Raises NegativeEmployment, NotFinite, WrongShape; RefusedInput for a threshold that is not above 0.
    Source: Romero & Gramkow (2021), World Development 139.

    >>> jobs = [[30.0, 10.0], [20.0, 20.0], [10.0, 30.0]]
    >>> product_emission_intensity_index(jobs, intensity=[1.0, 2.0, 3.0]).round(6).tolist()      # 0.75 and 0.5 of 1.25
    [1.4, 2.6]
    """
    return _of_specialised(employment, intensity, threshold, notes)


def normalised_ubiquity(
    employment: npt.ArrayLike, *, threshold: float = 1.0, notes: Notes | None = None
) -> Masked:
    """How large an activity is for the number of regions that are specialised in it.

        N[a] = (E[·, a] / E[·, ·]) / (u[a] / Σ_b u[b])        u[a] = Σ_r M[r, a]

    employment   (regions, activities), people
    threshold    of presence(): M is 1 where the quotient is at least this
    Returns (activities,), 1 on average; above 1 it sits in few regions for its size. Unknown cells are left out of the
    sums (note "partial_area") and count as absent. Masked where no cell is known; NaN where u is 0: no region is
    specialised, and a note "undefined" or "unbounded" (somebody works there nevertheless).
    Raises NegativeEmployment, NotFinite, WrongShape; RefusedInput for a threshold that is not above 0.
    Source: Balland & Rigby (2017), Economic Geography 93(1), as their package has it.

    >>> normalised_ubiquity([[30.0, 10.0], [10.0, 10.0]]).tolist()      # two thirds of jobs, one of two presences
    [1.3333333333333333, 0.6666666666666666]
    """
    notes = Notes() if notes is None else notes
    jobs, places = _size_and_ubiquity(employment, threshold, notes)
    of_jobs = ratio(jobs.values, jobs.values.sum())
    return masked(ratio(of_jobs, ratio(places, places.sum())), jobs.known)


def inverse_normalised_ubiquity(
    employment: npt.ArrayLike,
    *,
    threshold: float = 1.0,
    offset: float = 0.001,
    notes: Notes | None = None,
) -> Masked:
    """How many people stand behind each region that is specialised in an activity, in logarithms.

        I[a] = 100 ln(E[·, a] + offset) / u[a]        u[a] = Σ_r M[r, a]

    employment   (regions, activities), people
    threshold    of presence(): M is 1 where the quotient is at least this
    offset       keeps the logarithm of nobody finite; 0.001 is custom, and changes with the unit what people count as
    Returns (activities,), a figure for rankings within one table: it has no unit, and counting in thousands changes it.
    Masked, NaN and noted as normalised_ubiquity.
    Raises NegativeEmployment, NotFinite, WrongShape; RefusedInput for a threshold or an offset that is not above 0.
    Source: Balland & Rigby (2017), Economic Geography 93(1), as their package has it.

    >>> inverse_normalised_ubiquity([[30.0, 10.0], [10.0, 10.0]]).round(3).tolist()      # 100 ln 40, 100 ln 20
    [368.89, 299.578]
    """
    notes = Notes() if notes is None else notes
    if not 0 < offset < np.inf:
        raise RefusedInput(f"An offset of {offset:g}", remedy="Give one above 0.")
    jobs, places = _size_and_ubiquity(employment, threshold, notes)
    return masked(100.0 * ratio(np.log(jobs.values + offset), places), jobs.known)


def _average(weights: Cells, attribute: npt.ArrayLike | None, of: Axis, notes: Notes) -> Masked:
    """Averages an attribute of one axis over it, weighted by the cells; one figure for each place of the other axis."""
    along = 0 if of == "region" else 1
    given = read_cells(attribute, "The attribute", (of,), shape=weights.values.shape[along : along + 1])  # type: ignore[arg-type]
    notes.add("left_out", "attribute unknown", axes=(of,), positions=np.argwhere(~given.known))
    weight = weights.values if of == "activity" else weights.values.T
    known = (weights.known if of == "activity" else weights.known.T) & given.known
    counted = weight * given.known
    total = counted.sum(axis=1)
    found = np.logical_or.reduce(known, axis=1)
    notes.add(
        "undefined",
        "0/0: nothing to weigh by",
        axes=("activity" if of == "region" else "region",),
        positions=np.argwhere(found & (total == 0)),
    )
    return masked(ratio(counted @ given.values, total), found)


def _of_specialised(
    employment: npt.ArrayLike, attribute: npt.ArrayLike, threshold: float, notes: Notes | None
) -> Masked:
    notes = Notes() if notes is None else notes
    has = presence(employment, threshold=threshold, notes=notes)
    share = share_in_region(employment).filled(0.0)
    share = np.where(has.filled(False), share, 0.0)
    return _average(Cells(share, ~np.ma.getmaskarray(has)), attribute, "region", notes)


def _size_and_ubiquity(employment: npt.ArrayLike, threshold: float, notes: Notes) -> tuple[Cells, Floats]:
    """People in each activity, and in how many regions it is present."""
    cells = read_jobs(employment, "Employment")
    jobs = area_of(cells, None, None, Notes()).activities
    places = ubiquity(presence(employment, threshold=threshold, notes=notes)).astype(np.float64)
    nowhere = jobs.known & (places == 0)
    for kind, why, some in (
        ("undefined", "0/0: nobody works in the activity", False),
        ("unbounded", "people work in it, and no region is specialised", True),
    ):
        where = nowhere & ((jobs.values > 0) == some)
        notes.add(kind, why, axes=("activity",), positions=np.argwhere(where))
    return jobs, places
