"""Coming in and dropping out: what a region has now and had not before, and the other way round.

A presence is (regions, activities), 0 and 1, masked where unknown; several years of it are (years, regions,
activities) in the order of time. An event is masked where it could not have happened: who already has an
activity cannot enter it.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import (
    MATRIX,
    Cells,
    Flags,
    Masked,
    MaskedFlags,
    RefusedInput,
    WrongShape,
    masked,
    positions_of,
    ratio,
    read_cells,
)
from regional_analytics.measures.presence import Counts, read_presence
from regional_analytics.notes import Notes

CUBE = ("year", "region", "activity")
Kind = Literal["entry", "exit"]
By = Literal["region", "activity", "step", "all"]


def entries(before: npt.ArrayLike, after: npt.ArrayLike) -> MaskedFlags:
    """Which activities came in between two years.

        N[r, a] = 1 where M_before[r, a] = 0 and M_after[r, a] = 1        0 where it stayed absent

    before, after   (regions, activities), presences; masked is unknown
    Returns (regions, activities), true or false; masked where the activity was there already, which is not at
    risk of entering, or where one of the years is unknown.
    Raises NotAPresence, NotFinite, WrongShape.
    Source: Boschma, Balland & Kogler (2015), Industrial and Corporate Change 24(1).

    >>> entries([[0, 0, 1]], [[1, 0, 1]]).tolist()
    [[True, False, None]]
    """
    return _events(*_two_years(before, after), "entry")


def exits(before: npt.ArrayLike, after: npt.ArrayLike) -> MaskedFlags:
    """Which activities dropped out between two years.

        X[r, a] = 1 where M_before[r, a] = 1 and M_after[r, a] = 0        0 where it stayed

    before, after   (regions, activities), presences; masked is unknown
    Returns (regions, activities), true or false; masked where the activity was not there, which is not at
    risk of leaving, or where one of the years is unknown.
    Raises NotAPresence, NotFinite, WrongShape.
    Source: Boschma, Balland & Kogler (2015), Industrial and Corporate Change 24(1).

    >>> exits([[0, 1, 1]], [[1, 0, 1]]).tolist()
    [[None, True, False]]
    """
    return _events(*_two_years(before, after), "exit")


def events_by_year(
    presences: npt.ArrayLike, kind: Kind = "entry", *, years_before: int = 1, years_after: int = 1
) -> MaskedFlags:
    """Entries or exits between each year and the next, with a rule against flicker.

        entry from t to t + 1 = absent in years_before years up to t, present in years_after years from t + 1
        exit                    the same with present and absent exchanged

    presences      (years, regions, activities), in the order of time and evenly spaced
    kind           "entry" or "exit"
    years_before   how many years the old state must have lasted; 1, the default, is entries() and exits()
    years_after    how many years the new state must last
    An activity that hovers round the threshold enters and leaves every year. years_before=2, years_after=2
    counts only what was away for two years and then stayed for two.
    Returns (years − 1, regions, activities); true or false, masked where the cell was not at risk, or where a
    year that the rule must look at is unknown or lies outside those given and the known ones do not decide.
    Raises NotAPresence, NotFinite, WrongShape; RefusedInput for fewer than two years, a rule of no year, another kind.

    >>> hovering = [[[0]], [[1]], [[0]], [[1]], [[1]]]
    >>> events_by_year(hovering)[:, 0, 0].tolist()
    [True, None, True, None]
    >>> events_by_year(hovering, years_after=2)[:, 0, 0].tolist()
    [False, None, True, None]
    """
    cells = read_years(presences)
    if kind not in ("entry", "exit"):
        raise RefusedInput(f"There is no event “{kind}”", remedy="Choose entry or exit.")
    for name, asked in (("years_before", years_before), ("years_after", years_after)):
        if asked < 1:
            raise RefusedInput(f"{name} is {asked}", remedy="Ask for one year or more.")
    old = cells.values == (0.0 if kind == "entry" else 1.0)
    shape = (len(old) - 1, *old.shape[1:])
    at_risk, stays, contradicted = (np.full(shape, start, dtype=np.bool_) for start in (True, True, False))
    for back in range(years_before):
        at_risk[back:] &= (cells.known & old)[: max(len(old) - 1 - back, 0)]
        at_risk[:back] = False
    for ahead in range(1, years_after + 1):
        beyond = max(len(old) - ahead, 0)
        stays[:beyond] &= (cells.known & ~old)[ahead:]
        stays[beyond:] = False
        contradicted[:beyond] |= (cells.known & old)[ahead:]
    return np.ma.MaskedArray(at_risk & stays, mask=~(at_risk & (stays | contradicted)))


class EventRates(NamedTuple):
    """How often something happened that could have happened.

    events     how many cells it happened in
    at_risk    how many it could have happened in
    share      events / at_risk; NaN where nothing was at risk
    """

    events: Counts
    at_risk: Counts
    share: Masked


def event_rates(events: npt.ArrayLike, *, by: By = "region", notes: Notes | None = None) -> EventRates:
    """What part of the entries, or exits, that could have happened did happen.

        share[r] = Σ events of r / Σ cells of r at risk

    events   (regions, activities) from entries() or exits(), or (steps, regions, activities) from
             events_by_year(), whose steps are counted together
    by       "region", "activity", "step" (one figure for each pair of years) or "all" (one figure)
    Returns EventRates along that axis; for "all" each has one value. NaN and a note "undefined" where nothing
    was at risk.
    Raises NotAPresence, NotFinite, WrongShape; RefusedInput for another axis.

    >>> event_rates(entries([[0, 0, 1]], [[1, 0, 1]])).share.tolist()
    [0.5]
    """
    notes = Notes() if notes is None else notes
    cells = read_presence(
        events, "Events", MATRIX if np.ndim(events) == 2 else ("step", "region", "activity")
    )
    axes = {"step": 0, "region": -2, "activity": -1}
    if by not in (*axes, "all") or (by == "step" and cells.values.ndim == 2):
        raise RefusedInput(
            f"There is no axis “{by}” to count events along",
            remedy="Choose region, activity or all; step where there are several years.",
        )
    happened, possible = cells.values, cells.known.astype(np.float64)
    if by == "all":
        happened, possible = (np.atleast_1d(np.asarray(one.sum())) for one in (happened, possible))
    else:
        kept = axes[by] % cells.values.ndim
        others = tuple(axis for axis in range(cells.values.ndim) if axis != kept)
        happened, possible = happened.sum(axis=others), possible.sum(axis=others)
    nothing = np.argwhere(possible == 0)
    axis = {"step": "year"}.get(by, by)  # a step is named by its first year
    notes.add(
        "undefined",
        "0/0: nothing was at risk",
        count=len(nothing),
        axes=() if by == "all" else (axis,),
        positions=() if by == "all" else nothing,
    )
    everywhere = np.ones(happened.shape, dtype=np.bool_)
    share = masked(ratio(happened, possible), everywhere)
    return EventRates(happened.astype(np.int64), possible.astype(np.int64), share)


class Transitions(NamedTuple):
    """From which state to which.

    counts   (states, states), cells; rows are the state before, columns the state after
    shares   (states, states), counts as parts of their row; NaN for a state nobody was in
    """

    counts: Counts
    shares: Masked


def transition_matrix(
    before: npt.ArrayLike, after: npt.ArrayLike, *, states: int = 2, notes: Notes | None = None
) -> Transitions:
    """How cells moved between states from one year to another.

        P[i, j] = #{ cells in state i before and j after } / #{ cells in state i before }

    before, after   (regions, activities), whole numbers from 0 to states − 1: a presence, or classes of any
                    measure. Of many years give (years, regions, activities): all but the last, and all but
                    the first
    states          how many states there are
    A cell unknown in one of the two is left out; note "left_out" counts them.
    Returns Transitions. NaN and a note "undefined" in the row of a state nobody was in.
    Raises NotFinite, WrongShape; RefusedInput for anything that is no state.
    Source: Quah (1993), European Economic Review 37(2–3), for incomes of countries.

    >>> transition_matrix([[0, 0, 1, 1]], [[0, 1, 1, 1]]).shares.tolist()
    [[0.5, 0.5], [0.0, 1.0]]
    """
    notes = Notes() if notes is None else notes
    if states < 1:
        raise RefusedInput(f"{states} states are none", remedy="Give one or more.")
    from_state, to_state = _two_years(before, after, states)
    known = from_state.known & to_state.known
    notes.add("left_out", "unknown before or after", count=int((~known).sum()))
    pairs = (states * from_state.values[known] + to_state.values[known]).astype(np.int64)
    counts = np.bincount(pairs, minlength=states * states).reshape(states, states).astype(np.int64)
    started = counts.sum(axis=1)
    notes.add(
        "undefined",
        "0/0: nobody was in the state before",
        axes=("state",),
        positions=np.argwhere(started == 0),
    )
    shares = ratio(counts.astype(np.float64), started[:, None].astype(np.float64))
    return Transitions(counts, masked(shares, np.ones(shares.shape, dtype=np.bool_)))


def _events(before: Cells, after: Cells, kind: Kind) -> MaskedFlags:
    old = 0.0 if kind == "entry" else 1.0
    at_risk: Flags = before.known & after.known & (before.values == old)
    return np.ma.MaskedArray(at_risk & (after.values != old), mask=~at_risk)


def _two_years(before: npt.ArrayLike, after: npt.ArrayLike, states: int = 2) -> tuple[Cells, Cells]:
    axes = CUBE if np.ndim(before) == 3 else MATRIX
    first, then = (
        read_presence(given, what, axes) if states == 2 else _read_states(given, what, axes, states)
        for given, what in ((before, "The year before"), (after, "The year after"))
    )
    if first.values.shape != then.values.shape:
        raise WrongShape(
            f"The year after has the shape {then.values.shape} instead of {first.values.shape}",
            remedy="Give the same regions and activities in both years.",
        )
    return first, then


def _read_states(given: npt.ArrayLike, what: str, axes: tuple[str, ...], states: int) -> Cells:
    cells = read_cells(given, what, axes)
    odd = (cells.values % 1 != 0) | (cells.values < 0) | (cells.values >= states)
    if odd.any():
        raise RefusedInput(
            f"{what} holds {float(cells.values[odd][0]):g}, which is no state",
            axes,
            positions_of(odd),
            f"States are whole numbers from 0 to {states - 1}.",
        )
    return cells


def read_years(presences: npt.ArrayLike) -> Cells:
    """Take the presences of several years, two or more."""
    cells = read_presence(presences, "Presence", CUBE)
    if len(cells.values) < 2:
        raise RefusedInput(
            f"Of {len(cells.values)} years none can be compared with the next",
            remedy="Give (years, regions, activities) with two years or more.",
        )
    return cells
