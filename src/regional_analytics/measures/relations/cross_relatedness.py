"""What leads to what: between two sets of activities, between two years, and between regions by what they do.

The two presences of a pair are of the same regions in the same order: products and patents, industries and
occupations, or the same industries some years later. All but export_similarity can be handed to cross_relatedness,
and, where both sets are the same, to relatedness_density.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import (
    Cells,
    Flags,
    Floats,
    Masked,
    RefusedInput,
    WrongShape,
    masked,
    ratio,
    read_cells,
)
from regional_analytics.measures.presence import whole_presence
from regional_analytics.measures.relations.co_occurrence import note_unrelated, over
from regional_analytics.measures.relations.density import share_of_related
from regional_analytics.measures.relations.proximity import correlations
from regional_analytics.measures.specialisation.location_quotient import location_quotient
from regional_analytics.notes import Notes


def taxonomy(presence: npt.ArrayLike, *, notes: Notes | None = None) -> Floats:
    """How near two activities are, where being together in a region of few activities says more than in one of many.

        B[i, j] = Σ_r (M[r, i] · M[r, j] / d[r]) / max(u[i], u[j])        d[r] = Σ_a M[r, a],  u[i] = Σ_r M[r, i]

    presence   (regions, activities), 0 and 1; what is masked counts as absent (note "unknown_as_absent")
    Returns (activities, activities), symmetric, from 0 to 1; on the diagonal the mean of 1/d over the regions that have
    the activity. An activity of no region is near to nothing (0, note "related_to_nothing").
    Raises NotAPresence, NotFinite, WrongShape.
    Source: Zaccaria, Cristelli, Tacchella & Pietronero (2014), PLoS ONE 9(12).

    >>> taxonomy([[1, 1, 0, 0], [1, 1, 1, 1]])[0].tolist()     # together in a region of two and in one of four
    [0.375, 0.375, 0.125, 0.125]
    >>> from regional_analytics import proximity
    >>> proximity([[1, 1, 0, 0], [1, 1, 1, 1]])[0].tolist()    # which does not know few from many
    [1.0, 1.0, 0.5, 0.5]
    """
    notes = Notes() if notes is None else notes
    there = whole_presence(presence, notes)
    ubiquity = there.sum(axis=0)
    note_unrelated(ubiquity == 0, "in no region", notes)
    met = there.T @ _shared_out(there)
    met = (met + met.T) / 2  # equal but for rounding; here to the last digit
    return over(met, lambda rows: np.maximum(ubiquity[rows, None], ubiquity))


def assist(presence: npt.ArrayLike, later: npt.ArrayLike, *, notes: Notes | None = None) -> Floats:
    """Which activities prepare for which: the chance of coming from i to j by way of a region that had i and now has j.

        A[i, j] = Σ_r (M[r, i] / u[i]) · (M′[r, j] / d′[r])        u[i] = Σ_r M[r, i],  d′[r] = Σ_j M′[r, j]

    presence   (regions, activities), 0 and 1
    later      (regions, other activities), 0 and 1: the presence of another year, of another set of activities, or both
               What is masked in either counts as absent (note "unknown_as_absent").
    Returns (activities, other activities), not symmetric. Row i adds up to the part of the regions with i that have
    anything later: to 1 in most tables. An activity of no region prepares for nothing (0, note "related_to_nothing").
    Raises NotAPresence, NotFinite, WrongShape.
    Source: Pugliese, Cimini, Patelli, Zaccaria, Pietronero & Gabrielli (2019), Scientific Reports 9.

    >>> assist([[1, 1], [1, 0]], [[1, 1], [0, 1]]).tolist()     # steel was only where now there is half of each
    [[0.25, 0.75], [0.5, 0.5]]
    >>> assist([[1, 1], [1, 0]], [[1, 0], [0, 0]]).sum(axis=1).tolist()     # one of two with wine has nothing later
    [0.5, 1.0]
    """
    notes = Notes() if notes is None else notes
    before, after = _two_layers(presence, later, notes)
    ubiquity = before.sum(axis=0)
    note_unrelated(ubiquity == 0, "in no region", notes)
    return over(before.T @ _shared_out(after), lambda rows: ubiquity[rows, None])


def cross_proximity(presence: npt.ArrayLike, other: npt.ArrayLike, *, notes: Notes | None = None) -> Floats:
    """How near an activity of one kind is to one of another: the chance that a region with one has the other too.

        X[i, j] = Σ_r M[r, i] · N[r, j] / max(u[i], v[j])        u[i] = Σ_r M[r, i],  v[j] = Σ_r N[r, j]

    presence   (regions, activities), 0 and 1
    other      (regions, other activities), 0 and 1; the same regions
               What is masked in either counts as absent (note "unknown_as_absent").
    Returns (activities, other activities), from 0 to 1; of a presence with itself it is proximity(). What is in no
    region is near to nothing (0; a note "related_to_nothing" for each kind).
    Raises NotAPresence, NotFinite, WrongShape.
    Source: Catalán, Navarrete & Figueroa (2022), Research Policy 51(8), first online in 2020.

    >>> cross_proximity([[1, 1], [1, 0]], [[1], [0]]).tolist()      # two industries, one field of patents
    [[0.5], [1.0]]
    >>> cross_proximity([[1, 0]], [[0, 1]]).tolist()                # what is nowhere is near to nothing
    [[0.0, 1.0], [0.0, 0.0]]
    """
    notes = Notes() if notes is None else notes
    here, there = _two_layers(presence, other, notes)
    ours, theirs = here.sum(axis=0), there.sum(axis=0)
    note_unrelated(ours == 0, "in no region", notes)
    note_unrelated(theirs == 0, "in no region (of the other kind)", notes)
    return over(here.T @ there, lambda rows: np.maximum(ours[rows, None], theirs))


def cross_relatedness(
    presence: npt.ArrayLike, cross_proximity: npt.ArrayLike, *, notes: Notes | None = None
) -> Masked:
    """How near what a region has of one kind is to each activity of another kind.

        ω[r, j] = Σ_i M[r, i] · X[i, j] / Σ_i X[i, j]

    presence          (regions, activities), 0 and 1; what is masked counts as absent (note "unknown_as_absent")
    cross_proximity   (activities, other activities), not negative, from cross_proximity() or assist()
    Returns (regions, other activities), a share from 0 to 1. NaN and a note "undefined" for another activity that
    nothing is related to.
    Raises NotAPresence, NotFinite, WrongShape; RefusedInput for a proximity below 0.
    Source: Catalán, Navarrete & Figueroa (2022), Research Policy 51(8), first online in 2020.

    >>> cross_relatedness([[1, 1], [1, 0]], [[0.5], [1.0]]).round(3).tolist()
    [[1.0], [0.333]]
    >>> np.isnan(cross_relatedness([[1, 1]], [[0.5, 0.0], [1.0, 0.0]])).tolist()    # nothing leads to the second
    [[False, True]]
    """
    notes = Notes() if notes is None else notes
    there = whole_presence(presence, notes)
    links = read_cells(cross_proximity, "Cross-proximity", ("activity", "other activity"))
    if links.values.shape[0] != there.shape[1]:
        raise WrongShape(
            f"Cross-proximity is of {links.values.shape[0]} activities instead of {there.shape[1]}",
            remedy="Its rows are the activities of the presence.",
        )
    if (links.values < 0).any():
        raise RefusedInput("Cross-proximity cannot be negative", remedy="Take out what is below 0.")
    share = share_of_related(there, links.values, notes)
    return masked(share, np.ones(share.shape, dtype=np.bool_))


def export_similarity(employment: npt.ArrayLike, *, floor: float = 0.1, notes: Notes | None = None) -> Masked:
    """How alike two regions are in what they are specialised in and what they lack.

        S[r, s] = corr over a of log(LQ[r, a] + ε) and log(LQ[s, a] + ε)

    employment   (regions, activities), counts; exports in the paper
    floor        ε, above 0, since the logarithm of nothing has no bound
    Two regions are compared over the activities known in both.
    Returns (regions, regions), from −1 to 1, with 1 on the diagonal. NaN and a note "undefined" for a region of nobody
    or with the same quotient everywhere, and for two regions of which too little is known in common.
    Raises NegativeEmployment, NotFinite, WrongShape; RefusedInput for a floor that is not above 0.
    Source: Bahar, Hausmann & Hidalgo (2014), J. International Economics 92(1).

    >>> export_similarity([[30.0, 10.0], [20.0, 20.0], [10.0, 30.0]])[0].round(9).tolist()[2]
    -1.0
    >>> np.isnan(export_similarity([[30.0, 10.0], [0.0, 0.0]])[1]).tolist()         # nobody is like nobody
    [True, True]
    """
    notes = Notes() if notes is None else notes
    if not 0 < floor < np.inf:
        raise RefusedInput(f"A floor of {floor:g} gives no logarithm", remedy="Give one above 0.")
    quotients = location_quotient(employment, notes=notes).filled(np.nan).T
    known = np.isfinite(quotients)
    alike, defined = correlations(Cells(np.log(np.where(known, quotients, 1.0) + floor) * known, known))
    np.fill_diagonal(alike, 1.0)
    lost: Flags = ~defined.diagonal()
    notes.add(
        "undefined",
        "0/0: nobody works in the region, or it is as special in one activity as in another",
        axes=("region",),
        positions=np.argwhere(lost),
    )
    strangers = ~defined & ~lost & ~lost[:, None]
    notes.add(
        "undefined",
        "0/0: the two regions do not differ in what is known of both",
        axes=("region", "region"),
        positions=np.argwhere(np.triu(strangers, 1)),
    )
    return masked(np.where(defined, alike, np.nan), np.ones(alike.shape, dtype=np.bool_))


def _two_layers(first: npt.ArrayLike, second: npt.ArrayLike, notes: Notes) -> tuple[Floats, Floats]:
    one, two = whole_presence(first, notes), whole_presence(second, notes, "The other presence")
    if len(one) != len(two):
        raise WrongShape(
            f"The two presences are of {len(one)} and {len(two)} regions",
            remedy="Give both for the same regions, in the same order.",
        )
    return one, two


def _shared_out(there: Floats) -> Floats:
    """Each region's weight of 1, in equal parts on what it has; 0 where it has nothing."""
    return np.nan_to_num(ratio(there, there.sum(axis=1, keepdims=True)))
